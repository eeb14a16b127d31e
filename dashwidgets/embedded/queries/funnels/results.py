"""A funnel's attempts as a result: steps, times, or shares over time (contract 13.3)."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from statistics import fmean, median
from typing import Any

from dashwidgets.embedded.queries.breakdowns import OTHER, Breakdown, spoken
from dashwidgets.embedded.queries.dates import (
    DateRange,
    Interval,
    checked_interval,
    day_text,
    floor,
    intervals,
    label_text,
)
from dashwidgets.embedded.queries.filters.events import action_of, event_name, identity, is_action
from dashwidgets.embedded.queries.problem import InvalidQuery
from dashwidgets.embedded.queries.schema import Schema

_MOST_BINS = 60
_EPOCH = datetime(1970, 1, 1)


@dataclass(frozen=True)
class Attempt:
    """The best attempt of one person.

    Attributes
    ----------
    times : sequence of int
        When each step was reached, in microseconds.
    period : datetime, optional
        Over time: the period in which it began.
    converted : bool
        Over time: whether it came to the end.
    """

    times: Sequence[int]
    period: datetime | None = None
    converted: bool = False


@dataclass(frozen=True)
class Value:
    """A value of a breakdown, and what it is called; a cohort's is its id."""

    key: str | int
    name: str | None = None

    def fields(self) -> dict[str, Any]:
        """As every step of its funnel carries it."""
        return {
            "breakdown": self.name or spoken(self.key),
            "breakdown_value": spoken(self.key),
        }


Groups = Mapping[Value | None, list[Attempt]]
"""The attempts of each value; without a breakdown all under None."""


def floor_of(microseconds: int, interval: Interval) -> datetime:
    """The beginning of the period that a moment is in."""
    return floor(_EPOCH + timedelta(microseconds=microseconds), interval)


def ranked(
    rows: list[tuple[Any, Attempt]], breakdown: Breakdown
) -> dict[Value | None, list[Attempt]]:
    """The attempts of the values that most people have; those of the others together."""
    found: dict[str, list[Attempt]] = {}
    for value, attempt in rows:
        found.setdefault(str(value), []).append(attempt)
    ordered = sorted(found.items(), key=lambda item: (-len(item[1]), item[0]))
    groups: dict[Value | None, list[Attempt]] = {
        Value(value): some for value, some in ordered[: breakdown.limit]
    }
    rest = [attempt for _, some in ordered[breakdown.limit :] for attempt in some]
    if rest and not breakdown.hide_other:
        groups[Value(OTHER)] = rest
    return groups


def wholly_converted(groups: Groups, between: tuple[int, int]) -> list[float]:
    """The seconds between two steps, of everybody who reached the second, the shortest first."""
    first, last = between
    return sorted(
        (attempt.times[last] - attempt.times[first]) / 1e6
        for some in groups.values()
        for attempt in some
        if len(attempt.times) > last
    )


def by_steps(
    groups: Groups,
    steps: list[dict[str, Any]],
    schema: Schema,
    *,
    split: bool,
    unordered: bool,
) -> list[Any]:
    """How many reached each step, for each value of a breakdown."""
    if not split:
        return _steps(groups[None], steps, schema, unordered=unordered)
    return [
        [step | value.fields() for step in _steps(some, steps, schema, unordered=unordered)]
        for value, some in groups.items()
        if value is not None
    ]


def by_time(periods: list[list[float]], bins: Any) -> list[dict[str, Any]]:
    """How long the way took in each period, in bins that all periods share."""
    if bins is not None and (not isinstance(bins, int) or not 0 < bins <= 90):
        raise InvalidQuery("binCount must be between 1 and 90.")
    together = sorted(seconds for period in periods for seconds in period)
    if not together:
        return [_time(period, []) for period in periods]
    # The cube root of the number of people, as the server chooses it.
    count = bins or min(_MOST_BINS, max(1, math.ceil(len(together) ** (1 / 3))))
    low = math.floor(together[0])
    width = max(1, math.ceil((together[-1] - low) / count))
    made: list[dict[str, Any]] = []
    for period in periods:
        # One bin more than asked for: the longest time falls on the end of the last one.
        found = [[low + width * at, 0] for at in range(count + 1)]
        for value in period:
            found[min(count, int((value - low) // width))][1] += 1
        made.append(_time(period, found))
    return made


def _time(seconds: list[float], bins: list[list[int]]) -> dict[str, Any]:
    return {
        "average_conversion_time": fmean(seconds) if seconds else None,
        "median_conversion_time": median(seconds) if seconds else None,
        "bins": bins,
    }


def by_interval(
    groups: Groups,
    steps: list[dict[str, Any]],
    interval_name: Any,
    dates: DateRange,
    schema: Schema,
    *,
    split: bool,
) -> list[dict[str, Any]]:
    """The share of those who began in each interval that reached the end."""
    interval = checked_interval(interval_name)
    starts = intervals(dates, interval)
    result: list[dict[str, Any]] = []
    for value, some in groups.items():
        if split and value is None:
            continue
        began, ended = dict.fromkeys(starts, 0), dict.fromkeys(starts, 0)
        for attempt in some:
            if attempt.period is not None:
                began[attempt.period] += 1
                ended[attempt.period] += attempt.converted
        shares = [round(100 * ended[at] / began[at], 2) if began[at] else 0.0 for at in starts]
        result.append(
            {
                "count": sum(ended.values()),
                "data": shares,
                "days": [day_text(at, interval) for at in starts],
                "labels": [label_text(at, interval) for at in starts],
                "label": event_name(steps[-1], schema)
                if value is None
                else value.name or str(value.key),
                "action": action_of(steps[-1], len(steps) - 1, schema),
                **({} if value is None else {"breakdown_value": spoken(value.key)}),
            }
        )
    return result


def _steps(
    attempts: list[Attempt], steps: list[dict[str, Any]], schema: Schema, *, unordered: bool
) -> list[dict[str, Any]]:
    made: list[dict[str, Any]] = []
    for order, node in enumerate(steps):
        reached = [attempt.times for attempt in attempts if len(attempt.times) > order]
        waits = [(t[order] - t[order - 1]) / 1e6 for t in reached] if order else []
        made.append(
            {
                "action_id": None if unordered else identity(node),
                "name": event_name(node, schema),
                "custom_name": node.get("custom_name"),
                "order": order,
                "people": [],
                "count": len(reached),
                "type": "actions" if is_action(node) else "events",
                "average_conversion_time": fmean(waits) if waits else None,
                "median_conversion_time": median(waits) if waits else None,
            }
        )
    return made
