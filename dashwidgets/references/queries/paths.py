"""Paths: where they begin and end, what they leave out, and which events they follow."""

from __future__ import annotations

from typing import Any, cast

from dashwidgets.references.reference import (
    EVENT,
    PATH_END,
    PATH_EXCLUSION,
    PATH_START,
    SERIES,
    SQL,
    Found,
    Reference,
)
from dashwidgets.references.sql import expressions

OF_EVENTS = ("$pageview", "$screen")
"""Paths of these follow addresses and screens; their steps are no events' names."""
CUSTOM = "custom_event"


def paths(value: Any, at: str, found: Found) -> None:
    """``pathsFilter``, or the same fields in the older spelling."""
    if not isinstance(value, dict):
        found.miss(at, "not an object")
        return
    fields = cast("dict[str, Any]", value)
    kinds = _either(fields, "includeEventTypes", "include_event_types")
    followed: list[Any] = fields.get(kinds) or []
    if not isinstance(cast("Any", followed), list):
        found.miss(f"{at}/{kinds}", "not a list")
        followed = []
    for n, one in enumerate(followed):
        if one in OF_EVENTS:
            found.add(Reference(EVENT, one, SERIES, f"{at}/{kinds}/{n}"))
    if not followed or CUSTOM in followed:
        # With other kinds beside it, a start point may also be the name of a screen.
        certain = followed == [CUSTOM]
        for new, old, role in (
            ("startPoint", "start_point", PATH_START),
            ("endPoint", "end_point", PATH_END),
            ("excludeEvents", "exclude_events", PATH_EXCLUSION),
        ):
            name = _either(fields, new, old)
            _steps(fields.get(name), f"{at}/{name}", role, found, certain=certain)
    name = _either(fields, "pathsHogQLExpression", "paths_hogql_expression")
    if fields.get(name):
        expressions.expression(fields[name], f"{at}/{name}", SQL, found)


def _steps(value: Any, at: str, role: str, found: Found, *, certain: bool) -> None:
    if isinstance(value, list):
        for n, one in enumerate(cast("list[Any]", value)):
            _steps(one, f"{at}/{n}", role, found, certain=certain)
    elif isinstance(value, str) and value and not _is_address(value):
        # Points of paths may hold wildcards, which stand for several names.
        found.add(Reference(EVENT, value, role, at, certain and "*" not in value))


def _is_address(value: str) -> bool:
    return value.startswith(("/", "http://", "https://"))


def _either(fields: dict[str, Any], new: str, old: str) -> str:
    return old if old in fields and new not in fields else new
