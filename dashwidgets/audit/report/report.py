"""What an audit found, and what it could not see."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pandas as pd

from dashwidgets.api.errors import ConfigurationError
from dashwidgets.audit.report import history, html, page, text
from dashwidgets.audit.report.audit import Audit
from dashwidgets.audit.report.findings import COVERAGE, FINDINGS
from dashwidgets.audit.rule import SEVERITIES
from dashwidgets.display.in_a_cell import InACell
from dashwidgets.frames.arrays import as_array

if TYPE_CHECKING:
    from dashwidgets.api.client import Client
    from dashwidgets.plans.plan import Plan

VERSION = 1
SHOWN = 20
"""Findings that a notebook shows; the frame and the page have all."""


@dataclass(frozen=True, repr=False)
class Report(InACell, Audit):
    """An audit that displays itself, and is saved, compared and fixed from."""

    client: Client | None = field(default=None, repr=False, compare=False)
    """What it was made with, for `fix`; a loaded report has none."""

    def at_least(self, severity: str) -> pd.DataFrame:
        """Findings of at least this severity."""
        if severity not in SEVERITIES:
            raise ConfigurationError(f"severity must be one of {', '.join(SEVERITIES)}.")
        return self.findings[
            self.findings["severity"].isin(SEVERITIES[SEVERITIES.index(severity) :])
        ]

    def fix(self, rule: str) -> Plan:
        """A plan that fixes the findings of a rule. Reads one list; changes nothing.

        Raises `ConfigurationError` for rules whose fix somebody has to choose.
        """
        from dashwidgets.plans.verbs.fixes import plan_for

        if self.client is None:
            raise ConfigurationError(
                "A loaded report has no connection: audit again, or use ph.plan() with its findings"
                "."
            )
        return plan_for(self.client, self.findings, rule)

    def since(self, previous: Report | str | Path) -> pd.DataFrame:
        """What is ``new``, ``fixed``, ``back`` (it had been fixed) and ``still`` there.

        Findings that are not evaluated now are ``unknown``, never ``fixed``.
        """
        return history.compare(
            load(previous) if not isinstance(previous, Report) else previous, self
        )

    def save(self, path: str | Path) -> Path:
        """Write it as JSON, for `since`; an existing report passes on its history."""
        path = Path(path)
        # Every finding that ever was in this file: that is how one that returns is told from a new
        # one.
        seen = self.seen | (load(path).known if path.is_file() else set[str]())
        body = {
            "version": VERSION,
            "findings": _records(self.findings),
            "suppressed": _records(self.suppressed),
            "coverage": _records(self.coverage),
            "rules": list(self.rules),
            "unread": sorted(self.unread),
            "dashboards": sorted(self.dashboards),
            "complete": self.complete,
            "taken_at": self.taken_at,
            "host": self.host,
            "project_id": self.project_id,
            "requests_spent": self.requests_spent,
            "seen": sorted(seen),
        }
        path.write_text(json.dumps(body, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
        return path

    def to_csv(self, path: str | Path) -> Path:
        """The findings as CSV; text that a spreadsheet would compute is quoted."""
        frame = self.findings.copy()
        for column in FINDINGS.columns:
            if column.kind == "text":
                texts = frame[column.name]
                # Names come from other people, and a spreadsheet would compute them.
                risky = texts.str.match(r"[=+\-@\t\r]", na=False)
                frame[column.name] = texts.mask(risky, "'" + texts)
        frame.to_csv(path, index=False)
        return Path(path)

    def to_parquet(self, path: str | Path) -> Path:
        """The findings as Parquet; needs pyarrow."""
        if find_spec("pyarrow") is None:
            raise ConfigurationError("Parquet needs pyarrow: pip install pyarrow, or use to_csv.")
        self.findings.to_parquet(path, index=False)
        return Path(path)

    def to_html(self, path: str | Path) -> Path:
        """Everything as one page that needs nothing else: no script, no network.

        Headline figures, findings by severity and by owner, a group for each rule that folds, with
        links to the dashboards, and what could not be evaluated.
        """
        Path(path).write_text(page.page(self), encoding="utf-8")
        return Path(path)

    def _repr_html_(self) -> str:
        return html.fragment(self, SHOWN)

    def __repr__(self) -> str:
        return text.text(self)


def load(path: str | Path) -> Report:
    """Read a saved report; raises `ConfigurationError` for a file that is not one."""
    try:
        body = json.loads(Path(path).read_text(encoding="utf-8"))
        if body["version"] != VERSION:
            raise ValueError(f"version {body['version']}")
        lists = ("rules", "unread", "dashboards", "seen")
        values: dict[str, Any] = {name: body[name] for name in lists}
        plain = {
            name: body[name]
            for name in ("complete", "taken_at", "host", "project_id", "requests_spent")
        }
        return Report(
            findings=FINDINGS.to_frame(body["findings"]),
            suppressed=_suppressed(body["suppressed"]),
            coverage=COVERAGE.to_frame(body["coverage"]),
            rules=tuple(values["rules"]),
            unread=frozenset(values["unread"]),
            dashboards=frozenset(values["dashboards"]),
            seen=frozenset(values["seen"]),
            **plain,
        )
    except (OSError, KeyError, TypeError, ValueError, AttributeError) as error:
        raise ConfigurationError(f"{path} is not a saved report: {error}.") from error


def _suppressed(rows: list[dict[str, Any]]) -> pd.DataFrame:
    frame = FINDINGS.to_frame(rows)
    for name in ("reason", "until"):
        frame[name] = as_array([row.get(name) for row in rows], "text")
    return frame


def _records(frame: pd.DataFrame) -> list[dict[str, Any]]:
    return json.loads(frame.to_json(orient="records", date_format="iso", date_unit="us"))
