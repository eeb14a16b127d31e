"""A funnel's attempts as ClickHouse SQL: who reached which step, and when."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from dashwidgets.embedded.queries.dates import BUCKET, DateRange, checked_interval
from dashwidgets.embedded.queries.filters.events import matches_event, within
from dashwidgets.embedded.queries.filters.properties import condition
from dashwidgets.embedded.queries.funnels.values import attributed
from dashwidgets.embedded.queries.problem import InvalidQuery
from dashwidgets.embedded.queries.schema import Schema

_UNITS = {"second": 1, "minute": 60, "hour": 3600, "day": 86400, "week": 604800, "month": 2592000}
_ORDERS = ("ordered", "strict", "unordered")
_MICROS = "toString(toUnixTimestamp64Micro(timestamp))"
_ACTOR = "PARTITION BY person_id, value"
"""Whose attempts are counted: a person's, separately for each value of a breakdown."""


@dataclass(frozen=True)
class Funnel:
    """What attempts are computed from."""

    source: dict[str, Any]
    steps: list[dict[str, Any]]
    dates: DateRange
    schema: Schema
    actor: str
    value: str
    per_period: bool

    @property
    def shown(self) -> dict[str, Any]:
        """The query's ``funnelsFilter``."""
        return self.source.get("funnelsFilter") or {}

    @property
    def order(self) -> str:
        """``ordered``, ``strict`` or ``unordered``."""
        order = self.shown.get("funnelOrderType") or "ordered"
        if order not in _ORDERS:
            raise InvalidQuery(f"{order!r} is not an order of steps.", "invalid_choice")
        return str(order)


def between(given: dict[str, Any], count: int) -> tuple[int, int]:
    """The steps between which times and shares are measured."""
    first, last = given.get("funnelFromStep") or 0, given.get("funnelToStep")
    last = count - 1 if last is None else last
    if not isinstance(first, int) or not isinstance(last, int) or not 0 <= first < last < count:
        raise InvalidQuery("funnelFromStep and funnelToStep are not steps of this funnel.")
    return first, last


def statement(funnel: Funnel) -> str:
    """ClickHouse SQL: a row a person, value and period with the times of the steps reached.

    Looking back from the last step, every row learns when the steps after it come next; a row of
    the first step then knows its whole attempt.
    """
    schema, dates, steps = funnel.schema, funnel.dates, funnel.steps
    order, window = funnel.order, _window(funnel.shown)
    filters = condition(funnel.source.get("properties"), schema)
    flags = [f"({matches_event(step, schema)}) AND {filters}" for step in steps]
    # In a strict funnel any event in between ends the attempt, so all of them are read.
    any_step = "true" if order == "strict" else f"({' OR '.join(f'({flag})' for flag in flags)})"
    marks = ", ".join(f"{flag} AS s{at}" for at, flag in enumerate(flags))
    rows = (
        f"SELECT {funnel.actor} AS person_id, timestamp, uuid, {funnel.value} AS value, {marks} "
        f"FROM events WHERE {within(dates)} AND {any_step}"
    )
    if funnel.value != "NULL":
        rows = attributed(rows, funnel.shown, len(steps), unordered=order == "unordered")
    if order == "unordered":
        attempts = _unordered(rows, len(steps))
    elif funnel.per_period:
        attempts = _chained(rows, len(steps), strict=order == "strict")
    else:
        attempts = _nearest(rows, len(steps), window, strict=order == "strict")
    period = "NULL"
    if funnel.per_period:
        unit = checked_interval(funnel.source.get("interval"))
        period = BUCKET[unit].format("began")
    # Times travel as microseconds: DuckDB and ClickHouse print fractions of a second differently.
    limited = (
        f"SELECT person_id, value, began, {period} AS period, "
        f"arrayFilter(x -> x <= toUnixTimestamp64Micro(began) + {window * 1_000_000}, times) "
        f"AS reached FROM ({attempts}) AS attempts"
    )
    for at, exclusion in enumerate(funnel.shown.get("exclusions") or []):
        which = f"{within(dates)} AND ({matches_event(exclusion, schema)}) AND {filters}"
        steps_between = between(exclusion, len(steps))
        limited = _without(limited, at, which, steps_between, window, funnel.actor)
    return (
        # A person counts once: with the attempt that got furthest, of equals the one that got there
        # first.
        f"SELECT value, reached FROM ({limited}) AS limited "
        f"QUALIFY row_number() OVER ({_ACTOR}, period "
        "ORDER BY length(reached) DESC, reached[length(reached)], began) = 1"
    )


def _without(
    attempts: str, at: int, which: str, steps: tuple[int, int], window: int, actor: str
) -> str:
    """Attempts during which an event did not happen between two steps."""
    first, last = (f"reached[{step + 1}]" for step in steps)
    end = f"toUnixTimestamp64Micro(began) + {window * 1_000_000}"
    # Whoever did not reach the second step is watched until the window closes.
    until = f"if(length(reached) > {steps[1]}, {last}, {end})"
    happened = f"length(arrayFilter(x -> x > {first} AND x < {until}, ifNull(gone, []))) > 0"
    gone = (
        f"SELECT {actor} AS person_id, groupArray(toUnixTimestamp64Micro(timestamp)) AS gone "
        f"FROM events WHERE {which} GROUP BY person_id"
    )
    return (
        "SELECT tried.person_id AS person_id, value, began, period, reached "
        f"FROM ({attempts}) AS tried LEFT JOIN ({gone}) AS gone{at} "
        f"ON tried.person_id = gone{at}.person_id "
        f"WHERE NOT (length(reached) > {steps[0]} AND {happened})"
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
            f"SELECT *, first_value({found}) {nulls} OVER ({_ACTOR} "
            f"ORDER BY timestamp, uuid ROWS BETWEEN 1 FOLLOWING AND {frame}) AS c{step} "
            f"FROM ({inner}) AS rows{step}"
        )
    times = f"splitByChar(',', concat({_MICROS}, ',', ifNull(c1, '')))"
    return (
        "SELECT person_id, value, timestamp AS began, "
        f"arrayMap(x -> toInt64(x), arrayFilter(x -> x != '', {times})) AS times "
        f"FROM ({inner}) AS chained WHERE s0"
    )


def _nearest(rows: str, count: int, window: int, *, strict: bool) -> str:
    """Attempts as the server measures them: from the last time that a step came before the next.

    Every row of a step takes what is known of the step before it and adds its own time, once for
    each beginning.
    """
    order = ", ".join(f"s{at}, {at}" for at in range(count))
    # Events of the same moment count in the order of the steps, so that both may be reached.
    order = f"timestamp, multiIf({order}, {count}), uuid"
    frame = "1 PRECEDING" if strict else "UNBOUNDED PRECEDING"
    nulls = "RESPECT NULLS" if strict else "IGNORE NULLS"
    micros = "toUnixTimestamp64Micro(timestamp)"
    inner = f"SELECT *, if(s0, {_MICROS}, NULL) AS c0 FROM ({rows}) AS rows0"
    for step in range(1, count):
        known = (
            f"SELECT *, last_value(c{step - 1}) {nulls} OVER ({_ACTOR} ORDER BY {order} "
            f"ROWS BETWEEN {frame} AND 1 PRECEDING) AS p{step} FROM ({inner}) AS rows{step}"
        )
        began = f"toInt64(splitByChar(',', ifNull(p{step}, '0'))[1])"
        soon = f"{micros} <= {began} + {window * 1_000_000}"
        hit = f"if(s{step} AND {soon}, p{step}, NULL)"
        first = f"toString(min({micros}) OVER ({_ACTOR}, h{step}))"
        inner = (
            f"SELECT *, if(h{step} IS NULL, NULL, concat(h{step}, ',', {first})) AS c{step} "
            f"FROM (SELECT *, {hit} AS h{step} FROM ({known}) AS known{step}) AS hit{step}"
        )
    furthest = f"coalesce({', '.join(f'c{at}' for at in reversed(range(count)))})"
    times = "arrayMap(x -> toInt64(x), splitByChar(',', ifNull(furthest, '')))"
    return (
        "SELECT person_id, value, fromUnixTimestamp64Micro(times[1], 'UTC') AS began, times "
        f"FROM (SELECT person_id, value, {times} AS times "
        f"FROM (SELECT person_id, value, {furthest} AS furthest FROM ({inner}) AS walked) "
        "AS reached WHERE furthest IS NOT NULL) AS tried"
    )


def _unordered(rows: str, count: int) -> str:
    """Attempts that begin with any step: when each step comes next, in order of time."""
    window = (
        f"OVER ({_ACTOR} ORDER BY timestamp, uuid ROWS BETWEEN CURRENT ROW AND UNBOUNDED FOLLOWING)"
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
