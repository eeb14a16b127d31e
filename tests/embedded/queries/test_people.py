"""Retention, stickiness, lifecycle, paths and funnels, against pandas over the same events."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pandas as pd
import pytest

from dashwidgets.embedded.clock import now
from dashwidgets.embedded.events.engine import Engine, QueryError
from dashwidgets.embedded.sample import events_path
from dashwidgets.embedded.server.serve import default_cache

SITE = "https://larkspur.example"
VIEW = {"kind": "EventsNode", "event": "$pageview"}
DAY = pd.Timedelta(days=1)


@pytest.fixture(scope="module")
def events() -> pd.DataFrame:
    found = pd.read_parquet(events_path(default_cache()))
    found["day"] = found["timestamp"].dt.floor("D")
    return found.sort_values(["person_id", "timestamp", "uuid"])


@pytest.fixture(scope="module")
def today() -> pd.Timestamp:
    return pd.Timestamp(now()).tz_localize(None).floor("D")


@pytest.mark.parametrize("first_time", [True, False])
def test_retention(
    first_time: bool, engine: Engine, events: pd.DataFrame, today: pd.Timestamp
) -> None:
    shown: dict[str, Any] = {
        "retentionType": "retention_first_time" if first_time else "retention_recurring",
        "period": "Day",
        "totalIntervals": 7,
        "targetEntity": {"id": "signed_up", "type": "events"},
        "returningEntity": {"id": None, "name": "All events", "type": "events"},
    }
    query = {"kind": "RetentionQuery", "dateRange": {"date_to": "-1d"}, "retentionFilter": shown}
    cohorts = engine.run(query).result
    assert [len(cohort["values"]) for cohort in cohorts] == [7, 6, 5, 4, 3, 2, 1]
    signed = events[events["event"] == "signed_up"]
    began = signed.groupby("person_id")["day"].min().reset_index() if first_time else signed
    for at, cohort in enumerate(cohorts):
        day = today - (7 - at) * DAY
        assert (cohort["date"], cohort["label"]) == (f"{day.isoformat()}Z", f"Day {at}")
        people = set(began[began["day"] == day]["person_id"])
        expected = [len(people)]
        for after in range(1, 7 - at):
            there = events[events["day"] == day + after * DAY]["person_id"]
            expected.append(len(people & set(there)))
        assert [value["count"] for value in cohort["values"]] == expected


def test_stickiness(engine: Engine, events: pd.DataFrame, today: pd.Timestamp) -> None:
    query: dict[str, Any] = {"kind": "StickinessQuery", "series": [VIEW]}
    query["dateRange"] = {"date_from": "-10d", "date_to": "-1d"}
    one = engine.run(query).result[0]
    seen = events[(events["event"] == "$pageview") & (events["day"] >= today - 10 * DAY)]
    days = seen[seen["day"] < today].groupby("person_id")["day"].nunique().value_counts()
    assert one["data"] == [int(days.get(k, 0)) for k in range(1, 11)]
    assert (one["days"], one["labels"][:2]) == (list(range(1, 11)), ["1 day", "2 days"])
    more = engine.run(query | {"stickinessFilter": {"computedAs": "cumulative"}}).result[0]
    assert more["data"] == [sum(one["data"][k:]) for k in range(10)]
    assert more["labels"][0] == "1 day or more"
    both = engine.run(query | {"compareFilter": {"compare": True}}).result
    assert [found["compare_label"] for found in both] == ["current", "previous"]


def test_lifecycle(engine: Engine, events: pd.DataFrame, today: pd.Timestamp) -> None:
    query = {"kind": "LifecycleQuery", "series": [VIEW], "dateRange": {"date_from": "-5d"}}
    series = engine.run(query).result
    assert [one["status"] for one in series] == ["new", "returning", "resurrecting", "dormant"]
    first = events.groupby("person_id")["day"].min()
    views = events[events["event"] == "$pageview"]
    for at in range(6):
        day = today - (5 - at) * DAY
        there = set(views[views["day"] == day]["person_id"])
        before = set(views[views["day"] == day - DAY]["person_id"])
        new = {person for person in there if first[person] == day}
        expected = [len(new), len(there & before), len(there - before - new), -len(before - there)]
        assert [one["data"][at] for one in series] == expected
    some = query | {"lifecycleFilter": {"toggledLifecycles": ["dormant"]}}
    assert [one["status"] for one in engine.run(some).result] == ["dormant"]


def test_paths(engine: Engine, events: pd.DataFrame, today: pd.Timestamp) -> None:
    query: dict[str, Any] = {
        "kind": "PathsQuery",
        "dateRange": {"date_from": "-5d", "date_to": "-1d"},
        "pathsFilter": {"includeEventTypes": ["$pageview"], "stepLimit": 4, "edgeLimit": 10_000},
    }
    views = events[(events["event"] == "$pageview") & (events["day"] >= today - 5 * DAY)]
    expected: dict[tuple[str, str], list[float]] = {}
    person, page, at, step = "", "", pd.Timestamp(0), 0
    for who, when, where in zip(
        views["person_id"],
        views["timestamp"],
        views["properties.$current_url"].str.removesuffix("/"),
        strict=True,
    ):
        gap = when - at
        if who != person or gap >= timedelta(seconds=1800):
            step = 1
        elif where != page:
            step += 1
            if step <= 4:
                link = (f"{step - 1}_{page}", f"{step}_{where}")
                expected.setdefault(link, []).append(gap.total_seconds() * 1000)
        person, page, at = who, where, when
    found = {(one["source"], one["target"]): one["value"] for one in engine.run(query).result}
    assert found == {link: len(times) for link, times in expected.items()}
    query["pathsFilter"] |= {"startPoint": f"{SITE}/pricing", "edgeLimit": 3}
    begun = engine.run(query).result
    assert {one["source"] for one in begun if one["source"].startswith("1_")} == {
        f"1_{SITE}/pricing"
    }
    assert len(begun) == 3


def test_a_funnel_leaves_out_who_did_something_else(engine: Engine, events: pd.DataFrame) -> None:
    query = {
        "kind": "FunnelsQuery",
        "dateRange": {"date_from": "all"},
        "series": [{"event": "signed_up"}, {"event": "created_board"}],
        "funnelsFilter": {
            "funnelWindowInterval": 30,
            "exclusions": [{"event": "$pageview", "funnelFromStep": 0, "funnelToStep": 1}],
        },
    }
    began, ended = (step["count"] for step in engine.run(query).result)
    expected = [0, 0]
    times: dict[str, dict[str, list[pd.Timestamp]]] = {
        name: some.groupby("person_id")["timestamp"].agg(list).to_dict()
        for name, some in events.groupby("event")
    }
    for person, signed in times["signed_up"].items():
        start, end = signed[0], signed[0] + 30 * DAY
        made = [at for at in times["created_board"].get(person, []) if start < at <= end]
        until = made[0] if made else end
        if not any(start < at < until for at in times["$pageview"].get(person, [])):
            expected[0] += 1
            expected[1] += bool(made)
    assert [began, ended] == expected
    assert ended > 0


@pytest.mark.parametrize(
    ("query", "says"),
    [
        (
            {"kind": "RetentionQuery", "retentionFilter": {"timeWindowMode": "24_hour_windows"}},
            "timeWindowMode",
        ),
        ({"kind": "PathsQuery", "funnelPathsFilter": {"funnelStep": 2}}, "funnelPathsFilter"),
        ({"kind": "WebOverviewQuery", "conversionGoal": {"x": 1}}, "names an action or an event"),
        ({"kind": "WebStatsTableQuery", "includeScrollDepth": True}, "includeScrollDepth"),
        ({"kind": "StickinessQuery", "series": [VIEW], "intervalCount": 3}, "intervalCount"),
        ({"kind": "StickinessQuery", "series": [VIEW], "aggregation_group_type_index": 0}, "group"),
        ({"kind": "LifecycleQuery", "series": [VIEW], "customAggregationTarget": True}, "custom"),
        ({"kind": "TrendsQuery", "series": [VIEW], "conversionGoal": {"x": 1}}, "conversionGoal"),
        (
            {"kind": "TrendsQuery", "series": [VIEW], "breakdownFilter": {
                "breakdown": "$os", "breakdown_normalize_url": True}},
            "normalize_url",
        ),
        ({"kind": "FunnelsQuery", "series": [VIEW | {"optionalInFunnel": True}, VIEW]}, "optional"),
        ({"kind": "EventsQuery", "actionId": 4}, "no action 4"),
    ],
)  # fmt: skip
def test_what_would_change_the_numbers_is_refused(
    query: dict[str, Any], says: str, engine: Engine
) -> None:
    with pytest.raises(QueryError, match=says):
        engine.run(query)
