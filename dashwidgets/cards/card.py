"""A card: a title, a few facts and what to type next, as HTML and as text."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

Row = tuple[str, str]
"""What it is called, and what it is."""
STYLE = (
    "<style>.dw-card{font-size:13px;line-height:1.5;max-width:60em}"
    ".dw-card dl{display:grid;grid-template-columns:max-content 1fr;gap:.1em 1em;margin:.4em 0}"
    # Named twice: JupyterLab's own rule gives the names a fifth of the width, and they wrap.
    ".dw-card.dw-card dt{opacity:.75;float:none;width:auto}"
    ".dw-card dd{margin:0;overflow-wrap:anywhere}"
    ".dw-card code{margin-right:1em;white-space:nowrap}</style>"
)
LONGEST = 160
"""Characters of a value that are shown."""


def html(
    title: str, rows: Sequence[Row], steps: Sequence[str] = (), *, link: str | None = None
) -> str:
    """A card as HTML; every text is escaped."""
    head = f"<strong><bdi>{escape(_short(title))}</bdi></strong>"
    facts = "".join(
        f"<dt>{escape(name)}</dt><dd><bdi>{escape(_short(value))}</bdi></dd>"
        for name, value in rows
    )
    # The host is the user's own, and still no other scheme belongs into a link.
    if link is not None and link.startswith(("https://", "http://")):
        facts += (
            f'<dt>Address</dt><dd><a href="{escape(link)}" target="_blank" '
            f'rel="noopener noreferrer">{escape(link)}</a></dd>'
        )
    next_steps = "".join(f"<code>{escape(step)}</code>" for step in steps)
    foot = f"<div>Next: {next_steps}</div>" if steps else ""
    return f'{STYLE}<div class="dw-card">{head}<dl>{facts}</dl>{foot}</div>'


def _short(text: str) -> str:
    return text if len(text) <= LONGEST else text[: LONGEST - 1] + "…"
