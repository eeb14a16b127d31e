"""What a draft changes, what saving it sends, and how it fits what others did meanwhile."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pandas as pd

from dashwidgets.api import dashboards, insights
from dashwidgets.api import tiles as tiles_api
from dashwidgets.api.request import Request
from dashwidgets.frames.columns import Column, Table, inner
from dashwidgets.layout.board import FIELDS, Board, DraftTile, Tiles, boxes_of, by_id, with_boxes
from dashwidgets.layout.grid import Box, compacted
from dashwidgets.layout.placement import lowest

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
_WORDS = {
    "box": "place",
    "body": "text",
    "show_description": "show description",
    "transparent_background": "transparent background",
}
_COLUMNS = ("color", "show_description", "transparent_background")


@dataclass(frozen=True)
class Step:
    """A request, and which fields of which tiles it saves."""

    fields: dict[int, tuple[str, ...]]
    request: Request[Any]
    answers_board: bool = True


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
        was = before.get(tile["id"])
        if was is None:
            note(tile, "added" if tile["id"] < 0 else "brought back", None, place(tile["box"]))
            continue
        if tile["to"] is not None:
            note(tile, "moved", f"dashboard {board.id}", f"dashboard {tile['to']}")
            continue
        for name in FIELDS:
            if tile[name] != was[name]:
                note(tile, _WORDS.get(name, name), _said(was[name]), _said(tile[name]))
        for there in tile["copy_to"]:
            note(tile, "copied", f"dashboard {board.id}", f"dashboard {there}")
    kept = by_id(draft)
    for tile in board.tiles:
        if tile["id"] not in kept:
            note(tile, "removed", place(tile["box"]), None)
    return rows


def place(box: Box) -> str:
    """A box in words: its size, then column and row."""
    return f"{box['w']} x {box['h']} at {box['x']}, {box['y']}"


def steps(board: Board, draft: Tiles) -> list[Step]:
    """The fewest requests: one PATCH for the board, then one a rename, a copy and a move."""
    patches, fields = _patches(board, draft)
    found: list[Step] = []
    if patches:
        found.append(Step(fields, dashboards.update(board.id, tiles=patches)))
    before = by_id(board.tiles)
    staying = [tile for tile in draft if tile["to"] is None]
    for tile in staying:
        was = before.get(tile["id"])
        if was and tile["name"] != was["name"] and board.kind(tile["id"]) == "insight":
            request = insights.update(board.raw[tile["id"]]["insight"]["id"], name=tile["name"])
            found.append(Step({tile["id"]: ("name",)}, request, answers_board=False))
    for tile in draft:
        for there in tile["copy_to"]:
            request = tiles_api.copy(tile["id"], source=board.id, to=there)
            found.append(Step({tile["id"]: ("copy_to",)}, request, answers_board=False))
    for tile in draft:
        if tile["to"] is not None:
            request = tiles_api.move(tile["id"], source=board.id, to=tile["to"])
            found.append(Step({tile["id"]: ("to",)}, request))
    return found


def layout_changed(board: Board, draft: Tiles) -> bool:
    """Whether any tile is elsewhere than it was read."""
    return boxes_of(board.tiles) != boxes_of(draft)


def merged(base: Board, fresh: Board, draft: Tiles) -> tuple[list[DraftTile], bool]:
    """A draft brought up to a board that was read again, and whether the two disagree.

    What only one side changed is taken from that side. Places are one arrangement: they disagree
    when both sides changed any of them.
    """
    before, now = by_id(base.tiles), by_id(fresh.tiles)
    rearranged = layout_changed(base, draft)
    disagree = False
    new: list[DraftTile] = []
    unclaimed = {key: tile for key, tile in now.items() if key not in before}
    for mine in draft:
        was, is_now = before.get(mine["id"]), now.get(mine["id"])
        if was is None and is_now is None and mine["id"] < 0:
            made = next((t for t in unclaimed.values() if t["body"] == mine["body"]), None)
            if made:  # it was made, and only the answer was lost
                del unclaimed[made["id"]]
            new.append({**mine, "id": made["id"]} if made else mine)
        elif is_now is None and was is not None:
            # Gone: moved away by us before an answer was lost, or removed by somebody else.
            disagree |= rearranged and mine["to"] is None
        elif was is None or is_now is None:
            unclaimed.pop(mine["id"], None)
            new.append(mine)
        else:
            tile, differs = _both(was, is_now, mine, rearranged)
            disagree |= differs
            new.append(tile)
    for tile in unclaimed.values():
        disagree |= rearranged
        places = boxes_of(new).values()
        box = lowest(tile["box"]["w"], tile["box"]["h"], places) if rearranged else tile["box"]
        new.append({**tile, "box": box})
    return with_boxes(new, compacted(boxes_of(new))), disagree


def _both(
    was: DraftTile, is_now: DraftTile, mine: DraftTile, rearranged: bool
) -> tuple[DraftTile, bool]:
    tile: dict[str, Any] = dict(mine)
    disagree = False
    for name in FIELDS:
        if is_now[name] in (was[name], mine[name]):
            continue
        if mine[name] == was[name] and not (name == "box" and rearranged):
            tile[name] = is_now[name]
        else:
            disagree = True
    return tile, disagree  # pyright: ignore[reportReturnType]


def _patches(board: Board, draft: Tiles) -> tuple[list[dict[str, Any]], dict[int, tuple[str, ...]]]:
    before, kept = by_id(board.tiles), by_id(draft)
    rearranged = layout_changed(board, draft)
    patches: list[dict[str, Any]] = []
    fields: dict[int, tuple[str, ...]] = {}
    for tile in draft:
        key, was = tile["id"], before.get(tile["id"])
        if tile["to"] is not None:
            continue
        columns: dict[str, Any] = {
            name: tile[name] for name in _COLUMNS if not was or tile[name] != was[name]
        }
        # PostHog draws what has no box, or a bad one, by what is around: it gets one now.
        if rearranged and tile["box"] != board.stored.get(key):
            columns["layouts"] = {"sm": dict(tile["box"])}
        if key < 0:
            made = {name: value for name, value in columns.items() if value is not None}
            patches.append({"text": {"body": tile["body"]}, **made})
        else:
            if was and tile["body"] != was["body"]:
                patches.append({"id": key, "text": _text(board, tile)})
                fields[key] = ("body",)
            if was is None:
                columns["deleted"] = False
            if columns:
                patches.append({"id": key, **columns})
        if key < 0 or columns:
            names = tuple("box" if name == "layouts" else name for name in columns)
            fields[key] = (*fields.get(key, ()), *names)
    for tile in board.tiles:
        if tile["id"] not in kept:
            patches.append({"id": tile["id"], "deleted": True})
            fields[tile["id"]] = ("removed",)
    return patches, fields


def _text(board: Board, tile: DraftTile) -> dict[str, Any]:
    """Its author goes along: PostHog would make whoever edits it the author (contract 8.11)."""
    raw = inner(board.raw[tile["id"]], "text")
    author = inner(raw, "created_by").get("id")
    by = {"created_by": {"id": author}} if author is not None else {}
    return {"id": raw["id"], "body": tile["body"], **by}


def _said(value: Any) -> str | None:
    if isinstance(value, dict):
        return place(value)  # pyright: ignore[reportArgumentType, reportUnknownArgumentType]
    if isinstance(value, bool):
        return "yes" if value else "no"
    return value
