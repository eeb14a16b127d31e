"""A run's results: kept as JSON with the machine, its load and the versions; compared; a table."""

from __future__ import annotations

import os
import platform
import time
from dataclasses import dataclass, field
from datetime import UTC, datetime
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

import msgspec

from benchmarks.measure import Measured

PACKAGES = (
    *("dashwidgets", "pandas", "numpy", "httpx", "msgspec", "duckdb", "anywidget", "ipykernel"),
    *("jupyterlab", "pyarrow", "orjson", "httpx-sse", "requests"),
)
BUSY = (
    "**The machine was busy with other work during this run**: several processes wanted a core.\n"
    "Milliseconds and frames are those of a machine that is elsewhere most of the time; what is\n"
    "missed among them is not known to be missed on a quiet one. Counts and sizes hold."
)
UNKNOWN = "why is not known yet."
WORSE = 1.25
"""A value this much larger is said to be worse: less is noise on a shared machine."""


@dataclass(frozen=True)
class Machine:
    """Where and with what a run was made."""

    at: str
    system: str
    processor: str
    cores: int
    python: str
    packages: dict[str, str]


@dataclass
class Run:
    """What one run measured."""

    machine: Machine
    quick: bool
    rows: dict[str, list[Measured]] = field(default_factory=dict[str, list[Measured]])
    failed: dict[str, str] = field(default_factory=dict[str, str])
    load: dict[str, float] = field(default_factory=dict[str, float])
    """Processes that wanted a core when the part began; what its times are worth."""
    seconds: dict[str, float] = field(default_factory=dict[str, float])

    def begin(self, name: str) -> None:
        self.rows[name] = []
        self.load[name] = round(os.getloadavg()[0], 2) if hasattr(os, "getloadavg") else -1
        self.seconds[name] = -time.monotonic()

    def end(self, name: str) -> None:
        self.seconds[name] = round(self.seconds[name] + time.monotonic(), 1)


def machine() -> Machine:
    """This machine, without its name."""
    return Machine(
        datetime.now(UTC).isoformat(timespec="seconds"),
        f"{platform.system()} {platform.release()}",
        processor(),
        os.cpu_count() or 1,
        platform.python_version(),
        {name: found for name in PACKAGES if (found := installed(name))},
    )


def processor() -> str:
    """The processor's model; its architecture where the system does not say."""
    known = Path("/proc/cpuinfo")
    lines = known.read_text().splitlines() if known.is_file() else []
    models = [line.partition(":")[2].strip() for line in lines if line.startswith("model name")]
    return models[0] if models else platform.machine()


def installed(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return ""


def text(run: Run) -> str:
    """The run as JSON."""
    return msgspec.json.format(msgspec.json.encode(run), indent=1).decode() + "\n"


def read(path: Path) -> Run:
    """A run from a file."""
    return msgspec.json.decode(path.read_bytes(), type=Run)


def compare(before: Run, after: Run) -> int:
    """Print every row of both; 1 when something became worse or is gone."""
    worse = 0
    for name in before.rows:
        if name not in after.rows:
            print(f"{name}: not run after")
            continue
        found = {(row.what, row.unit): row for row in after.rows[name]}
        for row in before.rows[name]:
            now = found.get((row.what, row.unit))
            verdict = change(row, now) if now else "GONE"
            worse += verdict in ("worse", "GONE")
            value = f"{now.value:,.3f}" if now else "-"
            print(f"{name:11} {row.what:62} {row.value:12,.3f} {value:>12} {row.unit:9} {verdict}")
    if before.quick != after.quick:
        print("One run was quick, the other was not: the values are of different sizes.")
    print(f"{worse} became worse by {WORSE - 1:.0%} or are gone." if worse else "Nothing is worse.")
    return 1 if worse else 0


def change(before: Measured, after: Measured) -> str:
    """``better``, ``worse`` or nothing, by the share of what it was."""
    if not before.value or not after.value:
        return "" if before.value == after.value else "changed"
    ratio = after.value / before.value
    if before.least:
        ratio = 1 / ratio
    return "worse" if ratio > WORSE else "better" if ratio < 1 / WORSE else ""


def table(run: Run) -> str:
    """The page of the docs."""
    lines = [
        "# Benchmarks",
        "",
        "`python -m benchmarks --json benchmarks/results.json` measured this;",
        "`python -m benchmarks table benchmarks/results.json > docs/benchmarks.md` wrote it.",
        "Ratios are medians of one run, in which ours and theirs take turns. *Load* is how",
        "many processes wanted a core when the part began: times of a busy machine are worth less",
        "than its ratios, and its ratios less than its counts.",
        "",
        f"{run.machine.processor}, {run.machine.cores} cores, {run.machine.system},"
        f" Python {run.machine.python}, {run.machine.at[:10]};",
        ", ".join(f"{name} {found}" for name, found in run.machine.packages.items()) + ".",
    ]
    if max(run.load.values(), default=0) > 2 * run.machine.cores:
        lines += ["", BUSY]
    for name, rows in run.rows.items():
        lines += ["", f"## {name}", "", f"Load {run.load[name]}, {run.seconds[name]:.0f} s.", ""]
        if name in run.failed:
            lines += [f"It failed: `{run.failed[name]}`", ""]
        lines += ["| | measured | target | |", "| --- | --: | --: | --- |"]
        lines += [line(row) for row in rows]
        notes = [f"- {row.what}: {row.note}" for row in rows if row.note]
        notes += [f"- Missed, {row.what}: {row.why or UNKNOWN}" for row in rows if not row.met]
        lines += ["", *notes] if notes else []
    return "\n".join(lines) + "\n"


def line(row: Measured) -> str:
    value = (
        f"{row.value:,.0f}"
        if row.value >= 1000 or row.value == int(row.value)
        else (f"{row.value:.3g}")
    )
    if row.target is None:
        return f"| {row.what} | {value} {row.unit} | | |"
    side = "≥" if row.least else "≤"
    return (
        f"| {row.what} | {value} {row.unit} | {side} {row.target:,g}"
        f" | {'met' if row.met else f'**missed**{row.miss}'} |"
    )
