"""Run every check: ``python -m tests``, or some by name: ``python -m tests python browser``.

Each step is a process of its own: nbval slows every pytest start, and Playwright's event loop
breaks asyncio tests beside it.
"""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import hatch_build
from tests.chromium import find_chromium

ROOT = Path(__file__).parent.parent
PARALLEL = ("-n", "auto", "--dist", "loadfile")
"""On every core; a file's tests share their server, or their JupyterLab."""


def python(*arguments: str) -> int:
    return subprocess.run([sys.executable, *arguments], cwd=ROOT).returncode


def pytest(*arguments: str) -> int:
    return python("-m", "pytest", "-q", *arguments)


def bundles() -> int:
    hatch_build.install()
    hatch_build.build()
    return 0


def checks() -> int:
    return (
        python("-m", "ruff", "check", ".")
        or python("-m", "ruff", "format", "--check", ".")
        or python("-c", "from importlinter.cli import lint_imports; exit(lint_imports())")
        or hatch_build.npm("exec", "--", "pyright", "-p", "..", "--pythonpath", sys.executable)
    )


def typescript() -> int:
    return hatch_build.npm("run", "check") or hatch_build.npm("test")


def unit() -> int:
    return pytest("tests", "--ignore=tests/browser", "-p", "no:nbval", *PARALLEL)


def examples() -> int:
    """What docstrings show, run."""
    return pytest("--doctest-modules", "dashwidgets", "-p", "no:nbval")


def notebooks() -> int:
    return pytest("--nbval", "--nbval-current-env", "-W", "default", *PARALLEL, "notebooks")


def browser() -> int:
    find_chromium()
    return pytest("tests/browser", "-p", "no:nbval", "-W", "default", *PARALLEL)


STEPS: dict[str, Callable[[], int]] = {
    "bundles": bundles,
    "checks": checks,
    "typescript": typescript,
    "python": unit,
    "examples": examples,
    "notebooks": notebooks,
    "browser": browser,
}


def main(names: list[str]) -> int:
    unknown = [name for name in names if name not in STEPS]
    if unknown:
        print(f"No step is called {', '.join(unknown)}: choose from {', '.join(STEPS)}.")
        return 2
    failed: list[str] = []
    for name in names or list(STEPS):
        print(f"\n== {name}", flush=True)
        began = time.monotonic()
        if STEPS[name]():
            failed.append(name)
        print(f"== {name}: {time.monotonic() - began:.0f} s", flush=True)
    print(f"\nFailed: {', '.join(failed)}" if failed else "\nAll steps passed.")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
