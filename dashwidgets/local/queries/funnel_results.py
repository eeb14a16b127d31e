"""What is told of a funnel's attempts: steps, times, or shares over time (contract 13.3)."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from statistics import fmean, median
from typing import Any

from dashwidgets.local.queries.breakdowns import spoken
from dashwidgets.local.queries.dates import (
    DateRange,
    checked_interval,
    day_text,
    floor,
    intervals,
    label_text,
)
from dashwidgets.local.queries.events import action_of, event_name
from dashwidgets.local.queries.problem import InvalidQuery

_MOST_BINS = 60
_EPOCH = datetime(1970, 1, 1)


@dataclass(frozen=True)
class Attempt:
    """The best attempt of one person: when each step was reached, in microseconds."""

    value: str | None
    times: Sequence[int]


def by_steps(
    attempts: list[Attempt], steps: list[dict[str, Any]], *, split: bool, unordered: bool
) -> list[Any]:
    """How many came to each step, for each value of a breakdown."""
    if not split:
        return _steps(attempts, steps, unordered=unordered)
    return [
        [
            step | {"breakdown": spoken(value), "breakdown_value": spoken(value)}
            for step in _steps(some, steps, unordered=unordered)
        ]
        for value, some in _by_value(attempts)
    ]


def by_time(converted: list[Attempt], between: tuple[int, int], bins: Any) -> dict[str, Any]:
    """How long the way between two steps took, in bins of equal width."""
    first, last = between
    seconds = sorted((a.times[last] - a.times[first]) / 1e6 for a in converted)
    if bins is not None and (not isinstance(bins, int) or not 0 < bins <= 90):
        raise InvalidQuery("binCount must be between 1 and 90.")
    if not seconds:
        return {"average_conversion_time": None, "bins": []}
    count = bins or min(_MOST_BINS, max(1, math.ceil(len(seconds) ** (1 / 3))))
    low = math.floor(seconds[0])
    width = max(1, math.ceil((seconds[-1] - low) / count))
    found = [[low + width * at, 0] for at in range(count + 1)]
    for value in seconds:
        found[min(count, int((value - low) // width))][1] += 1
    return {"average_conversion_time": fmean(seconds), "bins": found}


def by_interval(
    attempts: list[Attempt],
    steps: list[dict[str, Any]],
    interval_name: Any,
    dates: DateRange,
    *,
    split: bool,
    between: tuple[int, int],
) -> list[dict[str, Any]]:
    """The share of those who began in each interval that came to the end."""
    interval = checked_interval(interval_name)
    starts = intervals(dates, interval)
    first, last = between
    result: list[dict[str, Any]] = []
    for value, some in _by_value(attempts) if split else [(None, attempts)]:
        began, ended = dict.fromkeys(starts, 0), dict.fromkeys(starts, 0)
        for attempt in some:
            if len(attempt.times) > first:
                at = floor(_EPOCH + timedelta(microseconds=attempt.times[0]), interval)
                began[at] += 1
                ended[at] += len(attempt.times) > last
        shares = [round(100 * ended[at] / began[at], 2) if began[at] else 0.0 for at in starts]
        result.append(
            {
                "count": sum(ended.values()),
                "data": shares,
                "days": [day_text(at, interval) for at in starts],
                "labels": [label_text(at, interval) for at in starts],
                "label": event_name(steps[-1]) if value is None else value,
                "action": action_of(steps[-1], len(steps) - 1),
                **({} if value is None else {"breakdown_value": spoken(value)}),
            }
        )
    return result


def _by_value(attempts: list[Attempt]) -> list[tuple[str, list[Attempt]]]:
    """The attempts of each value of a breakdown, the most frequent first."""
    found: dict[str, list[Attempt]] = {}
    for attempt in attempts:
        found.setdefault(str(attempt.value), []).append(attempt)
    return sorted(found.items(), key=lambda item: (-len(item[1]), item[0]))


def _steps(
    attempts: list[Attempt], steps: list[dict[str, Any]], *, unordered: bool
) -> list[dict[str, Any]]:
    made: list[dict[str, Any]] = []
    for order, node in enumerate(steps):
        reached = [attempt.times for attempt in attempts if len(attempt.times) > order]
        waits = [(t[order] - t[order - 1]) / 1e6 for t in reached] if order else []
        made.append(
            {
                "action_id": None if unordered else node.get("event"),
                "name": event_name(node),
                "custom_name": node.get("custom_name"),
                "order": order,
                "people": [],
                "count": len(reached),
                "type": "events",
                "average_conversion_time": fmean(waits) if waits else None,
                "median_conversion_time": median(waits) if waits else None,
            }
        )
    return made
