"""What an object is in a notebook: its text where it stands alone, its public names on Tab."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape


def public(names: Iterable[str]) -> list[str]:
    """What tab completion offers: public names only."""
    return sorted(name for name in names if not name.startswith("_"))


class InACell:
    """An object that users hold; what it shows as HTML may be more than its text."""

    def __dir__(self) -> list[str]:
        return public(super().__dir__())

    def _repr_html_(self) -> str | None:
        return f'<pre style="white-space:pre-wrap">{escape(repr(self))}</pre>'
