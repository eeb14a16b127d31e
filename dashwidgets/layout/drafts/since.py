"""A board after the server's answer. What left it is remembered, so that undo can bring it back.

Most take a board and an answer, and give the board after it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from dashwidgets.frames.columns import inner, inner_list
from dashwidgets.layout.board import Board, DraftTile, Tiles, by_id, read_board


def read_again(
    board: Board, detail: Mapping[str, Any], *, went: Mapping[int, int] | None = None
) -> Board:
    """A board from a newer detail form; ``went`` says which tiles moved to which dashboard."""
    new = read_board(detail)
    here, moved = by_id(new.tiles), went or {}
    left: dict[int, DraftTile] = {
        tile["id"]: {**tile, "to": moved.get(tile["id"])} for tile in board.tiles
    }
    gone = {key: tile for key, tile in (board.gone | left).items() if key not in here}
    raw = new.raw | {key: board.raw[key] for key in gone if key in board.raw}
    return replace(
        new, tiles=_copied(new.tiles, board.copies), raw=raw, gone=gone, copies=board.copies
    )


def with_copies_found(board: Board, draft: Tiles) -> Board:
    """Copies a draft asks for that are there: they were made, and only the answer was lost."""
    found = board.copies
    for tile in draft:
        places = board.places(tile["id"])
        for there in tile["copy_to"]:
            made = places.get(there)
            if made is not None:
                found = found | {tile["id"]: found.get(tile["id"], {}) | {there: made}}
    return replace(board, tiles=_copied(board.tiles, found), copies=found)


def returned(board: Board, _answer: object, *, tile: int) -> Board:
    """A tile is back from where it had been moved; how it lay there is not known."""
    # `move_tile` answers with the other dashboard, so this one's new state is not in the answer.
    back: DraftTile = {**board.gone[tile], "to": None}
    gone = {key: one for key, one in board.gone.items() if key != tile}
    return replace(board, tiles=[*board.tiles, back], gone=gone)


def renamed(board: Board, answer: Mapping[str, Any], *, tile: int) -> Board:
    """An insight has another name."""
    name = answer.get("name") or ""
    tiles: list[DraftTile] = [
        {**one, "name": name} if one["id"] == tile else one for one in board.tiles
    ]
    return replace(board, tiles=tiles)


def copied(board: Board, answer: Mapping[str, Any], *, tile: int) -> Board:
    """A tile's content is shown on one more dashboard, whose detail form is the answer."""
    kind = board.kind(tile)
    held = inner(board.raw[tile], kind)
    twins = (one["id"] for one in inner_list(answer, "tiles") if _is_of(one, kind, held.get("id")))
    place = {"id": next(twins, None), "dashboard_id": answer["id"], "deleted": False}
    places = [*inner_list(held, "dashboard_tiles"), place]
    raw = {**board.raw[tile], kind: {**held, "dashboard_tiles": places}}
    asked: list[DraftTile] = [
        {**one, "copy_to": [answer["id"]]} for one in board.tiles if one["id"] == tile
    ]
    return with_copies_found(replace(board, raw={**board.raw, tile: raw}), asked)


def uncopied(board: Board, _answer: object, *, tile: int, dashboard: int) -> Board:
    """A copy was taken off the other dashboard again."""
    left = {there: key for there, key in board.copies[tile].items() if there != dashboard}
    kind = board.kind(tile)
    held = inner(board.raw[tile], kind)
    places = [
        place
        for place in inner_list(held, "dashboard_tiles")
        if place.get("dashboard_id") != dashboard
    ]
    raw = {**board.raw, tile: {**board.raw[tile], kind: {**held, "dashboard_tiles": places}}}
    copies = board.copies | {tile: left}
    return replace(board, tiles=_copied(board.tiles, copies), raw=raw, copies=copies)


def _copied(tiles: Tiles, copies: Mapping[int, Mapping[int, int]]) -> list[DraftTile]:
    return [{**tile, "copy_to": list(copies.get(tile["id"], ()))} for tile in tiles]


def _is_of(tile: Mapping[str, Any], kind: str, key: Any) -> bool:
    return key is not None and inner(tile, kind).get("id") == key and not tile.get("deleted")
