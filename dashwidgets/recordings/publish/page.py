"""One self-contained page: no network, no other script, light and dark, and fit to be printed."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from html import escape
from pathlib import Path

from dashwidgets.recordings.publish.provenance import Facts
from dashwidgets.recordings.write import write
from dashwidgets.widgets.shared.bundle import bundle
from dashwidgets.widgets.shared.page import page
from dashwidgets.widgets.shared.state.watch import BoardState, KnownTile, StreamStatus
from dashwidgets.widgets.watch.snapshot import packed
from dashwidgets.widgets.watch.tile_log import Arrival

MOST_BYTES = 3_000_000
"""Bytes of a page's results, compressed. Results beyond that are left out, and the page says so."""

_STYLE = """
.facts{display:flex;flex-wrap:wrap;gap:2px 24px;margin:0 0 12px;color:GrayText}
.facts div{display:flex;gap:6px}.facts dt{font-weight:600}.facts dd{margin:0;overflow-wrap:anywhere}
.facts .missing{color:#b3261e;font-weight:600}
.static table{border-collapse:collapse}.static th,.static td{text-align:left;padding:2px 14px 2px 0}
.dw-watch .dw-foot,.dw-timeline,.dw-course{display:none}
@media print{
  :root{color-scheme:light}
  body{margin:0;max-width:none;padding:0}
  @page{margin:12mm}
  .dw-controls,.dw-tile-head button:not(.dw-legend button){display:none!important}
  .dw-grid{background:none!important;grid-auto-rows:minmax(80px,auto)!important}
  .dw-tile,.dw-tile-body{overflow:visible!important}
  .dw{border:0!important;overflow:visible!important}
  .dw-tile{break-inside:avoid;content-visibility:visible!important}
  *{print-color-adjust:exact}
}
"""


def write_page(
    path: str | Path,
    board: BoardState,
    status: StreamStatus,
    skeleton: Sequence[KnownTile],
    tiles: Sequence[Arrival],
    told: Sequence[Facts],
    table: str,
) -> Path:
    """Write the page of a board; ``table`` is what shows where scripts don't run."""
    module, style = bundle("watch")
    state = {
        "boards": [board],
        "statuses": [status],
        "skeletons": [list(skeleton)],
        "snapshot": packed(0, [[tile.state() for tile in tiles]], MOST_BYTES),
        "layout_size": "sm",
        "opens": False,
    }
    head = "".join(map(_facts, told))
    html = page(
        board["name"] or "Dashboard",
        module,
        style,
        state,
        f'<div class="static">{table}</div>',
        head=head,
        more_style=_STYLE,
    )
    path = Path(path).expanduser()
    # A name from JSON may hold half a character, which UTF-8 refuses.
    write(path, html.encode("utf-8", "backslashreplace"))
    return path


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A plain table; whatever is in it is text."""
    titles = "".join(f'<th scope="col">{escape(title)}</th>' for title in head)
    body = "".join(
        "<tr>" + "".join(f"<td><bdi>{escape(cell)}</bdi></td>" for cell in row) + "</tr>"
        for row in rows
    )
    return f"<table><thead><tr>{titles}</tr></thead><tbody>{body}</tbody></table>"


def _facts(facts: Facts) -> str:
    rows = "".join(
        f'<div><dt>{escape(word)}</dt><dd class="{"missing" if _is_missing(word, said) else ""}">'
        f"{escape(said)}</dd></div>"
        for word, said in facts
    )
    return f'<dl class="facts">{rows}</dl>'


def _is_missing(word: str, said: str) -> bool:
    return word == "Complete" and (";" in said or said.startswith("NO"))
