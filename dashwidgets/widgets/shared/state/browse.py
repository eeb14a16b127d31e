"""What ``ph.browse()`` shares with its view."""

from __future__ import annotations

from typing import TypedDict


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
