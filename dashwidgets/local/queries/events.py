"""The events as a query sees them: which columns there are, and conditions on them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any, cast

from dashwidgets.local.queries.dates import DateRange
from dashwidgets.local.queries.dialect import literal, name
from dashwidgets.local.queries.problem import InvalidQuery, unsupported

PERSON = "person.properties."
EVENT = "properties."
_FIELDS = ("event", "distinct_id", "person_id", "timestamp", "uuid")


@dataclass(frozen=True)
class Schema:
    """The columns of the events table and the time they span."""

    columns: frozenset[str]
    first: datetime
    last: datetime

    def column(self, key: str, kind: str | None) -> str:
        """A property as a column; one nobody ever sent is null."""
        if kind in (None, "event", "event_metadata") and key in _FIELDS:
            return name(key)
        if kind in ("person", "cohort") and key == "id":
            return "person_id"
        if kind == "session" or key == "$session_id":
            return name("$session_id")
        found = (PERSON if kind == "person" else EVENT) + key
        return name(found) if found in self.columns else "NULL"


def within(dates: DateRange, column: str = "timestamp") -> str:
    """The condition that a time is in a range."""
    start, end = literal(str(dates.start)), literal(str(dates.end))
    return f"{column} >= toDateTime({start}) AND {column} <= toDateTime({end})"


def number(column: str) -> str:
    """A property as a number; text of none is null."""
    return f"toFloat64OrNull(toString({column}))"


def matches_event(node: dict[str, Any], schema: Schema) -> str:
    """The condition that a row is one of a series' events."""
    from dashwidgets.local.queries.properties import condition

    if node.get("kind", "EventsNode") != "EventsNode":
        raise unsupported(f"series of kind {node.get('kind')}")
    event = node.get("event")
    which = "true" if event is None else f"event = {literal(event)}"
    return f"({which}) AND {condition(node.get('properties'), schema)}"


def event_name(node: dict[str, Any]) -> str:
    """What a series is called when nobody named it."""
    return str(node.get("name") or node.get("event") or "All events")


def series_of(source: dict[str, Any]) -> list[dict[str, Any]]:
    """A query's series, at least one."""
    series = source.get("series")
    if not isinstance(series, list) or not series:
        raise InvalidQuery("The query has no series.", "required")
    if not all(isinstance(node, dict) for node in cast("list[Any]", series)):
        raise InvalidQuery("Every series must be an object.", "invalid_input")
    return cast("list[dict[str, Any]]", series)


def action_of(node: dict[str, Any], order: int) -> dict[str, Any]:
    """A series' identity as results carry it (13.1)."""
    return {
        "id": node.get("event"),
        "type": "events",
        "order": order,
        "name": event_name(node),
        "custom_name": node.get("custom_name"),
        "math": node.get("math") or "total",
        "math_property": node.get("math_property"),
        "math_hogql": node.get("math_hogql"),
        "math_group_type_index": None,
        "properties": {},
    }
