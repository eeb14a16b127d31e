"""Funnels: who goes from step to step (contract 13.3)."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from statistics import fmean, median
from typing import Any

from dashwidgets.local.queries.breakdowns import Breakdown, breakdown_of, spoken
from dashwidgets.local.queries.dates import (
    BUCKET,
    DateRange,
    checked_interval,
    date_range,
    day_text,
    floor,
    intervals,
    label_text,
)
from dashwidgets.local.queries.events import (
    action_of,
    event_name,
    matches_event,
    series_of,
    within,
)
from dashwidgets.local.queries.outcome import Database, Outcome
from dashwidgets.local.queries.problem import InvalidQuery, unsupported
from dashwidgets.local.queries.properties import condition

_UNITS = {"second": 1, "minute": 60, "hour": 3600, "day": 86400, "week": 604800, "month": 2592000}
_ORDERS = ("ordered", "strict", "unordered")
_MOST_BINS = 60
_EPOCH = datetime(1970, 1, 1)
_MICROS = "toString(toUnixTimestamp64Micro(timestamp))"


@dataclass(frozen=True)
class Attempt:
    """The best attempt of one person: when each step was reached, in microseconds."""

    value: str | None
    times: Sequence[int]


def compute(source: dict[str, Any], database: Database) -> Outcome:
    """Compute a ``FunnelsQuery``."""
    shown: dict[str, Any] = source.get("funnelsFilter") or {}
    if shown.get("exclusions"):
        raise unsupported("funnels with exclusion steps")
    steps = series_of(source)
    if len(steps) < 2:
        raise InvalidQuery("A funnel needs at least two steps.", "min_length")
    dates = date_range(source.get("dateRange") or {}, database.now(), database.schema.first)
    breakdown = breakdown_of(source, database.schema)
    drawn = shown.get("funnelVizType") or "steps"
    per_period = drawn == "trends"
    sql = statement(source, steps, dates, database, breakdown, per_period=per_period)
    attempts = [Attempt(value, times) for value, times in database.rows(sql)]
    if drawn == "steps":
        result: Any = _split(attempts, steps, breakdown)
    elif drawn == "time_to_convert":
        result = _times([attempt for attempt in attempts if len(attempt.times) == len(steps)])
    elif drawn == "trends":
        result = _over_time(attempts, steps, source, dates)
    else:
        raise unsupported(f"funnels drawn as {drawn}")
    return Outcome(result=result, hogql=sql, resolved_date_range=dates.resolved())


def statement(
    source: dict[str, Any],
    steps: list[dict[str, Any]],
    dates: DateRange,
    database: Database,
    breakdown: Breakdown | None,
    *,
    per_period: bool,
) -> str:
    """ClickHouse SQL: a row a person (and period) with the times of the steps reached.

    Looking back from the last step, every row learns when the steps after it come next; a row of
    the first step then knows its whole attempt.
    """
    schema = database.schema
    shown: dict[str, Any] = source.get("funnelsFilter") or {}
    order = shown.get("funnelOrderType") or "ordered"
    if order not in _ORDERS:
        raise InvalidQuery(f"{order!r} is not an order of steps.", "invalid_choice")
    window = _window(shown)
    filters = condition(source.get("properties"), schema)
    flags = [f"({matches_event(step, schema)}) AND {filters}" for step in steps]
    any_step = "true" if order == "strict" else f"({' OR '.join(f'({flag})' for flag in flags)})"
    value = "NULL"
    if breakdown:
        top, _ = breakdown.top(
            database, "events", f"{within(dates)} AND {flags[0]}", "uniqExact(person_id)"
        )
        value = breakdown.bucket(top)
    marks = ", ".join(f"{flag} AS s{at}" for at, flag in enumerate(flags))
    rows = (
        f"SELECT person_id, timestamp, uuid, {value} AS value, {marks} FROM events "
        f"WHERE {within(dates)} AND {any_step}"
    )
    attempts = (
        _unordered(rows, len(steps))
        if order == "unordered"
        else _chained(rows, len(steps), strict=order == "strict")
    )
    period = "NULL"
    if per_period:
        unit = checked_interval(source.get("interval"))
        period = BUCKET[unit].format("began")
    return (
        f"SELECT value, reached FROM (SELECT person_id, value, began, {period} AS period, "
        f"arrayFilter(x -> x <= toUnixTimestamp64Micro(began) + {window * 1_000_000}, times) "
        "AS reached "
        f"FROM ({attempts}) AS attempts) AS limited "
        "QUALIFY row_number() OVER (PARTITION BY person_id, period "
        "ORDER BY length(reached) DESC, began) = 1"
    )


def _chained(rows: str, count: int, *, strict: bool) -> str:
    """Attempts whose steps follow one another.

    What a row knows of the steps after it travels as text: ClickHouse has no null for a list.
    """
    frame = "1 FOLLOWING" if strict else "UNBOUNDED FOLLOWING"
    nulls = "RESPECT NULLS" if strict else "IGNORE NULLS"
    inner = rows
    for step in range(count - 1, 0, -1):
        after = f"ifNull(c{step + 1}, '')" if step < count - 1 else "''"
        found = f"if(s{step}, concat({_MICROS}, ',', {after}), NULL)"
        inner = (
            f"SELECT *, first_value({found}) {nulls} OVER (PARTITION BY person_id "
            f"ORDER BY timestamp, uuid ROWS BETWEEN 1 FOLLOWING AND {frame}) AS c{step} "
            f"FROM ({inner}) AS rows{step}"
        )
    times = f"splitByChar(',', concat({_MICROS}, ',', ifNull(c1, '')))"
    return (
        "SELECT person_id, value, timestamp AS began, "
        f"arrayMap(x -> toInt64(x), arrayFilter(x -> x != '', {times})) AS times "
        f"FROM ({inner}) AS chained WHERE s0"
    )


def _unordered(rows: str, count: int) -> str:
    """Attempts that begin with any step: when each step comes next, in order of time."""
    window = (
        "OVER (PARTITION BY person_id ORDER BY timestamp, uuid "
        "ROWS BETWEEN CURRENT ROW AND UNBOUNDED FOLLOWING)"
    )
    micros = "toUnixTimestamp64Micro(timestamp)"
    nexts = ", ".join(f"min(if(s{at}, {micros}, NULL)) {window} AS t{at}" for at in range(count))
    times = ", ".join(f"t{at}" for at in range(count))
    return (
        "SELECT person_id, value, timestamp AS began, "
        f"arraySort(arrayFilter(x -> x IS NOT NULL, [{times}])) AS times "
        f"FROM (SELECT *, {nexts} FROM ({rows}) AS marked) AS timed"
    )


def _window(shown: dict[str, Any]) -> int:
    number, unit = shown.get("funnelWindowInterval") or 14, shown.get("funnelWindowIntervalUnit")
    if unit not in (None, *_UNITS) or not isinstance(number, int) or number <= 0:
        raise InvalidQuery("The funnel's window is not a number of a unit of time.")
    return number * _UNITS[unit or "day"]


def _split(
    attempts: list[Attempt], steps: list[dict[str, Any]], breakdown: Breakdown | None
) -> list[Any]:
    if breakdown is None:
        return _steps(attempts, steps)
    by_value: dict[str, list[Attempt]] = {}
    for attempt in attempts:
        by_value.setdefault(str(attempt.value), []).append(attempt)
    ranked = sorted(by_value.items(), key=lambda item: (-len(item[1]), item[0]))
    return [
        [
            step | {"breakdown": spoken(value), "breakdown_value": spoken(value)}
            for step in _steps(some, steps)
        ]
        for value, some in ranked
    ]


def _steps(attempts: list[Attempt], steps: list[dict[str, Any]]) -> list[dict[str, Any]]:
    made: list[dict[str, Any]] = []
    for order, node in enumerate(steps):
        reached = [attempt.times for attempt in attempts if len(attempt.times) > order]
        waits = [(t[order] - t[order - 1]) / 1e6 for t in reached] if order else []
        made.append(
            {
                "action_id": node.get("event"),
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


def _times(converted: list[Attempt]) -> dict[str, Any]:
    """How long the whole way took, in bins of equal width."""
    seconds = sorted((a.times[-1] - a.times[0]) / 1e6 for a in converted)
    if not seconds:
        return {"average_conversion_time": None, "bins": []}
    count = min(_MOST_BINS, max(1, math.ceil(len(seconds) ** (1 / 3))))
    low = math.floor(seconds[0])
    width = max(1, math.ceil((seconds[-1] - low) / count))
    edges = [low + width * at for at in range(count + 1)]
    bins = [[edge, 0] for edge in edges]
    for value in seconds:
        bins[min(count, int((value - low) // width))][1] += 1
    return {"average_conversion_time": fmean(seconds), "bins": bins}


def _over_time(
    attempts: list[Attempt],
    steps: list[dict[str, Any]],
    source: dict[str, Any],
    dates: DateRange,
) -> list[dict[str, Any]]:
    """The share of those who began in each interval that came to the end."""
    interval = checked_interval(source.get("interval"))
    starts = intervals(dates, interval)
    began = dict.fromkeys(starts, 0)
    ended = dict.fromkeys(starts, 0)
    for attempt in attempts:
        at = floor(_EPOCH + timedelta(microseconds=attempt.times[0]), interval)
        began[at] += 1
        ended[at] += len(attempt.times) == len(steps)
    data = [round(100 * ended[at] / began[at], 2) if began[at] else 0.0 for at in starts]
    return [
        {
            "count": sum(ended.values()),
            "data": data,
            "days": [day_text(at, interval) for at in starts],
            "labels": [label_text(at, interval) for at in starts],
            "label": event_name(steps[-1]),
            "action": action_of(steps[-1], len(steps) - 1),
        }
    ]
