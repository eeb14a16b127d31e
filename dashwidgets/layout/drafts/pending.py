"""What a draft changes, in words."""

from __future__ import annotations

from typing import Any

import pandas as pd

from dashwidgets.frames.columns import Column, Table
from dashwidgets.layout.board import FIELDS, Board, DraftTile, Tiles, by_id
from dashwidgets.layout.grid import Box

PENDING = Table(
    "pending",
    (
        Column("tile", "id", "tile", "Tile id; negative when it is not made yet."),
        Column("name", "text", "name", "What a person would call it."),
        Column("change", "text", "change", "place, name, text, color, moved, copied and others."),
        Column("from", "text", "from", "As it was read."),
        Column("to", "text", "to", "As it shall be."),
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
    """Rows of `pending`."""
    before, rows = by_id(board.tiles), list[dict[str, Any]]()

    def note(tile: DraftTile, change: str, old: Any, new: Any) -> None:
        title = board.title(tile)
        rows.append({"tile": tile["id"], "name": title, "change": change, "from": old, "to": new})

    for tile in draft:
        key = tile["id"]
        was, fields = before.get(key), FIELDS
        if tile["to"] is not None:
            note(tile, "moved", _dashboard(board.id), _dashboard(tile["to"]))
            continue
        if was is None:
            was, fields = board.gone.get(key), FIELDS[1:]  # it comes with its place
            at = was["to"] if was else None
            verb = "added" if key < 0 else "brought back" if at is None else "moved back"
            note(tile, verb, None if at is None else _dashboard(at), place(tile["box"]))
        for name in fields if was else ():
            if tile[name] != was[name]:  # pyright: ignore[reportOptionalSubscript]
                note(tile, WORDS.get(name, name), said(was[name]), said(tile[name]))  # pyright: ignore[reportOptionalSubscript]
        made = board.copies.get(key, {})
        for there in tile["copy_to"]:
            if there not in made:
                note(tile, "copied", _dashboard(board.id), _dashboard(there))
        for there in made:
            if there not in tile["copy_to"]:
                note(tile, "copy removed", _dashboard(there), None)
    kept = by_id(draft)
    for tile in board.tiles:
        if tile["id"] not in kept:
            note(tile, "removed", place(tile["box"]), None)
    return rows


def place(box: Box) -> str:
    """A box in words: its size, then column and row."""
    return f"{box['w']} x {box['h']} at {box['x']}, {box['y']}"


def said(value: Any) -> str | None:
    """A field's value in words."""
    if isinstance(value, dict):
        return place(value)  # pyright: ignore[reportArgumentType, reportUnknownArgumentType]
    if isinstance(value, bool):
        return "yes" if value else "no"
    return value


def _dashboard(key: int) -> str:
    return f"dashboard {key}"
