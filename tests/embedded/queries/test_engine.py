"""Queries over the sample, against numbers that DuckDB gives by hand."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import duckdb
import pytest

from dashwidgets.embedded.events.engine import Engine, InvalidQuery, QueryError
from dashwidgets.embedded.queries import dates
from dashwidgets.embedded.queries.sql.dialect import literal, to_duckdb
from dashwidgets.embedded.queries.trends import formulas
from dashwidgets.embedded.sample import SAMPLE, events_path
from dashwidgets.embedded.server.serve import default_cache
from tests.embedded.queries.defined import DEFINED

VIEW = {"kind": "EventsNode", "event": "$pageview"}
SIGNUP = {"kind": "EventsNode", "event": "signed_up"}


@pytest.fixture(scope="module")
def by_hand() -> duckdb.DuckDBPyConnection:
    database = duckdb.connect()
    path = str(events_path(default_cache())).replace("'", "''")
    database.execute(f"CREATE VIEW e AS SELECT * FROM '{path}'")
    return database


def trends(*series: dict[str, Any], **more: Any) -> dict[str, Any]:
    source = {"kind": "TrendsQuery", "series": list(series), "dateRange": {"date_from": "all"}}
    return source | more


def test_totals_and_people(engine: Engine, by_hand: duckdb.DuckDBPyConnection) -> None:
    shown = {"trendsFilter": {"display": "BoldNumber"}}
    query = trends(VIEW, VIEW | {"math": "dau"}, VIEW | {"math": "unique_session"}, **shown)
    found = tuple(one["aggregated_value"] for one in engine.run(query).result)
    expected = by_hand.execute(
        'SELECT count(*), count(DISTINCT person_id), count(DISTINCT "$session_id") '
        "FROM e WHERE event = '$pageview'"
    ).fetchone()
    assert found == expected


def test_a_series_is_zero_where_nothing_happened(
    engine: Engine, by_hand: duckdb.DuckDBPyConnection
) -> None:
    one = engine.run(trends(SIGNUP, dateRange={"date_from": "-200d"})).result[0]
    expected = dict(
        by_hand.execute(
            "SELECT strftime(timestamp, '%Y-%m-%d'), count(*) FROM e "
            "WHERE event = 'signed_up' GROUP BY 1"
        ).fetchall()
    )
    assert dict(zip(one["days"], one["data"], strict=True)) == {
        day: float(expected.get(day, 0)) for day in one["days"]
    }
    assert one["count"] == sum(expected.values())
    assert one["data"][0] == 0


def test_breakdowns_keep_the_rest_and_the_missing(engine: Engine) -> None:
    split = {"breakdown": "revenue", "breakdown_limit": 2}
    query = trends({"event": None}, breakdownFilter=split, trendsFilter={"display": "ActionsPie"})
    outcome = engine.run(query)
    labels = [one["breakdown_value"] for one in outcome.result]
    assert labels[0] == "$$_posthog_breakdown_null_$$"
    assert labels[-1] == "$$_posthog_breakdown_other_$$"
    assert outcome.has_more
    whole = engine.run(trends({"event": None}, trendsFilter={"display": "BoldNumber"}))
    assert (
        sum(one["aggregated_value"] for one in outcome.result)
        == (whole.result[0]["aggregated_value"])
    )


def test_a_funnel_by_hand(engine: Engine, by_hand: duckdb.DuckDBPyConnection) -> None:
    query = {
        "kind": "FunnelsQuery",
        "dateRange": {"date_from": "all"},
        "series": [SIGNUP, {"event": "created_board"}],
        "funnelsFilter": {"funnelWindowInterval": 1, "funnelWindowIntervalUnit": "hour"},
    }
    steps = engine.run(query).result
    expected = by_hand.execute(
        "SELECT count(*), count(b) FROM (SELECT a.person_id, min(b.timestamp) AS b FROM e AS a "
        "LEFT JOIN e AS b ON b.person_id = a.person_id AND b.event = 'created_board' "
        "AND b.timestamp > a.timestamp AND b.timestamp <= a.timestamp + INTERVAL 1 HOUR "
        "WHERE a.event = 'signed_up' GROUP BY a.person_id)"
    ).fetchone()
    assert (steps[0]["count"], steps[1]["count"]) == expected
    assert 0 < steps[1]["median_conversion_time"] <= 3600


@pytest.mark.parametrize(
    ("query", "says"),
    [
        ({"kind": "ActorsQuery"}, "ActorsQuery"),
        (trends({"kind": "ActionsNode", "id": 3}), "no action 3"),
        (trends(VIEW | {"math": "hogql"}), "HogQL expression is empty"),
        (trends(VIEW, trendsFilter={"display": "BoxPlot"}), "must be selected for box plot"),
        (trends(VIEW, trendsFilter={"display": "Sankey"}), "Sankey"),
        (trends({"kind": "GroupNode"}), "GroupNode"),
        (trends(VIEW, properties=[{"key": "x", "type": "cohort"}]), "cohort"),
    ],
)
def test_what_is_not_computed_is_named(engine: Engine, query: dict[str, Any], says: str) -> None:
    with pytest.raises(QueryError, match=says):
        engine.run(query)


def deep() -> Any:
    found: Any = []
    for _ in range(5_000):
        found = {"type": "AND", "values": [found]}
    return found


@pytest.mark.parametrize(
    "query",
    [
        {},
        {"kind": 5},
        {"kind": "InsightVizNode"},
        trends(),
        trends("x"),  # pyright: ignore[reportArgumentType]
        trends(VIEW, interval="eon"),
        trends(VIEW, dateRange={"date_from": "soon"}),
        trends(VIEW, properties=deep()),
        trends(VIEW, trendsFilter={"formula": "__import__('os')"}),
        {"kind": "FunnelsQuery", "series": [VIEW]},
    ],
)
def test_a_query_that_is_none_is_told(engine: Engine, query: dict[str, Any]) -> None:
    with pytest.raises(InvalidQuery):
        engine.run(query)


@pytest.mark.parametrize("value", ["a'b", "a\\' OR 1=1 --", "\n", "{x}", "%_", "é\U0001f600"])
def test_a_value_stays_a_value(value: str) -> None:
    statement = to_duckdb(f"SELECT {literal(value)}")
    assert duckdb.connect().execute(statement).fetchone() == (value,)


def test_every_tile_of_the_sample_is_computed_but_two_broken_ones(engine: Engine) -> None:
    failed: list[str | None] = []
    for tile in (tile for board in SAMPLE for tile in board.tiles if tile.query):
        try:
            assert engine.run(tile.query or {}, DEFINED).result, tile.name
        except QueryError:
            failed.append(tile.name)
    assert failed == ["Orders by plan", "Views by hour and weekday"]  # no such table, no such kind


NOW = datetime(2026, 11, 25, 15, 30)  # a Wednesday


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        ("-7d", "2026-11-18 00:00", "2026-11-18 23:59"),
        ("dStart", "2026-11-25 00:00", "2026-11-25 00:00"),
        ("-1dEnd", "2026-11-24 23:59", "2026-11-24 23:59"),
        ("mStart", "2026-11-01 00:00", "2026-11-01 00:00"),
        ("-1mStart", "2026-10-01 00:00", "2026-10-01 00:00"),
        ("-1mEnd", "2026-10-31 23:59", "2026-10-31 23:59"),
        ("-1m", "2026-10-25 00:00", "2026-10-25 23:59"),
        ("-24h", "2026-11-24 15:00", "2026-11-24 15:00"),
        ("-1w", "2026-11-18 00:00", "2026-11-18 23:59"),
        ("yStart", "2026-01-01 00:00", "2026-01-01 00:00"),
        ("2026-02-03", "2026-02-03 00:00", "2026-02-03 23:59"),
        ("2026-02-03T10:00:00+02:00", "2026-02-03 08:00", "2026-02-03 08:00"),
    ],
)
def test_dates_as_posthog_reads_them(text: str, start: str, end: str) -> None:
    assert f"{dates.moment(text, NOW, end=False):%Y-%m-%d %H:%M}" == start
    assert f"{dates.moment(text, NOW, end=True):%Y-%m-%d %H:%M}" == end


def test_weeks_begin_on_sunday_and_the_default_is_seven_days() -> None:
    assert dates.floor(NOW, "week") == datetime(2026, 11, 22)
    days = dates.intervals(dates.date_range({}, NOW, NOW), "day")
    assert (len(days), days[0]) == (8, datetime(2026, 11, 18))


def test_formulas_compute_and_nothing_else() -> None:
    series = [{None: ([6.0, 1.0], 7.0)}, {None: ([2.0, 0.0], 2.0)}]
    assert formulas.over("a / B * (1 + 1)", series, None, 2) == ([6.0, 0.0], 7.0)
    for bad in ("A.real", "A if B else A", "C", "A(", "A ** B", "'x'"):
        with pytest.raises(InvalidQuery):
            formulas.over(bad, series, None, 2)


def test_columns_are_called_what_they_are_computed_with(engine: Engine) -> None:
    text = "SELECT properties.$browser, count(), uniq(person_id) AS people FROM events GROUP BY 1"
    found = engine.run({"kind": "HogQLQuery", "query": text})
    assert found.columns == ["$browser", "count()", "people"]


def test_a_comparison_counts_its_intervals(engine: Engine) -> None:
    shown = {"interval": "hour", "dateRange": {"date_from": "-1d", "date_to": "-1d"}}
    both = engine.run(trends(VIEW, **shown, compareFilter={"compare": True})).result
    assert [one["compare_label"] for one in both] == ["current", "previous"]
    assert both[1]["labels"][:2] == ["hour 0", "hour 1"]
    week = {"compare": True, "compare_to": "-1w"}
    back = engine.run(trends(VIEW, **shown, compareFilter=week)).result[1]
    then = {"interval": "hour", "dateRange": {"date_from": "-8d", "date_to": "-8d"}}
    alone = engine.run(trends(VIEW, **then)).result[0]
    assert (back["data"], back["days"]) == (alone["data"], alone["days"])
