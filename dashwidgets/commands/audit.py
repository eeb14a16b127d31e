"""``dashwidgets audit``, for people and for CI jobs."""

from __future__ import annotations

import json
import sys
import warnings
from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any, Literal, Protocol, get_args

from dashwidgets.api.errors import ConfigurationError, DashwidgetsError, DashwidgetsWarning
from dashwidgets.audit.report.report import Report
from dashwidgets.audit.report.sarif import sarif
from dashwidgets.audit.report.text import headline, not_evaluated, shown
from dashwidgets.audit.report.words import each
from dashwidgets.audit.rule import SEVERITIES

WIDE = 240
Format = Literal["table", "json", "sarif"]


class Auditable(Protocol):
    """A project."""

    def audit(self, *args: Any, **options: Any) -> Any: ...


def run(
    connect: Callable[[], AbstractContextManager[Auditable]],
    *,
    rules: Any,
    stale_after: str,
    suppressions: Path | None,
    since: Path | None,
    save: Path | None,
    fail_on: str | None,
    form: str,
    output: Path | None,
    version: str,
) -> int:
    """Audit and print; returns 0, 1 for findings from ``fail_on`` up, or 2 for errors."""
    try:
        if form not in get_args(Format):
            raise ConfigurationError(f"--format must be table, json or sarif, not {form!r}.")
        if fail_on is not None and fail_on not in SEVERITIES:
            raise ConfigurationError(f"--fail-on must be one of {', '.join(SEVERITIES)}.")
        with connect() as project, warnings.catch_warnings(record=True) as told:
            warnings.simplefilter("always", DashwidgetsWarning)
            report: Report = project.audit(
                rules, stale_after=stale_after, suppressions=suppressions
            )
        changes = None if since is None else report.since(since)
        if save is not None:
            report.save(save)
    except DashwidgetsError as error:
        # Errors and warnings go to stderr, so that stdout is a file's content and nothing else.
        print(error, file=sys.stderr)  # noqa: T201
        return 2
    for warning in told:
        print(warning.message, file=sys.stderr)  # noqa: T201
    text = render(report, form, version)  # pyright: ignore[reportArgumentType]
    if changes is not None:
        counts = changes["status"].value_counts()
        print(", ".join(f"{counts[name]} {name}" for name in counts.index), file=sys.stderr)  # noqa: T201
    print(write(text, output))  # noqa: T201
    return int(fail_on is not None and len(report.at_least(fail_on)) > 0)


def render(report: Report, form: Format, version: str) -> str:
    """A report in the form asked for."""
    if form == "sarif":
        return json.dumps(sarif(report, version), indent=1, ensure_ascii=False)
    if form == "json":
        frames = ("summary", "findings", "suppressed", "coverage")
        told = {
            name: json.loads(
                getattr(report, name).to_json(orient="records", date_format="iso", date_unit="s")
            )
            for name in frames
        }
        about = {"complete": report.complete, "requests_spent": report.requests_spent}
        return json.dumps(about | told, indent=1, ensure_ascii=False)
    return table(report)


def table(report: Report) -> str:
    """A table as wide as the terminal, with every finding."""
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    colors = {"high": "bold red", "medium": "yellow", "low": "blue", "info": "dim"}
    grid = Table(box=None, pad_edge=False, header_style="bold")
    for name in ("severity", "rule", "dashboard", "evidence"):
        grid.add_column(name, overflow="fold")
    for row in each(report.findings):
        board = "" if row.dashboard_id is None else f"{row.dashboard_id} {row.dashboard}"
        cells = (row.rule, board if str(row.dashboard_id) != "<NA>" else "", row.evidence)
        # Text, so that no name is read as markup.
        grid.add_row(
            Text(str(row.severity), style=colors[str(row.severity)]),
            *(Text(shown(cell, 200)) for cell in cells),
        )
    # A pipe has no width: lines stay whole, for grep.
    console = Console(soft_wrap=False, width=None if sys.stdout.isatty() else WIDE)
    with console.capture() as captured:
        if len(report.findings):
            console.print(grid)
        console.print(Text(headline(report), style="bold"))
        if missing := not_evaluated(report):
            console.print(Text(f"Not evaluated or unknown: {missing}."))
    return captured.get().rstrip("\n")


def write(text: str, path: Path | None) -> str:
    """Write to a file, or give the text to print."""
    if path is None:
        return text
    path.write_text(text + "\n", encoding="utf-8")
    return f"Written: {path}"
