"""What the arranger shows of each tile: its kind, and a small picture of its cached result."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import msgspec

from dashwidgets.api.client import Client
from dashwidgets.api.endpoints import dashboards
from dashwidgets.api.paging import collect
from dashwidgets.frames.columns import inner
from dashwidgets.layout.board import Board
from dashwidgets.layout.placement import smallest_size
from dashwidgets.widgets.edit.reads import may_edit
from dashwidgets.widgets.shared.state.arrange import ArrangeTile

PICTURE_BYTES = 40_000
"""The largest result a small picture is drawn of."""
BOARD_BYTES = 400_000
"""What a saved notebook may carry of a board's results."""
UNCACHED = "Not computed yet."
DRAWN = ("name", "derived_name", "query", "result", "columns", "types", "hasMore")


def shown_tiles(board: Board) -> list[ArrangeTile]:
    """Every tile of a board, with as many results as are small enough."""
    left = BOARD_BYTES
    shown: list[ArrangeTile] = []
    for key, raw in board.raw.items():
        kind = board.kind(key)
        insight: dict[str, Any] | None = None
        note = "" if kind in ("text", "insight") else f"A {kind} tile."
        if kind == "insight":
            insight, note, size = _picture(inner(raw, "insight"), left)
            left -= size
        w, h = smallest_size(kind)
        shown.append(
            {
                "id": key,
                "kind": kind,
                "insight": insight,
                "uncached": note == UNCACHED,
                "note": note,
                "min_w": w,
                "min_h": h,
                "places": list(board.places(key)),
            }
        )
    return shown


def read_targets(client: Client, board: int) -> list[dict[str, Any]]:
    """Every other dashboard, and why a tile can't go there. One request per hundred dashboards."""
    found = collect(client, dashboards.page).rows
    return [
        {
            "id": row["id"],
            "name": row.get("name") or "Untitled",
            "reason": "" if may_edit(row) else "You can't edit it.",
        }
        for row in sorted(found, key=lambda row: str(row.get("name") or "").casefold())
        if row["id"] != board
    ]


def _picture(insight: Mapping[str, Any], left: int) -> tuple[dict[str, Any] | None, str, int]:
    """What is drawn of an insight; else why nothing is; and how many bytes it takes."""
    if insight.get("user_access_level") == "none":
        return None, "You do not have access to this insight.", 0
    if insight.get("result") is None:
        return None, UNCACHED, 0
    drawn = {name: insight.get(name) for name in DRAWN}
    size = len(msgspec.json.encode(drawn))
    # Traits are saved into the notebook: a large board would make it too heavy for git.
    if size > min(PICTURE_BYTES, left):
        return None, "The result is too large for a preview.", 0
    return drawn, "", size
