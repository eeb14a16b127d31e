"""A query for every kind of result and display in contract section 13."""

from __future__ import annotations

from typing import Any

from dashwidgets.embedded.sample.building_blocks import YESTERDAY, funnel, series, sql, trends

Query = dict[str, Any]

_DATES = {"date_from": "-30d", "date_to": YESTERDAY}
_VIEWS = series("$pageview")
_PEOPLE = series("$pageview", "dau")
_SIGNUPS = series("signed_up")


def _insight(kind: str, **source: Any) -> Query:
    return {"kind": "InsightVizNode", "source": {"kind": kind, "dateRange": _DATES} | source}


def _retention(**shown: Any) -> Query:
    page = {"id": "$pageview", "type": "events"}
    filters = {"period": "Week", "totalIntervals": 8, "targetEntity": page, "returningEntity": page}
    return _insight(
        "RetentionQuery",
        dateRange={"date_from": "-56d", "date_to": YESTERDAY},
        retentionFilter=filters | {"retentionType": "retention_first_time"} | shown,
    )


def _charted(query: str, display: str, **settings: Any) -> Query:
    return sql(query, display) | {"chartSettings": settings}


_DAILY = (
    "SELECT toDate(timestamp) AS day, uniq(person_id) AS people, "
    "countIf(event = 'signed_up') AS signups FROM events WHERE {filters} GROUP BY day ORDER BY day"
)
_BY_BROWSER = (
    "SELECT toStartOfWeek(timestamp) AS week, properties.$browser AS browser, count() AS views "
    "FROM events WHERE event = '$pageview' AND {filters} GROUP BY week, browser "
    "ORDER BY week, browser"
)

_BROWSERS_BY_CHANNEL = (
    "SELECT properties.$browser AS browser, properties.channel AS channel, count() AS views "
    "FROM events WHERE event = '$pageview' AND {filters} GROUP BY browser, channel "
    "ORDER BY browser, channel"
)


def _column(name: str, formatting: Query | None = None, **display: Any) -> Query:
    return {"column": name, "settings": {"display": display, "formatting": formatting or {}}}


SMALL, HALF, WIDE = 3, 6, 12

KINDS: dict[str, tuple[int, Query]] = {
    "Line": (HALF, trends(_PEOPLE, by="$browser")),
    "Line, compared": (HALF, trends(_SIGNUPS, since="-14d", compare=True)),
    "Cumulative": (HALF, trends(_SIGNUPS, by="source", display="ActionsLineGraphCumulative")),
    "Area": (HALF, trends(_VIEWS, by="channel", display="ActionsAreaGraph")),
    "Bar, stacked": (HALF, trends(_PEOPLE, by="channel", display="ActionsBar", since="-14d")),
    "Bar, unstacked": (
        HALF,
        trends(_SIGNUPS, by="source", display="ActionsUnstackedBar", since="-10d"),
    ),
    "Bar, stacked to 100 %": (
        HALF,
        trends(_VIEWS, by="$browser", display="ActionsStackedBar", showPercentStackView=True),
    ),
    "Line, logarithmic with a goal": (
        HALF,
        trends(
            _VIEWS,
            by="$browser",
            yAxisScaleType="log10",
            goalLines=[{"label": "Goal", "value": 500}],
        ),
    ),
    "Number": (SMALL, trends(_SIGNUPS, display="BoldNumber")),
    "Number, compared": (SMALL, trends(_SIGNUPS, display="BoldNumber", compare=True)),
    "Metric": (SMALL, trends(_VIEWS, display="Metric", compare=True, since="-14d")),
    "Metric, latest": (SMALL, trends(_PEOPLE, display="Metric", metricSummary="latest")),
    "Value bar": (HALF, trends(_PEOPLE, by="$browser", display="ActionsBarValue")),
    "Pie": (HALF, trends(_PEOPLE, by="channel", display="ActionsPie")),
    "Table of totals": (HALF, trends(_PEOPLE, by="$browser", display="ActionsTable")),
    "Calendar heatmap": (HALF, trends(_VIEWS, display="CalendarHeatmap")),
    "World map": (
        WIDE,
        trends(_PEOPLE, by="$geoip_country_code", limit=25, display="WorldMap"),
    ),
    "Funnel": (HALF, funnel("$pageview", "signed_up", "created_board", "invited_teammate")),
    "Funnel, broken down": (HALF, funnel("$pageview", "signed_up", by="$browser", limit=3)),
    "Funnel, time to convert": (
        HALF,
        funnel("signed_up", "created_board", funnelVizType="time_to_convert"),
    ),
    "Funnel over time": (HALF, funnel("$pageview", "signed_up", funnelVizType="trends")),
    "Retention": (HALF, _retention()),
    "Retention as lines": (HALF, _retention(dashboardDisplay="graph_only")),
    "Paths": (
        WIDE,
        _insight("PathsQuery", pathsFilter={"includeEventTypes": ["$pageview"], "stepLimit": 4}),
    ),
    "Stickiness": (HALF, _insight("StickinessQuery", series=[_VIEWS], interval="day")),
    "Lifecycle": (HALF, _insight("LifecycleQuery", series=[_VIEWS], interval="day")),
    "SQL as a table": (HALF, sql(_DAILY)),
    "SQL as lines": (
        HALF,
        _charted(
            _DAILY,
            "ActionsLineGraph",
            xAxis={"column": "day"},
            yAxis=[{"column": "people"}, {"column": "signups"}],
        ),
    ),
    "SQL as columns": (
        HALF,
        _charted(
            _BY_BROWSER,
            "ActionsStackedBar",
            xAxis={"column": "week"},
            yAxis=[{"column": "views"}],
            seriesBreakdownColumn="browser",
        ),
    ),
    "SQL with two axes": (
        HALF,
        _charted(
            _DAILY,
            "ActionsLineGraph",
            xAxis={"column": "day"},
            yAxis=[
                _column("people", displayType="bar", label="People"),
                _column("signups", {"suffix": " new"}, yAxisPosition="right", color="#e4a604"),
            ],
        ),
    ),
    "SQL as a heatmap": (
        HALF,
        _charted(
            _BROWSERS_BY_CHANNEL,
            "TwoDimensionalHeatmap",
            heatmap={
                "xAxisColumn": "channel",
                "yAxisColumn": "browser",
                "valueColumn": "views",
                "gradient": [
                    {"value": 0, "color": "#fffbe6"},
                    {"value": 4000, "color": "#e4a604"},
                    {"value": 12000, "color": "#7c440e"},
                ],
            },
        ),
    ),
    "SQL as a number": (
        SMALL,
        _charted(
            "SELECT count() / 30 AS mean FROM events WHERE {filters}",
            "BoldNumber",
            yAxis=[{"column": "mean", "settings": {"formatting": {"suffix": " a day"}}}],
        ),
    ),
    "Nothing there": (SMALL, trends(series("never_sent"), display="ActionsPie", by="$browser")),
    "Events": (
        HALF,
        {
            "kind": "DataTableNode",
            "source": {"kind": "EventsQuery", "select": ["event", "timestamp"], "limit": 20},
        },
    ),
}
"""Name of a tile to its width in columns and its query."""
