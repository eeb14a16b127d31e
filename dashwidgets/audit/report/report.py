"""What an audit found, and what it could not see."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pandas as pd

from dashwidgets.api.errors import ConfigurationError
from dashwidgets.audit.report.findings import COVERAGE, FINDINGS
from dashwidgets.audit.rule import SEVERITIES

if TYPE_CHECKING:
    from dashwidgets.api.client import Client
    from dashwidgets.plans.plan import Plan

VERSION = 1
SHOWN = 20
"""Findings a notebook shows; the frame and the page have them all."""


@dataclass(frozen=True)
class Report:
    """An audit of one moment.

    Attributes
    ----------
    findings : DataFrame
        One row a finding, the worst first; columns as `FINDINGS` has them.
    suppressed : DataFrame
        Findings that somebody accepted, with ``reason`` and ``until``.
    coverage : DataFrame
        What was judged, what was not and why.
    rules : tuple of str
        Rules that were judged.
    complete : bool
        Whether every listed dashboard and insight was seen.
    """

    findings: pd.DataFrame
    suppressed: pd.DataFrame
    coverage: pd.DataFrame
    rules: tuple[str, ...]
    unread: frozenset[int]
    dashboards: frozenset[int]
    complete: bool
    taken_at: str
    host: str
    project_id: str
    requests_spent: int
    seen: frozenset[str] = frozenset()
    client: Client | None = field(default=None, repr=False, compare=False)
    """What it was made with, for `fix`; a loaded report has none."""

    @property
    def summary(self) -> pd.DataFrame:
        """One row a rule that found something: how many, on how many dashboards, what to do."""
        rows = [
            (name, group["severity"].iloc[0], len(group), group["dashboard_id"].nunique())
            for name, group in self.findings.groupby("rule", sort=False)
        ]
        frame = pd.DataFrame(rows, columns=["rule", "severity", "findings", "dashboards"])
        frame["suggestion"] = [
            self.findings.loc[self.findings["rule"] == name, "suggestion"].iloc[0]
            for name in frame["rule"]
        ]
        return frame

    def at_least(self, severity: str) -> pd.DataFrame:
        """Findings that are as bad as that, or worse."""
        if severity not in SEVERITIES:
            raise ConfigurationError(f"severity must be one of {', '.join(SEVERITIES)}.")
        return self.findings[
            self.findings["severity"].isin(SEVERITIES[SEVERITIES.index(severity) :])
        ]

    def fix(self, rule: str) -> Plan:
        """Findings of a rule as a plan, to look at and apply. One list; nothing is sent.

        Raises `ConfigurationError` for rules whose remedy somebody has to choose.
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

        What was found before and is not judged now is ``unknown``, never ``fixed``.
        """
        from dashwidgets.audit.report.history import compare

        return compare(load(previous) if not isinstance(previous, Report) else previous, self)

    def save(self, path: str | Path) -> Path:
        """Write it as JSON, for `since`; a report that is there passes on what it had seen."""
        path = Path(path)
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

    @property
    def known(self) -> frozenset[str]:
        """Fingerprints of every finding that it or one before it had."""
        return self.seen | set(self.findings["fingerprint"]) | set(self.suppressed["fingerprint"])

    def to_csv(self, path: str | Path) -> Path:
        """The findings as CSV; text that a spreadsheet would compute is quoted."""
        frame = self.findings.copy()
        for column in FINDINGS.columns:
            if column.kind == "text":
                texts = frame[column.name]
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
        """Everything as one page that needs nothing else."""
        from dashwidgets.audit.report.html import page

        Path(path).write_text(page(self), encoding="utf-8")
        return Path(path)

    def _repr_html_(self) -> str:
        from dashwidgets.audit.report.html import fragment

        return fragment(self, SHOWN)

    def __repr__(self) -> str:
        from dashwidgets.audit.report.text import text

        return text(self)


def load(path: str | Path) -> Report:
    """Read a saved report; raises `ConfigurationError` for a file that is none."""
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
        frame[name] = pd.Series([row.get(name) for row in rows], dtype="str")
    return frame


def _records(frame: pd.DataFrame) -> list[dict[str, Any]]:
    return json.loads(frame.to_json(orient="records", date_format="iso", date_unit="us"))
