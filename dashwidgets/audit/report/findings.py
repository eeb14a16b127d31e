"""Findings and coverage as frames."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from typing import Any

import pandas as pd

from dashwidgets.audit.rule import SEVERITIES, Evidence, Finding, Rule
from dashwidgets.frames.columns import Column, Table

FINDINGS = Table(
    "findings",
    (
        Column("rule", "text", "rule", "Name of the rule."),
        Column("severity", "text", "severity", "high, medium, low or info."),
        Column("dashboard_id", "integer", "dashboard_id", "Dashboard; missing: on none."),
        Column("dashboard", "text", "dashboard", "Its name."),
        Column("tile_id", "integer", "tile_id", "Tile; missing: the whole dashboard."),
        Column("tile", "text", "tile", "Its name."),
        Column("evidence", "text", "evidence", "What was seen."),
        Column("evidence_date", "time", "evidence_date", "When that happened."),
        Column("threshold", "text", "threshold", "The limit it passed; missing: there is none."),
        Column("suggestion", "text", "suggestion", "What to do."),
        Column("cost", "text", "cost", "What it took to know."),
        Column("fingerprint", "text", "fingerprint", "The same for the same finding, every time."),
    ),
)
COVERAGE = Table(
    "coverage",
    (
        Column("what", "text", "what", "A list, a kind of evidence or a rule."),
        Column("state", "text", "state", "evaluated, partly evaluated, not evaluated or unknown."),
        Column("dashboards", "integer", "dashboards", "How many it is about; missing: unknown."),
        Column("reason", "text", "reason", "Why it is not evaluated."),
    ),
)


def findings_frame(found: Iterable[tuple[Rule, Finding]], evidence: Evidence) -> pd.DataFrame:
    """Findings, the worst first, with the names of what they are about."""
    boards = _names(evidence.dashboards)
    tiles = _names(evidence.tiles)
    rows = [_row(rule, finding, boards, tiles) for rule, finding in found]
    rows.sort(key=lambda row: (-SEVERITIES.index(row["severity"]), row["rule"]))
    return FINDINGS.to_frame(rows)


def _row(
    rule: Rule, finding: Finding, boards: dict[int, str], tiles: dict[int, str]
) -> dict[str, Any]:
    board = None if finding.dashboard_id is None else int(finding.dashboard_id)
    tile = None if finding.tile_id is None else int(finding.tile_id)
    date = finding.evidence_date
    identity = f"{rule.name}\0{board}\0{tile}\0{finding.key}"
    return {
        "rule": rule.name,
        "severity": rule.severity,
        "dashboard_id": board,
        "dashboard": None if board is None else boards.get(board),
        "tile_id": tile,
        "tile": None if tile is None else tiles.get(tile),
        "evidence": finding.evidence,
        "evidence_date": None if date is None or pd.isna(date) else date.isoformat(),
        "threshold": finding.threshold,
        "suggestion": rule.suggestion,
        "cost": rule.cost,
        "fingerprint": hashlib.sha256(identity.encode()).hexdigest()[:16],
    }


def _names(frame: pd.DataFrame) -> dict[int, str]:
    named = frame.dropna(subset=["name"])
    return dict(zip(named["id"].tolist(), named["name"].tolist(), strict=True))
