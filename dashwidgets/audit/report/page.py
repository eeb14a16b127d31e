"""An audit as a page that a lead forwards: figures, drawings, findings that fold, and what is not
known. No script runs in it, and other people's text is escaped."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING, Any

import pandas as pd

from dashwidgets.audit.report.words import counted, each
from dashwidgets.audit.rule import SEVERITIES
from dashwidgets.display.text import shown

if TYPE_CHECKING:
    from dashwidgets.audit.report.audit import Audit

# The page is mailed around: even a name that got past the escaping could load and send nothing.
_POLICY = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"
_COLORS = {"high": "#d6373b", "medium": "#d98600", "low": "#3b7dd8", "info": "#8a8f98"}
MOST_OWNERS = 12

_STYLE = """
:root{color-scheme:light dark;--line:color-mix(in srgb,CanvasText 16%,Canvas);
  --soft:color-mix(in srgb,CanvasText 5%,Canvas);--dim:color-mix(in srgb,CanvasText 65%,Canvas)}
body{margin:32px auto;max-width:1040px;padding:0 20px;font:14px/1.5 system-ui,sans-serif}
h1{font-size:24px;margin:0}h2{font-size:17px;margin:32px 0 8px}p{margin:4px 0}
.dim{color:var(--dim)}
.figures{display:flex;flex-wrap:wrap;gap:12px;margin:20px 0}
.figures div{flex:1 1 140px;border:1px solid var(--line);border-radius:8px;padding:12px 16px}
.figures b{display:block;font-size:26px;line-height:1.2;font-variant-numeric:tabular-nums}
.warn{border-left:4px solid #d98600;background:var(--soft);padding:8px 14px;margin:16px 0}
.bars{display:grid;grid-template-columns:max-content 1fr max-content;gap:5px 12px;
  align-items:center;max-width:720px}
.bars .track{display:flex;height:14px;border-radius:4px;overflow:hidden;background:var(--soft)}
.bars .n{text-align:right;font-variant-numeric:tabular-nums}
.bars bdi{overflow-wrap:anywhere}
details{border:1px solid var(--line);border-radius:8px;margin:8px 0}
summary{cursor:pointer;padding:10px 14px;font-weight:600}
summary .dim{font-weight:400}
details>*:not(summary){margin:0 14px 12px}
.dot{display:inline-block;width:10px;height:10px;border-radius:50%;margin-right:8px}
.scroll{overflow-x:auto}
table{border-collapse:collapse;width:100%}
th,td{text-align:left;vertical-align:top;padding:6px 14px 6px 0;border-top:1px solid var(--line);
  overflow-wrap:anywhere}
th{color:var(--dim);font-weight:600;border-top:0;white-space:nowrap}
td{min-width:5em}
@media print{:root{color-scheme:light}body{margin:0;max-width:none}*{print-color-adjust:exact}
  h2,summary{break-after:avoid}tr,.figures div,.bars{break-inside:avoid}
  details{break-inside:avoid-page}details::details-content{content-visibility:visible;height:auto}
  @page{margin:14mm}}
"""


def page(report: Audit) -> str:
    """The whole audit on one page."""
    findings = report.findings
    body = [_head(report), _figures(report), _unknown(report)]
    if len(findings):
        body += ["<h2>By severity</h2>", _by_severity(findings)]
        body += ["<h2>By owner</h2>", _by_owner(findings), "<h2>Findings</h2>"]
        groups: Any = findings.groupby("rule", sort=False)
        body += [_group(report, rule, found) for rule, found in groups]
    else:
        body.append("<h2>Findings</h2><p>None in what was evaluated.</p>")
    body += [_accepted(report), _coverage(report)]
    return (
        '<!doctype html><html lang="en"><head><meta charset="utf-8">'
        f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">'
        '<meta name="viewport" content="width=device-width"><title>Audit of dashboards</title>'
        f"<style>{_STYLE}</style></head><body><main>{''.join(body)}</main></body></html>\n"
    )


def _head(report: Audit) -> str:
    taken = pd.Timestamp(report.taken_at)
    where = f"{report.host}, project {report.project_id}"
    return (
        "<h1>Audit of dashboards</h1>"
        f'<p class="dim">{taken:%Y-%m-%d %H:%M} UTC · {escape(where)} · '
        f"{counted(len(report.rules), 'rule')} evaluated, "
        f"{counted(report.requests_spent, 'request')}</p>"
    )


def _figures(report: Audit) -> str:
    findings = report.findings
    boards = findings["dashboard_id"].nunique()
    figures = (
        (f"{len(findings):,}", "findings"),
        (f"{boards:,} of {len(report.dashboards):,}", "dashboards with findings"),
        (f"{(findings['severity'] == 'high').sum():,}", "of high severity"),
        (f"{len(report.suppressed):,}", "accepted"),
        (f"{len(_missing(report)):,}", "checks not run, or only in part"),
    )
    cells = "".join(f"<div><b>{number}</b>{escape(words)}</div>" for number, words in figures)
    return f'<div class="figures">{cells}</div>'


def _unknown(report: Audit) -> str:
    """What could not be seen comes before what was found."""
    missing = _missing(report)
    told = [] if report.complete else ["The lists were incomplete: run the audit again."]
    if len(missing):
        count = counted(len(missing), "check")
        told.append(f"{count} did not run, or saw only a part: problems there would not show")
    if not told:
        return ""
    return f'<p class="warn">{escape(" ".join(told))}. <a href="#coverage">Details</a></p>'


def _by_severity(findings: pd.DataFrame) -> str:
    counts = findings["severity"].value_counts()
    names = [name for name in reversed(SEVERITIES) if name in counts]
    return _bars([(name, {name: int(counts[name])}) for name in names])


def _by_owner(findings: pd.DataFrame) -> str:
    """The owners with the most findings, each bar split by severity."""
    owners = findings["owner"].fillna("No owner")
    order = owners.value_counts()
    most: list[str] = order.index[:MOST_OWNERS].tolist()
    rows = [(name, _split(findings[owners.eq(name)])) for name in most]
    rest = order.index[MOST_OWNERS:]
    if len(rest):
        rows.append((f"{len(rest)} more", _split(findings.loc[owners.isin(rest)])))
    return _bars(rows)


def _split(findings: pd.DataFrame) -> dict[str, int]:
    counts = findings["severity"].value_counts()
    return {name: int(counts[name]) for name in reversed(SEVERITIES) if name in counts}


def _bars(rows: list[tuple[str, dict[str, int]]]) -> str:
    # All bars on one scale: that of the longest.
    most = max(sum(parts.values()) for _, parts in rows)
    cells: list[str] = []
    for name, parts in rows:
        total = sum(parts.values())
        words = ", ".join(f"{many} {severity}" for severity, many in parts.items())
        bar = "".join(
            f'<span style="width:{many / most:.2%};background:{_COLORS[severity]}"></span>'
            for severity, many in parts.items()
        )
        cells.append(
            f"<bdi>{escape(shown(name))}</bdi>"
            f'<span class="track" role="img" aria-label="{escape(words)}">{bar}</span>'
            f'<span class="n">{total:,}</span>'
        )
    return f'<div class="bars">{"".join(cells)}</div>'


def _group(report: Audit, rule: Any, findings: pd.DataFrame) -> str:
    """A rule that found something; the worst are open."""
    severity = str(findings["severity"].iloc[0])
    rows = [
        (
            _link(report, row.dashboard_id, row.dashboard),
            _text(row.tile),
            _text(row.evidence),
            _text(row.owner, "No owner"),
        )
        for row in each(findings)
    ]
    words = f"{counted(len(findings), 'finding')}, {severity}"
    advice = escape(shown(findings["suggestion"].iloc[0], 300))
    return (
        f"<details{' open' if severity == 'high' else ''}><summary>"
        f'<span class="dot" style="background:{_COLORS[severity]}"></span>'
        f'{escape(_words(str(rule)))} <span class="dim">· {words}</span></summary>'
        f"<p>{advice}</p>{_table(('Dashboard', 'Tile', 'Evidence', 'Owner'), rows)}</details>"
    )


def _accepted(report: Audit) -> str:
    rows = [
        (
            escape(_words(row.rule)),
            _link(report, row.dashboard_id, row.dashboard),
            _text(row.reason),
            _text(row.until, "No end"),
        )
        for row in each(report.suppressed)
    ]
    if not rows:
        return ""
    table = _table(("Rule", "Dashboard", "Why it is accepted", "Until"), rows)
    return f"<h2>Accepted</h2><details><summary>{len(rows):,} accepted</summary>{table}</details>"


def _coverage(report: Audit) -> str:
    missing = _missing(report)
    evaluated = len(report.coverage) - len(missing)
    rows = [
        (
            _text(row.what),
            _text(row.state),
            "Unknown" if pd.isna(row.dashboards) else f"{row.dashboards:,}",
            _text(row.reason),
        )
        for row in each(missing)
    ]
    table = _table(("What", "State", "Dashboards", "Why"), rows) if rows else ""
    return (
        '<h2 id="coverage">What could not be evaluated</h2>'
        f"<p>{'Everything was evaluated.' if not rows else ''} {evaluated:,} lists, kinds of "
        f"evidence and rules were evaluated fully.</p>{table}"
    )


def _missing(report: Audit) -> pd.DataFrame:
    return report.coverage[report.coverage["state"] != "evaluated"]


def _link(report: Audit, board: Any, name: Any) -> str:
    """A dashboard by its name, leading to it."""
    if pd.isna(board):
        return '<span class="dim">the project</span>'
    url = f"{report.host}/project/{report.project_id}/dashboard/{int(board)}"
    words = f"<bdi>{_text(name, f'Dashboard {board}')}</bdi>"
    # A loaded report is a file that somebody may have written: no ``javascript:`` link from it.
    if not url.startswith(("https://", "http://")):
        return words
    return f'<a href="{escape(url)}" rel="noopener noreferrer">{words}</a>'


def _table(head: tuple[str, ...], rows: list[tuple[str, ...]]) -> str:
    """Cells that are HTML already."""
    titles = "".join(f'<th scope="col">{title}</th>' for title in head)
    body = "".join("<tr>" + "".join(f"<td>{cell}</td>" for cell in row) + "</tr>" for row in rows)
    return (
        f'<div class="scroll"><table><thead><tr>{titles}</tr></thead>'
        f"<tbody>{body}</tbody></table></div>"
    )


def _text(value: Any, missing: str = "") -> str:
    return missing if pd.isna(value) else escape(shown(value, 300))


def _words(rule: str) -> str:
    """A rule's name as a heading: ``public-and-stale`` is "Public and stale"."""
    return rule.replace("-", " ").replace("_", " ").capitalize()
