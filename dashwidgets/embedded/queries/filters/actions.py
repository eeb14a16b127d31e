"""Actions: events that a project gave a name, as ClickHouse conditions."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, cast

from dashwidgets.embedded.queries.filters.comparisons import compare
from dashwidgets.embedded.queries.filters.selectors import chain_pattern, tag_pattern
from dashwidgets.embedded.queries.problem import InvalidQuery, unsupported
from dashwidgets.embedded.queries.schema import EVENT, Schema
from dashwidgets.embedded.queries.sql.dialect import literal, name

Condition = Callable[[Any, Schema], str]

_AUTOCAPTURE = "$autocapture"
_OPERATORS = {"exact": "exact", "contains": "icontains", "regex": "regex"}
_BY_ELEMENT = ("selector", "tag_name", "text", "href")
_INSIDE = r"""=\"((?:[^\"\\]|\\.)*)\""""


def find(key: Any, schema: Schema) -> Mapping[str, Any]:
    """An action by id."""
    found = schema.definitions.actions.get(int(key)) if str(key).isdecimal() else None
    if found is None:
        raise InvalidQuery(f"There is no action {key}.", "does_not_exist")
    return found


def identify(key: Any, schema: Schema) -> Any:
    """The id of an action that SQL names by id or by name."""
    named = [at for at, one in schema.definitions.actions.items() if one.get("name") == key]
    return named[0] if named else key


def matches(key: Any, schema: Schema, condition: Condition) -> str:
    """The condition that an event matches an action: any one of its steps."""
    steps = cast("list[dict[str, Any]]", find(key, schema).get("steps") or [])
    return f"({' OR '.join(_step(step, schema, condition) for step in steps) or 'true'})"


def _step(step: dict[str, Any], schema: Schema, condition: Condition) -> str:
    parts: list[str] = []
    if step.get("event"):
        parts.append(f"event = {literal(step['event'])}")
    # Of other events the server does not look at elements either.
    if step.get("event") == _AUTOCAPTURE and any(step.get(key) for key in _BY_ELEMENT):
        parts += _elements(step, schema)
    if step.get("url"):
        url = schema.column("$current_url", "event")
        matching = step.get("url_matching") or "contains"
        if matching == "contains":
            # Unlike other texts, addresses are compared with their case.
            found = f"position(toString({url}), {literal(step['url'])}) > 0"
            parts.append(f"coalesce({found}, false)")
        else:
            parts.append(_compared(url, matching, step["url"]))
    if step.get("properties"):
        parts.append(condition(step["properties"], schema))
    return f"({' AND '.join(parts) or 'true'})"


def _elements(step: dict[str, Any], schema: Schema) -> list[str]:
    """Conditions on the element that was clicked."""
    names = ("elements_chain", f"{EVENT}$elements_chain")
    # An exported table has a column; a user's own events may have it among their properties.
    column = next((one for one in names if one in schema.columns), None)
    if column is None:
        raise unsupported("actions by element: the events have no elements_chain")
    chain = f"toString({name(column)})"
    parts: list[str] = []
    if step.get("selector"):
        pattern = literal(chain_pattern(str(step["selector"])))
        parts.append(f"coalesce(match({chain}, {pattern}), false)")
    if step.get("tag_name"):
        pattern = literal(tag_pattern(str(step["tag_name"])))
        parts.append(f"coalesce(match({chain}, {pattern}), false)")
    for key in ("text", "href"):
        if step.get(key):
            found = f"extractAll(ifNull({chain}, ''), {literal(f'[:{chr(34)}]{key}{_INSIDE}')})"
            one = _compared("x", step.get(f"{key}_matching") or "exact", step[key])
            parts.append(f"length(arrayFilter(x -> {one}, {found})) > 0")
    return parts


def _compared(column: str, matching: str, value: Any) -> str:
    if matching not in _OPERATORS:
        raise InvalidQuery(f"{matching!r} is not a way of matching.", "invalid_choice")
    return compare(column, _OPERATORS[matching], [value])
