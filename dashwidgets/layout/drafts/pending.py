"""The unsaved changes of a draft."""

from __future__ import annotations

from typing import Any, cast

import pandas as pd

from dashwidgets.frames.columns import Column, Table
from dashwidgets.layout.board import FIELDS, Board, DraftTile, Tiles, by_id
from dashwidgets.layout.grid import Box

PENDING = Table(
    "pending",
    (
        Column("tile", "id", "tile", "Tile id; negative for a tile that is not saved yet."),
        Column("name", "text", "name", "Title of the tile."),
        Column("change", "text", "change", "place, name, text, color, moved, copied and others."),
        Column("from", "text", "from", "Before."),
        Column("to", "text", "to", "After."),
    ),
)
WORDS = {
    "box": "place",
    "body": "text",
    "show_description": "show description",
    "transparent_background": "transparent background",
}


def pending(board: Board, draft: Tiles) -> pd.DataFrame:
    """Every change, one row each."""
    return PENDING.to_frame(pending_rows(board, draft))


def pending_rows(board: Board, draft: Tiles) -> list[dict[str, Any]]:
    """Rows of `pending`, with what a view needs beside the words.

    ``kind`` is ``moved``, ``resized``, ``edited``, ``moved_away``, ``moved_back``, ``added``,
    ``restored``, ``copied``, ``copy_removed`` or ``removed``; ``from_board`` and ``to_board`` are
    dashboard ids where the change is between dashboards.
    """
    before, rows = by_id(board.tiles), list[dict[str, Any]]()

    def note(
        kind: str,
        tile: DraftTile,
        change: str,
        old: Any = None,
        new: Any = None,
        *,
        boards: tuple[int | None, int | None] = (None, None),
    ) -> None:
        there, here = boards
        rows.append(
            {
                "tile": tile["id"],
                "name": board.title(tile),
                "change": change,
                "from": old if there is None else f"dashboard {there}",
                "to": new if here is None else f"dashboard {here}",
                "kind": kind,
                "from_board": there,
                "to_board": here,
            }
        )

    for tile in draft:
        key = tile["id"]
        was, fields = before.get(key), FIELDS
        # One row for a tile that leaves: its other changes are made on a board that it leaves.
        if tile["to"] is not None:
            note("moved_away", tile, "moved", boards=(board.id, tile["to"]))
            continue
        if was is None:
            was, fields = board.gone.get(key), FIELDS[1:]  # it comes with its place
            at = was["to"] if was else None
            where = place(tile["box"])
            if at is not None:
                note("moved_back", tile, "moved back", new=where, boards=(at, None))
            elif key < 0:
                note("added", tile, "added", new=where)
            else:
                note("restored", tile, "restored", new=where)
        for name in fields if was else ():
            if tile[name] != was[name]:  # pyright: ignore[reportOptionalSubscript]
                old: Any = cast("Any", was)[name]
                new: Any = tile[name]
                kind = _placing(old, new) if name == "box" else "edited"
                note(kind, tile, WORDS.get(name, name), as_text(old), as_text(new))
        # What an earlier save has already copied, by the board it was copied to.
        made = board.copies.get(key, {})
        for there in tile["copy_to"]:
            if there not in made:
                note("copied", tile, "copied", boards=(board.id, there))
        for there in made:
            if there not in tile["copy_to"]:
                note("copy_removed", tile, "copy removed", boards=(there, None))
    kept = by_id(draft)
    for tile in board.tiles:
        if tile["id"] not in kept:
            note("removed", tile, "removed", place(tile["box"]))
    return rows


def place(box: Box) -> str:
    """A box in words: its size, then column and row."""
    return f"{box['w']} x {box['h']} at {box['x']}, {box['y']}"


def as_text(value: Any) -> str | None:
    """A field's value in words."""
    if isinstance(value, dict):
        return place(value)  # pyright: ignore[reportArgumentType, reportUnknownArgumentType]
    if isinstance(value, bool):
        return "yes" if value else "no"
    return value


def _placing(old: Box, new: Box) -> str:
    return "moved" if (old["w"], old["h"]) == (new["w"], new["h"]) else "resized"
