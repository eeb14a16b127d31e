"""Series, steps and the other entities of a query: events, actions, tables and groups of them."""

from __future__ import annotations

from typing import Any, cast

from dashwidgets.references.queries.properties import OF_TYPE, named, properties
from dashwidgets.references.reference import (
    ACTION,
    EVENT,
    EVENT_PROPERTY,
    FILTER,
    MATH,
    SESSION_PROPERTY,
    TABLE,
    Found,
    Reference,
    word,
)
from dashwidgets.references.sql import expressions

WAREHOUSE_NODES = frozenset(
    (
        "DataWarehouseNode", "FunnelsDataWarehouseNode", "LifecycleDataWarehouseNode",
        "ExperimentDataWarehouseNode",
    )
)  # fmt: skip


def nodes(value: Any, pointer: str, role: str, found: Found) -> None:
    """A list of entities."""
    if isinstance(value, list):
        for at, one in enumerate(cast("list[Any]", value)):
            node(one, f"{pointer}/{at}", role, found)
    elif value is not None:
        found.miss(pointer, "not a list of series")


def node(value: Any, pointer: str, role: str, found: Found) -> None:
    """One entity: a node with a kind, or the older form with an id and a type."""
    if not isinstance(value, dict):
        if value is not None:
            found.miss(pointer, "not a series")
        return
    one = cast("dict[str, Any]", value)
    kind = word(one["kind"]) if "kind" in one else None
    if kind == "EventsNode":
        if isinstance(one.get("event"), str):
            # ``event: null`` stands for all events, and names none.
            found.add(Reference(EVENT, one["event"], role, f"{pointer}/event"))
    elif kind == "ActionsNode":
        action(one.get("id"), f"{pointer}/id", role, found)
    elif kind == "GroupNode":
        nodes(one.get("nodes"), f"{pointer}/nodes", role, found)
    elif kind in WAREHOUSE_NODES:
        table(one.get("table_name"), f"{pointer}/table_name", role, found)
    elif kind is None:
        _older(one, pointer, role, found)
    else:
        found.miss(pointer, f"a series of kind {str(kind)[:40]!r}")
    _details(one, pointer, found)


def action(value: Any, pointer: str, role: str, found: Found) -> None:
    """An action's number."""
    if isinstance(value, int) and not isinstance(value, bool):
        found.add(Reference(ACTION, str(value), role, pointer))
    elif isinstance(value, str) and value.isdecimal():
        found.add(Reference(ACTION, str(int(value)), role, pointer))
    elif value is not None:
        found.miss(pointer, "not an action's number")


def table(value: Any, pointer: str, role: str, found: Found) -> None:
    """A table of the warehouse."""
    if isinstance(value, str) and value:
        found.add(Reference(TABLE, value, role, pointer))


def _older(one: dict[str, Any], pointer: str, role: str, found: Found) -> None:
    """``{"id": "signed_up", "type": "events"}``, as retention and old insights write it."""
    kind = word(one.get("type") or "events")
    if kind == "events":
        if isinstance(one.get("id"), str):
            found.add(Reference(EVENT, one["id"], role, f"{pointer}/id"))
        elif one.get("id") is not None:
            found.miss(f"{pointer}/id", "not an event's name")
    elif kind == "actions":
        action(one.get("id"), f"{pointer}/id", role, found)
    elif kind == "data_warehouse":
        name = "table_name" if one.get("table_name") else "id"
        table(one.get(name), f"{pointer}/{name}", role, found)
    elif kind == "groups":
        nodes(one.get("nodes"), f"{pointer}/nodes", role, found)
    else:
        found.miss(pointer, f"a series of type {str(kind)[:40]!r}")


def _details(one: dict[str, Any], pointer: str, found: Found) -> None:
    """Filters and maths of one entity."""
    for name in ("properties", "fixedProperties"):
        if one.get(name):
            properties(one[name], f"{pointer}/{name}", FILTER, found)
    if one.get("math_hogql"):
        expressions.expression(one["math_hogql"], f"{pointer}/math_hogql", MATH, found)
    of = one.get("math_property")
    if isinstance(of, str) and of:
        at = f"{pointer}/math_property"
        kind = _math_kind(one.get("math_property_type"), of)
        if kind is None:
            found.miss(at, f"a property of type {str(one.get('math_property_type'))[:40]!r}")
        else:
            named(kind, of, at, MATH, found)


def _math_kind(type_: Any, name: str) -> str | None:
    """Which kind of property is summed; the web app writes groups of its picker there."""
    if type_ is None:
        return SESSION_PROPERTY if name == "$session_duration" else EVENT_PROPERTY
    # The picker writes ``numerical_event_properties``, ``person_properties``, ``sessions`` …
    plain = word(type_).removesuffix("_properties").removesuffix("s")
    plain = {"numerical_event": "event", "numerical_event_propertie": "event"}.get(plain, plain)
    return SESSION_PROPERTY if name == "$session_duration" else OF_TYPE.get(plain)
