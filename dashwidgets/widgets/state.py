"""The state each widget shares with its view: the one schema, for Python and TypeScript.

``python -m dashwidgets.widgets.typescript`` writes ``js/src/*/state.ts`` from it; a test compares.
No key, no share token and no password has a place here.
"""

from __future__ import annotations

from typing import Any, Literal, TypedDict


class Columns(TypedDict):
    """Dashboards, column by column; every list has one entry a dashboard."""

    id: list[int]
    name: list[str | None]
    description: list[str]
    owner: list[str | None]
    owner_email: list[str | None]
    tags: list[list[str]]
    pinned: list[bool]
    public: list[bool]
    created_at: list[str | None]
    last_accessed_at: list[str | None]
    restricted: list[bool]
    creation_mode: list[str]
    url: list[str]


class ListingState(TypedDict):
    """How the dashboards were read."""

    count: int
    expected: int
    complete: bool
    requests: int
    seconds: float
    taken_at: str


class SortKey(TypedDict):
    """One column of a sort order."""

    column: str
    descending: bool


class BrowseState(TypedDict):
    """What ``ph.browse()`` shares with its view."""

    columns: Columns
    listing: ListingState
    selected_ids: list[int]
    visible_ids: list[int]
    sort: list[SortKey]
    search: str


class Box(TypedDict):
    """A tile's place on the 12-column grid: column, row, width, height."""

    x: int
    y: int
    w: int
    h: int


class BoardState(TypedDict):
    """Which dashboard is watched."""

    id: int
    name: str
    description: str
    tags: list[str]
    url: str


class StreamStatus(TypedDict):
    """How far a stream has come; ``elapsed`` in seconds, ``bytes`` of tile JSON."""

    phase: Literal["connecting", "streaming", "complete", "failed", "stopped"]
    arrived: int
    failed: int
    expected: int | None
    elapsed: float
    bytes: int
    source: Literal["stream_tiles", "insights", "detail"] | None
    message: str


class KnownTile(TypedDict):
    """A tile known before it arrives."""

    id: int
    name: str
    kind: str
    layout: Box | None


class TileState(TypedDict):
    """A tile that arrived; ``tile`` is as the server sent it, null when it failed."""

    id: int
    order: int | None
    elapsed: float
    size: int
    tile: dict[str, Any] | None
    error: str | None
    truncated: bool


class Snapshot(TypedDict):
    """Every tile so far, for late views and saved notebooks."""

    seq: int
    tiles: list[TileState]


class WatchState(TypedDict):
    """What ``board.watch()`` shares with its view."""

    board: BoardState
    status: StreamStatus
    skeleton: list[KnownTile]
    snapshot: Snapshot
