"""Side by side with what people type instead.

``python -m benchmarks``, or some by name: ``python -m benchmarks lists frames``; ``--quick`` runs
every part small; ``--json FILE`` keeps the results. ``python -m benchmarks compare A.json B.json``
shows what changed, ``python -m benchmarks table FILE.json`` prints the page of the docs.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import tempfile
import traceback
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from importlib import import_module
from pathlib import Path

from benchmarks import results
from benchmarks.measure import Measured

PARTS = (
    *("lists", "details", "frames", "memory", "stream", "clients"),
    *("browse", "bulk", "charts", "drag", "explore", "recordings", "references", "server", "sql"),
    *("watch", "growth"),
)


def part(name: str, quick: bool) -> Iterator[Measured]:
    """One part's rows, each printed as it comes."""
    for row in import_module(f"benchmarks.{name}").measure(quick):
        print(row.line(), flush=True)
        yield row


def run(names: list[str], quick: bool) -> results.Run:
    """Every part in turn, in this process; one that fails is named, and the others still run."""
    run = results.Run(results.machine(), quick)
    for name in names:
        print(f"\n{name}", flush=True)
        run.begin(name)
        try:
            for row in part(name, quick):
                run.rows[name].append(row)
        except Exception as error:
            traceback.print_exc()
            first, *_ = str(error).splitlines() or [""]
            run.failed[name] = f"{type(error).__name__}: {first}"
        run.end(name)
    return run


def apart(names: list[str], quick: bool, kept: Path | None = None) -> results.Run:
    """Every part in a process of its own; ``kept`` is written as they come.

    How often Python's collector looks through everything depends on how much a process holds: what
    is left of one part would change the times of the next by half. A quick run does two parts at a
    time, as most of them wait a lot; what it checks are counts.
    """
    whole = results.Run(results.machine(), quick)
    with ThreadPoolExecutor(2 if quick else 1) as pool:
        ran = pool.map(partial(alone, quick=quick), names)
        for name, (printed, found) in zip(names, ran, strict=True):
            print(printed, flush=True)
            for field in ("rows", "failed", "load", "seconds"):
                getattr(whole, field).update(getattr(found, field))
            if name not in found.rows:
                whole.begin(name)
                whole.end(name)
                whole.failed[name] = "its process ended before the part did"
            if kept is not None:
                kept.write_text(results.text(whole), encoding="utf-8")
    return whole


def alone(name: str, *, quick: bool) -> tuple[str, results.Run]:
    """What one part printed, and its results."""
    with tempfile.TemporaryDirectory() as folder:
        kept = Path(folder) / "part.json"
        command = [sys.executable, "-m", "benchmarks", name, "--json", str(kept)]
        command += ["--quick"] if quick else []
        printed = subprocess.run(
            command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False
        ).stdout
        empty = results.Run(results.machine(), quick)
        shown = printed.strip().rpartition("\n\n")[0]  # the verdict is on all of them
        return f"\n{shown}", results.read(kept) if kept.is_file() else empty


def verdict(run: results.Run) -> int:
    """Say what was missed. A quick run is small: its times only warn."""
    missed = [(name, row) for name, rows in run.rows.items() for row in rows if not row.met]
    fatal = [one for one in missed if one[1].is_firm or not run.quick]
    for name, row in missed:
        kind = "Missed" if (name, row) in fatal else "Warning, a time of a small run"
        print(f"{kind}: {name}: {row.line().strip()}")
    for name, error in run.failed.items():
        print(f"Failed: {name}: {error}")
    if not (fatal or run.failed):
        print("Every part ran." if run.quick else "Every target was met.")
    return 1 if fatal or run.failed else 0


def arguments(words: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("parts", nargs="*", metavar="part", help=f"some of: {', '.join(PARTS)}")
    parser.add_argument("--quick", action="store_true", help="every part small")
    parser.add_argument("--json", type=Path, metavar="FILE", help="keep the results here")
    chosen = parser.parse_args(words)
    unknown = set(chosen.parts) - set(PARTS)
    if unknown:
        parser.error(f"no part is called {', '.join(sorted(unknown))}")
    return chosen


def main(words: list[str]) -> int:
    match words:
        case ["compare", before, after]:
            return results.compare(results.read(Path(before)), results.read(Path(after)))
        case ["table", file]:
            print(results.table(results.read(Path(file))), end="")
            return 0
        case _:
            chosen = arguments(words)
    names: list[str] = chosen.parts or list(PARTS)
    if len(names) > 1:
        found = apart(names, chosen.quick, chosen.json)
    else:
        found = run(names, chosen.quick)
        if chosen.json is not None:
            chosen.json.write_text(results.text(found), encoding="utf-8")
    print()
    return verdict(found)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
