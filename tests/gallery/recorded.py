"""Results in the shapes that real servers send and the embedded project does not, as tiles."""

from __future__ import annotations

from typing import Any

from tests.gallery.extremes import NONE, OTHER, days, funnel, insight, laid_out, totals

Tile = dict[str, Any]


def box(day: str, at: int, **more: Any) -> Tile:
    """The values of a day, spread around a middle that rises."""
    middle = 60 + 9 * at % 50
    spread = {"min": middle - 50, "p25": middle - 22, "median": middle, "p75": middle + 30}
    return {"day": day, "label": day, "max": middle + 130, "mean": middle + 9} | spread | more


def boxes(*names: str, beside: bool = False) -> Tile:
    """A box plot of so many series; older servers send it beside an empty result."""
    rows = [
        box(day, at + 3 * order, series_index=order, series_label=name)
        for order, name in enumerate(names)
        for at, day in enumerate(days(8))
    ]
    made = insight("TrendsQuery", [] if beside else rows, trendsFilter={"display": "BoxPlot"})
    return made | ({"boxplot_data": rows} if beside else {})


def progress(value: float, **shown: Any) -> Tile:
    """A total beside its goal."""
    one = {"label": "signed_up", "aggregated_value": value, "data": [], "days": days(7)}
    goal = {"goalLines": [{"label": "Plan for the quarter", "value": 4000}]}
    return insight("TrendsQuery", [one], trendsFilter={"display": "Progress"} | goal | shown)


def slope() -> Tile:
    """How shares of browsers changed."""
    series = [
        {"label": name, "breakdown_value": name, "days": days(5), "data": data}
        for name, data in (
            ("Chrome", [520, 1, 1, 1, 610]),
            ("Safari", [300, 1, 1, 1, 290]),
            ("Firefox", [290, 1, 1, 1, 170]),
            (OTHER, [40, 1, 1, 1, 60]),
        )
    ]
    return insight("TrendsQuery", series, trendsFilter={"display": "SlopeGraph"})


def compared(*names: str) -> Tile:
    """Funnels of two periods, by breakdown where there are names."""

    def steps(label: str, name: str | None, counts: list[int]) -> list[Tile]:
        made = funnel(*counts)["result"]
        more = {"compare_label": label} | ({"breakdown_value": [name]} if name else {})
        return [step | {"name": step["name"][:6]} | more for step in made]

    now, before = [1200, 480, 160], [1000, 300, 80]
    if not names:
        both = steps("current", None, now) + steps("previous", None, before)
        return insight("FunnelsQuery", both)
    nested = [
        steps(label, name, [count // (2 + at) for count in counts])
        for label, counts in (("current", now), ("previous", before))
        for at, name in enumerate(names)
    ]
    return insight("FunnelsQuery", nested)


def times() -> Tile:
    """Time to convert of two periods."""
    periods = [
        {
            "compare_label": label,
            "average_conversion_time": 5400.0 * (1 + at),
            "bins": [[3600 * hour, (40 - 10 * at) // (1 + hour)] for hour in range(8)],
        }
        for at, label in enumerate(("current", "previous"))
    ]
    shown = {"funnelVizType": "time_to_convert"}
    return insight("FunnelsQuery", periods, funnelsFilter=shown)


PERIODS = ["Day 0", "Day 1", "Day 2 to 4", "Day 5 to 11"]


def retention(*names: str, **shown: Any) -> Tile:
    """Cohorts by breakdown, with a property's sum in each cell."""
    cohorts = [
        {
            "date": f"{day}T00:00:00Z",
            "breakdown_value": name,
            "values": [
                {"count": 90 // (1 + at), "label": label, "aggregation_value": 1234.5 / (1 + at)}
                for at, label in enumerate(PERIODS[: 4 - row])
            ],
        }
        for name in names
        for row, day in enumerate(days(4))
    ]
    return insight("RetentionQuery", cohorts, retentionFilter=shown)


def overview() -> Tile:
    """The figures of a web overview."""
    rows: list[tuple[str, str, float, float | None]] = [
        ("visitors", "unit", 1203, 1101),
        ("views", "unit", 8211, 9001),
        ("sessions", "unit", 1533, None),
        ("session duration", "duration_s", 211.4, 198.0),
        ("bounce rate", "percentage", 41.2, 38.5),
    ]
    figures = [
        {"key": key, "kind": kind, "value": value, "previous": previous, "isIncreaseBad": bad}
        for key, kind, value, previous in rows
        for bad in [key == "bounce rate"]
    ]
    return insight("WebOverviewQuery", figures)


def web_stats() -> Tile:
    """Pages, each number with that of the previous period."""
    columns = [f"context.columns.{name}" for name in ("breakdown_value", "visitors", "views")]
    rows = [["/", [900, 870], [2100, 2400]], ["/docs", [310, None], [990, 1010]]]
    return insight("WebStatsTableQuery", rows) | {"columns": columns}


def sql_boxes() -> Tile:
    """Rows as boxes, as the chart's settings name their columns."""
    names = ["min", "p25", "median", "mean", "p75", "max"]
    columns = ["week", "plan", *names]
    rows = [
        [day, plan, *(factor * (at + 8) * part for part in (8, 12, 17, 19, 24, 62))]
        for at, day in enumerate(days(4))
        for plan, factor in (("Free", 1.0), ("Paid", 0.6))
    ]
    settings = {
        "boxPlot": {"xAxisColumn": "week", "seriesColumn": "plan"}
        | {f"{name}Column": name for name in names},
        "showLegend": True,
        "leftYAxisSettings": {"label": "Latency (ms)"},
    }
    query = {
        "kind": "DataVisualizationNode",
        "source": {"kind": "HogQLQuery"},
        "display": "BoxPlot",
        "chartSettings": settings,
    }
    return {"query": query, "result": rows, "columns": columns}


def alone() -> Tile:
    """A number of two periods without labels, the previous one without a value."""
    two = [{"label": "signed_up", "aggregated_value": value} for value in (1842, None)]
    return insight(
        "TrendsQuery",
        two,
        trendsFilter={"display": "BoldNumber"},
        compareFilter={"compare": True},
    )


def old_retention() -> Tile:
    """Retention from before queries: its periods have no labels."""
    made = retention("")["result"]
    cohorts = [
        {"date": one["date"], "values": [{"count": value["count"]} for value in one["values"]]}
        for one in made
    ]
    return old("RETENTION", cohorts, period="Week", display="ActionsTable")


def old(kind: str, result: Any, **filters: Any) -> Tile:
    """An insight from before queries."""
    return {"query": None, "filters": {"insight": kind} | filters, "result": result}


def ids() -> Tile:
    """Whole numbers longer than JavaScript's."""
    rows = [[18_446_744_073_709_551_615, "a"], [9_007_199_254_740_993, "b"]]
    types = [["id", "UInt64"], ["who", "String"]]
    query = {"kind": "DataVisualizationNode", "source": {"kind": "HogQLQuery"}}
    return {"query": query, "result": rows, "columns": ["id", "who"], "types": types}


def uneven() -> Tile:
    """More values than days."""
    return insight("TrendsQuery", [{"label": "a", "days": days(3), "data": [1, 4, 2, 9, 7]}])


SERIES = [{"label": "$pageview", "days": days(6), "data": [3, 5, 2, 8, 6, 9]}]

CASES: dict[str, tuple[int, Tile]] = {
    "Box plot": (6, boxes("Revenue")),
    "Box plot, several series": (6, boxes("Revenue", "Refunds", beside=True)),
    "SQL box plot": (6, sql_boxes()),
    "Progress": (3, progress(3140)),
    "Number, no previous value": (3, alone()),
    "Old insight, retention": (6, old_retention()),
    "Progress past its goal": (3, progress(4411, aggregationAxisPrefix="$")),
    "Progress without a goal": (3, progress(3140, goalLines=[])),
    "Web overview": (6, overview()),
    "Web statistics": (6, web_stats()),
    "Slope": (6, slope()),
    "Regions": (6, totals("RegionMap", {"US-CA": 900, "US-NY": 700, "DE-BE": 120, NONE: 30})),
    "Funnel, compared": (6, compared()),
    "Funnel, compared and broken down": (6, compared("Chrome", "Safari")),
    "Time to convert, compared": (6, times()),
    "Retention by breakdown": (6, retention("Chrome", NONE)),
    "Retention of sums": (6, retention("Chrome", aggregationType="sum")),
    "Old insight, lines": (3, old("TRENDS", SERIES)),
    "Old insight, columns": (3, old("TRENDS", SERIES, display="ActionsBar")),
    "Long ids": (6, ids()),
    "More values than days": (6, uneven()),
}
"""Name of a tile to its width in columns and what it shows."""


def recorded() -> list[Tile]:
    """Every case as a tile that arrived."""
    return laid_out(CASES)
