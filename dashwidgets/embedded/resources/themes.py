"""Data color themes (contract 12.4)."""

from __future__ import annotations

from typing import Any

from dashwidgets.embedded.server.call import Call

_COLORS = (
    "#1d4aff", "#621da6", "#42827e", "#ce0e74", "#f14f58", "#7c440e", "#529a0a", "#0476fb",
    "#fe729e", "#35416b", "#41cbc4", "#b64b02", "#e4a604", "#a56eff", "#30d5c8",
)  # fmt: skip
THEMES: list[dict[str, Any]] = [
    {
        "id": 1,
        "name": "Default Theme",
        "colors": {f"preset-{at}": color for at, color in enumerate(_COLORS, 1)},
        "is_global": True,
        "created_at": None,
        "created_by": None,
    }
]


def listing(_call: Call) -> list[dict[str, Any]]:
    """A plain list, whatever the public document says."""
    return THEMES
