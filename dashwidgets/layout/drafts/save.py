"""Saving a draft: look, write, compare with what came back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from dashwidgets.api.client import Client
from dashwidgets.api.endpoints import dashboards
from dashwidgets.api.errors import ApiError, DashwidgetsError
from dashwidgets.layout.board import Board, DraftTile, Tiles, by_id
from dashwidgets.layout.drafts.compare import changed_meanwhile, differences, made_of
from dashwidgets.layout.drafts.merge import merged
from dashwidgets.layout.drafts.since import read_again, with_copies_found
from dashwidgets.layout.drafts.steps import Step, changes, moves_back


@dataclass(frozen=True)
class Outcome:
    """The outcome of a save.

    Attributes
    ----------
    board : Board
        As the server has it now; as it was when nothing could be read.
    draft : list of DraftTile
        What is wanted: the board, and on top of it whatever was not saved.
    looked : Board
        As the server had it before anything was written.
    disagree : bool
        Somebody else changed the same; nothing was sent.
    refused : dict
        Tile id to the server's sentence.
    differs : list of dict
        Tiles the server stored differently than requested: ``tile, name, asked, got``.
    notes : list of str
        What else the user should know: what others changed between the look and the write, and
        what can't be undone.
    made : dict
        Negative ids of new texts to the ids they were given.
    error : DashwidgetsError or None
        The first thing that went wrong.
    """

    board: Board
    draft: list[DraftTile]
    looked: Board
    disagree: bool = False
    refused: dict[int, str] = field(default_factory=dict[int, str])
    differs: list[dict[str, Any]] = field(default_factory=list[dict[str, Any]])
    notes: list[str] = field(default_factory=list[str])
    made: dict[int, int] = field(default_factory=dict[int, int])
    error: DashwidgetsError | None = None


def save(client: Client, base: Board, draft: Tiles) -> Outcome:
    """Save what a draft changes. One request to look, then those of `steps`."""
    wanted = list(draft)
    # If an earlier try moved them and the answer was lost, they are gone for that reason.
    went = {tile["id"]: tile["to"] for tile in wanted if tile["to"] is not None}
    try:
        fresh = read_again(base, client.send(dashboards.read(base.id)), went=went)
    except DashwidgetsError as error:
        return Outcome(base, wanted, base, error=error)
    # A copy whose answer was lost exists already: sending it again would be refused.
    fresh = with_copies_found(fresh, wanted)
    wanted, disagree = merged(base, fresh, wanted)
    if disagree:
        # The draft as it was, not as merged: choosing between the two is the user's.
        return Outcome(fresh, list(draft), fresh, disagree=True)
    writing = _Writing(client, wanted, fresh)
    # First, because the tiles that come back take part in the PATCH of places.
    writing.send(moves_back(fresh, wanted))
    # From the board that the first answers left, not from the one that was looked at.
    writing.send(changes(writing.board, wanted))
    board = writing.board
    return Outcome(
        board,
        _unsaved(board, wanted, writing.left),
        fresh,
        refused=writing.refused,
        differs=writing.differs,
        notes=writing.notes,
        made=writing.made,
        error=writing.error,
    )


@dataclass
class _Writing:
    """One step after the other; what is refused is left, and once nobody answers, the rest too."""

    client: Client
    wanted: list[DraftTile]
    board: Board
    left: list[Step] = field(default_factory=list[Step])
    refused: dict[int, str] = field(default_factory=dict[int, str])
    differs: list[dict[str, Any]] = field(default_factory=list[dict[str, Any]])
    notes: list[str] = field(default_factory=list[str])
    made: dict[int, int] = field(default_factory=dict[int, int])
    error: DashwidgetsError | None = None
    lost: bool = False

    def send(self, todo: Sequence[Step]) -> None:
        for step in todo:
            if self.lost:
                self.left.append(step)
                continue
            try:
                answer = self.client.send(step.request)
            except DashwidgetsError as error:
                self.left.append(step)
                self.error = self.error or error
                if isinstance(error, ApiError):
                    # Refused is this step alone; without a connection the steps after it are
                    # pointless.
                    self.refused |= dict.fromkeys(step.fields, error.detail)
                else:
                    self.lost = True
                continue
            before, self.board = self.board, step.after(self.board, answer)
            self._compare(before, step)

    def _compare(self, before: Board, step: Step) -> None:
        now = self.board
        made = made_of(before, now, self.wanted)
        self.made |= made
        self.differs += differences(now, self.wanted, step, made)
        # Only answers that hold the whole dashboard can show what others changed.
        if step.reads_board:
            self.notes += changed_meanwhile(before, now, step, made)
        for key, names in step.fields.items():
            tile = by_id(now.tiles).get(key)
            lasting = set(now.places(key)) - set(before.places(key)) - set(now.copies.get(key, ()))
            if "copy_to" in names and tile is not None:
                self.notes += [
                    f"The copy of {now.title(tile)!r} on dashboard {there} can't be undone from "
                    "here, because the server did not say which tile it is: remove it there."
                    for there in sorted(lasting)
                ]


def _unsaved(board: Board, wanted: Tiles, left: Sequence[Step]) -> list[DraftTile]:
    """The board as it is, with what could not be saved still to do."""
    fields = [(key, name) for step in left for key, names in step.fields.items() for name in names]
    if not fields:
        return [tile.copy() for tile in board.tiles]
    asked = by_id(wanted)
    gone = {key for key, name in fields if name == "removed"}
    draft: dict[int, Any] = {
        key: dict(tile) for key, tile in by_id(board.tiles).items() if key not in gone
    }
    if gone or any(name in ("box", "back") for _, name in fields):
        for key in draft.keys() & asked.keys():  # places only make sense together
            draft[key]["box"] = asked[key]["box"]
    for key, name in fields:
        if key not in asked:
            continue
        if key not in draft:
            draft[key] = asked[key]
        elif name in asked[key]:  # to bring a tile back is no field of it
            draft[key][name] = asked[key][name]  # pyright: ignore[reportGeneralTypeIssues]
    order = dict.fromkeys([tile["id"] for tile in wanted if tile["id"] in draft])
    return [draft[key] for key in [*order, *(key for key in draft if key not in order)]]


def brought_up(draft: Tiles, base: Board, sent: Tiles, outcome: Outcome) -> list[DraftTile]:
    """A draft of before a save, as a draft of the board after it: undo can still go there.

    What others did is taken along. What the save did is not: that is what undo takes back.
    """
    looked, kept = outcome.looked, by_id(sent)
    there = by_id(looked.tiles)
    # Left with an earlier try, whose answer was lost.
    ours = {
        tile["id"]
        for tile in base.tiles
        if tile["id"] not in there
        and (tile["id"] not in kept or kept[tile["id"]]["to"] is not None)
    }
    was = replace(base, tiles=[tile for tile in base.tiles if tile["id"] not in ours])
    now, board = by_id(outcome.board.tiles), outcome.board
    fitting: list[DraftTile] = [
        {**tile, "copy_to": _possible(tile, board)}
        for tile in merged(was, looked, draft)[0]
        if tile["to"] is None or tile["id"] in now
    ]
    return renumbered(fitting, outcome.made)


def renumbered(draft: Tiles, made: Mapping[int, int]) -> list[DraftTile]:
    """A draft with the ids that new texts were given."""
    return [{**tile, "id": made.get(tile["id"], tile["id"])} for tile in draft]


def _possible(tile: DraftTile, board: Board) -> list[int]:
    """Without copies that were made and can't be undone: they are no step any more."""
    places, made = board.places(tile["id"]), board.copies.get(tile["id"], {})
    return [there for there in tile["copy_to"] if there in made or there not in places]
