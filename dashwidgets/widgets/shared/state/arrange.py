"""What ``board.arrange()`` shares with its view."""

from __future__ import annotations

from typing import Any, Literal, TypedDict

from dashwidgets.layout.board import DraftTile
from dashwidgets.layout.grid import Box


class ArrangeBoard(TypedDict):
    """Which dashboard is arranged; ``denied`` says why it can't be, empty if it can.

    ``breakdown_colors``: the colors its small pictures have, as in contract 7.9.
    """

    id: int
    name: str
    url: str
    denied: str
    breakdown_colors: list[dict[str, Any]]


class ArrangeTile(TypedDict):
    """The fixed part of a tile: its content, a small result, where else it is shown."""

    id: int
    kind: str
    insight: dict[str, Any] | None
    uncached: bool
    note: str
    min_w: int
    min_h: int
    places: list[int]


PendingKind = Literal[
    "moved",
    "resized",
    "edited",
    "moved_away",
    "moved_back",
    "added",
    "restored",
    "copied",
    "copy_removed",
    "removed",
]


class PendingRow(TypedDict):
    """One unsaved change: its kind to count by, and its words.

    ``from_board`` and ``to_board`` are dashboard ids, where the change is between dashboards.
    """

    tile: int
    name: str
    kind: PendingKind
    change: str
    before: str
    after: str
    from_board: int | None
    to_board: int | None


class Difference(TypedDict):
    """What the last save asked for, where the server stored something else."""

    tile: int
    name: str
    asked: str
    got: str


class Theirs(TypedDict):
    """Positions of tiles on a dashboard that somebody else changed."""

    id: int
    name: str
    box: Box


class ArrangeProgress(TypedDict):
    """The state of a draft and its saving; ``requests`` that saving would send.

    ``computing``: results that were not cached are being computed.
    """

    saving: bool
    computing: bool
    can_undo: bool
    can_redo: bool
    requests: int
    message: str


class ArrangeState(TypedDict):
    """What ``board.arrange()`` shares with its view.

    ``saved`` is what the server has, ``draft`` the user's version. ``theirs`` is the conflicting
    version of somebody else, empty without a conflict. ``differs`` and ``notes`` are about the last
    save.
    """

    board: ArrangeBoard
    tiles: list[ArrangeTile]
    saved: list[DraftTile]
    draft: list[DraftTile]
    pending_rows: list[PendingRow]
    theirs: list[Theirs]
    refused: dict[str, str]
    differs: list[Difference]
    notes: list[str]
    progress: ArrangeProgress
    saves: Literal["click", "immediately"]
    selected_ids: list[int]
