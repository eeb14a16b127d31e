"""Funnels, cohorts and journeys, against what pandas and a plain loop count."""

from __future__ import annotations

from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from itertools import pairwise
from pathlib import Path
from statistics import fmean, median
from typing import Any

import duckdb
import pandas as pd
import pytest

from dashwidgets.embedded.clock import now
from dashwidgets.embedded.events.engine import Engine, QueryError, open_events
from dashwidgets.embedded.sample import SAMPLE, events_path
from dashwidgets.embedded.server.serve import default_cache

VIEW = {"kind": "EventsNode", "event": "$pageview"}
STEPS = ("$pageview", "signed_up", "created_board")
DATES = {"date_from": "-20d", "date_to": "-1d"}
DAY = pd.Timedelta(days=1)


@pytest.fixture(scope="module")
def everything() -> pd.DataFrame:
    read = duckdb.connect().read_parquet(str(events_path(default_cache())))
    found = read.order("timestamp, uuid").df()
    return found.assign(day=found["timestamp"].dt.floor("D"))


@pytest.fixture(scope="module")
def days(everything: pd.DataFrame) -> pd.DatetimeIndex:
    return pd.date_range(end=everything["day"].max(), periods=20)


@pytest.fixture(scope="module")
def recent(everything: pd.DataFrame, days: pd.DatetimeIndex) -> pd.DataFrame:
    return everything[everything["day"] >= days[0]]


@pytest.fixture(scope="module")
def views(everything: pd.DataFrame) -> pd.DataFrame:
    return everything[everything["event"] == "$pageview"]


@pytest.fixture(scope="module")
def active(views: pd.DataFrame) -> dict[str, set[pd.Timestamp]]:
    return {str(who): set(some["day"]) for who, some in views.groupby("person_id")}


Journey = list[tuple[str, pd.Timestamp]]


def attempt(journey: Journey, at: int, order: str, window: pd.Timedelta) -> list[pd.Timestamp]:
    """When the steps of the attempt that begins at an event were reached."""
    name, began = journey[at]
    until = began + window
    rest = [(event, time) for event, time in journey[at + 1 :] if time <= until]
    if order == "unordered":
        first = {name: began}
        for event, time in rest:
            first.setdefault(event, time)
        return sorted(time for event, time in first.items() if event in STEPS)
    reached = [began]
    for step in STEPS[1:]:
        places = [place for place, (event, _) in enumerate(rest) if event == step]
        if not places or (order == "strict" and places[0] != 0):
            break
        reached.append(rest[places[0]][1])
        rest = rest[places[0] + 1 :]
    return reached


@pytest.mark.parametrize(
    ("order", "hours"),
    [("ordered", 24 * 14), ("ordered", 1), ("strict", 24 * 14), ("unordered", 1)],
)
def test_a_funnel_takes_the_best_attempt(
    engine: Engine, recent: pd.DataFrame, order: str, hours: int
) -> None:
    shown = {
        "funnelOrderType": order,
        "funnelWindowInterval": hours,
        "funnelWindowIntervalUnit": "hour",
    }
    query = {"kind": "FunnelsQuery", "dateRange": DATES, "funnelsFilter": shown}
    steps = engine.run(query | {"series": [{"event": step} for step in STEPS]}).result
    starts = STEPS if order == "unordered" else STEPS[:1]
    best: list[list[pd.Timestamp]] = []
    for _, some in recent.groupby("person_id"):
        journey = list(zip(some["event"], some["timestamp"], strict=True))
        attempts = [
            attempt(journey, at, order, pd.Timedelta(hours=hours))
            for at, (event, _) in enumerate(journey)
            if event in starts
        ]
        # The first to come as far as any, measured from the last beginning before that.
        nearest = {"key": len if order == "unordered" else lambda t: (len(t), -t[-1].value, t[0])}
        best += [max(attempts, **nearest)] if attempts else []
    for at, step in enumerate(steps):
        reached = [times for times in best if len(times) > at]
        assert step["count"] == len(reached)
        if at:
            waits = [(times[at] - times[at - 1]).total_seconds() for times in reached]
            assert step["average_conversion_time"] == pytest.approx(fmean(waits))
            assert step["median_conversion_time"] == pytest.approx(median(waits))


def test_a_broken_down_funnel_adds_up(engine: Engine) -> None:
    query: dict[str, Any] = {"kind": "FunnelsQuery", "dateRange": DATES}
    query["series"] = [{"event": step} for step in STEPS]
    whole = engine.run(query).result
    by = engine.run(query | {"breakdownFilter": {"breakdown": "$os", "breakdown_limit": 2}}).result
    assert len(by) == 3
    assert [sum(steps[at]["count"] for steps in by) for at in range(3)] == [
        step["count"] for step in whole
    ]


def test_retention(engine: Engine, active: dict[str, set[pd.Timestamp]]) -> None:
    shown = {"period": "Day", "totalIntervals": 6}
    query = {"kind": "RetentionQuery", "dateRange": DATES, "retentionFilter": shown}
    rows = engine.run(query).result
    assert [len(row["values"]) for row in rows] == [6, 5, 4, 3, 2, 1]
    for row in rows:
        began = pd.Timestamp(row["date"]).tz_localize(None)
        cohort = [days for days in active.values() if began in days]
        expected = [sum(began + DAY * n in days for days in cohort) for n in range(6)]
        assert [value["count"] for value in row["values"]] == expected[: len(row["values"])]


def test_lifecycle(
    engine: Engine,
    everything: pd.DataFrame,
    days: pd.DatetimeIndex,
    active: dict[str, set[pd.Timestamp]],
) -> None:
    born = everything.groupby("person_id")["day"].min()
    expected: Counter[tuple[str, pd.Timestamp]] = Counter()
    for who, seen in active.items():
        for day in days:
            before = day - DAY in seen
            if day in seen:
                new = born[who] == day
                expected["new" if new else "returning" if before else "resurrecting", day] += 1
            elif before:
                expected["dormant", day] -= 1
    query = {"kind": "LifecycleQuery", "dateRange": DATES, "series": [VIEW]}
    for one in engine.run(query).result:
        assert one["data"] == [expected[one["status"], day] for day in days], one["status"]


def test_stickiness_and_weekly_actives(
    engine: Engine, views: pd.DataFrame, days: pd.DatetimeIndex
) -> None:
    within = views[views["day"] >= days[0]]
    counts = Counter(within.groupby("person_id")["day"].nunique())
    sticky = engine.run({"kind": "StickinessQuery", "dateRange": DATES, "series": [VIEW]})
    assert sticky.result[0]["data"] == [counts[number] for number in range(1, len(days) + 1)]
    weekly = VIEW | {"math": "weekly_active"}
    rolling = engine.run({"kind": "TrendsQuery", "dateRange": DATES, "series": [weekly]})
    assert rolling.result[0]["data"] == [
        views.loc[views["day"].between(day - 6 * DAY, day), "person_id"].nunique() for day in days
    ]


def test_paths(engine: Engine, recent: pd.DataFrame) -> None:
    expected: Counter[tuple[str, str]] = Counter()
    seen = recent[recent["event"] == "$pageview"]
    for _, some in seen.groupby("person_id"):
        pages = some["properties.$current_url"].str.removesuffix("/")
        walk = list(zip(pages, some["timestamp"], strict=True))
        step = 1
        for (page, then), (following, when) in pairwise(walk):
            if when - then >= pd.Timedelta(minutes=30):
                step = 1
            elif following != page:
                step += 1
                if step <= 5:
                    expected[f"{step - 1}_{page}", f"{step}_{following}"] += 1
    query = {"kind": "PathsQuery", "dateRange": DATES, "pathsFilter": {"edgeLimit": 1000}}
    links = engine.run(query).result
    assert {(link["source"], link["target"]): link["value"] for link in links} == expected


def sql(text: str, value: object = None) -> dict[str, Any]:
    variables = {"a": {"code_name": "which", "value": value}}
    return {"kind": "HogQLQuery", "query": text, "variables": variables}


@pytest.mark.parametrize("quotes", ["'{}'", "'' /* {} */", "'' -- {}", "'' # {}"])
@pytest.mark.parametrize("value", [" OR 1=1 OR event=", "*/ OR 1=1 /*", "\n OR 1=1 --"])
def test_a_placeholder_in_quotes_is_text(engine: Engine, quotes: str, value: str) -> None:
    text = "SELECT 1 AS `{variables.which}` FROM events WHERE event = "
    query = sql(text + quotes.format("{variables.which}"), value)
    assert engine.run(query).result == []


@pytest.mark.parametrize("limit", ["1 BY event", "2 OFFSET 1 BY event", "10 WITH TIES", "10%"])
def test_a_limit_that_is_not_computed_is_told(engine: Engine, limit: str) -> None:
    with pytest.raises(QueryError, match="BY, PERCENT and WITH TIES") as caught:
        engine.run(sql(f"SELECT event FROM events LIMIT {limit}"))
    assert caught.value.user_visible


def test_queries_at_the_same_time_do_not_mix(engine: Engine) -> None:
    boards = {"Growth overview", "Acquisition by channel", "Activation", "Revenue"}
    queries = [t.query for b in SAMPLE if b.name in boards for t in b.tiles if t.query] * 3
    alone = [engine.run(query).result for query in queries]
    with ThreadPoolExecutor(6) as threads:
        together = [outcome.result for outcome in threads.map(engine.run, queries)]
    assert together == alone


@pytest.mark.parametrize("math", ["total", "dau"])
def test_a_calendar_counts_hours_and_days_each_by_itself(
    engine: Engine, recent: pd.DataFrame, math: str
) -> None:
    views = recent[recent["event"] == "$pageview"]
    views = views.assign(
        row=views["timestamp"].dt.day_of_week + 1, column=views["timestamp"].dt.hour
    )
    shown = {"display": "CalendarHeatmap"}
    series = [VIEW | {"math": math}]
    query = {"kind": "TrendsQuery", "dateRange": DATES, "series": series, "trendsFilter": shown}
    (one,) = engine.run(query).result

    def number(frame: Any) -> Any:
        return frame["person_id"].nunique() if math == "dau" else frame.size()

    def listed(*names: str) -> list[dict[str, Any]]:
        by = number(views.groupby(list(names))).rename("value").reset_index()
        return by.to_dict("records")

    counted = one["calendar_heatmap_data"]
    assert counted["data"] == listed("row", "column")
    assert counted["rowAggregations"] == listed("row")
    assert counted["columnAggregations"] == listed("column")
    whole = views["person_id"].nunique() if math == "dau" else len(views)
    assert counted["allAggregations"] == one["aggregated_value"] == whole


def calendar(node: dict[str, Any], **more: Any) -> dict[str, Any]:
    shown = {"display": "CalendarHeatmap"} | more.pop("shown", {})
    series = [node, *more.pop("others", [])]
    query = {"kind": "TrendsQuery", "dateRange": DATES, "series": series, "trendsFilter": shown}
    return query | more


def test_a_calendar_of_averages_keeps_their_fractions_and_leaves_out_what_is_null(
    tmp_path: Path,
) -> None:
    rows = [("2026-11-02 09:00", "1"), ("2026-11-02 09:30", "2"), ("2026-11-03 10:00", "none")]
    values = ", ".join(
        f"('paid', TIMESTAMP '{at}', 'me', '{{\"amount\": \"{amount}\"}}')" for at, amount in rows
    )
    path = tmp_path / "own.parquet"
    duckdb.connect().execute(
        f"COPY (SELECT * FROM (VALUES {values}) AS own(event, timestamp, distinct_id, properties)) "
        f"TO '{path}' (FORMAT parquet)"
    )
    node = {"kind": "EventsNode", "event": "paid", "math": "avg", "math_property": "amount"}
    query = calendar(node) | {"dateRange": {"date_from": "all"}}
    (one,) = Engine(open_events(path, now)).run(query).result
    assert one["calendar_heatmap_data"] == {
        "data": [{"row": 1, "column": 9, "value": 1.5}],
        "rowAggregations": [{"row": 1, "value": 1.5}],
        "columnAggregations": [{"column": 9, "value": 1.5}],
        "allAggregations": 1.5,
    }
    assert one["aggregated_value"] == 1.5


@pytest.mark.parametrize(
    "more",
    [
        {"others": [VIEW]},
        {"breakdownFilter": {"breakdown": "$browser"}},
        {"compareFilter": {"compare": True}},
        {"shown": {"formula": "A * 2"}},
    ],
)
def test_a_calendar_refuses_what_it_does_not_compute(engine: Engine, more: dict[str, Any]) -> None:
    with pytest.raises(QueryError, match="does not compute a TrendsQuery drawn as CalendarHeatmap"):
        engine.run(calendar(VIEW, **more))
