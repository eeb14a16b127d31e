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
        Column("evidence_date", "time", "evidence_date", "When it happened."),
        Column("threshold", "text", "threshold", "The limit it passed; missing: there is none."),
        Column("suggestion", "text", "suggestion", "What to do."),
        Column("cost", "text", "cost", "What it took to know."),
        Column("fingerprint", "text", "fingerprint", "Identifies the same finding across audits."),
        Column("owner", "text", "owner", "Who made the dashboard; missing: nobody, or unknown."),
    ),
)
COVERAGE = Table(
    "coverage",
    (
        Column("what", "text", "what", "A list, a kind of evidence or a rule."),
        Column("state", "text", "state", "evaluated, partly evaluated, not evaluated or unknown."),
        Column(
            "dashboards",
            "integer",
            "dashboards",
            "Number of dashboards affected; missing: unknown.",
        ),
        Column("reason", "text", "reason", "Why it is not evaluated."),
    ),
)


def findings_frame(found: Iterable[tuple[Rule, Finding]], evidence: Evidence) -> pd.DataFrame:
    """Findings, the worst first, with the names of what they are about."""
    boards = _names(evidence.dashboards)
    owners = _names(evidence.dashboards, "owner")
    tiles = _names(evidence.tiles)
    rows = [_row(rule, finding, boards, tiles, owners) for rule, finding in found]
    # Stable, so that within a rule findings keep the order in which the rule gave them.
    rows.sort(key=lambda row: (-SEVERITIES.index(row["severity"]), row["rule"]))
    return FINDINGS.to_frame(rows)


def _row(
    rule: Rule,
    finding: Finding,
    boards: dict[int, str],
    tiles: dict[int, str],
    owners: dict[int, str],
) -> dict[str, Any]:
    board = None if finding.dashboard_id is None else int(finding.dashboard_id)
    tile = None if finding.tile_id is None else int(finding.tile_id)
    date = finding.evidence_date
    # Without names and evidence: a renamed board, or one more day unopened, is the same finding.
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
        "owner": None if board is None else owners.get(board),
    }


def _names(frame: pd.DataFrame, column: str = "name") -> dict[int, str]:
    named = frame.dropna(subset=[column])
    return dict(zip(named["id"].tolist(), named[column].tolist(), strict=True))
