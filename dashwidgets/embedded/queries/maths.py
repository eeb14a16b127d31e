"""The ``math`` of a series as a ClickHouse aggregate."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from dashwidgets.embedded.queries.dates import BUCKET, DateRange, Interval, intervals
from dashwidgets.embedded.queries.filters.events import within
from dashwidgets.embedded.queries.problem import InvalidQuery, unsupported
from dashwidgets.embedded.queries.schema import Schema, number
from dashwidgets.embedded.queries.sql.dialect import literal
from dashwidgets.embedded.queries.sql.hogql import expression

_DAY = timedelta(days=1)

ROLLING_DAYS: dict[Any, int] = {"weekly_active": 7, "monthly_active": 30}

_COUNTS = {
    "total": "count()",
    # Exact: `uniq` is an estimate that differs between the two engines.
    "dau": "uniqExact(person_id)",
    "weekly_active": "uniqExact(person_id)",
    "monthly_active": "uniqExact(person_id)",
    "first_time_for_user": "uniqExact(person_id)",
    "unique_session": "uniqExact(`$session_id`)",
}
_OF_PROPERTY = {
    "sum": "sum({})",
    "avg": "avg({})",
    "min": "min({})",
    "max": "max({})",
    "median": "quantile(0.5)({})",
    "p75": "quantile(0.75)({})",
    "p90": "quantile(0.9)({})",
    "p95": "quantile(0.95)({})",
    "p99": "quantile(0.99)({})",
}

PER_ACTOR = {
    f"{name}_count_per_actor": aggregate
    for name, aggregate in _OF_PROPERTY.items()
    if name != "sum"
}
"""How often each person did something, over all who did."""


def aggregate(node: dict[str, Any], schema: Schema) -> str:
    """The aggregate of a series."""
    math = node.get("math") or "total"
    if math == "hogql":
        return f"toFloat64({expression(node.get('math_hogql'), schema)})"
    if math in _COUNTS:
        return _COUNTS[math]
    if math in _OF_PROPERTY:
        if not node.get("math_property"):
            raise InvalidQuery(f"math {math} needs a math_property.", "required")
        return _OF_PROPERTY[math].format(measured(node, schema))
    raise unsupported(f"math {math}")


def measured(node: dict[str, Any], schema: Schema) -> str:
    """The property that a series measures, as a number."""
    kind = node.get("math_property_type")
    if kind not in (None, "", "event_properties", "person_properties"):
        raise unsupported(f"math over {kind}")
    known = "person" if kind == "person_properties" else None
    return number(schema.column(str(node["math_property"]), known))


def first_time_events(matched: str) -> str:
    """Each person's first event of a kind, as a table like events."""
    return (
        f"(SELECT * FROM events WHERE {matched} "
        "QUALIFY row_number() OVER (PARTITION BY person_id ORDER BY timestamp) = 1) AS events"
    )


def rolling(
    days: int, where: str, split: str, dates: DateRange, interval: Interval, *, total: bool
) -> str:
    """People active in the days up to each interval's start, or up to the end of the range."""
    end = literal(str(dates.end))
    if total:
        return (
            f"SELECT NULL AS bucket, {split} AS value, uniqExact(person_id) AS number FROM events "
            f"WHERE timestamp > toDateTime({end}) - toIntervalDay({days}) "
            f"AND timestamp <= toDateTime({end}) AND {where} GROUP BY value"
        )
    starts = ", ".join(f"toDateTime({literal(str(at))})" for at in intervals(dates, interval))
    # Activity before the range counts in its first windows.
    early = DateRange(dates.start - _DAY * days, dates.end)
    bucket = BUCKET[interval].format("day")
    return (
        f"SELECT {bucket} AS bucket, value, uniqExact(person_id) AS number FROM "
        f"(SELECT arrayJoin([{starts}]) AS day) AS asked "
        "JOIN (SELECT DISTINCT toStartOfDay(timestamp) AS active, person_id, "
        f"{split} AS value FROM events WHERE {within(early)} AND {where}) AS seen "
        f"ON active <= day AND active > day - toIntervalDay({days}) GROUP BY bucket, value"
    )
