"""A report as plain text."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dashwidgets.audit.report.words import counted, each
from dashwidgets.display.text import shown

if TYPE_CHECKING:
    from dashwidgets.audit.report.audit import Audit


def headline(report: Audit) -> str:
    """One sentence: how much was found, and whether everything was seen."""
    findings, boards = len(report.findings), report.findings["dashboard_id"].nunique()
    accepted = f", {len(report.suppressed)} accepted" if len(report.suppressed) else ""
    whole = "" if report.complete else " The lists were incomplete: run it again."
    of = counted(len(report.dashboards), "dashboard")
    return (
        f"{counted(findings, 'finding')} on {boards} of {of}{accepted}; "
        f"{counted(len(report.rules), 'rule')}, "
        f"{counted(report.requests_spent, 'request')}.{whole}"
    )


def text(report: Audit) -> str:
    """The summary, rule by rule, and what was not evaluated."""
    lines = [headline(report)]
    for row in each(report.summary):
        lines.append(f"  {row.severity:7}{row.rule:26}{row.findings:5}  {row.suggestion}")
    missing = not_evaluated(report)
    lines += [f"Not evaluated or unknown: {missing}. See .coverage."] if missing else []
    return "\n".join(lines)


def not_evaluated(report: Audit) -> str:
    """What is missing, in a few words."""
    rows = report.coverage[report.coverage["state"] != "evaluated"]["what"]
    rules = rows[rows.str.startswith("rule ")]
    rest = [shown(what) for what in rows[~rows.str.startswith("rule ")]]
    words = rest[:4] + ([f"{len(rest) - 4} more"] if len(rest) > 4 else [])
    return ", ".join(words + ([counted(len(rules), "rule")] if len(rules) else []))
