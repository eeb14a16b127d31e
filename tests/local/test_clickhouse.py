"""The same statements on the real ClickHouse engine (chDB) and on DuckDB give the same numbers."""

from __future__ import annotations

import json
import math
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path
from typing import Any

import chdb.session
import pytest

from dashwidgets.local.clickhouse_events import ClickHouseEvents, Table
from dashwidgets.local.clock import now
from dashwidgets.local.engine import Engine
from dashwidgets.local.sample import SAMPLE, events_path
from dashwidgets.local.serve import default_cache

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
    "paths from": {"kind": "PathsQuery", "dateRange": DATES, "pathsFilter": {"startPoint": "/app"}},
    "paths to": {
        "kind": "PathsQuery",
        "dateRange": DATES,
        "pathsFilter": {"endPoint": "/docs", "includeEventTypes": ["$pageview", "custom_event"]},
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
        if tile.query and "orders" not in json.dumps(tile.query)
    },
}


class Recorded:
    """chDB as something that runs a statement and gives names, types and rows."""

    def __init__(self, session: chdb.session.Session) -> None:
        self._session = session

    def __call__(self, statement: str) -> Table:
        answer = json.loads(str(self._session.query(statement, "JSONCompact")))
        names = [column["name"] for column in answer["meta"]]
        types = [column["type"] for column in answer["meta"]]
        rows = [tuple(map(read, row, types)) for row in answer["data"]]
        return names, types, rows


def read(value: Any, kind: str) -> Any:
    if value is None:
        return None
    if kind.startswith("Array("):
        return [read(one, kind[6:-1]) for one in value]
    inner = kind.removeprefix("Nullable(").rstrip(")")
    if inner.startswith("DateTime"):
        return datetime.fromisoformat(value)
    if inner.startswith("Date"):
        return date.fromisoformat(value)
    if inner.startswith(("Int", "UInt")):
        return int(value)
    return value


@pytest.fixture(scope="module")
def clickhouse(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    path = events_path(default_cache())
    session = chdb.session.Session(str(tmp_path_factory.mktemp("chdb")))
    session.query("CREATE DATABASE sample ENGINE = Atomic")
    session.query(
        "CREATE TABLE sample.events ENGINE = MergeTree ORDER BY tuple() "
        f"AS SELECT * FROM file('{Path(path)}', Parquet)"
    )
    yield Engine(ClickHouseEvents(Recorded(session), "sample.events", now))
    session.close()


@pytest.mark.parametrize("name", QUERIES)
def test_clickhouse_and_duckdb_agree(name: str, engine: Engine, clickhouse: Engine) -> None:
    ours, theirs = engine.run(QUERIES[name]), clickhouse.run(QUERIES[name])
    assert ours.columns == theirs.columns
    assert ours.has_more == theirs.has_more
    assert_same(ours.result, theirs.result)
    assert ours.result, "nothing was compared"


def assert_same(ours: Any, theirs: Any, where: str = "result") -> None:
    if isinstance(ours, dict):
        assert set(ours) == set(theirs), where
        for key in ours:
            assert_same(ours[key], theirs[key], f"{where}.{key}")
    elif isinstance(ours, list):
        assert len(ours) == len(theirs), where
        for at, (one, other) in enumerate(zip(ours, theirs, strict=True)):
            assert_same(one, other, f"{where}[{at}]")
    elif isinstance(ours, float) or isinstance(theirs, float):
        assert math.isclose(ours, theirs, rel_tol=1e-9, abs_tol=1e-6), (where, ours, theirs)
    else:
        assert ours == theirs, where


def test_a_password_never_shows(monkeypatch: pytest.MonkeyPatch) -> None:
    from dashwidgets.local.engine import open_events

    with pytest.raises(ValueError, match=r"ClickHouse|clickhouse-connect") as caught:
        open_events("clickhouse://me:hush-hush@127.0.0.1:9/db.events", now)
    assert "hush-hush" not in str(caught.value)
