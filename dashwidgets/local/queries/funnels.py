"""Funnels: who goes from step to step (contract 13.3)."""

from __future__ import annotations

from typing import Any

from dashwidgets.local.queries.breakdowns import Breakdown, breakdown_of
from dashwidgets.local.queries.dates import BUCKET, DateRange, checked_interval, date_range
from dashwidgets.local.queries.events import matches_event, series_of, within
from dashwidgets.local.queries.funnel_results import Attempt, by_interval, by_steps, by_time
from dashwidgets.local.queries.outcome import Database, Outcome
from dashwidgets.local.queries.problem import InvalidQuery, unsupported
from dashwidgets.local.queries.properties import condition

_UNITS = {"second": 1, "minute": 60, "hour": 3600, "day": 86400, "week": 604800, "month": 2592000}
_ORDERS = ("ordered", "strict", "unordered")
_MICROS = "toString(toUnixTimestamp64Micro(timestamp))"


def compute(source: dict[str, Any], database: Database) -> Outcome:
    """Compute a ``FunnelsQuery``."""
    shown: dict[str, Any] = source.get("funnelsFilter") or {}
    steps = series_of(source)
    if len(steps) < 2:
        raise InvalidQuery("A funnel needs at least two steps.", "min_length")
    _refuse(shown, source, steps)
    dates = date_range(source.get("dateRange") or {}, database.now(), database.schema.first)
    breakdown = breakdown_of(source, database.schema)
    drawn = shown.get("funnelVizType") or "steps"
    between = _between(shown, len(steps))
    sql = statement(source, steps, dates, database, breakdown, per_period=drawn == "trends")
    attempts = [Attempt(value, times) for value, times in database.rows(sql)]
    split = breakdown is not None
    if drawn == "steps":
        unordered = shown.get("funnelOrderType") == "unordered"
        result: Any = by_steps(attempts, steps, split=split, unordered=unordered)
    elif drawn == "time_to_convert":
        converted = [attempt for attempt in attempts if len(attempt.times) > between[1]]
        result = by_time(converted, between, shown.get("binCount"))
    elif drawn == "trends":
        unit = source.get("interval")
        result = by_interval(attempts, steps, unit, dates, split=split, between=between)
    else:
        raise unsupported(f"funnels drawn as {drawn}")
    return Outcome(result=result, hogql=sql, resolved_date_range=dates.resolved())


def _refuse(shown: dict[str, Any], source: dict[str, Any], steps: list[dict[str, Any]]) -> None:
    """Say what would change the numbers and is not computed."""
    attribution = shown.get("breakdownAttributionType") or "first_touch"
    at_first = attribution == "step" and not shown.get("breakdownAttributionValue")
    if source.get("breakdownFilter") and attribution != "first_touch" and not at_first:
        raise unsupported(f"funnels with breakdownAttributionType {attribution}")
    if shown.get("funnelAggregateByHogQL"):
        raise unsupported("funnels with funnelAggregateByHogQL")
    for step in steps:
        if step.get("math") not in (None, "total", "dau"):
            raise unsupported(f"funnel steps with math {step['math']}")
        if step.get("optionalInFunnel"):
            raise unsupported("funnels with optional steps")


def _between(shown: dict[str, Any], count: int) -> tuple[int, int]:
    """The steps between which times and shares are told."""
    first, last = shown.get("funnelFromStep") or 0, shown.get("funnelToStep")
    last = count - 1 if last is None else last
    if not isinstance(first, int) or not isinstance(last, int) or not 0 <= first < last < count:
        raise InvalidQuery("funnelFromStep and funnelToStep are not steps of this funnel.")
    return first, last


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
    limited = (
        f"SELECT person_id, value, began, {period} AS period, "
        f"arrayFilter(x -> x <= toUnixTimestamp64Micro(began) + {window * 1_000_000}, times) "
        f"AS reached FROM ({attempts}) AS attempts"
    )
    for at, exclusion in enumerate(shown.get("exclusions") or []):
        if order == "unordered":
            raise unsupported("unordered funnels with exclusion steps")
        which = f"{within(dates)} AND ({matches_event(exclusion, schema)}) AND {filters}"
        limited = _without(limited, at, which, _between(exclusion, len(steps)), window)
    return (
        f"SELECT value, reached FROM ({limited}) AS limited "
        "QUALIFY row_number() OVER (PARTITION BY person_id, period "
        "ORDER BY length(reached) DESC, began) = 1"
    )


def _without(attempts: str, at: int, which: str, between: tuple[int, int], window: int) -> str:
    """Attempts during which an event did not happen between two steps."""
    first, last = (f"reached[{step + 1}]" for step in between)
    end = f"toUnixTimestamp64Micro(began) + {window * 1_000_000}"
    until = f"if(length(reached) > {between[1]}, {last}, {end})"
    happened = f"length(arrayFilter(x -> x > {first} AND x < {until}, ifNull(gone, []))) > 0"
    gone = (
        "SELECT person_id, groupArray(toUnixTimestamp64Micro(timestamp)) AS gone "
        f"FROM events WHERE {which} GROUP BY person_id"
    )
    return (
        "SELECT tried.person_id AS person_id, value, began, period, reached "
        f"FROM ({attempts}) AS tried LEFT JOIN ({gone}) AS gone{at} "
        f"ON tried.person_id = gone{at}.person_id "
        f"WHERE NOT (length(reached) > {between[0]} AND {happened})"
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
