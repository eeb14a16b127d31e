"""A funnel's attempts as ClickHouse SQL: who reached which step, and when."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from dashwidgets.embedded.queries.dates import DateRange
from dashwidgets.embedded.queries.filters.events import matches_event, within
from dashwidgets.embedded.queries.filters.properties import condition
from dashwidgets.embedded.queries.funnels.values import attributed
from dashwidgets.embedded.queries.funnels.walk import Event
from dashwidgets.embedded.queries.problem import InvalidQuery
from dashwidgets.embedded.queries.schema import Schema

_UNITS = {"second": 1, "minute": 60, "hour": 3600, "day": 86400, "week": 604800, "month": 2592000}
_ORDERS = ("ordered", "strict", "unordered")
_MICROS = "toString(toUnixTimestamp64Micro(timestamp))"
_ACTOR = "PARTITION BY person_id, value"
"""Whose attempts are counted: a person's, separately for each value of a breakdown."""


@dataclass(frozen=True)
class Exclusion:
    """An event that must not happen between two steps, which are counted from 0."""

    event: dict[str, Any]
    between: tuple[int, int]

    @property
    def keeps_from(self) -> range:
        """The steps that are not reached after it, counted from 0."""
        return range(self.between[0] + 1, self.between[1] + 1)


@dataclass(frozen=True)
class Funnel:
    """What attempts are computed from."""

    source: dict[str, Any]
    steps: list[dict[str, Any]]
    dates: DateRange
    schema: Schema
    actor: str
    value: str

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

    @property
    def exclusions(self) -> list[Exclusion]:
        """What must not happen between two steps."""
        return [
            Exclusion(one, between(one, len(self.steps)))
            for one in self.shown.get("exclusions") or []
        ]

    @property
    def window(self) -> int:
        """Seconds within which all steps must be reached."""
        return _window(self.shown)


def between(given: dict[str, Any], count: int) -> tuple[int, int]:
    """The steps between which times and shares are measured."""
    first, last = given.get("funnelFromStep") or 0, given.get("funnelToStep")
    last = count - 1 if last is None else last
    if not isinstance(first, int) or not isinstance(last, int) or not 0 <= first < last < count:
        raise InvalidQuery("funnelFromStep and funnelToStep are not steps of this funnel.")
    return first, last


def statement(funnel: Funnel) -> str:
    """ClickHouse SQL: a row a person and value, with the times of the steps reached."""
    rows = _marked(funnel)
    found = _nearest(rows, len(funnel.steps), funnel.window)
    return (
        f"SELECT value, times FROM ({found}) AS tried QUALIFY row_number() OVER ({_ACTOR} "
        "ORDER BY length(times) DESC, times[length(times)], began) = 1"
    )


def events_of(funnel: Funnel) -> str:
    """ClickHouse SQL: what `walk` needs, ordered: person, value, microseconds, and what it is.

    That is a number whose bits are the steps, and above them those that an exclusion keeps from.
    """
    count = len(funnel.steps)
    excluded = sorted({step for one in funnel.exclusions for step in one.keeps_from})
    marks = [f"s{at}" for at in range(count + len(excluded))]
    bits = [1 << at for at in range(count)] + [1 << (count + step) for step in excluded]
    rows = _marked(funnel, excluded)
    number = " + ".join(f"if({mark}, {bit}, 0)" for mark, bit in zip(marks, bits, strict=True))
    return (
        f"SELECT person_id, value, toUnixTimestamp64Micro(timestamp) AS at, {number} AS steps "
        f"FROM ({rows}) AS marked ORDER BY person_id, value, at, uuid"
    )


def event_of(at: int, number: int, count: int) -> Event:
    """An event as `events_of` numbers it."""
    excluded = number >> count
    return Event(at, _bits(number & ((1 << count) - 1)), _bits(excluded) if excluded else ())


@cache
def _bits(number: int) -> tuple[int, ...]:
    """The places of a number's bits, from 1."""
    return tuple(at + 1 for at in range(number.bit_length()) if number >> at & 1)


def _marked(funnel: Funnel, excluded: Sequence[int] = ()) -> str:
    """Rows of events with a mark for each step, and for each that an exclusion keeps from."""
    schema = funnel.schema
    filters = condition(funnel.source.get("properties"), schema)
    flags = [f"({matches_event(step, schema)}) AND {filters}" for step in funnel.steps]
    for step in excluded:
        events = [
            f"(({matches_event(one.event, schema)}) AND {filters})"
            for one in funnel.exclusions
            if step in one.keeps_from
        ]
        flags.append(" OR ".join(events))
    strict = funnel.order == "strict"
    some = "true" if strict else f"({' OR '.join(f'({flag})' for flag in flags)})"
    marks = ", ".join(f"({flag}) AS s{at}" for at, flag in enumerate(flags))
    rows = (
        f"SELECT {funnel.actor} AS person_id, timestamp, uuid, {funnel.value} AS value, {marks} "
        f"FROM events WHERE {within(funnel.dates)} AND {some}"
    )
    if funnel.value == "NULL":
        return rows
    unordered = funnel.order == "unordered"
    return attributed(rows, funnel.shown, len(funnel.steps), unordered=unordered, marks=len(flags))


def _nearest(rows: str, count: int, window: int) -> str:
    """Attempts as `walk` finds them where no event is excluded and others may be in between.

    Every row of a step takes what is known of the step before it and adds its own time, once for
    each beginning.
    """
    order = ", ".join(f"s{at}, {at}" for at in range(count))
    # Events of the same moment count in the order of the steps, so that both may be reached.
    order = f"timestamp, multiIf({order}, {count}), uuid"
    micros = "toUnixTimestamp64Micro(timestamp)"
    inner = f"SELECT *, if(s0, {_MICROS}, NULL) AS c0 FROM ({rows}) AS rows0"
    for step in range(1, count):
        known = (
            f"SELECT *, last_value(c{step - 1}) IGNORE NULLS OVER ({_ACTOR} ORDER BY {order} "
            f"ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING) AS p{step} "
            f"FROM ({inner}) AS rows{step}"
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


def _window(shown: dict[str, Any]) -> int:
    number, unit = shown.get("funnelWindowInterval") or 14, shown.get("funnelWindowIntervalUnit")
    if unit not in (None, *_UNITS) or not isinstance(number, int) or number <= 0:
        raise InvalidQuery("The funnel's window is not a number of a unit of time.")
    return number * _UNITS[unit or "day"]
