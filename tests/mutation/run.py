"""Does a test fail when the code is wrong? ``python -m tests mutation [PACKAGE …] [--sample N]``.

Places of `api`, `plans`, `references` and `frames` are drawn at random, each is changed by one of
cosmic-ray's operators in a copy of the project, and those of the package's own tests that run the
changed line are run until one fails. What came of each mutant is kept in ``build/mutation``: an
interrupted run goes on, and ``--again`` tries those once more that survived. Linux and macOS;
before a release, not in CI.
"""

from __future__ import annotations

import argparse
import contextlib
import functools
import hashlib
import importlib.util
import json
import os
import pickle
import shutil
import subprocess
import sys
import tempfile
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from tests.mutation.collected import Asked, Collected
from tests.mutation.coverage import Covered, covered
from tests.mutation.mutants import Mutant, count, sample
from tests.mutation.trial import OPTIONS, in_a_child, trial

ROOT = Path(__file__).parents[2]
KEPT = ROOT / "build" / "mutation"
REASONS = Path(__file__).with_name("survivors.toml")
TESTS: dict[str, tuple[str, ...]] = {
    "api": ("tests/api", "tests/faults/test_faults.py"),
    "frames": ("tests/frames",),
    "plans": ("tests/plans", "--ignore=tests/plans/test_kills.py"),
    "references": ("tests/references", "--ignore=tests/references/test_speed.py"),
}
TOO_LONG = (
    "test_a_page_cut_at_every_byte_is_whole_or_an_error",
    "test_a_stream_cut_anywhere_goes_on_without_repeating_a_tile",
    "test_a_stream_cut_at_every_byte_is_whole_or_says_how_far_it_came",
    "test_a_large_text_is_read_in_time",
    "test_a_thousand_retagged",
    "test_any_part_of_a_query_may_be_broken",
    "test_renaming_and_renaming_back_gives_the_same_bytes",
    "test_the_command_line",
    "test_whatever_arrives_is_whole_or_says_why_not",
)
"""What takes over a second is left out: what only these tests would see survives."""
SAMPLE = 150
TARGET = 0.85
"""Of the mutants must be killed."""


def mutation(words: list[str]) -> int:
    """Try the mutants that were not tried yet, then write all outcomes into the docs."""
    from dashwidgets.references.sql.parse import is_exact
    from tests import page

    parser = argparse.ArgumentParser(prog="python -m tests mutation", description=__doc__)
    parser.add_argument("packages", nargs="*", choices=[*TESTS, []], help="else all of them")
    parser.add_argument("--sample", type=int, default=SAMPLE, help="places in each package")
    parser.add_argument("--again", action="store_true", help="those that survived once more")
    parser.add_argument("--table", action="store_true", help="only write what is kept")
    chosen = parser.parse_args(words)
    if not is_exact():
        sys.exit("Tests of `references` need PostHog's parser: use Python 3.12 or later.")
    for package in () if chosen.table else chosen.packages or TESTS:
        _try_all(package, chosen.sample, again=chosen.again)
    page.write("mutation", table())
    shares = [_share(kept) for kept in _all_kept().values()]
    return 0 if shares and min(shares) >= TARGET else 1


def _try_all(package: str, size: int, *, again: bool) -> None:
    with tempfile.TemporaryDirectory(prefix="dashwidgets-mutation-") as name:
        folder = Path(name)
        command = ["git", "ls-files", "--cached", "--others", "--exclude-standard"]
        files = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)
        for file in files.stdout.splitlines():
            if not (ROOT / file).is_file():
                continue  # deleted, and not committed yet
            (folder / file).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(ROOT / file, folder / file)
        command = [sys.executable, "-m", "tests.mutation.run", package, str(size), str(int(again))]
        environment = os.environ | {"PYTHONPATH": str(folder), "MUTATION_KEPT": str(KEPT)}
        subprocess.run(command, cwd=folder, env=environment, check=True)


def in_the_copy(package: str, size: int, *, again: bool) -> None:
    """What the process in the copy does."""
    kept_in = Path(os.environ["MUTATION_KEPT"]) / f"{package}.json"
    kept_in.parent.mkdir(parents=True, exist_ok=True)
    kept = json.loads(kept_in.read_text("utf-8")) if kept_in.is_file() else {}
    mutants = sample(Path(), f"dashwidgets/{package}", size)
    kept["of"] = count(Path(), f"dashwidgets/{package}")
    before = kept.get("mutants", {})
    found: dict[str, Any] = {}
    keep = functools.partial(_write, kept_in)
    to_try: list[tuple[str, Mutant]] = []
    for mutant in mutants:
        code = Path(mutant.file).read_text(encoding="utf-8")
        key = hashlib.sha256(f"{mutant}{code}".encode()).hexdigest()[:16]
        found[key] = before.get(key)
        if found[key] is None or (again and found[key]["outcome"] == "survived"):
            to_try.append((key, mutant))
    if to_try:
        tests = _covered(package)
        with Collected(_options(package)) as collected:
            for at, (key, mutant) in enumerate(to_try, 1):
                found[key] = told = _tried(mutant, tests, collected)
                print(f"{at}/{len(to_try)} {told['outcome']}: {mutant.file}:{mutant.line} "
                      f"{told['change']} ({told.get('by', '')})", flush=True)  # fmt: skip
                keep(kept | {"mutants": before | {name: one for name, one in found.items() if one}})
    keep(kept | {"mutants": found})


def _write(path: Path, kept: dict[str, Any]) -> None:
    path.write_text(json.dumps(kept, indent=1, ensure_ascii=False), encoding="utf-8")


def _options(package: str) -> tuple[str, ...]:
    return *TESTS[package], "-k", " and ".join(f"not {name}" for name in TOO_LONG)


def _covered(package: str) -> Covered:
    """What the tests run, unless it is known from before; then import all that they do."""
    files = sorted([*Path("dashwidgets").rglob("*.py"), *Path("tests").rglob("*.py")])
    known = hashlib.sha256(b"".join(path.read_bytes() for path in files)).hexdigest()[:16]
    kept_in = Path(os.environ["MUTATION_KEPT"]) / f"{package}-{known}.pickle"
    if kept_in.is_file():
        tests = pickle.loads(kept_in.read_bytes())  # noqa: S301 - our own
    else:
        options = [*OPTIONS, *_options(package)]
        done, tests = in_a_child(lambda: covered(f"dashwidgets/{package}", options), 600)
        if not done or not isinstance(tests, Covered):
            sys.exit(f"{package}: its tests fail before anything is changed.")
        kept_in.write_bytes(pickle.dumps(tests))
    for name in tests.modules:
        with contextlib.suppress(ImportError):
            importlib.import_module(name)
    taken = sum(tests.seconds.values())
    print(f"{package}: {len(tests.seconds)} tests take {taken:.0f} s.", flush=True)
    return tests


def _tried(mutant: Mutant, tests: Covered, collected: Collected) -> dict[str, Any]:
    path = Path(mutant.file)
    code = path.read_text(encoding="utf-8")
    told = {"file": mutant.file, "line": mutant.line, "change": mutant.change(code)}
    names = tests.tests(mutant.file, code, mutant.line)
    if not names:
        return told | {"outcome": "survived", "by": "no test runs this line"}
    seconds = sum(tests.seconds[name] for name in names)
    changed = mutant.source(code) or ""
    Path(importlib.util.cache_from_source(path)).unlink(missing_ok=True)
    path.write_text(changed, encoding="utf-8")
    try:
        if not tests.runs_on_import(mutant.file, code, mutant.line):
            asked = Asked(mutant.file, mutant.line, changed, names, 10 + 5 * seconds)
            if found := collected.tried(asked):
                return told | found
        return told | trial(names, seconds)
    finally:
        path.write_text(code, encoding="utf-8")


def _all_kept() -> dict[str, dict[str, Any]]:
    files = {package: KEPT / f"{package}.json" for package in TESTS}
    return {
        package: json.loads(file.read_text(encoding="utf-8"))
        for package, file in files.items()
        if file.is_file()
    }


def _share(kept: dict[str, Any]) -> float:
    mutants = kept["mutants"].values()
    return sum(not _survived(one) for one in mutants) / max(1, len(mutants))


def table() -> Iterator[str]:
    """The page's part: how many were killed, and each survivor with the reason.

    A reason that begins with "Equivalent" says that nothing could notice the change; the share is
    of all that were tried nevertheless.
    """
    reasons: dict[str, str] = tomllib.loads(REASONS.read_text(encoding="utf-8"))
    yield "| Package | Mutants | Tried | Killed | Survived | Equivalent | Share | At least |"
    yield "| --- | --- | --- | --- | --- | --- | --- | --- |"
    survivors: list[tuple[str, str, str]] = []
    for package, kept in _all_kept().items():
        tried = len(kept["mutants"])
        mine = [_row(one, reasons) for one in kept["mutants"].values() if _survived(one)]
        survivors += mine
        equal = sum(why.startswith("Equivalent") for *_, why in mine)
        yield (
            f"| `{package}` | {kept['of']:,} | {tried} | {tried - len(mine)} | {len(mine)} "
            f"| {equal} | {_share(kept):.0%} | {TARGET:.0%} |"
        )
    yield ""
    yield "| Survivor | Changed | Why it stays |"
    yield "| --- | --- | --- |"
    for file, change, why in sorted(survivors):
        yield f"| `{file}` | `{change}` | {why} |"


def _survived(one: dict[str, Any]) -> bool:
    return one["outcome"] == "survived"


def _row(one: dict[str, Any], reasons: dict[str, str]) -> tuple[str, str, str]:
    file = one["file"].removeprefix("dashwidgets/")
    change = one["change"].replace("|", "\\|").replace("`", "'")
    why = reasons.get(f"{file}: {one['change']}", "not looked at yet")
    return f"{file}:{one['line']}", change, why


if __name__ == "__main__":
    in_the_copy(sys.argv[1], int(sys.argv[2]), again=sys.argv[3] == "1")
