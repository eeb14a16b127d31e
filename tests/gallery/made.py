"""Insights with the settings that a case is about, as a server would send them."""

from __future__ import annotations

from typing import Any

from tests.gallery.board import Tile
from tests.gallery.extremes import days, insight

VISITS = [40.0, 46, 52, 49, 60, 31, 28, 55, 61, 58, 66, 70, 36, 34, 25]
SALES = [1200.0, 1350, 1280, 1500, 1710, 900, 860, 1620, 1750, 1690, 1880, 2010, 1040, 990, 700]
STATES = ("new", "returning", "resurrecting", "dormant")
REFRESHED = {"last_refresh": "2026-01-15T14:00:00Z", "timezone": "UTC"}


def lines(
    *data: list[float], kind: str = "TrendsQuery", more: Tile | None = None, **shown: Any
) -> Tile:
    """Series over days of which the last is not over."""
    result = [
        {"label": name, "days": days(len(values)), "data": values}
        for name, values in zip(("Visits", "Sales", "Refunds"), data, strict=False)
    ]
    name = kind[0].lower() + kind[1:].replace("Query", "Filter")
    return insight(kind, result, interval="day", **{name: shown}) | REFRESHED | (more or {})


def stacked() -> Tile:
    """Totals of two events, each broken down."""
    amounts = {"Chrome": (640, 210), "Safari": (280, 90), "Firefox": (110, 45)}
    result = [
        {
            "label": f"{name} - {browser}",
            "breakdown_value": browser,
            "aggregated_value": pair[order],
            "data": [],
            "days": [],
            "action": {"order": order, "name": name},
        }
        for order, name in enumerate(("Visited", "Signed up"))
        for browser, pair in amounts.items()
    ]
    shown = {"display": "ActionsBarValue", "stackBreakdownValues": True}
    return insight("TrendsQuery", result, trendsFilter=shown)


def lifecycle(**shown: Any) -> Tile:
    """Four states, dormant below zero."""
    counts = ([9, 12, 8, 11], [30, 34, 33, 38], [4, 6, 5, 7], [-8, -9, -6, -10])
    result = [
        {"status": status, "label": status, "days": days(4), "data": data}
        for status, data in zip(STATES, counts, strict=True)
    ]
    made = insight("LifecycleQuery", result, interval="day", lifecycleFilter=shown)
    return made | {"last_refresh": "2026-01-04T12:00:00Z", "timezone": "UTC"}


def funnel(*values: str, **shown: Any) -> Tile:
    """Four steps, for each value of a breakdown."""
    names = ("Visited", "Signed up", "Created a board", "Invited a teammate")
    found = [
        [
            {
                "name": name,
                "order": at,
                "count": round((4800 - 900 * rank) / (1 + at) ** (1 + 0.3 * rank)),
                "average_conversion_time": 5400 * at if at else None,
                "median_conversion_time": 1310 * at if at else None,
            }
            | ({"breakdown_value": [value]} if value else {})
            for at, name in enumerate(names)
        ]
        for rank, value in enumerate(values or ("",))
    ]
    result = found if values else found[0]
    return insight("FunnelsQuery", result, funnelsFilter={"funnelVizType": "steps"} | shown)


def retention(**shown: Any) -> Tile:
    """Six cohorts that shrink."""
    cohorts = [
        {
            "date": f"{day}T00:00:00Z",
            "values": [
                {"count": round(400 / (1 + 0.7 * at) - 9 * row), "label": f"Day {at}"}
                for at in range(6 - row)
            ],
        }
        for row, day in enumerate(days(6))
    ]
    return insight("RetentionQuery", cohorts, retentionFilter=shown)


def table(display: str, chart: Tile | None = None, settings: Tile | None = None) -> Tile:
    """Rows of SQL, as a table or a chart."""
    rows = [
        [day, visits, sales * 1000, None]
        for day, visits, sales in zip(days(15), VISITS, SALES, strict=True)
    ]
    query: Tile = {
        "kind": "DataVisualizationNode",
        "source": {"kind": "HogQLQuery"},
        "display": display,
    }
    query |= {"chartSettings": chart or {}, "tableSettings": settings or {}}
    columns = {
        "columns": ["day", "visits", "sales", "note"],
        "types": ["Date", "Float64", "Float64", "String"],
    }
    return {"query": query, "result": rows} | columns


def column(name: str, formatting: Tile | None = None, **display: Any) -> Tile:
    """What is set for a column."""
    return {"column": name, "settings": {"display": display, "formatting": formatting or {}}}


def rule(template: str, given: str, color: str) -> Tile:
    """A rule of conditional formatting."""
    return {"columnName": "visits", "templateId": template, "input": given, "color": color}
