"""The state that each widget shares with its view: one schema for Python and TypeScript.

``python -m dashwidgets.widgets.shared.typescript`` writes ``js/src/*/state.ts`` from it; a test
compares.
Keys, share tokens and passwords never belong here.
"""

from __future__ import annotations

from typing import Any, Literal, TypedDict

from dashwidgets.layout.board import DraftTile
from dashwidgets.layout.grid import Box


class Columns(TypedDict):
    """Dashboards, column by column, as in ``ph.dashboards()``; one entry a dashboard.

    Times are milliseconds since 1970. ``restricted`` is the effective restriction, not the level
    that was set.
    """

    id: list[int]
    name: list[str | None]
    description: list[str | None]
    owner: list[str | None]
    owner_id: list[int | None]
    owner_email: list[str | None]
    tags: list[list[str]]
    pinned: list[bool | None]
    public: list[bool | None]
    creation_mode: list[str | None]
    created_at: list[int | None]
    last_accessed_at: list[int | None]
    last_viewed_at: list[int | None]
    last_refresh: list[int | None]
    restriction_level: list[int | None]
    privilege_level: list[int | None]
    access_level: list[str | None]
    access_control: list[str | None]
    restricted: list[bool]


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


class FindingState(TypedDict):
    """What an audit found on a dashboard, or on one of its tiles."""

    dashboard_id: int
    rule: str
    severity: str
    tile: str | None
    evidence: str
    suggestion: str


class ReportState(TypedDict):
    """An audit beside the list; ``unevaluated`` are dashboards that it did not see completely."""

    taken_at: str
    rules: list[str]
    findings: list[FindingState]
    unevaluated: list[int]


class UsesState(TypedDict):
    """Names that insights depend on, each with the dashboards of their tiles.

    A name is written ``event: signed_up``: two kinds may share one. ``unread`` counts the parts of
    queries that could not be read; what these use is not known.
    """

    names: list[str]
    dashboards: list[list[int]]
    unread: int
    taken_at: str


class SavedView(TypedDict):
    """A way of looking at the list."""

    columns: list[str]
    sort: list[SortKey]
    search: str
    facets: dict[str, list[str]]


class SmallTile(TypedDict):
    """A tile drawn small: its number and what that is, its largest series, its bars.

    ``what`` says instead why there is no number. ``text``: first line of a text tile.
    """

    id: int
    name: str | None
    text: str
    value: str
    what: str
    lines: list[list[float | None]]
    bars: list[float]


class Copied(TypedDict):
    """A dashboard that was copied to another project; ``notes``: what did not come along."""

    id: int
    url: str
    notes: list[str]


class BrowseState(TypedDict):
    """What ``ph.browse()`` shares with its view.

    ``shown`` are the columns drawn, in order; ``facets`` the values wanted of a column.
    ``live`` says whether Python is running, ``acts`` whether it can plan changes, ``opens`` whether
    anybody listens when a dashboard is opened. ``copies_to`` names projects to copy to.
    ``uses`` is None until somebody asks for it: it takes the list of insights.
    ``beside``: ids of models without code of their own that stand around the table.
    """

    columns: Columns
    listing: ListingState
    address: str
    report: ReportState | None
    uses: UsesState | None
    selected_ids: list[int]
    visible_ids: list[int]
    shown: list[str]
    sort: list[SortKey]
    search: str
    facets: dict[str, list[str]]
    views: dict[str, SavedView]
    live: bool
    acts: bool
    opens: bool
    copies_to: list[str]
    beside: list[str]


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


class EditFields(TypedDict):
    """The editable fields of a dashboard; collaborators are user uuids."""

    name: str
    description: str
    pinned: bool
    tags: list[str]
    restriction_level: int
    data_color_theme_id: int | None
    breakdown_colors: list[dict[str, Any]]
    date_from: str | None
    date_to: str | None
    collaborators: list[str]
    sharing_enabled: bool
    password_required: bool
    sharing_settings: dict[str, Any]


class EditBoard(TypedDict):
    """Which dashboard is edited."""

    id: int
    name: str
    owner: str | None
    url: str


class ColorTheme(TypedDict):
    """A color theme of the project: token to CSS color."""

    id: int
    name: str
    colors: dict[str, str]


class Person(TypedDict):
    """A member; ``reason`` says why they can't be invited, empty when they can."""

    uuid: str
    name: str
    email: str
    reason: str


class SharePassword(TypedDict):
    """A password of the public link, by its note, never the password itself."""

    id: int
    note: str
    created_at: str | None
    created_by: str


class EditChoices(TypedDict):
    """What the fields can be set to."""

    tags: list[str]
    themes: list[ColorTheme]
    people: list[Person]


class EditState(TypedDict):
    """What ``board.edit()`` shares with its view.

    ``saved`` is what the server has, ``changes`` are the user's edits by field, ``theirs`` the
    conflicting values somebody else saved. ``denied`` and ``refused`` are reasons by field: why it
    can't be edited, and why the server refused it. Fields in ``unread`` are unknown, whatever
    ``saved`` has in their place.
    """

    board: EditBoard
    saved: EditFields
    changes: dict[str, Any]
    theirs: dict[str, Any]
    refused: dict[str, str]
    denied: dict[str, str]
    saving: list[str]
    choices: EditChoices
    passwords: list[SharePassword]
    linked: bool
    dirty: bool
    message: str
    unread: list[str]


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


STATES: dict[str, type] = {
    "arrange": ArrangeState,
    "browse": BrowseState,
    "edit": EditState,
    "watch": WatchState,
}
"""The state of each widget, by the name of its bundle."""
