"""``python -m benchmarks``, or some by name: ``python -m benchmarks lists frames``."""

from __future__ import annotations

import sys
from importlib import import_module

NAMES = (
    *("lists", "details", "frames", "memory", "stream", "clients"),
    *("browse", "bulk", "charts", "drag", "references", "watch"),
)


def main(names: list[str]) -> int:
    unknown = set(names) - set(NAMES)
    if unknown:
        print(f"No benchmark is called {', '.join(unknown)}: choose from {', '.join(NAMES)}.")
        return 2
    missed = [n for n in names or NAMES if not import_module(f"benchmarks.{n}").main()]
    print(f"\nMissed a target: {', '.join(missed)}" if missed else "\nEvery target was met.")
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
