"""Actions and cohorts in queries, counted by hand over a few events."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from dashwidgets.embedded.events.engine import Definitions, Engine, InvalidQuery, QueryError
from tests.embedded.queries.small import engine, event

SHOP = "https://shop.example"
MENU = 'a.btn.buy:attr__data-plan="team"href="/buy"text="Buy now"'
EVENTS = [
    event("ann", "01 09:00", url=f"{SHOP}/Pricing", plan="free", browser="Chrome"),
    event("ann", "10 09:00", url=f"{SHOP}/buy", plan="team", browser="Chrome"),
    event("ann", "10 09:01", "$autocapture", chain=f'{MENU};div.menu:attr_id="nav";body'),
    event("ann", "10 09:02", "paid", amount=30.0, plan="team", browser="Safari"),
    event("ben", "11 09:00", url=f"{SHOP}/pricing", plan="free", browser="Chrome"),
    event("ben", "11 09:01", "$autocapture", chain='span:text="Buy now";button.btn;body'),
    event("ben", "12 09:00", url=f"{SHOP}/pricing", plan="free", browser="Chrome"),
    event("ben", "12 09:05", "paid", amount=10.0, plan="free", browser="Chrome"),
    event("cat", "19 09:00", url=f"{SHOP}/", plan="team", browser="Safari"),
]


def steps(*given: dict[str, Any]) -> dict[str, Any]:
    return {"name": "An action", "steps": list(given)}


def clicks(**given: Any) -> dict[str, Any]:
    return steps({"event": "$autocapture"} | given)


def group(*values: dict[str, Any], kind: str = "AND") -> dict[str, Any]:
    return {"name": "A cohort", "filters": {"properties": {"type": kind, "values": list(values)}}}


def did(name: str, **more: Any) -> dict[str, Any]:
    return {"type": "behavioral", "value": "performed_event", "key": name} | more


PERSON = {"type": "person", "key": "plan", "operator": "exact", "value": ["team"]}
SOON = {"time_value": 9, "time_interval": "day"}


@pytest.fixture(scope="module")
def few(tmp_path_factory: pytest.TempPathFactory) -> Engine:
    return engine(tmp_path_factory.mktemp("events"), EVENTS)


def total(few: Engine, node: dict[str, Any], definitions: Definitions, **more: Any) -> Any:
    query = {
        "kind": "TrendsQuery",
        "series": [node],
        "dateRange": {"date_from": "all"},
        "trendsFilter": {"display": "BoldNumber"},
    }
    return few.run(query | more, definitions).result[0]


@pytest.mark.parametrize(
    ("action", "count"),
    [
        (steps({"event": "paid"}), 2),
        (steps({"event": "$pageview", "url": "/pricing"}), 2),
        (steps({"event": "$pageview", "url": f"{SHOP}/buy", "url_matching": "exact"}), 1),
        (steps({"event": "$pageview", "url": "/[Pp]ricing$", "url_matching": "regex"}), 3),
        (steps({"event": "paid"}, {"event": "$pageview", "url": "/buy"}), 3),
        (
            steps(
                {"event": "paid", "properties": [{"key": "amount", "operator": "gt", "value": 20}]}
            ),
            1,
        ),
        (steps({"url": "shop.example"}), 5),
        (clicks(text="Buy now"), 2),
        (clicks(text="buy", text_matching="contains"), 2),
        (clicks(text="Buy"), 0),
        (clicks(href="/buy"), 1),
        (clicks(tag_name="button"), 1),
        (clicks(selector="a.buy"), 1),
        (clicks(selector="a.bu"), 0),
        (clicks(selector="#nav > a.btn.buy"), 1),
        (clicks(selector="body a"), 1),
        (clicks(selector="body > a"), 0),
        (clicks(selector="button > span"), 1),
        (clicks(selector='a[data-plan="team"]'), 1),
        (clicks(selector=".btn"), 2),
        (steps(), 9),
    ],
)
def test_an_action_is_any_of_its_steps(few: Engine, action: dict[str, Any], count: int) -> None:
    definitions = Definitions(actions={7: action})
    found = total(few, {"kind": "ActionsNode", "id": 7}, definitions)
    assert found["aggregated_value"] == count
    assert found["label"] == "An action"
    assert (found["action"]["id"], found["action"]["type"]) == (7, "actions")
    filtered = total(
        few, {"event": None}, definitions, properties=[{"type": "action", "key": "id", "value": 7}]
    )
    assert filtered["aggregated_value"] == count


@pytest.mark.parametrize(
    ("cohort", "people"),
    [
        (group(PERSON), {"ann", "cat"}),
        (group(PERSON | {"negation": True}), {"ben"}),
        (group(did("paid")), {"ann", "ben"}),
        (group(did("paid", **SOON)), {"ben"}),
        (group(did("paid", explicit_datetime="-9d")), {"ben"}),
        (group(did("paid", explicit_datetime="-19d", explicit_datetime_to="-10d")), {"ann"}),
        (group(did("paid"), PERSON), {"ann"}),
        (group(did("paid"), PERSON, kind="OR"), {"ann", "ben", "cat"}),
        (group(did("paid", negation=True)), {"cat"}),
        (group(did(7, event_type="actions")), {"ann"}),
        (
            group(did("$pageview", event_filters=[{"key": "$browser", "value": "Safari"}])),
            {"cat"},
        ),
        (
            group(
                did("$pageview", value="performed_event_multiple", operator="gte", operator_value=2)
            ),
            {"ann", "ben"},
        ),
        (
            group(
                did("$pageview", value="performed_event_multiple", operator="lt", operator_value=2)
            ),
            {"cat"},
        ),
        (group(did("$pageview", value="performed_event_first_time", **SOON)), {"cat"}),
        (group({"type": "cohort", "key": "id", "value": 8}), {"cat"}),
        ({"name": "Listed", "is_static": True, "distinct_ids": ["cat-device", "x"]}, {"cat"}),
        ({"name": "Listed", "is_static": True, "distinct_ids": []}, set[str]()),
    ],
)
def test_a_cohort_is_a_group_of_people(
    few: Engine, cohort: dict[str, Any], people: set[str]
) -> None:
    listed = {"name": "Cats", "is_static": True, "distinct_ids": ["cat-device"]}
    action = steps({"event": "$pageview", "url": "/buy"})
    definitions = Definitions(actions={7: action}, cohorts={3: cohort, 8: listed})
    inside = {"type": "cohort", "key": "id", "value": 3}
    query: dict[str, Any] = {
        "kind": "EventsQuery",
        "after": "all",
        "select": ["person_id", "count()"],
        "properties": [inside],
    }
    assert {row[0] for row in few.run(query, definitions).result} == people
    query["properties"] = [inside | {"operator": "not_in"}]
    assert {row[0] for row in few.run(query, definitions).result} == {"ann", "ben", "cat"} - people


COHORTS = Definitions(
    cohorts={
        3: {"name": "Team", "filters": group(PERSON)["filters"]},
        4: {"name": "Payers", "filters": group(did("paid"))["filters"]},
    }
)
BY_COHORT = {"breakdown_type": "cohort", "breakdown": [3, 4, "all"]}


def test_trends_by_cohort_count_a_person_in_each_of_theirs(few: Engine) -> None:
    query = {
        "kind": "TrendsQuery",
        "series": [{"event": "$pageview", "math": "dau"}],
        "dateRange": {"date_from": "all"},
        "breakdownFilter": BY_COHORT,
        "trendsFilter": {"display": "ActionsPie"},
    }
    found = few.run(query, COHORTS).result
    assert [(one["breakdown_value"], one["label"], one["aggregated_value"]) for one in found] == [
        (3, "Team", 2),
        (4, "Payers", 2),
        ("all", "all users", 3),
    ]


def test_funnels_and_retention_by_cohort(few: Engine) -> None:
    series = [{"event": "$pageview"}, {"event": "paid"}]
    funnel = {"kind": "FunnelsQuery", "series": series, "dateRange": {"date_from": "all"}}
    found = few.run(funnel | {"breakdownFilter": BY_COHORT}, COHORTS).result
    assert [
        (one[0]["breakdown"], one[0]["breakdown_value"], [step["count"] for step in one])
        for one in found
    ] == [("Team", 3, [2, 1]), ("Payers", 4, [2, 2]), ("all users", 0, [3, 2])]
    retention = {
        "kind": "RetentionQuery",
        "dateRange": {"date_to": "2026-03-12"},
        "retentionFilter": {"totalIntervals": 2},
        "breakdownFilter": BY_COHORT,
    }
    rows = few.run(retention, COHORTS).result
    assert [
        (row["breakdown_value"], row["label"], [one["count"] for one in row["values"]])
        for row in rows
    ] == [
        ("3", "Day 0", [0, 0]),
        ("3", "Day 1", [0]),
        ("4", "Day 0", [1, 1]),
        ("4", "Day 1", [1]),
        ("0", "Day 0", [1, 1]),
        ("0", "Day 1", [1]),
    ]


def test_an_action_is_a_step_and_an_exclusion(few: Engine) -> None:
    action = {"name": "Saw prices", "steps": [{"event": "$pageview", "url": "ricing"}]}
    definitions = Definitions(actions={7: action})
    steps = [{"kind": "ActionsNode", "id": 7}, {"event": "paid"}]
    query = {"kind": "FunnelsQuery", "series": steps, "dateRange": {"date_from": "all"}}
    found = few.run(query, definitions).result
    assert [(one["action_id"], one["type"], one["name"]) for one in found] == [
        (7, "actions", "Saw prices"),
        ("paid", "events", "paid"),
    ]
    assert [one["count"] for one in found] == [2, 2]
    without = {"kind": "ActionsNode", "id": 7, "funnelFromStep": 0, "funnelToStep": 1}
    shown = {"exclusions": [without]}
    found = few.run(query | {"funnelsFilter": shown}, definitions).result
    assert [one["count"] for one in found] == [2, 2]  # each began anew after the last look


@pytest.mark.parametrize(
    ("kind", "more"),
    [
        ("StickinessQuery", {"series": [{"kind": "ActionsNode", "id": 7}]}),
        ("LifecycleQuery", {"series": [{"kind": "ActionsNode", "id": 7}]}),
        ("RetentionQuery", {"retentionFilter": {"targetEntity": {"type": "actions", "id": 7}}}),
        ("EventsQuery", {"actionId": 7, "after": "all"}),
    ],
)
def test_an_action_counts_in_every_kind_of_query(
    few: Engine, kind: str, more: dict[str, Any]
) -> None:
    definitions = Definitions(actions={7: steps({"event": "paid"})})
    query = {"kind": kind, "dateRange": {"date_from": "-18d"}} | more
    assert few.run(query, definitions).result


def test_what_there_is_not_is_named(few: Engine) -> None:
    with pytest.raises(InvalidQuery, match="no action 9"):
        total(few, {"kind": "ActionsNode", "id": 9}, Definitions())
    inside = [{"type": "cohort", "key": "id", "value": 5}]
    with pytest.raises(InvalidQuery, match="no cohort 5"):
        total(few, {"event": None}, Definitions(), properties=inside)
    often = group(did("paid", value="performed_event_sequence"))
    with pytest.raises(QueryError, match="performed_event_sequence"):
        total(few, {"event": None}, Definitions(cohorts={5: often}), properties=inside)
    endless = group({"type": "cohort", "key": "id", "value": 5})
    with pytest.raises(InvalidQuery, match="nested too deeply"):
        total(few, {"event": None}, Definitions(cohorts={5: endless}), properties=inside)


def test_without_elements_an_action_by_element_says_so(tmp_path: Path) -> None:
    import duckdb

    path = tmp_path / "plain.parquet"
    duckdb.execute(
        "COPY (SELECT 'x' AS event, TIMESTAMP '2026-03-01' AS timestamp, 'd' AS distinct_id, "
        f"'p' AS person_id, 'u' AS uuid, 'c' AS \"properties.a\") TO '{path}' (FORMAT parquet)"
    )
    from dashwidgets.embedded.events.engine import open_events
    from tests.embedded.queries.small import NOW

    plain = Engine(open_events(path, lambda: NOW))
    definitions = Definitions(actions={7: clicks(text="Buy")})
    with pytest.raises(QueryError, match="no elements_chain"):
        total(plain, {"kind": "ActionsNode", "id": 7}, definitions)
