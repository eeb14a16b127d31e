"""The explorer's own HTML: notes, and frames as tables. All text is escaped."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from html import escape
from typing import Any

import pandas as pd

STYLE = (
    "<style>.dw-page{line-height:1.5}.dw-page table{border-collapse:collapse;width:100%}"
    ".dw-page.dw-page :is(th,td){text-align:left;padding:.25em 1em .25em 0;vertical-align:top;"
    "overflow-wrap:break-word;"
    "border-bottom:1px solid color-mix(in srgb,currentColor 18%,transparent)}"
    ".dw-page td:first-child{white-space:nowrap}"
    # An address may break anywhere, or it would push the columns beside it to a word's width.
    ".dw-page.dw-page .dw-long{overflow-wrap:anywhere;min-width:6em}"
    ".dw-page .dw-scroll{overflow:auto;max-height:560px}.dw-page p{margin:.5em 0}"
    ".dw-page a{color:var(--jp-content-link-color,#0a58ca)}"
    ".dw-page summary{cursor:pointer}</style>"
)
PLACES = (
    # The boards have frames of their own.
    "<style>.dw-explore{container:dw-explore/inline-size;--jp-widgets-container-padding:8px}"
    ".dw-explore .dw-browse,.dw-explore .dw-watch{margin-top:0}"
    # As wide as their words: six have to stand side by side.
    ".dw-explore .lm-TabBar-tab{flex:0 1 auto!important;min-width:max-content!important;"
    "padding:0 clamp(6px,1.2cqi,14px)!important}"
    # Above the board instead of beside it: then the list leaves room for the board.
    "@container dw-explore (max-width:855px){.dw-explore .dw-browse .dw-scroll{max-height:212px}"
    ".dw-explore .dw-browse .dw-foot{display:none}}</style>"
)
"""Layout that ipywidgets can't express."""
SHOWN = 200
"""Rows a page shows; frames have them all."""
LONG = 24
"""Letters beyond which a cell is no word or two, and needs room to be read."""
LONGEST = 300


def note(*sentences: str, alert: bool = False) -> str:
    """A few sentences, which screen readers announce."""
    role = "alert" if alert else "status"
    said = "".join(f"<p>{escape(one)}</p>" for one in sentences)
    return f'{STYLE}<div class="dw-page" role="{role}">{said}</div>'


def heading(name: str, link: str, about: str, *, reading: bool = False) -> str:
    """The name of the open dashboard, and a link to it in PostHog."""
    address = ""
    if link.startswith(("https://", "http://")):
        address = (
            f' <a href="{escape(link)}" target="_blank" rel="noopener noreferrer">'
            "Open in PostHog</a>"
        )
    more = f" <span>{escape(about)}</span>" if about else ""
    title = f"<strong><bdi>{escape(name)}</bdi></strong>"
    wait = "Reading …" if reading else ""
    said = f' <span class="dw-reading" role="status">{wait}</span>'
    return f'{STYLE}<div class="dw-page">{title}{more}{address}{said}</div>'


def table(
    frame: pd.DataFrame, titles: Mapping[str, str], caption: str, notes: Sequence[str] = ()
) -> str:
    """Some columns of a frame under titles, with ``notes`` below."""
    head = "".join(f'<th scope="col">{escape(title)}</th>' for title in titles.values())
    shown = frame.head(SHOWN)
    columns = (shown[name].tolist() for name in titles)
    body = _rows(zip(*columns, strict=True))
    said = list(notes)
    if len(shown) < len(frame):
        said.insert(0, f"{len(shown)} of {len(frame):,} rows are shown.")
    below = "".join(f"<p>{escape(one)}</p>" for one in said)
    rows = (
        f'<div class="dw-scroll" tabindex="0" role="region" aria-label="{escape(caption)}">'
        f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table></div>"
        if len(frame)
        else ""
    )
    return f'{STYLE}<div class="dw-page"><p>{escape(caption)}</p>{rows}{below}</div>'


def summary(line: str, rows: Iterable[Sequence[str]], trouble: Sequence[str] = ()) -> str:
    """One line that unfolds to every change, and what went wrong."""
    told = list(rows)
    cells = _rows(told[:SHOWN])
    head = "".join(
        f'<th scope="col">{name}</th>' for name in ("Dashboard", "What", "Old", "New", "State")
    )
    wrong = "".join(f"<p>{escape(one)}</p>" for one in trouble)
    alert = f'<div role="alert">{wrong}</div>' if trouble else ""
    if not told:
        return f'{STYLE}<div class="dw-page"><span role="status">{escape(line)}</span>{alert}</div>'
    return (
        f'{STYLE}<div class="dw-page"><details>'
        f'<summary><span aria-live="polite">{escape(line)}</span></summary>'
        f'<div class="dw-scroll" tabindex="0" role="region" aria-label="Changes">'
        f"<table><thead><tr>{head}</tr></thead><tbody>{cells}</tbody></table></div>"
        f"</details>{alert}</div>"
    )


def _rows(rows: Iterable[Sequence[Any]]) -> str:
    return "".join(f"<tr>{''.join(map(_cell, row))}</tr>" for row in rows)


def _cell(value: Any) -> str:
    text = _text(value)
    long = ' class="dw-long"' if len(text) > LONG else ""
    return f"<td{long}><bdi>{escape(text)}</bdi></td>"


def _text(value: Any) -> str:
    if isinstance(value, list | tuple | set):
        return ", ".join(map(str, value)) or "none"  # pyright: ignore[reportUnknownArgumentType, reportUnknownVariableType]
    # After the lists: pandas' own test answers once for each element of those.
    if value is None or value is pd.NA or value is pd.NaT or value != value:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, pd.Timestamp):
        return f"{value:%Y-%m-%d %H:%M}"
    said = str(value)
    return said if len(said) <= LONGEST else said[: LONGEST - 1] + "…"
