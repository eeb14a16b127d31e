"""Building blocks of sample dashboards."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

Box = tuple[int, int, int, int]
Query = dict[str, Any]

MARA, INES, TOM, PRIYA, GWEN = (
    f"{name}@example.com" for name in ("mara", "ines", "tom", "priya", "gwen")
)
YESTERDAY = "-1d"
"""Date ranges end with the last whole day, so that numbers are the same all day."""


@dataclass(frozen=True)
class SampleTile:
    """A text, an insight, or one of an earlier board ``again``; column, row, width, height."""

    layout: Box | None
    text: str | None = None
    name: str | None = None
    description: str = ""
    query: Query | None = None
    color: str | None = None
    again: str | None = None


@dataclass(frozen=True)
class SampleDashboard:
    """A dashboard; days are counted back from now."""

    name: str
    description: str = ""
    tags: tuple[str, ...] = ()
    owner: str | None = MARA
    pinned: bool = False
    public: bool = False
    creation_mode: str = "default"
    created_days_ago: float = 200
    opened_days_ago: float | None = 1
    tiles: tuple[SampleTile, ...] = ()
    restriction_level: int = 21
    password_days_ago: float | None = None


def text(layout: Box, body: str) -> SampleTile:
    """A text tile."""
    return SampleTile(layout, text=body)


def insight(
    layout: Box, name: str, query: Query, *, description: str = "", color: str | None = None
) -> SampleTile:
    """An insight tile."""
    return SampleTile(layout, name=name, query=query, description=description, color=color)


# A shared insight is one row that several boards show: a change shows on all of them.
def again(layout: Box, name: str) -> SampleTile:
    """The insight of that name on an earlier board, on this board too."""
    return SampleTile(layout, again=name)


def series(event: str | None, math: str = "total", **more: Any) -> Query:
    """One series of a trend, or one step of a funnel."""
    return {
        "kind": "EventsNode",
        "event": event,
        "name": event or "All events",
        "math": math,
    } | more


def trends(
    *nodes: Query,
    since: str = "-30d",
    display: str = "ActionsLineGraph",
    interval: str = "day",
    by: str | None = None,
    limit: int = 6,
    compare: bool = False,
    **shown: Any,
) -> Query:
    """A trend over the days up to yesterday."""
    source: Query = {
        "kind": "TrendsQuery",
        "series": list(nodes),
        "dateRange": {"date_from": since, "date_to": YESTERDAY},
        "interval": interval,
        "trendsFilter": {"display": display} | shown,
    }
    if by:
        source["breakdownFilter"] = _breakdown(by, limit)
    if compare:
        source["compareFilter"] = {"compare": True}
    return {"kind": "InsightVizNode", "source": source}


def funnel(
    *events: str,
    since: str = "-30d",
    days: int = 14,
    by: str | None = None,
    limit: int = 6,
    **filters: Any,
) -> Query:
    """An ordered funnel."""
    source: Query = {
        "kind": "FunnelsQuery",
        "series": [series(event) for event in events],
        "dateRange": {"date_from": since, "date_to": YESTERDAY},
        "funnelsFilter": {
            "funnelVizType": "steps",
            "funnelWindowInterval": days,
            "funnelWindowIntervalUnit": "day",
        }
        | filters,
    }
    if by:
        source["breakdownFilter"] = _breakdown(by, limit)
    return {"kind": "InsightVizNode", "source": source}


def _breakdown(by: str, limit: int) -> Query:
    return {"breakdown": by, "breakdown_type": "event", "breakdown_limit": limit}


def sql(query: str, display: str = "ActionsTable") -> Query:
    """An SQL insight over 30 days; ``{filters}`` takes the date range."""
    return {
        "kind": "DataVisualizationNode",
        "display": display,
        "source": {
            "kind": "HogQLQuery",
            "query": query,
            "filters": {"dateRange": {"date_from": "-30d", "date_to": YESTERDAY}},
        },
    }
