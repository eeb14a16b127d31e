"""The fields of a query, each with what reads it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, cast

from dashwidgets.references.queries.formulas import formulas
from dashwidgets.references.queries.paths import paths
from dashwidgets.references.queries.properties import (
    OF_TYPE,
    breakdown,
    cohorts,
    escaped,
    named,
    names,
    properties,
)
from dashwidgets.references.queries.series import action, node, nodes
from dashwidgets.references.reference import (
    EVENT,
    EXCLUSION,
    FILTER,
    GOAL,
    MATH,
    RETENTION_RETURN,
    RETENTION_START,
    SERIES,
    SQL,
    VARIABLE,
    Found,
    Reference,
    word,
)
from dashwidgets.references.sql import expressions

TABLE_OF: Mapping[str, str] = {
    "EventsQuery": "events",
    "SessionsQuery": "sessions",
    "ActorsQuery": "persons",
    "GroupsQuery": "groups",
}


def table_expressions(
    query: dict[str, Any], fields: Sequence[str], at: str, found: Found, table: str
) -> None:
    """Lists of SQL expressions over a table of PostHog's."""
    for name in fields:
        values = query.get(name)
        if isinstance(values, list):
            for n, one in enumerate(cast("list[Any]", values)):
                expressions.expression(one, f"{at}/{name}/{n}", SQL, found, table)


def _selected(query: dict[str, Any], at: str, found: Found) -> None:
    name = at.rpartition("/")[2]
    table = TABLE_OF.get(str(query.get("kind")), "events")
    table_expressions(query, (name,), at.rpartition("/")[0], found, table)


def _retention(query: dict[str, Any], at: str, found: Found) -> None:
    wanted = query["retentionFilter"]
    if not isinstance(wanted, dict):
        found.miss(at, "not an object")
        return
    fields = cast("dict[str, Any]", wanted)
    node(fields.get("targetEntity"), f"{at}/targetEntity", RETENTION_START, found)
    node(fields.get("returningEntity"), f"{at}/returningEntity", RETENTION_RETURN, found)
    if isinstance(name := fields.get("aggregationProperty"), str) and name:
        kind = OF_TYPE.get(word(fields.get("aggregationPropertyType") or "event"))
        if kind:
            named(kind, name, f"{at}/aggregationProperty", MATH, found)


def _funnel(query: dict[str, Any], at: str, found: Found) -> None:
    if isinstance(wanted := query["funnelsFilter"], dict):
        fields = cast("dict[str, Any]", wanted)
        nodes(fields.get("exclusions"), f"{at}/exclusions", EXCLUSION, found)
        # ``person_id`` is what funnels count by anyway; it names nothing.
        if isinstance(by := fields.get("funnelAggregateByHogQL"), str) and by != "person_id":
            expressions.expression(by, f"{at}/funnelAggregateByHogQL", MATH, found)


def _goal(query: dict[str, Any], at: str, found: Found) -> None:
    if isinstance(goal := query["conversionGoal"], dict):
        fields = cast("dict[str, Any]", goal)
        if isinstance(name := fields.get("customEventName"), str):
            found.add(Reference(EVENT, name, GOAL, f"{at}/customEventName"))
        elif "actionId" in fields:
            action(fields["actionId"], f"{at}/actionId", GOAL, found)
        elif "kind" in fields:
            node(fields, at, GOAL, found)
        else:
            found.miss(at, "not a conversion goal")


def _sql(query: dict[str, Any], at: str, found: Found) -> None:
    # Other kinds have a ``query`` too, which is a query and no SQL; see `INSIDE`.
    if query.get("kind") == "HogQLQuery":
        expressions.statement(query["query"], at, found)


def _hog(query: dict[str, Any], at: str, found: Found) -> None:
    if query.get("kind") == "HogQuery":
        # Hog is a language of its own, with loops: what it queries is only known when it runs.
        found.miss(at, "a Hog program: only its text can be searched")
        found.texts.append((at, SQL, str(query["code"])))


def _variables(query: dict[str, Any], at: str, found: Found) -> None:
    variables(query["variables"], at, found)


def variables(value: Any, at: str, found: Found) -> None:
    """Values for variables, of an SQL insight or a dashboard."""
    if isinstance(value, dict):
        for key, one in cast("dict[str, Any]", value).items():
            name = cast("Any", one).get("code_name") if isinstance(one, dict) else None
            if isinstance(name, str):
                found.add(Reference(VARIABLE, name, FILTER, f"{at}/{escaped(key)}/code_name"))


def _sql_filters(query: dict[str, Any], at: str, found: Found) -> None:
    if isinstance(query["filters"], dict):
        inner = cast("dict[str, Any]", query["filters"])
        properties(inner.get("properties"), f"{at}/properties", FILTER, found)


def _series(query: dict[str, Any], at: str, found: Found) -> None:
    nodes(query["series"], at, SERIES, found)
    if isinstance(query.get("trendsFilter"), dict):
        formulas(query, at.removesuffix("series"), found)


def _filter(query: dict[str, Any], at: str, found: Found) -> None:
    properties(query[at.rpartition("/")[2]], at, FILTER, found)


def _event(query: dict[str, Any], at: str, found: Found) -> None:
    value = query[at.rpartition("/")[2]]
    if isinstance(value, list) and value and isinstance(value[0], dict):
        nodes(cast("Any", value), at, FILTER, found)
    else:
        names(value, at, FILTER, found, EVENT)


def _steps(query: dict[str, Any], at: str, found: Found) -> None:
    for n, one in enumerate(cast("list[Any]", query["actionSteps"])):
        if isinstance(one, dict):
            step = cast("dict[str, Any]", one)
            names(step.get("event"), f"{at}/{n}/event", FILTER, found, EVENT)
            properties(step.get("properties"), f"{at}/{n}/properties", FILTER, found)


Read = Callable[[dict[str, Any], str, Found], None]
READERS: Mapping[str, Read] = {
    "series": _series,
    "properties": _filter,
    "fixedProperties": _filter,
    "eventProperties": _filter,
    "having_predicates": _filter,
    "console_log_filters": _filter,
    "breakdownFilter": lambda query, at, found: breakdown(query["breakdownFilter"], at, found),
    "retentionFilter": _retention,
    "funnelsFilter": _funnel,
    "pathsFilter": lambda query, at, found: paths(query["pathsFilter"], at, found),
    "conversionGoal": _goal,
    "query": _sql,
    "code": _hog,
    "filters": _sql_filters,
    "variables": _variables,
    "select": _selected,
    "where": _selected,
    "orderBy": _selected,
    "event": _event,
    "events": _event,
    "actions": lambda query, at, found: nodes(query["actions"], at, FILTER, found),
    "actionId": lambda query, at, found: action(query["actionId"], at, FILTER, found),
    "actionSteps": _steps,
    "cohort": lambda query, at, found: cohorts(query["cohort"], at, FILTER, found),
}
