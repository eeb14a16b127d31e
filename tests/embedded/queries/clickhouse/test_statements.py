"""The same statements on the real ClickHouse engine (chDB) and on DuckDB give the same numbers."""

from __future__ import annotations

import sys
from typing import Any

import pytest

from dashwidgets.embedded.clock import now
from dashwidgets.embedded.events.engine import Engine, QueryError, open_events
from dashwidgets.embedded.sample import SAMPLE
from tests.embedded.queries.chdb_engine import (
    EXPORT,
    add_table,
    assert_same,
    chdb_engine,
    chdb_server,
    chdb_session,
)
from tests.embedded.queries.defined import DEFINED

SITE = "https://larkspur.example"
DATES = {"date_from": "-20d", "date_to": "-1d"}
VIEW = {"kind": "EventsNode", "event": "$pageview"}
SIGNUP = {"kind": "EventsNode", "event": "signed_up"}
BOARD = {"kind": "EventsNode", "event": "created_board"}
BY = {"breakdown": "$geoip_country_code", "breakdown_type": "event", "breakdown_limit": 4}


def trends(*series: dict[str, Any], **more: Any) -> dict[str, Any]:
    return {"kind": "TrendsQuery", "series": list(series), "dateRange": DATES} | more


def funnel(**more: Any) -> dict[str, Any]:
    shown = more.pop("shown", {})
    return (
        {"kind": "FunnelsQuery", "dateRange": DATES, "series": [VIEW, SIGNUP, BOARD]}
        | {"funnelsFilter": shown}
        | more
    )


def where(operator: str, value: Any, key: str = "$browser", kind: str = "event") -> dict[str, Any]:
    prop = {"key": key, "operator": operator, "value": value, "type": kind}
    return trends(VIEW, properties=[prop])


BROKEN = ("Orders by plan", "Views by hour and weekday")
"""No such table, no such kind: test_engine.py says so."""

QUERIES: dict[str, dict[str, Any]] = {
    **{
        f"math {math_}": trends(VIEW | {"math": math_})
        for math_ in ("total", "dau", "weekly_active", "monthly_active", "unique_session")
    },
    "first time": trends(BOARD | {"math": "first_time_for_user"}),
    **{
        f"math {math_}": trends(
            {"event": "upgraded_plan", "math": math_, "math_property": "revenue"}
        )
        for math_ in ("sum", "avg", "min", "max")
    },
    **{f"every {unit}": trends(VIEW, interval=unit) for unit in ("hour", "week", "month")},
    "breakdown": trends(VIEW, breakdownFilter=BY),
    "two breakdowns": trends(
        VIEW,
        breakdownFilter={"breakdowns": [{"property": "$browser"}, {"property": "$os"}]},
    ),
    "calendar": trends(VIEW | {"math": "dau"}, trendsFilter={"display": "CalendarHeatmap"}),
    "metric": trends(VIEW, trendsFilter={"display": "Metric"}),
    "total of a breakdown": trends(
        VIEW | {"math": "dau"}, breakdownFilter=BY, trendsFilter={"display": "ActionsPie"}
    ),
    "comparison": trends(SIGNUP, compareFilter={"compare": True}),
    "formula": trends(SIGNUP, VIEW, trendsFilter={"formula": "A / B * 100"}),
    "everything": trends({"event": None, "math": "dau"}),
    "rolling total": trends(
        VIEW | {"math": "weekly_active"}, trendsFilter={"display": "BoldNumber"}
    ),
    "exact": where("exact", ["Chrome", 'it\'s \\ "odd"']),
    "is not": where("is_not", "Chrome"),
    "contains": where("icontains", "chr"),
    "not contains": where("not_icontains", "chr"),
    "regex": where("regex", "^(Chr|Saf)"),
    "greater": where("gt", 2000, "lcp_ms"),
    "set": where("is_set", None, "revenue"),
    "not set": where("is_not_set", None, "revenue"),
    "person": where("exact", "team", "plan", "person"),
    "funnel": funnel(),
    "strict funnel": funnel(shown={"funnelOrderType": "strict"}),
    "unordered funnel": funnel(shown={"funnelOrderType": "unordered"}),
    "funnel by country": funnel(breakdownFilter=BY),
    "funnel over time": funnel(shown={"funnelVizType": "trends"}),
    "funnel without": funnel(
        shown={"exclusions": [VIEW | {"funnelFromStep": 1, "funnelToStep": 2}]}
    ),
    "funnel over time by country": funnel(shown={"funnelVizType": "trends"}, breakdownFilter=BY),
    "time to convert": funnel(shown={"funnelVizType": "time_to_convert"}),
    "retention": {
        "kind": "RetentionQuery",
        "dateRange": DATES,
        "retentionFilter": {"period": "Week", "totalIntervals": 5},
    },
    "first time retention": {
        "kind": "RetentionQuery",
        "dateRange": DATES,
        "retentionFilter": {"retentionType": "retention_first_time", "totalIntervals": 6},
    },
    "stickiness": {"kind": "StickinessQuery", "dateRange": DATES, "series": [VIEW]},
    "lifecycle": {"kind": "LifecycleQuery", "dateRange": DATES, "series": [VIEW]},
    "lifecycle by month": {
        "kind": "LifecycleQuery",
        "dateRange": {"date_from": "-70d"},
        "interval": "month",
        "series": [VIEW],
    },
    "paths": {"kind": "PathsQuery", "dateRange": DATES, "pathsFilter": {}},
    "paths from": {
        "kind": "PathsQuery",
        "dateRange": DATES,
        "pathsFilter": {"startPoint": f"{SITE}/app"},
    },
    "paths to": {
        "kind": "PathsQuery",
        "dateRange": DATES,
        "pathsFilter": {
            "endPoint": f"{SITE}/docs",
            "includeEventTypes": ["$pageview", "custom_event"],
        },
    },
    "paths without": {
        "kind": "PathsQuery",
        "dateRange": DATES,
        "pathsFilter": {
            "excludeEvents": [f"{SITE}/docs"],
            "minEdgeWeight": 5,
            "maxEdgeWeight": 900,
        },
    },
    "breakdown by number": trends(
        {"event": "upgraded_plan"}, breakdownFilter={"breakdown": "revenue"}
    ),
    "exact number": where("exact", 29, "revenue"),
    "compared to a month ago": trends(SIGNUP, compareFilter={"compare": True, "compare_to": "-1m"}),
    "stickiness by week": {
        "kind": "StickinessQuery",
        "dateRange": DATES,
        "interval": "week",
        "series": [VIEW],
        "stickinessFilter": {"computedAs": "cumulative"},
        "compareFilter": {"compare": True},
    },
    "retention by month": {
        "kind": "RetentionQuery",
        "retentionFilter": {
            "period": "Month",
            "totalIntervals": 3,
            "targetEntity": {"id": "signed_up"},
            "returningEntity": {"id": None},
        },
    },
    "retention by hour": {
        "kind": "RetentionQuery",
        "dateRange": {"date_to": "-1d"},
        "retentionFilter": {"period": "Hour", "totalIntervals": 24},
    },
    "event sums": {
        "kind": "EventsQuery",
        "after": "all",
        "event": "upgraded_plan",
        "select": ["properties.$browser", "round(sum(properties.revenue)) -- Money"],
        "where": ["properties.revenue > 12"],
        "orderBy": ["properties.$browser"],
    },
    "events": {"kind": "EventsQuery", "after": "-2d", "limit": 20},
    "event counts": {
        "kind": "EventsQuery",
        "after": "all",
        "select": ["event", "count()"],
        "orderBy": ["count() DESC", "event"],
    },
    **{
        f"sample: {tile.name}": tile.query
        for board in SAMPLE
        for tile in board.tiles
        if tile.query and tile.name not in BROKEN
    },
}


@pytest.fixture(scope="module")
def clickhouse() -> Engine:
    return chdb_engine()


@pytest.mark.parametrize("name", QUERIES)
def test_clickhouse_and_duckdb_agree(name: str, engine: Engine, clickhouse: Engine) -> None:
    ours, theirs = (one.run(QUERIES[name], DEFINED) for one in (engine, clickhouse))
    assert ours.columns == theirs.columns
    assert ours.has_more == theirs.has_more
    assert_same(ours.result, theirs.result)
    assert ours.result, "nothing was compared"


def test_a_json_table_is_taken_apart() -> None:
    select = "SELECT event, properties.a, properties.`b c`, person.properties.plan"
    add_table(chdb_session(), "raw.export", EXPORT)
    found = chdb_engine("raw.export")
    result = found.run({"kind": "HogQLQuery", "query": f"{select} FROM events ORDER BY 1"}).result
    sessions = trends({"event": None, "math": "unique_session"}, dateRange={"date_from": "all"})
    assert found.run(sessions).result[0]["count"] == 1
    assert result == [["one", "it's", "1.5", "team"], ["two", None, '{"k":[1]}', None]]


def test_a_server_is_asked_through_its_client() -> None:
    with chdb_server() as port:
        address = f"clickhouse://me:hush-hush@127.0.0.1:{port}/sample.events"
        found = Engine(open_events(address, now))
        count = found.run({"kind": "HogQLQuery", "query": "SELECT count() FROM persons"})
        assert count.columns == ["count()"]
        assert count.result[0][0] > 1000
        assert found.run(QUERIES["funnel"]).result
        with pytest.raises(QueryError, match="Unknown function `nonsense`") as caught:
            found.run({"kind": "HogQLQuery", "query": "WITH a AS (SELECT 1) SELECT nonsense(1)"})
        assert caught.value.user_visible
        with pytest.raises(ValueError, match="no column uuid") as lacking:
            open_events(address.replace("sample.events", "system.one"), now)
    assert "hush-hush" not in f"{caught.value}{lacking.value}{found._database!r}"


@pytest.mark.parametrize("place", ["127.0.0.1:9/db.events", "127.0.0.1:x/db.events"])
def test_a_password_never_shows(place: str) -> None:
    with pytest.raises(ValueError, match="ClickHouse") as caught:
        open_events(f"clickhouse://me:hush-hush@{place}", now)
    assert "hush-hush" not in str(caught.value)


def test_without_its_client_one_sentence_says_what_to_install(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setitem(sys.modules, "clickhouse_connect", None)
    with pytest.raises(ValueError, match="pip install"):
        open_events("clickhouse://localhost/db.events", now)
