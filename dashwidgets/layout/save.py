"""Saving a draft: look, write, compare with what came back."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Any

from dashwidgets.api import dashboards
from dashwidgets.api.client import Client
from dashwidgets.api.errors import ApiError, DashwidgetsError
from dashwidgets.frames.columns import inner, inner_list
from dashwidgets.layout.board import Board, DraftTile, Tiles, by_id, read_board
from dashwidgets.layout.draft import Step, merged, place, steps


@dataclass(frozen=True)
class Outcome:
    """How saving went.

    Attributes
    ----------
    board : Board
        As the server has it now; as it was when nothing could be read.
    draft : list of DraftTile
        What is wanted: the board, and on top of it whatever was not saved.
    disagree : bool
        Somebody else changed the same; nothing was sent.
    refused : dict
        Tile id to the server's sentence.
    differs : list of dict
        Tiles the server stored otherwise than asked: ``tile, name, asked, got``.
    error : DashwidgetsError or None
        The first thing that went wrong.
    """

    board: Board
    draft: list[DraftTile]
    disagree: bool = False
    refused: dict[int, str] = field(default_factory=dict[int, str])
    differs: list[dict[str, Any]] = field(default_factory=list[dict[str, Any]])
    error: DashwidgetsError | None = None


def save(client: Client, base: Board, draft: Tiles) -> Outcome:
    """Save what a draft changes. One request to look, then those of `steps`."""
    wanted = list(draft)
    try:
        fresh = read_board(client.send(dashboards.read(base.id)))
    except DashwidgetsError as error:
        return Outcome(base, wanted, error=error)
    wanted, disagree = merged(base, fresh, wanted)
    if disagree:
        return Outcome(fresh, list(draft), disagree=True)
    return _write(client, fresh, wanted)


def _write(client: Client, fresh: Board, wanted: list[DraftTile]) -> Outcome:
    board, first = fresh, None
    left: list[Step] = []
    refused: dict[int, str] = {}
    differs: list[dict[str, Any]] = []
    todo = steps(fresh, wanted)
    for at, step in enumerate(todo):
        try:
            answer = client.send(step.request)
        except ApiError as error:
            left.append(step)
            refused |= dict.fromkeys(step.fields, error.detail)
            first = first or error
            continue
        except DashwidgetsError as error:  # nobody answers: the rest can wait
            left += todo[at:]
            first = error
            break
        if step.answers_board:
            board = read_board(answer)
            if at == 0:
                differs = _differences(board, wanted, step)
        else:
            ((key, (name,)),) = step.fields.items()
            if name == "name":
                board = _renamed(board, key, answer.get("name") or "")
            else:
                board = _shown_on(board, key, answer["id"])
    return Outcome(board, _unsaved(board, wanted, left), False, refused, differs, first)


def _unsaved(board: Board, wanted: Tiles, left: list[Step]) -> list[DraftTile]:
    """The board as it is, with what could not be saved still to do."""
    fields = [(key, name) for step in left for key, names in step.fields.items() for name in names]
    if not fields:
        return [tile.copy() for tile in board.tiles]
    asked = by_id(wanted)
    gone = {key for key, name in fields if name == "removed"}
    draft: dict[int, Any] = {
        key: dict(tile) for key, tile in by_id(board.tiles).items() if key not in gone
    }
    if gone or any(name == "box" for _, name in fields):  # places only make sense together
        for key in draft.keys() & asked.keys():
            draft[key]["box"] = asked[key]["box"]
    for key, name in fields:
        if key in draft and key in asked:
            draft[key][name] = asked[key][name]  # pyright: ignore[reportGeneralTypeIssues]
        elif key in asked:
            draft[key] = asked[key]
    order = dict.fromkeys([tile["id"] for tile in wanted if tile["id"] in draft])
    return [draft[key] for key in [*order, *(key for key in draft if key not in order)]]


def _renamed(board: Board, tile: int, name: str) -> Board:
    tiles: list[DraftTile] = [
        {**one, "name": name} if one["id"] == tile else one for one in board.tiles
    ]
    return replace(board, tiles=tiles)


def _shown_on(board: Board, tile: int, dashboard: int) -> Board:
    """A tile's content has one more place: answers about other boards do not say so."""
    name = {"insight": "insight", "text": "text"}[board.kind(tile)]
    held = inner(board.raw[tile], name)
    places = [*inner_list(held, "dashboard_tiles"), {"dashboard_id": dashboard, "deleted": False}]
    raw = {**board.raw[tile], name: {**held, "dashboard_tiles": places}}
    return replace(board, raw={**board.raw, tile: raw})


def _differences(board: Board, wanted: Tiles, step: Step) -> list[dict[str, Any]]:
    asked, got = by_id(wanted), by_id(board.tiles)
    rows: list[dict[str, Any]] = []

    def note(tile: DraftTile, what: str, found: str) -> None:
        title = board.title(tile)
        rows.append({"tile": tile["id"], "name": title, "asked": what, "got": found})

    for key, names in step.fields.items():
        tile, now = asked.get(key), got.get(key)
        if key < 0 and tile:
            now = next((one for one in got.values() if one["body"] == tile["body"]), None)
        if tile is None:
            if now is not None:
                note(now, "removed", "still there")
        elif now is None:
            note(tile, "on the board", "not there")
        else:
            stored = board.stored.get(now["id"])
            if "box" in names and stored != tile["box"]:
                note(tile, place(tile["box"]), place(stored) if stored else "no place")
            for name in set(names) - {"box", "deleted"}:
                if key > 0 and now[name] != tile[name]:
                    note(tile, f"{name}: {tile[name]}", f"{name}: {now[name]}")
    return rows
