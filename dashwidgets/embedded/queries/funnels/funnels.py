"""Funnels: who goes from step to step (contract 13.3)."""

from __future__ import annotations

from functools import cache, partial
from itertools import groupby
from operator import itemgetter
from typing import Any

from dashwidgets.embedded.queries.breakdowns import breakdown_of
from dashwidgets.embedded.queries.by_cohort import cohort_splits
from dashwidgets.embedded.queries.dates import (
    DateRange,
    checked_interval,
    compared,
    date_range,
)
from dashwidgets.embedded.queries.filters.events import series_of
from dashwidgets.embedded.queries.funnels import comparison as funnel_comparison
from dashwidgets.embedded.queries.funnels.attempts import (
    Funnel,
    between,
    event_of,
    events_of,
    statement,
)
from dashwidgets.embedded.queries.funnels.results import (
    Attempt,
    Groups,
    Value,
    by_interval,
    by_steps,
    by_time,
    floor_of,
    ranked,
    wholly_converted,
)
from dashwidgets.embedded.queries.funnels.walk import (
    Event,
    walk,
    walk_periods,
    walk_periods_unordered,
    walk_unordered,
)
from dashwidgets.embedded.queries.outcome import Database, Outcome
from dashwidgets.embedded.queries.problem import InvalidQuery, unsupported
from dashwidgets.embedded.queries.sql.hogql import expression


def compute(source: dict[str, Any], database: Database) -> Outcome:
    """Compute a ``FunnelsQuery``, and the one before when they are compared."""
    shown: dict[str, Any] = source.get("funnelsFilter") or {}
    steps = series_of(source)
    if len(steps) < 2:
        raise InvalidQuery("A funnel needs at least two steps.", "min_length")
    schema = database.schema
    dates = date_range(source.get("dateRange") or {}, database.now(), schema.first)
    spans = compared(source.get("compareFilter"), dates)
    drawn = shown.get("funnelVizType") or "steps"
    steps_between = between(shown, len(steps))
    found = [_attempts(source, steps, span, database, drawn) for _, span in spans]
    groups = [attempts for attempts, _ in found]
    # A breakdown that nobody has a value for has no funnels at all.
    split = any(None not in attempts for attempts in groups)
    if drawn == "steps":
        unordered = shown.get("funnelOrderType") == "unordered"
        results: list[Any] = [
            by_steps(some, steps, schema, split=split, unordered=unordered) for some in groups
        ]
    elif drawn == "time_to_convert":
        converted = [wholly_converted(some, steps_between) for some in groups]
        results = by_time(converted, shown.get("binCount"))
    elif drawn == "trends":
        unit = source.get("interval")
        results = [
            by_interval(some, steps, unit, span, schema, split=split)
            for some, (_, span) in zip(groups, spans, strict=True)
        ]
    else:
        raise unsupported(f"funnels drawn as {drawn}")
    result = results[0] if len(results) == 1 else funnel_comparison.merged(results, drawn)
    return Outcome(result=result, hogql=found[0][1], resolved_date_range=dates.resolved())


def _attempts(
    source: dict[str, Any],
    steps: list[dict[str, Any]],
    span: DateRange,
    database: Database,
    drawn: str,
) -> tuple[Groups, str]:
    """Everybody's best attempt, for each value of a breakdown, and the SQL."""
    schema = database.schema
    shown: dict[str, Any] = source.get("funnelsFilter") or {}
    by = shown.get("funnelAggregateByHogQL")
    actor = "person_id" if by in (None, "", "person_id") else f"toString({expression(by, schema)})"
    cohorts = cohort_splits(source, schema)
    if cohorts is not None:
        groups: dict[Value | None, list[Attempt]] = {}
        sql = ""
        for one in cohorts:
            rows, sql = _found(
                Funnel(one.source, steps, span, schema, actor, "NULL"), database, drawn
            )
            groups[Value(one.key, one.name)] = [attempt for _, attempt in rows]
        return groups, sql
    breakdown = breakdown_of(source, schema)
    value = breakdown.value if breakdown else "NULL"
    rows, sql = _found(Funnel(source, steps, span, schema, actor, value), database, drawn)
    if breakdown is None:
        return {None: [attempt for _, attempt in rows]}, sql
    return ranked(rows, breakdown), sql


def _found(funnel: Funnel, database: Database, drawn: str) -> tuple[list[tuple[Any, Attempt]], str]:
    """Attempts with the value that each counts for, and the SQL."""
    if drawn != "trends" and funnel.order == "ordered" and not funnel.exclusions:
        sql = statement(funnel)
        return [(value, Attempt(times)) for value, times in database.rows(sql)], sql
    sql, count = events_of(funnel), len(funnel.steps)
    found: list[tuple[Any, Attempt]] = []
    for (_, value), rows in groupby(database.rows(sql), key=itemgetter(0, 1)):
        events = [event_of(at, number, count) for _, _, at, number in rows]
        found += [(value, attempt) for attempt in _walked(funnel, events, drawn)]
    return found, sql


def _walked(funnel: Funnel, events: list[Event], drawn: str) -> list[Attempt]:
    count, window = len(funnel.steps), funnel.window * 1_000_000
    strict, unordered = funnel.order == "strict", funnel.order == "unordered"
    if drawn == "trends":
        steps = between(funnel.shown, count)
        period = cache(partial(floor_of, interval=checked_interval(funnel.source.get("interval"))))
        periods = (
            walk_periods_unordered(events, count, window, steps, period)
            if unordered
            else walk_periods(events, count, window, steps, period, strict=strict)
        )
        return [Attempt((), at, converted) for at, converted in periods.items()]
    times = (
        walk_unordered(events, count, window)
        if unordered
        else walk(events, count, window, strict=strict)
    )
    return [Attempt(times)] if times else []
