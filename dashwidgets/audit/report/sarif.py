"""A report as SARIF 2.1.0, which code hosts show beside a change."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pandas as pd

from dashwidgets.audit.report.words import each
from dashwidgets.audit.rule import RULES, Rule

if TYPE_CHECKING:
    from dashwidgets.audit.report.report import Report

LEVELS = {"high": "error", "medium": "warning", "low": "note", "info": "note"}


def sarif(report: Report, version: str) -> dict[str, Any]:
    """One run; a dashboard is a logical location, since it is in no file."""
    names = list(report.rules)
    # Accepted ones too, marked as such below: code hosts then close their alerts by themselves.
    shown = pd.concat([report.findings, report.suppressed], ignore_index=True)
    missing = report.coverage[report.coverage["state"].isin(["not evaluated", "partly evaluated"])]
    return {
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "version": "2.1.0",
        "runs": [
            {
                "tool": {
                    "driver": {
                        "name": "dashwidgets",
                        "version": version,
                        "rules": [_rule(RULES[name]) for name in names],
                    }
                },
                "invocations": [
                    {
                        "executionSuccessful": report.complete,
                        "toolExecutionNotifications": [
                            {
                                "level": "warning",
                                "message": {"text": f"{row.what} {row.state}: {row.reason}"},
                            }
                            for row in missing.itertuples()
                        ],
                    }
                ],
                "results": [_result(row, names, report) for row in each(shown)],
            }
        ],
    }


def _rule(rule: Rule) -> dict[str, Any]:
    return {
        "id": rule.name,
        "shortDescription": {"text": rule.proves},
        "help": {"text": f"{rule.suggestion} Left alone: {rule.spares}"},
        "defaultConfiguration": {"level": LEVELS[rule.severity]},
    }


def _result(row: Any, names: list[str], report: Report) -> dict[str, Any]:
    found: dict[str, Any] = {
        "ruleId": row.rule,
        "ruleIndex": names.index(row.rule),
        "level": LEVELS[row.severity],
        "message": {"text": f"{row.evidence}. {row.suggestion}"},
        "partialFingerprints": {"finding/v1": row.fingerprint},
    }
    if not pd.isna(row.dashboard_id):
        place = f"{report.host}/project/{report.project_id}/dashboard/{row.dashboard_id}"
        location = {"kind": "resource", "fullyQualifiedName": place}
        if not pd.isna(row.dashboard):
            location["name"] = row.dashboard
        found["locations"] = [{"logicalLocations": [location]}]
    reason = getattr(row, "reason", None)
    if reason is not None and not pd.isna(reason):
        found["suppressions"] = [
            {"kind": "external", "status": "accepted", "justification": reason}
        ]
    return found
