"""What the embedded project does not compute, in one table; ``docs/engine.md`` shows it.

A query that needs something of it fails with an error that names it: a number that is computed
without an option that changes it would be wrong.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, cast

from dashwidgets.embedded.queries.problem import QueryError, unsupported

Query = dict[str, Any]

EVERY = "any query"


def _is_unset(value: Any) -> bool:
    # Not `in (None, False, …)`: 0 equals False, and 0 is the first type of group.
    return value is None or value is False or value in ("", [], {})


@dataclass(frozen=True)
class NotComputed:
    """One option that changes numbers and is not computed.

    Attributes
    ----------
    kind : str
        The kind of query, or any.
    option : str
        Where it is: ``filter.name``, with ``[]`` for every part of a list.
    why : str
        What would be needed.
    harmless : tuple
        Values that change nothing.
    only_if : callable, optional
        Whether it matters to this query.
    when : str
        The same in words.
    """

    kind: str
    option: str
    why: str
    harmless: tuple[Any, ...] = ()
    only_if: Callable[[Query], bool] | None = None
    when: str = ""


def _shown(query: Query, name: str, option: str) -> Any:
    given = query.get(name)
    return cast("Query", given).get(option) if isinstance(given, dict) else None


def _is_calendar(query: Query) -> bool:
    return _shown(query, "trendsFilter", "display") == "CalendarHeatmap"


def _is_box_plot(query: Query) -> bool:
    return _shown(query, "trendsFilter", "display") == "BoxPlot"


def _is_unordered(query: Query) -> bool:
    return _shown(query, "funnelsFilter", "funnelOrderType") == "unordered"


_CALENDAR: dict[str, Any] = {"only_if": _is_calendar, "when": "drawn as CalendarHeatmap"}
_BOX: dict[str, Any] = {"only_if": _is_box_plot, "when": "drawn as BoxPlot"}
_GROUPS = "Groups of people, such as companies, are not in the events."
_SAMPLED = "All events are counted; nothing is estimated from a sample."
_BINS = "Values are shown as they are, not in ranges of equal width."
_ONE_SERIES = "The server counts one number by weekday and hour."

TABLE: tuple[NotComputed, ...] = (
    NotComputed(EVERY, "aggregation_group_type_index", _GROUPS),
    NotComputed(EVERY, "samplingFactor", _SAMPLED, (1,)),
    NotComputed(EVERY, "breakdownFilter.breakdown_histogram_bin_count", _BINS),
    NotComputed(EVERY, "breakdownFilter.breakdowns[].histogram_bin_count", _BINS),
    NotComputed(EVERY, "breakdownFilter.breakdown_normalize_url", "Addresses are not unified."),
    NotComputed(EVERY, "breakdownFilter.breakdowns[].normalize_url", "Addresses are not unified."),
    NotComputed("TrendsQuery", "series[].math_multiplier", "Values are shown as they were sent."),
    NotComputed(
        "TrendsQuery",
        "series[].math_property_revenue_currency",
        "There are no exchange rates here.",
    ),
    NotComputed("TrendsQuery", "conversionGoal", "Conversions belong to web analytics."),
    NotComputed("TrendsQuery", "breakdownFilter.breakdown", _ONE_SERIES, **_CALENDAR),
    NotComputed("TrendsQuery", "breakdownFilter.breakdowns", _ONE_SERIES, **_CALENDAR),
    NotComputed("TrendsQuery", "compareFilter.compare", _ONE_SERIES, **_CALENDAR),
    NotComputed("TrendsQuery", "trendsFilter.formula", _ONE_SERIES, **_CALENDAR),
    NotComputed("TrendsQuery", "trendsFilter.formulas", _ONE_SERIES, **_CALENDAR),
    NotComputed("TrendsQuery", "trendsFilter.formulaNodes", _ONE_SERIES, **_CALENDAR),
    NotComputed(
        "TrendsQuery",
        "series[].math",
        "Rolling windows and first times have no hour of the day.",
        only_if=lambda query: (
            _is_calendar(query)
            and any(
                one.get("math") in ("weekly_active", "monthly_active", "first_time_for_user")
                or str(one.get("math")).endswith("_per_actor")
                for one in cast("list[Query]", query.get("series") or [])
            )
        ),
        when="drawn as CalendarHeatmap (active users, first times, counts per person)",
    ),
    NotComputed(
        "TrendsQuery",
        "series",
        _ONE_SERIES,
        only_if=lambda query: _is_calendar(query) and len(query.get("series") or []) > 1,
        when="drawn as CalendarHeatmap (several of them)",
    ),
    NotComputed("TrendsQuery", "breakdownFilter.breakdown", "The rows have no value.", **_BOX),
    NotComputed("TrendsQuery", "breakdownFilter.breakdowns", "The rows have no value.", **_BOX),
    NotComputed("TrendsQuery", "compareFilter.compare", "The rows have no compare_label.", **_BOX),
    NotComputed("FunnelsQuery", "series[].optionalInFunnel", "Every step of an attempt is needed."),
    NotComputed(
        "FunnelsQuery",
        "series[].math",
        "Steps are counted once a person.",
        ("total", "dau"),
    ),
    NotComputed(
        "FunnelsQuery",
        "funnelsFilter.exclusions",
        "It is not known which steps an exclusion is between.",
        only_if=_is_unordered,
        when="unordered",
    ),
    NotComputed(
        "RetentionQuery",
        "retentionFilter.timeWindowMode",
        "Periods begin with the calendar's.",
        ("strict_calendar_dates",),
    ),
    NotComputed("PathsQuery", "funnelPathsFilter", "Paths are not cut at a funnel's steps."),
    NotComputed("PathsQuery", "pathsFilter.funnelPaths", "Paths are not cut at a funnel's steps."),
    NotComputed(
        "StickinessQuery", "stickinessFilter.stickinessCriteria", "Once an interval is enough."
    ),
    NotComputed("StickinessQuery", "intervalCount", "An interval is one unit long.", (1,)),
    NotComputed("LifecycleQuery", "customAggregationTarget", "People are identified by person_id."),
    NotComputed("WebOverviewQuery", "includeRevenue", "There are no exchange rates here."),
    NotComputed("WebStatsTableQuery", "conversionGoal", "Conversions are not counted."),
    NotComputed("WebStatsTableQuery", "includeScrollDepth", "Scrolling is not in the events."),
    NotComputed("WebStatsTableQuery", "includeAvgTimeOnPage", "Time on page is not measured."),
)

OTHER_LIMITS: tuple[tuple[str, str], ...] = (
    ("Queries of other kinds", "`ActorsQuery`, experiments, revenue, traces, replay and so on."),
    ("Series of other kinds", "`DataWarehouseNode`, `GroupNode`: only events and actions."),
    ("Property filters of other types", "`group`, `element`, `recording`, `data_warehouse`."),
    ("Breakdowns of other types", "`group`, `data_warehouse`."),
    ("Maths over sessions or groups", "`math_property_type: session_properties`, `unique_group`."),
    (
        "Cohorts by sequences or habits",
        "`performed_event_sequence`, `performed_event_regularly`, `stopped_performing_event`, "
        "`restarted_performing_event`; what somebody did at all, so often or for the first time "
        "is computed.",
    ),
    ("Actions by element", "Need a column `elements_chain`, or the property `$elements_chain`."),
    ("Funnels drawn as a flow", "`funnelVizType: flow`."),
    (
        "Web tables of other breakdowns",
        "All but pages, referrers, UTM tags, channels, browsers, systems, devices and places.",
    ),
)


def check(query: Query) -> None:
    """Raise `QueryError` for the first option of the table that a query uses."""
    for entry in TABLE:
        if entry.kind not in (EVERY, query.get("kind")):
            continue
        if entry.only_if and not entry.only_if(query):
            continue
        values = _values(query, entry.option.split("."))
        found = [one for one in values if not _is_unset(one) and one not in entry.harmless]
        # The first is enough: each one alone makes the numbers wrong.
        if found:
            raise _error(entry, query, found[0])


def _error(one: NotComputed, query: Query, value: Any) -> QueryError:
    plain = isinstance(value, str | int | float) and not isinstance(value, bool)
    with_value = f" {value}" if plain else ""
    what = f"a {query.get('kind')}" + (f" {one.when}," if one.when else "")
    return unsupported(f"{what} with {one.option.replace('[]', '')}{with_value}")


def _values(given: Any, path: list[str]) -> list[Any]:
    """What is at a path; nothing where a part of it is missing."""
    if not path:
        return [given]
    if not isinstance(given, dict):
        return []
    name, is_list = path[0].removesuffix("[]"), path[0].endswith("[]")
    inner: Any = cast("Query", given).get(name)
    if is_list:
        parts = cast("list[Any]", inner) if isinstance(inner, list) else []
        return [value for part in parts for value in _values(part, path[1:])]
    return _values(inner, path[1:])
