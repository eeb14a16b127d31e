"""A report as HTML in a notebook. Other people's text is escaped."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING, Any

import pandas as pd

from dashwidgets.audit.report.text import headline, not_evaluated
from dashwidgets.display.text import shown

if TYPE_CHECKING:
    from dashwidgets.audit.report.audit import Audit

# Colors of the text around it, so that both themes are readable. A class is named twice where
# JupyterLab's own rules for tables would win: they align everything right.
_STYLE = """
.dw-audit {font: 13px/1.45 system-ui, sans-serif; overflow-x: auto}
.dw-audit table {border-collapse: collapse; margin: .6em 0 1.2em}
.dw-audit.dw-audit :is(th, td) {text-align: left; padding: .25em .9em .25em 0; vertical-align: top;
  border-bottom: 1px solid color-mix(in srgb, currentColor 18%, transparent)}
.dw-audit td {max-width: 28em; overflow-wrap: anywhere}
.dw-audit.dw-audit td.n {text-align: right; font-variant-numeric: tabular-nums}
.dw-audit .s {font-weight: 600; white-space: nowrap}
.dw-audit .s::before {content: ""; display: inline-block; width: .65em; height: .65em;
  border-radius: 50%; margin-right: .45em; background: #8a8f98}
.dw-audit .high::before {background: #d6373b} .dw-audit .medium::before {background: #d98600}
.dw-audit .low::before {background: #3b7dd8}
.dw-audit p.unknown {border-left: 3px solid #d98600; padding-left: .8em}
"""


def fragment(report: Audit, most: int) -> str:
    """The notebook display: summary, worst findings, what was not evaluated."""
    left = len(report.findings) - most
    more = f"<p>… and {left:,} more in <code>.findings</code>.</p>" if left > 0 else ""
    missing = not_evaluated(report)
    unknown = (
        f'<p class="unknown">Not evaluated or unknown: {escape(missing)}. '
        "See <code>.coverage</code>.</p>"
        if missing
        else ""
    )
    return (
        f'<style>{_STYLE}</style><div class="dw-audit"><p><b>{escape(headline(report))}</b></p>'
        f"{_table(report.summary)}{_table(_short(report.findings.head(most)))}{more}{unknown}</div>"
    )


def _short(findings: pd.DataFrame) -> pd.DataFrame:
    columns = ["severity", "rule", "dashboard_id", "dashboard", "tile", "evidence"]
    return findings[columns]


def _table(frame: pd.DataFrame) -> str:
    if frame.empty:
        return ""
    head = "".join(f'<th scope="col">{escape(str(name))}</th>' for name in frame.columns)
    rows = (
        "<tr>"
        + "".join(_cell(str(n), v) for n, v in zip(frame.columns, row, strict=True))
        + "</tr>"
        for row in frame.itertuples(index=False)
    )
    return f"<table><thead><tr>{head}</tr></thead><tbody>{''.join(rows)}</tbody></table>"


def _cell(name: str, value: Any) -> str:
    if pd.isna(value):
        return "<td></td>"
    if isinstance(value, pd.Timestamp):
        value = value.strftime("%Y-%m-%d %H:%M")
    said = escape(shown(value, 200))
    if name == "severity":
        return f'<td class="s {said}">{said}</td>'
    return f'<td class="n">{said}</td>' if isinstance(value, int | float) else f"<td>{said}</td>"
