"""The series of a query: which events each of them counts, and how results name it."""

from __future__ import annotations

from typing import Any, cast

from dashwidgets.embedded.queries.dates import DateRange
from dashwidgets.embedded.queries.filters import actions
from dashwidgets.embedded.queries.filters.properties import condition
from dashwidgets.embedded.queries.problem import InvalidQuery, unsupported
from dashwidgets.embedded.queries.schema import Schema
from dashwidgets.embedded.queries.sql.dialect import literal

_EVENTS = ("EventsNode", "FunnelExclusionEventsNode")
_ACTIONS = ("ActionsNode", "FunnelExclusionActionsNode")


def within(dates: DateRange, column: str = "timestamp") -> str:
    """The condition that a time is in a range."""
    start, end = literal(str(dates.start)), literal(str(dates.end))
    return f"{column} >= toDateTime({start}) AND {column} <= toDateTime({end})"


def matches_event(node: dict[str, Any], schema: Schema) -> str:
    """The condition that a row is one of a series' events."""
    kind = node.get("kind", "EventsNode")
    if kind in _ACTIONS:
        which = actions.matches(node.get("id"), schema, condition)
    elif kind in _EVENTS:
        event = node.get("event")
        # ``null`` is PostHog's "all events".
        which = "true" if event is None else f"event = {literal(event)}"
    else:
        raise unsupported(f"series of kind {kind}")
    # ``fixedProperties`` are those that a view added itself; they count the same.
    filters = [condition(node.get(key), schema) for key in ("properties", "fixedProperties")]
    return " AND ".join([f"({which})", *(one for one in filters if one != "true")])


def event_name(node: dict[str, Any], schema: Schema) -> str:
    """What a series is called when nobody named it."""
    if is_action(node):
        return str(actions.find(node.get("id"), schema)["name"])
    return str(node.get("name") or node.get("event") or "All events")


def is_action(node: dict[str, Any]) -> bool:
    """Whether a series counts an action rather than an event."""
    return node.get("kind") in _ACTIONS


def identity(node: dict[str, Any]) -> Any:
    """The id of a series in results: an event's name, an action's number."""
    return int(node["id"]) if is_action(node) else node.get("event")


def series_of(source: dict[str, Any]) -> list[dict[str, Any]]:
    """A query's series, at least one."""
    series = source.get("series")
    if not isinstance(series, list) or not series:
        raise InvalidQuery("The query has no series.", "required")
    if not all(isinstance(node, dict) for node in cast("list[Any]", series)):
        raise InvalidQuery("Every series must be an object.", "invalid_input")
    return cast("list[dict[str, Any]]", series)


def action_of(node: dict[str, Any], order: int, schema: Schema) -> dict[str, Any]:
    """A series' identity as results carry it (13.1)."""
    return {
        "id": identity(node),
        "type": "actions" if is_action(node) else "events",
        "order": order,
        "name": event_name(node, schema),
        "custom_name": node.get("custom_name"),
        "math": node.get("math") or "total",
        "math_property": node.get("math_property"),
        "math_hogql": node.get("math_hogql"),
        "math_group_type_index": None,
        "properties": {},
    }
