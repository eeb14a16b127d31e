"""Other people's text, safe to show on one line."""

from __future__ import annotations

import re

# What would change how a terminal, or the text around it, is shown. Among them the marks of the
# direction of writing: they could make "delete" read backwards.
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069]")


def shown(value: object, most: int = 60) -> str:
    """A text without control and direction characters, cut to a length."""
    text = _CONTROL.sub("\N{REPLACEMENT CHARACTER}", str(value))
    return text if len(text) <= most else text[: most - 1] + "…"
