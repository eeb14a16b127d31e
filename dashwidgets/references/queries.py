"""What a query depends on: every kind of query, one table of what each may hold.

`references` is pure: query JSON in, names out. Nothing is left out in silence: what is of an
unknown kind or shape is in ``unread``.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, cast

from dashwidgets.references import expressions
from dashwidgets.references.formulas import formulas
from dashwidgets.references.legacy import filters
from dashwidgets.references.paths import paths
from dashwidgets.references.properties import (
    OF_TYPE,
    breakdown,
    cohorts,
    escaped,
    named,
    names,
    properties,
)
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
from dashwidgets.references.series import action, node, nodes

WRAPPERS = frozenset(("InsightVizNode", "DataVisualizationNode", "DataTableNode"))
TABLE_OF: Mapping[str, str] = {
    "EventsQuery": "events",
    "SessionsQuery": "sessions",
    "ActorsQuery": "persons",
    "GroupsQuery": "groups",
}
ENTITIES = frozenset(
    (
        "EventsNode", "ActionsNode", "GroupNode", "DataWarehouseNode", "FunnelsDataWarehouseNode",
        "LifecycleDataWarehouseNode", "ExperimentDataWarehouseNode",
    )
)  # fmt: skip
INSIGHTS = frozenset(
    (
        "TrendsQuery", "FunnelsQuery", "RetentionQuery", "PathsQuery", "StickinessQuery",
        "LifecycleQuery", "CalendarHeatmapQuery",
    )
)  # fmt: skip
OTHERS = frozenset(
    (
        "EventsQuery", "SessionsQuery", "ActorsQuery", "GroupsQuery", "PersonsNode", "HogQLQuery",
        "HogQuery", "SavedInsightNode", "InsightActorsQuery", "InsightActorsQueryOptions",
        "FunnelsActorsQuery", "FunnelCorrelationQuery", "FunnelCorrelationActorsQuery",
        "StickinessActorsQuery", "RecordingsQuery", "WebOverviewQuery", "WebStatsTableQuery",
        "WebExternalClicksTableQuery", "WebGoalsQuery", "WebVitalsQuery",
        "WebVitalsPathBreakdownQuery", "TracesQuery", "TraceQuery", "ErrorTrackingQuery",
        "SessionAttributionExplorerQuery", "ExperimentTrendsQuery", "ExperimentFunnelsQuery",
        "ExperimentQuery", "ExperimentMetric", "RevenueAnalyticsGrossRevenueQuery",
        "RevenueAnalyticsMetricsQuery", "RevenueAnalyticsMRRQuery",
        "RevenueAnalyticsOverviewQuery", "RevenueAnalyticsTopCustomersQuery",
    )
)  # fmt: skip
INSIDE = frozenset(
    (
        "source", "query", "count_query", "exposure_query", "funnels_query", "metric", "numerator",
        "denominator", "funnelSource", "funnelsQuery",
    )
)  # fmt: skip
"""Fields that hold another query, or an entity."""


def references(
    query: Any,
    legacy: Any = None,
    *,
    test_account_filters: Sequence[Any] = (),
) -> Found:
    """What an insight depends on.

    Parameters
    ----------
    query : dict or None
        As the API has it.
    legacy : dict, optional
        ``filters`` of an old insight; read only where there is no query.
    test_account_filters : sequence of dict
        The project's filters of internal users: they count where the query leaves those out.

    Returns
    -------
    Found
        ``references``, ``unread`` and ``texts``: SQL that could not be parsed.

    Examples
    --------
    >>> query = {"kind": "TrendsQuery", "series": [{"kind": "EventsNode", "event": "signed_up"}]}
    >>> [(one.kind, one.name, one.where) for one in references(query).references]
    [('event', 'signed_up', '/series/0/event')]
    """
    found = Found()
    try:
        if isinstance(query, dict) and query:
            _query(cast("dict[str, Any]", query), "", found, test_account_filters)
        elif query not in (None, {}):
            found.miss("", "the query is not a JSON object")
        elif legacy:
            filters(legacy, "/filters", found, test_account_filters)
        else:
            found.miss("", "it has no query")
    except RecursionError:
        found.miss("", "nested too deeply")
    except (TypeError, ValueError, KeyError, AttributeError, IndexError) as error:
        # A shape that none of the readers expects: what came before it is kept.
        found.miss("", f"an unexpected shape ({type(error).__name__}: {error})"[:200])
    return found


def _query(query: dict[str, Any], at: str, found: Found, test: Sequence[Any]) -> None:
    kind = word(query.get("kind"))
    if kind in WRAPPERS:
        source = query.get("source")
        if isinstance(source, dict) and source:
            _query(cast("dict[str, Any]", source), f"{at}/source", found, test)
        else:
            found.miss(f"{at}/source", "it has no source")
        if kind == "DataTableNode":
            table = TABLE_OF.get(str(_kind(source)), "events")
            _expressions(query, ("columns",), at, found, table)
        return
    if kind in ENTITIES:
        node(query, at, SERIES, found)
        return
    if kind not in INSIGHTS and kind not in OTHERS:
        # What it has in common with the others is read, but what it means is a guess.
        found.miss(at, f"a query of kind {kind[:60]!r}")
        guessed = Found()
        _fields(query, at, guessed, test)
        found.references += [one._replace(certain=False) for one in guessed.references]
        found.unread += guessed.unread
        found.texts += guessed.texts
        return
    _fields(query, at, found, test)


def _fields(query: dict[str, Any], at: str, found: Found, test: Sequence[Any]) -> None:
    """Every field that any kind of query has; most have few of them."""
    for name, value in query.items():
        if not value:
            continue
        if name in _READERS:
            _READERS[name](query, f"{at}/{name}", found)
        if name in INSIDE and isinstance(value, dict):
            _query(cast("dict[str, Any]", value), f"{at}/{name}", found, test)
        elif name == "funnelPathsFilter" and isinstance(value, dict):
            _fields(cast("dict[str, Any]", value), f"{at}/{name}", found, test)
    if not test:
        return
    inside: Any = query.get("filters") if query.get("kind") == "HogQLQuery" else query
    flag = "filterTestAccounts"
    if isinstance(inside, dict) and cast("Any", inside).get(flag):
        where = f"{at}/filters/{flag}" if inside is not query else f"{at}/{flag}"
        mine = Found()
        properties(list(test), "", FILTER, mine)
        found.references += [
            one._replace(pointer=where, start=-1, end=-1, line=0, column=0)
            for one in mine.references
        ]


def _kind(value: Any) -> Any:
    return cast("dict[str, Any]", value).get("kind") if isinstance(value, dict) else None


def _expressions(
    query: dict[str, Any], fields: Sequence[str], at: str, found: Found, table: str
) -> None:
    for name in fields:
        values = query.get(name)
        if isinstance(values, list):
            for n, one in enumerate(cast("list[Any]", values)):
                expressions.expression(one, f"{at}/{name}/{n}", SQL, found, table)


def _selected(query: dict[str, Any], at: str, found: Found) -> None:
    name = at.rpartition("/")[2]
    table = TABLE_OF.get(str(query.get("kind")), "events")
    _expressions(query, (name,), at.rpartition("/")[0], found, table)


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
    if query.get("kind") == "HogQLQuery":
        expressions.statement(query["query"], at, found)


def _hog(query: dict[str, Any], at: str, found: Found) -> None:
    if query.get("kind") == "HogQuery":
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
_READERS: Mapping[str, Read] = {
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
