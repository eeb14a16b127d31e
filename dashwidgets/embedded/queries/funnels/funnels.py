"""Funnels: who goes from step to step (contract 13.3)."""

from __future__ import annotations

from typing import Any

from dashwidgets.embedded.queries.breakdowns import breakdown_of
from dashwidgets.embedded.queries.by_cohort import cohort_splits
from dashwidgets.embedded.queries.dates import DateRange, compared, date_range
from dashwidgets.embedded.queries.filters.events import series_of
from dashwidgets.embedded.queries.funnels import comparison as funnel_comparison
from dashwidgets.embedded.queries.funnels.attempts import Funnel, between, statement
from dashwidgets.embedded.queries.funnels.results import (
    Attempt,
    Value,
    by_interval,
    by_steps,
    by_time,
    ranked,
    wholly_converted,
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
            by_interval(some, steps, unit, span, schema, split=split, between=steps_between)
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
) -> tuple[dict[Value | None, list[Attempt]], str]:
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
            funnel = Funnel(one.source, steps, span, schema, actor, "NULL", drawn == "trends")
            sql = statement(funnel)
            groups[Value(one.key, one.name)] = [Attempt(row[1]) for row in database.rows(sql)]
        return groups, sql
    breakdown = breakdown_of(source, schema)
    value = breakdown.value if breakdown else "NULL"
    sql = statement(Funnel(source, steps, span, schema, actor, value, drawn == "trends"))
    rows = database.rows(sql)
    if breakdown is None:
        return {None: [Attempt(times) for _, times in rows]}, sql
    return ranked(rows, breakdown), sql
