"""Every number of an insight is the one that PostHog's own SQL gives over the same events."""

from __future__ import annotations

from collections import defaultdict
from datetime import date, timedelta
from statistics import fmean, median
from typing import Any

import pytest

from dashwidgets.embedded.clock import now
from dashwidgets.embedded.events.engine import Engine
from dashwidgets.embedded.queries.funnels.walk import Event, walk
from tests.embedded.queries import oracle
from tests.embedded.queries.chdb_engine import chdb_session

START, END = (now().date() - timedelta(days=days) for days in (20, 1))
DATES = {"date_from": START.isoformat(), "date_to": END.isoformat()}
SPAN = {"start": START, "end": END}


def ask(statement: str, **values: Any) -> list[tuple[Any, ...]]:
    return chdb_session()(statement.format(**{**SPAN, **values}))[2]


def run(engine: Engine, kind: str, **more: Any) -> Any:
    return engine.run({"kind": kind, "dateRange": DATES} | more).result


def node(event: str, **more: Any) -> dict[str, Any]:
    return {"kind": "EventsNode", "event": event} | more


@pytest.mark.parametrize(
    ("math", "measure"),
    [("total", "count()"), ("dau", "count(DISTINCT person_id)"),
     ("unique_session", "count(DISTINCT `$session_id`)")],
)  # fmt: skip
def test_trends(engine: Engine, math: str, measure: str) -> None:
    ((expected,),) = ask(oracle.TRENDS, measure=measure, event="$pageview")
    (series,) = run(engine, "TrendsQuery", series=[node("$pageview", math=math)])
    assert series["data"] == expected
    assert sum(expected) > 1000


@pytest.mark.parametrize("limit", [3, 25])
@pytest.mark.parametrize("key", ["$browser", "$geoip_country_code", "channel"])
def test_breakdowns(engine: Engine, key: str, limit: int) -> None:
    expected = ask(oracle.BREAKDOWN, column=f"properties.{key}", event="$pageview", limit=limit)
    by = {"breakdown": key, "breakdown_type": "event", "breakdown_limit": limit}
    found = run(engine, "TrendsQuery", series=[node("$pageview")], breakdownFilter=by)
    assert [(one["breakdown_value"], one["data"]) for one in found] == expected
    assert len(expected) > 2


@pytest.mark.parametrize("event", ["$pageview", "created_board"])
def test_lifecycle(engine: Engine, event: str) -> None:
    expected = {(status, day): people for status, day, people in ask(oracle.LIFECYCLE, event=event)}
    found = {
        (one["status"], day[:10]): value
        for one in run(engine, "LifecycleQuery", series=[node(event)])
        for day, value in zip(one["days"], one["data"], strict=True)
        if value
    }
    assert found == expected
    assert len({status for status, _ in expected}) > 2


@pytest.mark.parametrize("event", ["$pageview", "created_board"])
def test_stickiness(engine: Engine, event: str) -> None:
    expected = dict(ask(oracle.STICKINESS, event=event))
    (series,) = run(engine, "StickinessQuery", series=[node(event)])
    found = dict(zip(series["days"], series["data"], strict=True))
    assert {days: people for days, people in found.items() if people} == expected


@pytest.mark.parametrize("returning", ["signed_up", "$pageview"])
def test_retention(engine: Engine, returning: str) -> None:
    last = END - timedelta(days=END.isoweekday() % 7)
    first = last - timedelta(weeks=5)
    rows = ask(
        oracle.RETENTION, start_event="signed_up", return_event=returning, first=first, number=6,
        end=last + timedelta(weeks=1),
    )  # fmt: skip
    expected = {(start, after): people for start, after, people in rows}
    shown = {
        "period": "Week", "totalIntervals": 6, "targetEntity": {"id": "signed_up"},
        "returningEntity": {"id": returning},
    }  # fmt: skip
    found = run(
        engine, "RetentionQuery", dateRange={"date_to": END.isoformat()}, retentionFilter=shown
    )
    assert date.fromisoformat(found[0]["date"][:10]) == first
    cells = {
        (start, after): cell["count"]
        for start, row in enumerate(found)
        for after, cell in enumerate(row["values"])
        if cell["count"]
    }
    assert cells == expected


@pytest.mark.parametrize("steps", [3, 5])
def test_paths(engine: Engine, steps: int) -> None:
    expected = ask(oracle.PATHS, steps=steps)
    shown = {"includeEventTypes": ["$pageview"], "stepLimit": steps}
    found = run(engine, "PathsQuery", pathsFilter=shown)
    links = [(one["source"], one["target"], one["value"]) for one in found]
    assert links == [row[:3] for row in expected]
    times = [one["average_conversion_time"] for one in found]
    assert times == pytest.approx([row[3] for row in expected])


STEPS = ["$pageview", "signed_up", "created_board"]


def attempt(events: list[tuple[float, str, str]], window: float) -> list[float]:
    """When one person reached each step, as PostHog's ``aggregate_funnel`` walks the events."""
    entered: list[list[float] | None] = [None] * len(STEPS)
    furthest: list[float] = []
    for at, event, _ in events:
        step = STEPS.index(event)
        before = [at] if step == 0 else entered[step - 1]
        reached = entered[step]
        in_window = before is not None and at - before[0] <= window
        if not in_window or (step and reached is not None and reached[0] == before[0]):
            continue
        entered[step] = [at] if step == 0 else [*before, at]
        if step + 1 > len(furthest):
            furthest = list(entered[step] or [])
        if len(furthest) == len(STEPS):
            break
    return furthest


@pytest.mark.parametrize("days", [1, 14])
def test_funnels(engine: Engine, days: int) -> None:
    rows = ask(
        "SELECT person_id, toUnixTimestamp64Micro(timestamp), event, uuid FROM sample.events "
        f"WHERE {oracle.WITHIN} AND event IN {tuple(STEPS)} ORDER BY person_id, timestamp"
    )
    people: dict[str, list[tuple[float, str, str]]] = defaultdict(list)
    for person, at, event, uuid in rows:
        people[person].append((at / 1e6, event, uuid))
    for events in people.values():
        events.sort(key=lambda one: (one[0], STEPS.index(one[1])))
    best = [attempt(events, days * 86400) for events in people.values()]
    shown = {"funnelWindowInterval": days, "funnelWindowIntervalUnit": "day"}
    found = run(engine, "FunnelsQuery", series=[node(one) for one in STEPS], funnelsFilter=shown)
    for order, step in enumerate(found):
        times = [one for one in best if len(one) > order]
        assert step["count"] == len(times)
        if order:
            waits = [one[order] - one[order - 1] for one in times]
            assert step["average_conversion_time"] == pytest.approx(fmean(waits))
            assert step["median_conversion_time"] == pytest.approx(median(waits))
    assert found[2]["count"] > 10


PAIR = ("signed_up", "created_board")


def pairs(engine: Engine, days: int = 1, **shown: Any) -> Any:
    shown |= {"funnelWindowInterval": days, "funnelWindowIntervalUnit": "day"}
    return run(engine, "FunnelsQuery", series=[node(one) for one in PAIR], funnelsFilter=shown)


def test_strict_funnels(engine: Engine) -> None:
    ((began, converted),) = ask(oracle.STRICT, first=PAIR[0], second=PAIR[1])
    found = pairs(engine, funnelOrderType="strict")
    assert [step["count"] for step in found] == [began, converted]
    assert began > converted > 10


def test_unordered_funnels(engine: Engine) -> None:
    ((began, converted),) = ask(oracle.UNORDERED, first=PAIR[0], second=PAIR[1])
    found = pairs(engine, funnelOrderType="unordered")
    assert [step["count"] for step in found] == [began, converted]
    assert began > converted > 10


def test_funnels_over_time(engine: Engine) -> None:
    shares = dict(ask(oracle.FUNNEL_TRENDS, first=PAIR[0], second=PAIR[1]))
    (found,) = pairs(engine, funnelVizType="trends")
    assert dict(zip(found["days"], found["data"], strict=True)) == {
        day: shares.get(day, 0.0) for day in found["days"]
    }
    assert len(set(shares.values())) > 2


def test_funnels_without_those_who_did_something_between(engine: Engine) -> None:
    ((began, converted),) = ask(
        oracle.EXCLUDED, first="signed_up", second="created_board", excluded="$pageview"
    )
    between = {"funnelFromStep": 0, "funnelToStep": 1}
    # Longer than all of it: the letters know no window.
    found = pairs(engine, days=60, exclusions=[node("$pageview") | between])
    assert [step["count"] for step in found] == [began, converted]
    assert began > converted


@pytest.mark.parametrize(
    ("events", "expected"),
    [("AC", 1), ("ABC", 3), ("ABBC", 3), ("AABC", 3), ("ABCXABC", 3), ("AXBC", 1), ("XBC", 0)],
)
def test_a_strict_order_repeats_a_step_but_skips_no_event(events: str, expected: int) -> None:
    """As PostHog's ``aggregate_funnel`` clears what an event does not match."""
    steps = {"A": (1,), "B": (2,), "C": (3,), "X": ()}
    way = [Event(at, steps[one]) for at, one in enumerate(events, 1)]
    assert len(walk(way, 3, 100, strict=True) or []) == expected
