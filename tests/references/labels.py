"""The labelled set: queries and SQL, each with every name that it uses, written by hand.

A template is written once with its labels and then instantiated over names that are hard to write:
quotes, backslashes, emoji, ``$``. A label is ``(kind, name, role, certain)``.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

Label = tuple[str, str, str, bool]
Query = dict[str, Any]

NAMES = (
    "signed_up",
    "$pageview",
    "it's",
    "back\\slash",
    'say "hi"',
    "naïve 🎉",
    "a.b",
    "50%",
    "`q`",
)
EP, PP, GP, SP = "event property", "person property", "group property", "session property"


def event(name: str, **more: Any) -> Query:
    return {"kind": "EventsNode", "event": name, "name": name, "math": "total"} | more


def prop(key: str, type_: str = "event", value: Any = "x", operator: str = "exact") -> Query:
    return {"key": key, "type": type_, "value": value, "operator": operator}


def viz(kind: str, **fields: Any) -> Query:
    return {"kind": "InsightVizNode", "source": {"kind": kind} | fields}


def table(kind: str, **fields: Any) -> Query:
    return {"kind": "DataTableNode", "source": {"kind": kind} | fields}


def sure(*rows: tuple[str, str, str]) -> list[Label]:
    return [(*row, True) for row in rows]


def _json(n: str) -> list[tuple[str, Query, list[Label]]]:
    """One of every kind of query and role, about the name ``n``."""
    action = {"kind": "ActionsNode", "id": 7, "name": "Seven"}
    warehouse = {"kind": "DataWarehouseNode", "id": n, "table_name": n, "id_field": "id",
                 "timestamp_field": "at", "distinct_id_field": "who"}  # fmt: skip
    nested = {"type": "AND", "values": [{"type": "OR", "values": [
        prop(n, "person"), {"type": "AND", "values": [prop(n, "event")]},
    ]}]}  # fmt: skip
    by = {"breakdown": n, "breakdown_type": "event"}
    return [
        ("trend", viz("TrendsQuery", series=[event(n)]), sure(("event", n, "series"))),
        ("all events", viz("TrendsQuery", series=[event(n) | {"event": None}]), []),
        ("action", viz("TrendsQuery", series=[action]), sure(("action", "7", "series"))),
        (
            "group of series",
            viz("TrendsQuery", series=[{"kind": "GroupNode", "operator": "OR",
                                        "nodes": [event(n), action, warehouse]}]),
            sure(("event", n, "series"), ("action", "7", "series"),
                 ("warehouse table", n, "series")),
        ),
        (
            "math of a property",
            viz("TrendsQuery", series=[event("e", math="sum", math_property=n)]),
            sure(("event", "e", "series"), (EP, n, "math")),
        ),
        (
            "math of a person's property",
            viz("TrendsQuery", series=[event("e", math="avg", math_property=n,
                                             math_property_type="person_properties")]),
            sure(("event", "e", "series"), (PP, n, "math")),
        ),
        (
            "math of a session's",
            viz("TrendsQuery", series=[event(n, math_property="$session_duration")]),
            sure(("event", n, "series"), (SP, "$session_duration", "math")),
        ),
        (
            "formula",
            viz("TrendsQuery", series=[event(n), event("b"), event("c")],
                trendsFilter={"formula": "A / B * 100"}),
            sure(("event", n, "series"), ("event", "b", "series"), ("event", "c", "series"),
                 ("event", n, "formula"), ("event", "b", "formula")),
        ),
        (
            "formula nodes",
            viz("TrendsQuery", series=[event(n), action],
                trendsFilter={"formulaNodes": [{"formula": "B"}, {"formula": "A"}]}),
            sure(("event", n, "series"), ("action", "7", "series"), ("event", n, "formula"),
                 ("action", "7", "formula")),
        ),
        (
            "filters of a series",
            viz("TrendsQuery", series=[event("e", properties=[prop(n), prop(n, "person"),
                                                              prop(n, "session")])]),
            sure(("event", "e", "series"), (EP, n, "filter"), (PP, n, "filter"),
                 (SP, n, "filter")),
        ),
        (
            "nested groups of filters",
            viz("TrendsQuery", series=[], properties=nested),
            sure((PP, n, "filter"), (EP, n, "filter")),
        ),
        (
            "group and element",
            viz("TrendsQuery", series=[], properties=[
                prop(n, "group") | {"group_type_index": 0}, prop("text", "element", n)]),
            sure((GP, n, "filter"), ("element", "text", "filter")),
        ),
        (
            "cohorts",
            viz("TrendsQuery", series=[event(n)], properties=[
                {"key": "id", "type": "cohort", "value": 12},
                {"key": "id", "type": "cohort", "value": 13, "operator": "not_in"}]),
            sure(("event", n, "series"), ("cohort", "12", "filter"), ("cohort", "13", "filter")),
        ),
        (
            "a flag's property",
            viz("TrendsQuery", series=[], properties=[prop(f"$feature/{n}")]),
            sure((EP, f"$feature/{n}", "filter"), ("feature flag", n, "filter")),
        ),
        (
            "the flag of an event",
            viz("TrendsQuery", series=[], properties=[prop("$feature_flag", value=[n])]),
            sure((EP, "$feature_flag", "filter"), ("feature flag", n, "filter")),
        ),
        (
            "a pattern of flags",
            viz("TrendsQuery", series=[],
                properties=[prop("$feature_flag", value=n, operator="icontains")]),
            [(EP, "$feature_flag", "filter", True), ("feature flag", n, "filter", False)],
        ),
        (
            "names of other products",
            viz("TrendsQuery", series=[event(n)], properties=[
                prop("duration", "recording"), prop("level", "log_entry")]),
            sure(("event", n, "series")),
        ),
        (
            "breakdown",
            viz("TrendsQuery", series=[], breakdownFilter=by),
            sure((EP, n, "breakdown")),
        ),
        (
            "several breakdowns",
            viz("TrendsQuery", series=[], breakdownFilter={"breakdowns": [
                {"property": n, "type": "person"}, {"property": n, "type": "event"}]}),
            sure((PP, n, "breakdown"), (EP, n, "breakdown")),
        ),
        (
            "breakdown by cohorts",
            viz("FunnelsQuery", series=[event(n)],
                breakdownFilter={"breakdown": [1, "all", 2], "breakdown_type": "cohort"}),
            sure(("event", n, "series"), ("cohort", "1", "breakdown"),
                 ("cohort", "2", "breakdown")),
        ),
        (
            "a list of breakdowns",
            viz("FunnelsQuery", series=[],
                breakdownFilter={"breakdown": [n, "plan"], "breakdown_type": "person"}),
            sure((PP, n, "breakdown"), (PP, "plan", "breakdown")),
        ),
        (
            "funnel",
            viz("FunnelsQuery", series=[event("a"), event(n)],
                funnelsFilter={"exclusions": [event(n) | {"funnelFromStep": 0}, action]}),
            sure(("event", "a", "series"), ("event", n, "series"), ("event", n, "exclusion"),
                 ("action", "7", "exclusion")),
        ),
        (
            "retention",
            viz("RetentionQuery", retentionFilter={
                "targetEntity": {"id": n, "type": "events", "properties": [prop(n)]},
                "returningEntity": {"id": 9, "type": "actions"},
                "aggregationProperty": "price"}),
            sure(("event", n, "retention start"), (EP, n, "filter"),
                 ("action", "9", "retention return"), (EP, "price", "math")),
        ),
        (
            "retention of a table",
            viz("RetentionQuery", retentionFilter={
                "targetEntity": {"id": n, "type": "data_warehouse", "table_name": n},
                "returningEntity": {"id": n, "type": "events"}}),
            sure(("warehouse table", n, "retention start"), ("event", n, "retention return")),
        ),
        (
            "paths of custom events",
            viz("PathsQuery", pathsFilter={"includeEventTypes": ["custom_event"], "startPoint": n,
                                           "endPoint": "end", "excludeEvents": ["no", n]}),
            sure(("event", n, "path start"), ("event", "end", "path end"),
                 ("event", "no", "path exclusion"), ("event", n, "path exclusion")),
        ),
        (
            "paths of pages",
            viz("PathsQuery", pathsFilter={"includeEventTypes": ["$pageview"], "startPoint": n}),
            sure(("event", "$pageview", "series")),
        ),
        (
            "paths of both",
            viz("PathsQuery", pathsFilter={"includeEventTypes": ["$pageview", "custom_event"],
                                           "startPoint": n, "endPoint": "/pricing"}),
            [("event", "$pageview", "series", True), ("event", n, "path start", False)],
        ),
        (
            "paths within a funnel",
            viz("PathsQuery", pathsFilter={"includeEventTypes": ["$screen"]}, funnelPathsFilter={
                "funnelPathType": "funnel_path_after_step",
                "funnelSource": {"kind": "FunnelsQuery", "series": [event(n)]}}),
            sure(("event", "$screen", "series"), ("event", n, "series")),
        ),
        ("stickiness", viz("StickinessQuery", series=[event(n)]), sure(("event", n, "series"))),
        ("lifecycle", viz("LifecycleQuery", series=[event(n)]), sure(("event", n, "series"))),
        (
            "calendar",
            viz("CalendarHeatmapQuery", series=[event(n)], conversionGoal={"actionId": 4}),
            sure(("event", n, "series"), ("action", "4", "conversion goal")),
        ),
        (
            "web overview",
            table("WebOverviewQuery", properties=[prop(n, "session")],
                  conversionGoal={"customEventName": n}),
            sure((SP, n, "filter"), ("event", n, "conversion goal")),
        ),
        (
            "events",
            table("EventsQuery", select=["*", "event", "timestamp"], event=n, actionId=3,
                  properties=[prop(n)], fixedProperties=[prop(n, "person")]),
            sure(("event", n, "filter"), ("action", "3", "filter"), (EP, n, "filter"),
                 (PP, n, "filter")),
        ),
        (
            "several events",
            table("EventsQuery", select=["*"], events=[n, "other"],
                  actionSteps=[{"event": n, "properties": [prop("k")]}]),
            sure(("event", n, "filter"), ("event", "other", "filter"), ("event", n, "filter"),
                 (EP, "k", "filter")),
        ),
        (
            "sessions",
            table("SessionsQuery", select=["session_id"], event=n, eventProperties=[prop(n)]),
            sure(("event", n, "filter"), (EP, n, "filter")),
        ),
        (
            "actors of an insight",
            table("ActorsQuery", select=["person"], properties=[prop(n, "person")], source={
                "kind": "InsightActorsQuery",
                "source": {"kind": "TrendsQuery", "series": [event(n)]}}),
            sure((PP, n, "filter"), ("event", n, "series")),
        ),
        (
            "persons",
            table("PersonsNode", cohort=5, properties=[prop(n, "person")]),
            sure(("cohort", "5", "filter"), (PP, n, "filter")),
        ),
        (
            "recordings",
            {"kind": "RecordingsQuery", "events": [{"id": n, "type": "events"}],
             "actions": [{"id": 2, "type": "actions"}], "properties": [prop(n, "person")]},
            sure(("event", n, "filter"), ("action", "2", "filter"), (PP, n, "filter")),
        ),
        (
            "experiment",
            table("ExperimentTrendsQuery",
                  count_query={"kind": "TrendsQuery", "series": [event(n)]},
                  exposure_query={"kind": "TrendsQuery", "series": [event("seen")]}),
            sure(("event", n, "series"), ("event", "seen", "series")),
        ),
        (
            "metric of an experiment",
            {"kind": "ExperimentQuery", "metric": {"kind": "ExperimentMetric",
                                                   "source": event(n)}},
            sure(("event", n, "series")),
        ),
        (
            "variables and filters of SQL",
            {"kind": "DataVisualizationNode", "source": {
                "kind": "HogQLQuery", "query": "SELECT 1", "filters": {"properties": [prop(n)]},
                "variables": {"1": {"variableId": "1", "code_name": n, "value": "x"}}}},
            sure((EP, n, "filter"), ("variable", n, "filter")),
        ),
        (
            "an unknown kind",
            {"kind": "TomorrowQuery", "series": [event(n)]},
            [("event", n, "series", False)],
        ),
    ]  # fmt: skip


def _old(n: str) -> list[tuple[str, Query, list[Label]]]:
    """``filters`` of insights from before there were queries."""
    return [
        (
            "old trend",
            {"insight": "TRENDS", "events": [{"id": n, "type": "events", "order": 0,
                                              "properties": [prop(n)]}],
             "actions": [{"id": "8", "order": 1}], "formula": "A/B"},
            sure(("event", n, "series"), (EP, n, "filter"), ("action", "8", "series"),
                 ("event", n, "formula"), ("action", "8", "formula")),
        ),
        (
            "old funnel",
            {"insight": "FUNNELS", "events": [{"id": n}], "breakdown": n,
             "breakdown_type": "person", "exclusions": [{"id": "x", "type": "events"}]},
            sure(("event", n, "series"), (PP, n, "breakdown"), ("event", "x", "exclusion")),
        ),
        (
            "old retention",
            {"insight": "RETENTION", "target_entity": {"id": n, "type": "events"},
             "returning_entity": {"id": 3, "type": "actions"}},
            sure(("event", n, "retention start"), ("action", "3", "retention return")),
        ),
        (
            "old paths",
            {"insight": "PATHS", "include_event_types": ["custom_event"], "start_point": n},
            sure(("event", n, "path start")),
        ),
    ]  # fmt: skip


def json_set() -> list[tuple[str, Query | None, Query | None, list[Label]]]:
    """What it is, query, old filters, labels."""
    found: list[tuple[str, Query | None, Query | None, list[Label]]] = []
    for name in NAMES:
        found += [(f"{what}: {name}", query, None, labels) for what, query, labels in _json(name)]
        found += [(f"{what}: {name}", None, old, labels) for what, old, labels in _old(name)]
    return found


def literal(text: str) -> str:
    return "'" + text.replace("\\", "\\\\").replace("'", "\\'") + "'"


def ticked(text: str) -> str:
    return "`" + text.replace("\\", "\\\\").replace("`", "``") + "`"


S = "SQL"
Make = Callable[[str, str, str], tuple[str, list[Label]]]
"""Makes a text of a literal, a quoted name and the name itself."""

SQLS: tuple[Make, ...] = (
    lambda s, q, n: (f"SELECT count() FROM events WHERE event = {s}", sure(("event", n, S))),
    lambda s, q, n: (f"SELECT count() FROM events WHERE {s} != event", sure(("event", n, S))),
    lambda s, q, n: (
        f"SELECT count() FROM events e WHERE e.event IN ({s}, 'other') AND {{filters}}",
        sure(("event", n, S), ("event", "other", S)),
    ),
    lambda s, q, n: (
        f"SELECT countIf(event = {s}) FROM events WHERE event NOT IN tuple('x')",
        sure(("event", n, S), ("event", "x", S)),
    ),
    lambda s, q, n: (
        f"SELECT properties.{q}, person.properties.{q} AS {q} FROM events",
        sure((EP, n, S), (PP, n, S)),
    ),
    lambda s, q, n: (
        f"SELECT properties[{s}], JSONExtractString(properties, {s}) FROM events",
        sure((EP, n, S), (EP, n, S)),
    ),
    lambda s, q, n: (
        f"SELECT p.properties.{q} FROM persons AS p JOIN events e ON e.person_id = p.id",
        sure((PP, n, S)),
    ),
    lambda s, q, n: (f"SELECT properties.{q} FROM groups WHERE index = 0", sure((GP, n, S))),
    lambda s, q, n: (f"SELECT group_0.properties.{q} FROM events", sure((GP, n, S))),
    lambda s, q, n: (f"SELECT session.{q} FROM events", sure((SP, n, S))),
    lambda s, q, n: (
        "SELECT count() FROM events WHERE event = {variables.plan} "
        f"AND properties.{q} > {{variables.least}}",
        sure(("variable", "plan", S), (EP, n, S), ("variable", "least", S)),
    ),
    lambda s, q, n: (
        f"SELECT * FROM events WHERE person_id IN COHORT {s} AND person_id NOT IN COHORT 12",
        sure(("cohort", n, S), ("cohort", "12", S)),
    ),
    lambda s, q, n: (
        f"SELECT count() FROM events WHERE matchesAction({s}) OR matchesAction(3)",
        sure(("action", n, S), ("action", "3", S)),
    ),
    lambda s, q, n: (
        f"WITH base AS (SELECT event, properties AS p FROM events) "
        f"SELECT p.{q} FROM base WHERE base.event = {s}",
        sure((EP, n, S), ("event", n, S)),
    ),
    lambda s, q, n: (
        f"SELECT lower(event) AS event FROM events WHERE event = {s}",
        [("event", n, S, False)],
    ),
    lambda s, q, n: (
        f"SELECT name AS event FROM other WHERE event = {s}",
        sure(("warehouse table", "other", S)),
    ),
    lambda s, q, n: (
        f"SELECT count() FROM events WHERE event LIKE {s} OR match(event, {s})",
        [("event", n, S, False), ("event", n, S, False)],
    ),
    lambda s, q, n: (
        f"SELECT arrayExists(event -> event > 3, [1, 2]), has([{s}], event) FROM events",
        sure(("event", n, S)),
    ),
    lambda s, q, n: (
        f"SELECT arrayExists(x -> x = {s}, groupArray(event)) FROM events",
        sure(("event", n, S)),
    ),
    lambda s, q, n: (
        f"SELECT CASE event WHEN {s} THEN 'a' ELSE 'b' END FROM events",
        sure(("event", n, S)),
    ),
    lambda s, q, n: (
        f"SELECT 1 FROM stripe.charge c JOIN {q} ON 1 = 1 WHERE c.event = {s}",
        sure(("warehouse table", "stripe.charge", S), ("warehouse table", n, S)),
    ),
    lambda s, q, n: (
        f"-- event = 'comment'\nSELECT '{{not}}', {s} AS label\nFROM events\n"
        f"WHERE event = {s} /* event = 'no' */\n  AND 1 = 1",
        sure(("event", n, S)),
    ),
    lambda s, q, n: (
        f"SELECT a FROM (SELECT properties.{q} AS a, event FROM events) WHERE event = {s} "
        f"UNION ALL SELECT properties.b FROM events",
        sure((EP, n, S), ("event", n, S), (EP, "b", S)),
    ),
    lambda s, q, n: (
        f"SELECT count() FROM events WHERE properties.$feature_flag = {s} "
        f"AND properties.`$feature/beta` = 'on'",
        sure((EP, "$feature_flag", S), ("feature flag", n, S), (EP, "$feature/beta", S),
             ("feature flag", "beta", S)),
    ),
    lambda s, q, n: (
        f"SELECT any(event) AS first FROM events GROUP BY person_id HAVING first = {s}",
        sure(("event", n, S)),
    ),
    lambda s, q, n: (
        f"SELECT transform(event, [{s}], ['Name'], 'Other') FROM events",
        sure(("event", n, S)),
    ),
)  # fmt: skip


def sql_set() -> list[tuple[str, list[Label]]]:
    """SQL texts and their labels."""
    return [make(literal(name), ticked(name), name) for name in NAMES for make in SQLS]
