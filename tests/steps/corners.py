"""The suite under other Pythons and dependencies: ``python -m tests matrix [--part] [PYTHON ...]``.

Each run gets an environment of its own. `matrix` writes what it ran into ``docs/versions.md``;
`corner` is the quick form for CI: the oldest Python with the oldest direct dependencies, and the
newest Python with the newest.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from xml.etree import ElementTree

ROOT = Path(__file__).parents[2]
PAGE = ROOT / "docs" / "versions.md"
MARK = "<!-- rows written by `python -m tests matrix` -->\n"
OLDEST = (3, 11)

WHOLE = ("tests", "--ignore=tests/browser")
PART = (
    *("tests/frames", "tests/references", "tests/queries/test_sql.py", "tests/test_dashboard.py"),
    *("tests/plans/test_plan.py", "tests/api/test_networks.py"),
    *("tests/commands/test_reading.py", "tests/commands/test_references.py"),
)
"""Where versions show: dtypes, copies of frames, PostHog's own parser, TLS, the command line."""

Version = tuple[int, ...]


@dataclass(frozen=True)
class Corner:
    """A Python, and whether its dependencies are the newest or the oldest that are allowed."""

    python: Path
    version: Version
    newest: bool

    @property
    def dependencies(self) -> str:
        return "newest" if self.newest else "oldest direct"


def interpreters(paths: list[str]) -> dict[Version, Path]:
    """One interpreter for each minor version: those named, else pyenv's and those on the path."""
    root = Path(os.environ.get("PYENV_ROOT", Path.home() / ".pyenv"))
    named = [Path(path) for path in paths]
    found = [
        *(Path(sys.executable),),
        *sorted(root.glob("versions/*/bin/python3")),
        *(Path(path) for minor in range(11, 20) if (path := shutil.which(f"python3.{minor}"))),
    ]
    by_minor: dict[Version, tuple[Version, Path]] = {}
    for path in named or found:
        version = _version(path)
        if version is None:
            if named:
                sys.exit(f"{path} is not a Python that runs.")
        elif version[:2] >= OLDEST:
            by_minor.setdefault(version[:2], (version, path))
    return {version: path for _, (version, path) in sorted(by_minor.items())}


def corner() -> int:
    """The two corners of what is supported, as far as this machine has them."""
    found = interpreters([])
    old, new = min(found), max(found)
    runs = [Corner(found[old], old, newest=False), Corner(found[new], new, newest=True)]
    return max(_run(one, PART, workers="1").code for one in runs)


def matrix(words: list[str]) -> int:
    """Every interpreter with the newest dependencies, and the oldest with the oldest."""
    tests = PART if "--part" in words else WHOLE
    found = interpreters([word for word in words if word != "--part"])
    runs = [Corner(path, version, newest=True) for version, path in found.items()]
    oldest = min(found)
    if oldest[:2] == OLDEST:
        runs.insert(0, Corner(found[oldest], oldest, newest=False))
    worst = 0
    for one in runs:
        ran = _run(one, tests)
        _write(one, ran, "a part" if tests is PART else "all but the browser's")
        worst = max(worst, ran.code)
    return worst


@dataclass(frozen=True)
class Ran:
    """What came of a run."""

    code: int
    pandas: str
    passed: int
    failed: int
    skipped: int
    seconds: float


def _run(one: Corner, tests: tuple[str, ...], workers: str = "auto") -> Ran:
    print(f"\n-- Python {_text(one.version)}, dependencies: {one.dependencies}", flush=True)
    with tempfile.TemporaryDirectory(prefix="dashwidgets-corner-") as folder:
        python = Path(folder) / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
        _uv("venv", "-q", "--python", str(one.python), folder)
        how = "highest" if one.newest else "lowest-direct"
        _uv("pip", "install", "-q", "--python", str(python), f"--resolution={how}", "-e", ".[dev]")
        report = Path(folder) / "report.xml"
        command = [str(python), "-m", "pytest", "-q", "-p", "no:nbval", f"--junitxml={report}"]
        beside = ["-n", workers, "--dist", "loadfile"]
        code = subprocess.run([*command, *beside, *tests], cwd=ROOT).returncode
        pandas = subprocess.run(
            [str(python), "-c", "import pandas; print(pandas.__version__)"],
            cwd=folder, capture_output=True, text=True, check=True,
        ).stdout.strip()  # fmt: skip
        if not report.is_file():
            return Ran(code or 1, pandas, 0, 0, 0, 0.0)
        suite = next(ElementTree.parse(report).iter("testsuite"))  # noqa: S314 - pytest wrote it
        ran, failures, errors, skipped = (
            int(suite.get(name, 0)) for name in ("tests", "failures", "errors", "skipped")
        )
        failed = failures + errors
        passed = ran - failed - skipped
        return Ran(code, pandas, passed, failed, skipped, float(suite.get("time", 0)))


def _write(one: Corner, ran: Ran, what: str) -> None:
    """Put a run's row into the page, in the place of an older one of the same corner."""
    head, rows = PAGE.read_text(encoding="utf-8").split(MARK)
    begin = f"| {_text(one.version[:2])}"
    kept = [
        row
        for row in rows.splitlines()
        if row and not (row.startswith(begin) and f"| {one.dependencies} |" in row)
    ]
    cells = (
        *(_text(one.version), one.dependencies, ran.pandas, what),
        *(f"{ran.passed:,}", str(ran.failed), str(ran.skipped)),
        *(f"{ran.seconds:.0f}", f"{datetime.now(UTC):%Y-%m-%d}"),
    )
    kept.append(f"| {' | '.join(cells)} |")
    kept.sort(key=lambda row: ([int(n) for n in re.findall(r"\d+", row)[:2]], "newest" in row))
    PAGE.write_text(head + MARK + "\n".join(kept) + "\n", encoding="utf-8")


def _uv(*arguments: str) -> None:
    uv = shutil.which("uv")
    command = [uv] if uv else [sys.executable, "-m", "uv"]
    if subprocess.run([*command, *arguments], cwd=ROOT).returncode:
        sys.exit(f"uv {arguments[0]} failed: see its message above.")


def _version(python: Path) -> Version | None:
    code = "import sys; print(*sys.version_info[:3])"
    try:
        answer = subprocess.run([str(python), "-c", code], capture_output=True, text=True)
    except OSError:
        return None
    parts = answer.stdout.split()
    return tuple(map(int, parts)) if answer.returncode == 0 and len(parts) == 3 else None


def _text(version: Version) -> str:
    return ".".join(map(str, version))
