"""What ``board.watch()`` shares with its view."""

from __future__ import annotations

from typing import Any, Literal, TypedDict

from dashwidgets.layout.grid import Box


class AnnotationState(TypedDict):
    """A note on a point in time, and where it is shown; ``dashboard_item``: an insight."""

    date_marker: str
    content: str
    scope: str
    dashboard_item: int | None
    dashboard_id: int | None


class BoardState(TypedDict):
    """Which dashboard is watched, and in which colors.

    ``breakdown_colors`` as in contract 7.9; ``theme_colors``: token to CSS color, empty for the
    default theme. They are a server's text, which a view must not trust. ``annotations`` are the
    project's; ``currency`` is the code of its base currency, empty when unknown.
    ``recorded``: when a replayed board was recorded, in words; empty when it is live.
    ``sortable``: the view may reorder the tiles.
    """

    id: int
    name: str
    description: str
    tags: list[str]
    url: str
    breakdown_colors: list[dict[str, Any]]
    theme_colors: dict[str, str]
    annotations: list[AnnotationState]
    currency: str
    recorded: str
    sortable: bool


class StreamStatus(TypedDict):
    """The progress of a stream; ``elapsed`` in seconds, ``bytes`` of tile JSON.

    ``round`` counts the times the board was streamed; ``arrived`` and ``failed`` count this one.
    ``next_in``: seconds until the next scheduled round. ``asking``: tiles that are being retried.
    """

    phase: Literal[
        "connecting",
        "streaming",
        "refreshing",
        "retrying",
        "paused",
        "complete",
        "failed",
        "stopped",
    ]
    arrived: int
    failed: int
    expected: int | None
    elapsed: float
    bytes: int
    source: Literal["stream_tiles", "insights", "detail"] | None
    message: str
    round: int
    next_in: float | None
    asking: list[int]
    refresh: str | None
    date_from: str | None


class KnownTile(TypedDict):
    """A tile known before it arrives."""

    id: int
    name: str
    kind: str
    layout: Box | None


class TileState(TypedDict):
    """A tile that arrived; ``tile`` is as the server sent it, null when it failed.

    ``elapsed``: seconds from the start of its round to its arrival. ``took``: how many of them were
    spent on this tile alone.
    """

    id: int
    order: int | None
    elapsed: float
    took: float
    size: int
    cached: bool | None
    round: int
    tile: dict[str, Any] | None
    error: str | None
    truncated: bool


class Snapshot(TypedDict):
    """Every tile so far, section by section, as of the message with this number."""

    seq: int
    sections: list[list[TileState]]


class WatchState(TypedDict):
    """What ``board.watch()`` shares with its view; every list has one entry a board.

    ``snapshot`` is a gzipped JSON `Snapshot`, for late views and saved notebooks. ``opens`` says
    whether anybody listens when something is wanted of a tile.
    """

    boards: list[BoardState]
    statuses: list[StreamStatus]
    skeletons: list[list[KnownTile]]
    snapshot: bytes
    layout_size: Literal["sm", "xs"]
    opens: bool
