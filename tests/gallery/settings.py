"""Every display setting that a chart draws, or names at its foot, as tiles of a board."""

from __future__ import annotations

from tests.gallery.board import HEIGHT, Tile, state
from tests.gallery.extremes import days, insight, totals
from tests.gallery.made import (
    SALES,
    VISITS,
    column,
    funnel,
    lifecycle,
    lines,
    retention,
    rule,
    stacked,
    table,
)

ANNOTATIONS = [
    {"date_marker": "2026-01-05T09:00:00Z", "content": "Pricing page released", "scope": "project"},
    {"date_marker": "2026-01-05T15:00:00Z", "content": "Newsletter sent", "scope": "project"},
    {"date_marker": "2026-01-11T09:00:00Z", "content": "Outage of two hours", "scope": "project"},
]
"""Of the gallery's project."""

ALERT = {
    "name": "Low traffic",
    "condition": {"type": "absolute_value"},
    "threshold": {"configuration": {"type": "absolute", "bounds": {"lower": 20, "upper": 75}}},
}
GOALS = [
    {"label": "Stretch", "value": 80, "borderColor": "#2e7d32"},
    {"label": "Plan", "value": 50, "position": "start"},
    {"label": "Crossed and gone", "value": 30, "displayIfCrossed": False},
]
BOX = [
    {
        "day": day,
        "label": day,
        "min": 1,
        "p25": 10 + at,
        "median": 14 + at,
        "p75": 20 + at,
        "max": 300,
        "mean": 18,
    }
    for at, day in enumerate(days(6))
]
PATHS = [
    {"source": f"1_https://example.com{a}", "target": f"2_https://example.com{b}", "value": value}
    for a, b, value in (("/", "/pricing", 40), ("/", "/docs", 25), ("/docs", "/pricing", 10))
]

CASES: dict[str, tuple[int, Tile]] = {
    "Last day not over": (6, lines(VISITS)),
    "Area, last day not over": (
        6,
        lines(VISITS, [v / 2 for v in VISITS], display="ActionsAreaGraph"),
    ),
    "Columns, last day not over": (6, lines(VISITS, [v / 2 for v in VISITS], display="ActionsBar")),
    "Hidden: Sales, by index": (6, lines(VISITS, [v / 2 for v in VISITS], hiddenLegendIndexes=[1])),
    "Trend lines": (6, lines(VISITS, [v / 2 for v in VISITS], showTrendLines=True)),
    "Moving average": (6, lines(VISITS, showMovingAverage=True, movingAverageIntervals=5)),
    "Confidence band": (6, lines(VISITS, showConfidenceIntervals=True, confidenceLevel=95)),
    "Goals and alerts": (
        6,
        lines(VISITS, goalLines=GOALS, showAlertThresholdLines=True, more={"alerts": [ALERT]}),
    ),
    "Values on lines": (6, lines(VISITS, showValuesOnSeries=True)),
    "Values on columns": (
        6,
        lines(VISITS, [v / 2 for v in VISITS], display="ActionsBar", showValuesOnSeries=True),
    ),
    "Two axes": (6, lines(VISITS, SALES, showMultipleYAxes=True)),
    "Three axes": (6, lines(VISITS, SALES, [v * 7e6 for v in VISITS], showMultipleYAxes=True)),
    "Axis labels": (6, lines(VISITS, xAxisLabel="Day of January", yAxisLabel="Visits a day")),
    "No weekends": (6, lines(VISITS, hideWeekends=True)),
    "Legend below": (6, lines(VISITS, SALES, showLegend=True, legendPosition="bottom")),
    "Legend on the left": (6, lines(VISITS, SALES, showLegend=True, legendPosition="left")),
    "Legend on the right": (6, lines(VISITS, SALES, showLegend=True, legendPosition="right")),
    "Currency": (6, lines(SALES, aggregationAxisFormat="currency", decimalPlaces=0)),
    "Short": (3, totals("BoldNumber", {"a": 1_234_567}, aggregationAxisFormat="short")),
    "Two decimals at least": (3, totals("BoldNumber", {"a": 1234.5}, minDecimalPlaces=2)),
    "Metric, in colors": (
        3,
        lines(VISITS, display="Metric", metricSummary="latest", metricColorByDirection=True),
    ),
    "Metric, own color": (
        3,
        lines(
            VISITS, display="Metric", metricSummary="latest", metricChangeDecreaseColor="#621da6"
        ),
    ),
    "Pie with a hidden slice": (
        6,
        totals("ActionsPie", {"Chrome": 60, "Safari": 25, "Firefox": 10}, hiddenLegendIndexes=[2]),
    ),
    "Bars with a hidden one": (
        6,
        totals(
            "ActionsBarValue", {"Chrome": 60, "Safari": 25, "Firefox": 10}, hiddenLegendIndexes=[0]
        ),
    ),
    "Bars of browsers": (6, stacked()),
    "Lifecycle with shares": (6, lifecycle(showValuesOnSeries=True, showPercentagesOnSeries=True)),
    "Lifecycle, unstacked, some": (
        6,
        lifecycle(stacked=False, toggledLifecycles=["new", "dormant"]),
    ),
    "Funnel, upright": (6, funnel()),
    "Funnel, horizontal": (6, funnel(layout="horizontal")),
    "Funnel, of previous step": (6, funnel(funnelStepReference="previous")),
    "Funnel, sorted and hidden": (
        6,
        funnel(
            "Chrome",
            "Safari",
            "Edge",
            breakdownSorting="total_conversion",
            hiddenLegendBreakdowns=["Edge"],
        ),
    ),
    "Funnel, in a small tile": (3, funnel()),
    "Whiskers without outliers": (
        3,
        insight("TrendsQuery", BOX, trendsFilter={"display": "BoxPlot"}),
    ),
    "Funnel over time": (
        6,
        lines(
            VISITS,
            kind="FunnelsQuery",
            funnelVizType="trends",
            funnelWindowInterval=3,
            goalLines=GOALS,
        ),
    ),
    "Retention of the period before": (
        6,
        retention(retentionReference="previous", cohortLabelStartIndex=1),
    ),
    "Retention, one day as columns": (
        6,
        retention(
            display="ActionsBar",
            dashboardDisplay="graph_only",
            selectedInterval=1,
            showTrendLines=True,
        ),
    ),
    "Whole addresses": (6, insight("PathsQuery", PATHS, pathsFilter={"showFullUrls": True})),
    "SQL table, formatted": (
        6,
        table(
            "ActionsTable",
            settings={
                "columns": [
                    column("day", label="Day"),
                    column("visits", {"suffix": " visits"}, label="Visits"),
                    column("sales", {"style": "short", "prefix": "€"}, label="Revenue"),
                ],
                "conditionalFormatting": [
                    rule("less_than", "35", "#f5b7b1"),
                    rule("greater_than_equal", "60", "#0b5345"),
                ],
                "pinnedColumns": ["day"],
            },
        ),
    ),
    "SQL chart, labelled": (
        6,
        table(
            "ActionsLineGraph",
            {
                "xAxis": {"column": "day"},
                "yAxis": [
                    column("visits", trendLine=True, label="Visits"),
                    column("sales", {"style": "short"}, label="Sales", yAxisPosition="right"),
                ],
                "xAxisLabel": "Day",
                "leftYAxisSettings": {"label": "Visits", "startAtZero": False},
                "rightYAxisSettings": {"label": "Sales"},
                "showTotalRow": True,
            },
        ),
    ),
    "Named at the foot": (
        6,
        lines(VISITS, yAxisStartAtZero=False, showFutureThing=True, showAlertThresholdLines=True),
    ),
}
"""Name of a tile to its width in columns and what it shows."""


def settings() -> list[Tile]:
    """Every case as a tile that arrived."""
    states: list[Tile] = []
    x, y = 0, 0
    for name, (width, content) in CASES.items():
        if x + width > 12:
            x, y = 0, y + HEIGHT
        states.append(state(len(states) + 1, name, content, (x, y, width)))
        x += width
    return states
