"""Does a test fail when the code is wrong? ``python -m tests mutation [PACKAGE …] [--sample N]``.

Places of `api`, `plans`, `references` and `frames` are drawn at random, each is changed by one of
cosmic-ray's operators in a copy of the project, and the package's own tests are run until one
fails. What came of each mutant is kept in ``build/mutation``: an interrupted run goes on, and
``--again`` tries those once more that survived. Linux and macOS; before a release, not in CI.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import multiprocessing
import os
import shutil
import subprocess
import sys
import tempfile
import time
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from tests.mutation.mutants import Mutant, count, sample

ROOT = Path(__file__).parents[2]
KEPT = ROOT / "build" / "mutation"
REASONS = Path(__file__).with_name("survivors.toml")
TESTS: dict[str, tuple[str, ...]] = {
    "api": ("tests/api", "tests/faults/test_faults.py", "tests/faults/test_servers.py"),
    "frames": ("tests/frames",),
    "plans": ("tests/plans/test_plan.py", "tests/plans/test_apply.py"),
    "references": ("tests/references",),
}
SAMPLE = 60
TARGET = 0.85
"""Of the mutants must be killed."""
PATIENCE = 120
"""Seconds: a mutant that makes the tests hang is noticed too."""


def mutation(words: list[str]) -> int:
    """Try the mutants that were not tried yet, then write all outcomes into the docs."""
    from tests import page

    parser = argparse.ArgumentParser(prog="python -m tests mutation", description=__doc__)
    parser.add_argument("packages", nargs="*", choices=[*TESTS, []], help="else all of them")
    parser.add_argument("--sample", type=int, default=SAMPLE, help="places in each package")
    parser.add_argument("--again", action="store_true", help="those that survived once more")
    chosen = parser.parse_args(words)
    for package in chosen.packages or TESTS:
        _try_all(package, chosen.sample, again=chosen.again)
    page.write("mutation", table())
    shares = [_share(kept) for kept in _all_kept().values()]
    return 0 if shares and min(shares) >= TARGET else 1


def _try_all(package: str, size: int, *, again: bool) -> None:
    with tempfile.TemporaryDirectory(prefix="dashwidgets-mutation-") as name:
        folder = Path(name)
        files = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True)
        for file in files.stdout.splitlines():
            (folder / file).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(ROOT / file, folder / file)
        command = [sys.executable, "-m", "tests.mutation.run", package, str(size), str(int(again))]
        environment = os.environ | {"PYTHONPATH": str(folder), "MUTATION_KEPT": str(KEPT)}
        subprocess.run(command, cwd=folder, env=environment, check=True)


def in_the_copy(package: str, size: int, *, again: bool) -> None:
    """What the process in the copy does: one child a mutant, of a parent that has all imported."""
    import duckdb  # noqa: F401
    import httpx  # noqa: F401
    import ipywidgets  # noqa: F401
    import pandas  # noqa: F401
    import pytest  # noqa: F401
    import sqlglot  # noqa: F401
    import uvicorn  # noqa: F401

    kept_in = Path(os.environ["MUTATION_KEPT"]) / f"{package}.json"
    kept_in.parent.mkdir(parents=True, exist_ok=True)
    kept = json.loads(kept_in.read_text("utf-8")) if kept_in.is_file() else {}
    mutants = sample(Path(), f"dashwidgets/{package}", size)
    outcome, seconds = _tried(package)
    if outcome != "survived":
        sys.exit(f"{package}: its tests fail before anything is changed.")
    print(f"{package}: its tests take {seconds:.0f} s.", flush=True)
    found: dict[str, Any] = {}
    kept["of"] = count(Path(), f"dashwidgets/{package}")
    before = kept.get("mutants", {})
    for mutant in mutants:
        path = Path(mutant.file)
        code = path.read_text(encoding="utf-8")
        key = hashlib.sha256(f"{mutant}{code}".encode()).hexdigest()[:16]
        found[key] = before.get(key)
        if found[key] is None or (again and found[key]["outcome"] == "survived"):
            path.write_text(mutant.source(code) or "", encoding="utf-8")
            outcome, seconds = _tried(package)
            path.write_text(code, encoding="utf-8")
            found[key] = _told(mutant, code) | {"outcome": outcome}
            print(f"{package}: {outcome} after {seconds:.0f} s: {mutant.file}:{mutant.line} "
                  f"{found[key]['change']}", flush=True)  # fmt: skip
        kept["mutants"] = before | {name: one for name, one in found.items() if one}
        kept_in.write_text(json.dumps(kept, indent=1, ensure_ascii=False), encoding="utf-8")
    kept["mutants"] = found
    kept_in.write_text(json.dumps(kept, indent=1, ensure_ascii=False), encoding="utf-8")


def _told(mutant: Mutant, code: str) -> dict[str, Any]:
    return {"file": mutant.file, "line": mutant.line, "change": mutant.change(code)}


def _tried(package: str) -> tuple[str, float]:
    """Run the package's tests in a child, until one fails."""
    began = time.monotonic()
    child = multiprocessing.get_context("fork").Process(target=_tests, args=(TESTS[package],))
    child.start()
    child.join(PATIENCE)
    if child.is_alive():
        child.kill()
        child.join()
        return "killed: the tests hang", time.monotonic() - began
    return "survived" if child.exitcode == 0 else "killed", time.monotonic() - began


def _tests(paths: tuple[str, ...]) -> None:
    import pytest

    os.setpgrp()
    sys.stdout = sys.stderr = Path(os.devnull).open("w")  # noqa: SIM115 - until the process ends
    sys.dont_write_bytecode = True  # a file's time is no proof that it is the same
    code = pytest.main(
        ["-x", "-q", "-p", "no:nbval", "-p", "no:cacheprovider", "-p", "no:xdist", *paths]
    )
    os._exit(int(code))


def _all_kept() -> dict[str, dict[str, Any]]:
    files = {package: KEPT / f"{package}.json" for package in TESTS}
    return {
        package: json.loads(file.read_text(encoding="utf-8"))
        for package, file in files.items()
        if file.is_file()
    }


def _share(kept: dict[str, Any]) -> float:
    mutants = kept["mutants"].values()
    return sum(one["outcome"] != "survived" for one in mutants) / max(1, len(mutants))


def table() -> Iterator[str]:
    """The page's part: how many were killed, and each survivor with the reason."""
    reasons: dict[str, str] = tomllib.loads(REASONS.read_text(encoding="utf-8"))
    yield "| Package | Mutants | Tried | Killed | At least |"
    yield "| --- | --- | --- | --- | --- |"
    for package, kept in _all_kept().items():
        share, tried = _share(kept), len(kept["mutants"])
        yield f"| `{package}` | {kept['of']:,} | {tried} | {share:.0%} | {TARGET:.0%} |"
    yield ""
    yield "| Survivor | Changed | Why it stays |"
    yield "| --- | --- | --- |"
    for kept in _all_kept().values():
        for one in kept["mutants"].values():
            if one["outcome"] == "survived":
                name = f"{one['file'].removeprefix('dashwidgets/')}: {one['change']}"
                change = one["change"].replace("|", "\\|").replace("`", "'")
                file = f"{one['file'].removeprefix('dashwidgets/')}:{one['line']}"
                yield f"| `{file}` | `{change}` | {reasons.get(name, 'not looked at yet')} |"


if __name__ == "__main__":
    in_the_copy(sys.argv[1], int(sys.argv[2]), again=sys.argv[3] == "1")
