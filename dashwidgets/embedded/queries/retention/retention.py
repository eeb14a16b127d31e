"""Retention: who comes back, and after how long (contract 13.4)."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any, cast

from dashwidgets.embedded.queries.breakdowns import OTHER, breakdown_of
from dashwidgets.embedded.queries.by_cohort import cohort_splits
from dashwidgets.embedded.queries.dates import (
    DateRange,
    Interval,
    add_months,
    checked_interval,
    floor,
    intervals,
    moment,
)
from dashwidgets.embedded.queries.outcome import Database, Outcome
from dashwidgets.embedded.queries.problem import InvalidQuery
from dashwidgets.embedded.queries.retention.people import People
from dashwidgets.embedded.queries.retention.table import Counts, count, rows_of, together
from dashwidgets.embedded.queries.sql.dialect import literal

DEFAULT_INTERVALS = 8
MOST_INTERVALS = 100


def compute(source: dict[str, Any], database: Database) -> Outcome:
    """Compute a ``RetentionQuery``: a cohort for each interval, as wide as there is data."""
    schema = database.schema
    shown: dict[str, Any] = source.get("retentionFilter") or {}
    period = checked_interval(str(shown.get("period") or "Day").lower())
    number = shown.get("totalIntervals") or DEFAULT_INTERVALS
    if not isinstance(number, int) or not 1 < number <= MOST_INTERVALS:
        raise InvalidQuery(f"totalIntervals must be between 2 and {MOST_INTERVALS}.")
    brackets = _brackets(shown)
    dates = _dates(source, database.now(), period, number)
    # The last ones: a week that the range only touches would be one too many.
    starts = intervals(dates, period)[-number:]
    cohorts = cohort_splits(source, schema)
    breakdown = None if cohorts is not None else breakdown_of(source, schema)
    if cohorts is not None:
        values: list[str | None] = []
        counts = Counts()
        for one in cohorts:
            # The server calls a cohort by its number as text, all users 0.
            people = People(one.source, dates, period, literal(str(one.key)), schema)
            counts.add(count(people, brackets, database))
            values.append(str(one.key))
    else:
        value = f"ifNull(toString({breakdown.columns[0]}), '')" if breakdown else "''"
        counts = count(People(source, dates, period, value, schema), brackets, database)
        values = [""]
        if breakdown:
            ranked = counts.by_size()
            values = list(ranked[: breakdown.limit])
            if ranked[breakdown.limit :]:
                counts = together(counts, ranked[breakdown.limit :], OTHER)
                values.append(OTHER)
    split = cohorts is not None or breakdown is not None
    result: list[dict[str, Any]] = []
    for value in values:
        rows = rows_of(counts, value, starts, period, brackets, shown)
        result += [row | {"breakdown_value": value} for row in rows] if split else rows
    return Outcome(result=result, hogql=counts.sql, resolved_date_range=dates.resolved())


def _brackets(shown: dict[str, Any]) -> list[int]:
    """The lengths of periods that are not all one interval long; none by default."""
    given = cast("list[Any]", shown.get("retentionCustomBrackets") or [])
    if not all(isinstance(one, int | float) and one >= 1 for one in given):
        raise InvalidQuery("retentionCustomBrackets must be positive numbers.", "invalid_input")
    return [int(one) for one in given]


def _dates(source: dict[str, Any], now: datetime, period: Interval, number: int) -> DateRange:
    """As many intervals as are shown, up to the end of the date range."""
    given: dict[str, Any] = source.get("dateRange") or {}
    until = given.get("date_to")
    end = moment(str(until), now, end=True) if until else now
    last = floor(end, period)
    back = {"hour": timedelta(hours=1), "day": timedelta(days=1), "week": timedelta(days=7)}
    first = (
        add_months(last, 1 - number) if period == "month" else last - back[period] * (number - 1)
    )
    # The start of the range is not used: PostHog shows as many intervals as were chosen.
    return DateRange(first, end)
