"""What saving a draft sends: the fewest requests."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any

from dashwidgets.api.endpoints import dashboards, insights
from dashwidgets.api.endpoints import tiles as tiles_api
from dashwidgets.api.request import Request
from dashwidgets.frames.columns import inner
from dashwidgets.layout.board import Board, Tiles, by_id, layout_changed
from dashwidgets.layout.drafts.since import copied, read_again, renamed, returned, uncopied

_COLUMNS = ("color", "show_description", "transparent_background")
_FIELD_OF = {"layouts": "box", "deleted": "back"}


@dataclass(frozen=True)
class Step:
    """A request, which fields of which tiles it saves, and what its answer makes of the board."""

    fields: dict[int, tuple[str, ...]]
    request: Request[Any]
    after: Callable[[Board, Any], Board]
    reads_board: bool = False


def steps(board: Board, draft: Tiles) -> list[Step]:
    """Every request: moves back, one PATCH for the board, then one a rename, a copy, a move."""
    back = moves_back(board, draft)
    for step in back:
        # As if it were done: what follows is counted on the board with those tiles back.
        board = step.after(board, None)
    return [*back, *changes(board, draft)]


def moves_back(board: Board, draft: Tiles) -> list[Step]:
    """Tiles that are on another dashboard by now, and shall be on this one again."""
    found: list[Step] = []
    for tile in draft:
        key, at = tile["id"], board.gone.get(tile["id"])
        if tile["to"] is None and at is not None and at["to"] is not None:
            request = tiles_api.move(key, source=at["to"], to=board.id)
            found.append(Step({key: ("back",)}, request, partial(returned, tile=key)))
    return found


def changes(board: Board, draft: Tiles) -> list[Step]:
    """Everything else, of tiles that are here or were removed from here."""
    patches, fields = _patches(board, draft)
    found: list[Step] = []
    if patches:
        request = dashboards.update(board.id, tiles=patches)
        found.append(Step(fields, request, read_again, reads_board=True))
    before = by_id(board.tiles)
    here = [tile for tile in draft if tile["to"] is None and not _is_elsewhere(board, tile["id"])]
    for tile in here:
        key = tile["id"]
        was = before.get(key) or board.gone.get(key)
        if was and tile["name"] != was["name"] and board.kind(key) == "insight":
            request = insights.update(board.raw[key]["insight"]["id"], name=tile["name"])
            after = partial(renamed, tile=key)
            found.append(Step({key: ("name",)}, request, after))
    for tile in here:
        key = tile["id"]
        made = board.copies.get(key, {})
        for there in tile["copy_to"]:
            if there not in made:
                request = tiles_api.copy(key, source=board.id, to=there)
                found.append(Step({key: ("copy_to",)}, request, partial(copied, tile=key)))
        for there, twin in made.items():
            if there not in tile["copy_to"]:
                # Not delete_tile: that would close gaps on a board which nobody looks at here.
                request = dashboards.update(there, tiles=[{"id": twin, "deleted": True}])
                after = partial(uncopied, tile=key, dashboard=there)
                found.append(Step({key: ("copy_to",)}, request, after))
    for tile in draft:
        key, there = tile["id"], tile["to"]
        if there is not None:
            request = tiles_api.move(key, source=board.id, to=there)
            after = partial(read_again, went={key: there})
            found.append(Step({key: ("to",)}, request, after, reads_board=True))
    return found


def _patches(board: Board, draft: Tiles) -> tuple[list[dict[str, Any]], dict[int, tuple[str, ...]]]:
    before, kept = by_id(board.tiles), by_id(draft)
    rearranged = layout_changed(board, draft)
    patches: list[dict[str, Any]] = []
    fields: dict[int, tuple[str, ...]] = {}
    for tile in draft:
        key = tile["id"]
        if tile["to"] is not None or _is_elsewhere(board, key):
            continue
        was = before.get(key) or board.gone.get(key)
        columns: dict[str, Any] = {
            name: tile[name] for name in _COLUMNS if not was or tile[name] != was[name]
        }
        # PostHog draws what has no box, or a bad one, by what is around: it gets one now.
        unplaced = key not in board.stored
        if (rearranged or unplaced) and tile["box"] != board.stored.get(key):
            columns["layouts"] = {"sm": dict(tile["box"])}
        if key < 0:
            made = {name: value for name, value in columns.items() if value is not None}
            # Without an id: that is what makes the server create a tile (contract 8.11).
            patches.append({"text": {"body": tile["body"]}, **made})
        else:
            # Removed and wanted again: a tile that was only hidden comes back under its own id.
            if key not in before:
                columns["deleted"] = False
            if columns:
                patches.append({"id": key, **columns})
            if was and tile["body"] != was["body"]:
                patches.append({"id": key, "text": _text(board, key, tile["body"])})
                fields[key] = ("body",)
        if key < 0 or columns:
            names = tuple(_FIELD_OF.get(name, name) for name in columns)
            fields[key] = (*fields.get(key, ()), *names)
    for tile in board.tiles:
        if tile["id"] not in kept:
            patches.append({"id": tile["id"], "deleted": True})
            fields[tile["id"]] = ("removed",)
    return patches, fields


def _is_elsewhere(board: Board, tile: int) -> bool:
    return tile in board.gone and board.gone[tile]["to"] is not None


def _text(board: Board, tile: int, body: str | None) -> dict[str, Any]:
    """Its author goes along: PostHog would make whoever edits it the author (contract 8.11)."""
    raw = inner(board.raw[tile], "text")
    author = inner(raw, "created_by").get("id")
    by = {"created_by": {"id": author}} if author is not None else {}
    return {"id": raw["id"], "body": body, **by}
