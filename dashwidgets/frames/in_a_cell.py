"""What an object is in a notebook: its text where it stands alone, its public names on Tab."""

from __future__ import annotations

import re
from collections.abc import Iterable
from html import escape

# What would change how a terminal, or the text around it, is shown. Among them the marks of the
# direction of writing: they could make "delete" read backwards.
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069]")


def shown(value: object, most: int = 60) -> str:
    """Other people's text without control and direction characters, cut to a length."""
    text = _CONTROL.sub("\N{REPLACEMENT CHARACTER}", str(value))
    return text if len(text) <= most else text[: most - 1] + "…"


def public(names: Iterable[str]) -> list[str]:
    """What tab completion offers: public names only."""
    return sorted(name for name in names if not name.startswith("_"))


class InACell:
    """An object that users hold; what it shows as HTML may be more than its text."""

    def __dir__(self) -> list[str]:
        return public(super().__dir__())

    def _repr_html_(self) -> str | None:
        return f'<pre style="white-space:pre-wrap">{escape(repr(self))}</pre>'
