"""Two audits compared."""

from __future__ import annotations

import pandas as pd

from dashwidgets.api.errors import ConfigurationError
from dashwidgets.audit.report.audit import Audit
from dashwidgets.audit.report.words import each

STATES = ("back", "new", "still", "unknown", "fixed")


def compare(before: Audit, now: Audit) -> pd.DataFrame:
    """Findings of both with their ``status``, those that need a look first."""
    if (before.host, before.project_id) != (now.host, now.project_id):
        raise ConfigurationError(
            f"The reports belong to different projects: {before.project_id} on {before.host} and "
            f"{now.project_id} on {now.host}."
        )
    had = set(before.findings["fingerprint"])
    # Accepted since is not fixed.
    has = set(now.findings["fingerprint"]) | set(now.suppressed["fingerprint"])
    current = now.findings.assign(
        status=[
            "still" if key in had else "back" if key in before.known else "new"
            for key in now.findings["fingerprint"]
        ]
    )
    gone = before.findings[~before.findings["fingerprint"].isin(has)]
    gone = gone.assign(status=[_gone(row, now) for row in each(gone)])
    both = pd.concat([current, gone], ignore_index=True)
    order = both["status"].map(STATES.index)
    both = both.loc[order.sort_values(kind="stable").index].reset_index(drop=True)
    return both[["status", *now.findings.columns]]


def _gone(finding: object, now: Audit) -> str:
    board = getattr(finding, "dashboard_id")  # noqa: B009 - a named tuple of pandas
    evaluated = getattr(finding, "rule") in now.rules and now.complete  # noqa: B009
    # Absent from an audit that could not look there proves nothing.
    return "fixed" if evaluated and (pd.isna(board) or board not in now.unread) else "unknown"
