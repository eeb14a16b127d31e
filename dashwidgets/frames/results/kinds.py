"""Every kind of result in one table, used by frames, charts, screen reader tables and CSV.

A row says, for a query and how it is displayed, which shape its result has and how it is drawn.
Python reads by shape, the view draws by drawing (``js/src/charts/kinds.ts`` is generated from
here); a test holds each side to every row. A result that matches no row is reported as unread.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal, get_args

from dashwidgets.frames.columns import inner

Shape = Literal[
    "series",
    "totals",
    "boxes",
    "calendar",
    "hours",
    "steps",
    "times",
    "retention",
    "paths",
    "stickiness",
    "lifecycle",
    "overview",
    "columns",
]
Drawing = Literal[
    "line",
    "columns",
    "bars",
    "pie",
    "map",
    "regions",
    "progress",
    "number",
    "metric",
    "slope",
    "boxes",
    "heat",
    "funnel",
    "times",
    "retention",
    "paths",
    "overview",
    "table",
]
SHAPES: tuple[str, ...] = get_args(Shape)
DRAWINGS: tuple[str, ...] = get_args(Drawing)


@dataclass(frozen=True)
class Kind:
    """One kind of result.

    Attributes
    ----------
    query : str
        ``kind`` of the query's source.
    displays : tuple of str
        Values of its display setting; ``""`` where none is set, ``"*"`` for any.
    shape : str
        How its result is read.
    drawing : str
        How it is drawn, where nothing more special is said (a table's chart settings).
    compared : bool
        Whether a second period may follow the first in the result.
    """

    query: str
    displays: tuple[str, ...]
    shape: Shape
    drawing: Drawing
    compared: bool = False


_TREND = "TrendsQuery"
KINDS: tuple[Kind, ...] = (
    Kind(
        _TREND,
        ("", "ActionsLineGraph", "ActionsLineGraphCumulative", "ActionsAreaGraph"),
        "series",
        "line",
        compared=True,
    ),
    Kind(
        _TREND,
        ("ActionsBar", "ActionsStackedBar", "ActionsUnstackedBar"),
        "series",
        "columns",
        compared=True,
    ),
    Kind(_TREND, ("SlopeGraph",), "series", "slope", compared=True),
    Kind(_TREND, ("Metric",), "series", "metric", compared=True),
    Kind(_TREND, ("BoldNumber",), "totals", "number", compared=True),
    Kind(_TREND, ("Progress",), "totals", "progress", compared=True),
    Kind(_TREND, ("ActionsBarValue",), "totals", "bars", compared=True),
    Kind(_TREND, ("ActionsPie",), "totals", "pie", compared=True),
    Kind(_TREND, ("ActionsTable",), "totals", "table", compared=True),
    Kind(_TREND, ("WorldMap",), "totals", "map", compared=True),
    Kind(_TREND, ("RegionMap",), "totals", "regions", compared=True),
    Kind(_TREND, ("BoxPlot",), "boxes", "boxes"),
    Kind(_TREND, ("CalendarHeatmap",), "calendar", "heat"),
    Kind("CalendarHeatmapQuery", ("*",), "hours", "heat"),
    Kind("FunnelsQuery", ("", "steps"), "steps", "funnel", compared=True),
    Kind("FunnelsQuery", ("time_to_convert",), "times", "times", compared=True),
    Kind("FunnelsQuery", ("trends",), "series", "line", compared=True),
    Kind("RetentionQuery", ("*",), "retention", "retention"),
    Kind("PathsQuery", ("*",), "paths", "paths"),
    Kind(
        "StickinessQuery",
        ("", "ActionsLineGraph", "ActionsLineGraphCumulative", "ActionsAreaGraph"),
        "stickiness",
        "line",
        compared=True,
    ),
    Kind(
        "StickinessQuery",
        ("ActionsBar", "ActionsStackedBar", "ActionsUnstackedBar"),
        "stickiness",
        "columns",
        compared=True,
    ),
    Kind("LifecycleQuery", ("*",), "lifecycle", "columns", compared=True),
    Kind("WebOverviewQuery", ("*",), "overview", "overview"),
    Kind("WebStatsTableQuery", ("*",), "columns", "table"),
    *(
        Kind(query, ("*",), "columns", "table")
        for query in (
            "HogQLQuery",
            "EventsQuery",
            "ActorsQuery",
            "PersonsNode",
            "GroupsQuery",
            "SessionsQuery",
            "SessionsTimelineQuery",
            "WebGoalsQuery",
            "WebExternalClicksTableQuery",
            "TracesQuery",
            "MarketingAnalyticsTableQuery",
        )
    ),
)

LEGACY = ("TRENDS", "FUNNELS", "RETENTION", "PATHS", "STICKINESS", "LIFECYCLE")
"""``filters.insight`` of insights from before queries; each became a query of that name."""

_BY_QUERY = {(kind.query, display): kind for kind in KINDS for display in kind.displays}


def source_of(insight: Mapping[str, Any]) -> Mapping[str, Any]:
    """An insight's query without its display wrapper; old filters are translated."""
    query = inner(insight, "query")
    if query:
        return inner(query, "source") or query
    filters = inner(insight, "filters")
    # Old insights without the field are trends: that was PostHog's default.
    name = str(filters.get("insight") or "TRENDS").upper()
    if not filters or name not in LEGACY:
        return {}
    kind = f"{name.capitalize()}Query"
    # Settings of old insights have the names of today's, in another spelling.
    settings = {_camel(name): value for name, value in filters.items() if value is not None}
    return {"kind": kind, filter_name(kind): settings}


def filter_name(query: str) -> str:
    """The field of a query that holds its display settings: ``trendsFilter`` of a TrendsQuery."""
    return query[:1].lower() + query[1:].removesuffix("Query") + "Filter"


def settings_of(source: Mapping[str, Any]) -> Mapping[str, Any]:
    """The display settings of a query."""
    return inner(source, filter_name(str(source.get("kind"))))


def kind_of(insight: Mapping[str, Any]) -> Kind | None:
    """The row of the table for an insight's result, or None."""
    source = source_of(insight)
    query, settings = str(source.get("kind")), settings_of(source)
    display = settings.get("funnelVizType" if query == "FunnelsQuery" else "display") or ""
    # No row is an answer too: a new display is reported as unread, not guessed by its query.
    return _BY_QUERY.get((query, str(display))) or _BY_QUERY.get((query, "*"))


def _camel(name: str) -> str:
    first, *rest = name.split("_")
    return first + "".join(word.capitalize() for word in rest)
