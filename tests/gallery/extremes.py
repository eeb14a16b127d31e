"""Results that a chart is easily ugly or wrong with, as tiles of a board."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from tests.gallery.board import HEIGHT, HOSTILE, state

Tile = dict[str, Any]

OTHER = "$$_posthog_breakdown_other_$$"
NONE = "$$_posthog_breakdown_null_$$"


def days(count: int) -> list[str]:
    """So many days in a row."""
    return [str(date(2026, 1, 1) + timedelta(at)) for at in range(count)]


def trend(display: str, *data: list[float | None], **shown: Any) -> Tile:
    """Series of daily values."""
    result = [
        {"label": f"Series {at + 1}", "days": days(len(values)), "data": values}
        for at, values in enumerate(data)
    ]
    return insight("TrendsQuery", result, trendsFilter={"display": display} | shown)


def totals(display: str, amounts: dict[str, float], **shown: Any) -> Tile:
    """One total a breakdown value."""
    result = [
        {"label": name, "breakdown_value": name, "aggregated_value": amount, "data": [], "days": []}
        for name, amount in amounts.items()
    ]
    return insight("TrendsQuery", result, trendsFilter={"display": display} | shown)


def insight(kind: str, result: Any, **source: Any) -> Tile:
    """As a server would send it."""
    query = {"kind": "InsightVizNode", "source": {"kind": kind} | source}
    return {"query": query, "result": result, "last_refresh": "2027-01-01T00:00:00Z"}


def funnel(*counts: int, **more: Any) -> Tile:
    """Steps with so many people."""
    steps = [
        {
            "name": f"Step {at + 1} of a long way to somewhere",
            "order": at,
            "count": count,
            "average_conversion_time": 118_800 if at else None,
            "median_conversion_time": 33.0 if at else None,
        }
        for at, count in enumerate(counts)
    ]
    return insight("FunnelsQuery", steps, **more)


def retention(periods: int) -> Tile:
    """A triangle with so many columns."""
    cohorts = [
        {
            "date": f"{day}T00:00:00Z",
            "values": [
                {"count": max(0, 1000 - 31 * (at + row)), "label": f"Day {at}"}
                for at in range(periods - row)
            ],
        }
        for row, day in enumerate(days(periods))
    ]
    return insight("RetentionQuery", cohorts)


def calendar() -> Tile:
    """Counts from none to millions."""
    cells = [{"row": 1 + at % 7, "column": at % 24, "value": 10 ** (at % 8)} for at in range(168)]
    counted = {"data": cells, "rowAggregations": [], "columnAggregations": []}
    one = {"label": "a", "data": [], "calendar_heatmap_data": counted | {"allAggregations": 7}}
    return insight("TrendsQuery", [one], trendsFilter={"display": "CalendarHeatmap"})


SIXTY = {OTHER: 900.0, NONE: 800.0} | {f"Value {at}": float(at * at) for at in range(58)}
WAVES: list[float | None] = [5.0 * (at % 7) - 12 for at in range(30)]
LONG: list[float | None] = [float(at % 997) for at in range(100_000)]

CASES: dict[str, tuple[int, Tile]] = {
    "One point": (3, trend("ActionsLineGraph", [7])),
    "One column": (3, trend("ActionsBar", [7])),
    "All zeros": (3, trend("ActionsLineGraph", [0] * 8)),
    "Zeros as columns": (3, trend("ActionsBar", [0] * 8)),
    "Below zero": (6, trend("ActionsLineGraph", WAVES)),
    "Below zero, columns": (6, trend("ActionsUnstackedBar", WAVES, [3.0] * 30)),
    "Huge": (3, trend("ActionsLineGraph", [9.1e15, 1.2e16, 3e15])),
    "Tiny": (3, trend("ActionsLineGraph", [0.000012, 0.00003, 0.000021])),
    "Huge and tiny, logarithmic": (
        6,
        trend("ActionsLineGraph", [1e-3, 1, 1e9], yAxisScaleType="log10"),
    ),
    "100,000 points": (6, trend("ActionsLineGraph", LONG)),
    "Long units": (
        6,
        trend("ActionsBar", [1200.5, 88_000], aggregationAxisPostfix=" working hours a month"),
    ),
    "Sixty values as lines": (
        6,
        insight(
            "TrendsQuery",
            [
                {"label": name, "breakdown_value": name, "days": days(9), "data": [value] * 9}
                for name, value in SIXTY.items()
            ],
        ),
    ),
    "Sixty values as bars": (6, totals("ActionsBarValue", SIXTY)),
    "Sixty values as a pie": (6, totals("ActionsPie", SIXTY)),
    "Long names": (3, totals("ActionsPie", {"x" * 90: 1, HOSTILE: 2})),
    "A number below zero": (3, totals("BoldNumber", {"a": -123_456_789.123})),
    "A tiny number": (3, totals("BoldNumber", {"a": 0.0000123})),
    "Nobody began": (3, funnel(0, 0)),
    "Two steps": (3, funnel(1000, 1)),
    "Ten steps": (6, funnel(*(10_000 - 900 * at for at in range(10)))),
    "Thirty columns": (6, retention(30)),
    "A full calendar": (6, calendar()),
    "A calendar, small": (3, calendar()),
}
"""Name of a tile to its width in columns and what it shows."""

NARROW = (2, 2)


def extremes(*, narrow: bool = False) -> list[Tile]:
    """Every case as a tile that arrived; ``narrow``: in the smallest tile there is."""
    return laid_out(CASES, narrow=narrow)


def laid_out(cases: dict[str, tuple[int, Tile]], *, narrow: bool = False) -> list[Tile]:
    """Insights as tiles side by side."""
    states: list[Tile] = []
    x, y = 0, 0
    for name, (width, content) in cases.items():
        wide, high = NARROW if narrow else (width, HEIGHT)
        if x + wide > 12:
            x, y = 0, y + high
        one = state(len(states) + 1, name, content, (x, y, wide))
        one["tile"]["layouts"]["sm"]["h"] = high
        states.append(one)
        x += wide
    return states
