"""What a query depends on: every kind of query, one table of what each may hold.

`references` is pure: query JSON in, names out. Nothing is left out silently: what is of an
unknown kind or shape is in ``unread``.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, cast

from dashwidgets.references.queries.fields import READERS, TABLE_OF, table_expressions
from dashwidgets.references.queries.legacy import filters
from dashwidgets.references.queries.properties import properties
from dashwidgets.references.queries.series import node
from dashwidgets.references.reference import FILTER, SERIES, Found, word

WRAPPERS = frozenset(("InsightVizNode", "DataVisualizationNode", "DataTableNode"))
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
            table_expressions(query, ("columns",), at, found, table)
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
        # By the field's name alone: PostHog uses one name for one meaning across all its queries.
        if name in READERS:
            READERS[name](query, f"{at}/{name}", found)
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
            # At the flag, because the project's filters themselves are not part of this query.
            one._replace(pointer=where, start=-1, end=-1, line=0, column=0)
            for one in mine.references
        ]


def _kind(value: Any) -> Any:
    return cast("dict[str, Any]", value).get("kind") if isinstance(value, dict) else None
