"""Property filters as ClickHouse conditions (contract 7.3)."""

from __future__ import annotations

from datetime import datetime
from typing import Any, cast

from dashwidgets.local.queries.dialect import literal
from dashwidgets.local.queries.events import Schema, number
from dashwidgets.local.queries.problem import InvalidQuery, unsupported


def condition(properties: Any, schema: Schema) -> str:
    """A list of filters, all of which must hold, or a group of them."""
    if not properties:
        return "true"
    if isinstance(properties, dict):
        group = cast("dict[str, Any]", properties)
        if "values" not in group:
            return _one(group, schema)
        inner = cast("list[Any]", group["values"])
        kind = str(group.get("type") or "AND").upper()
        if kind not in ("AND", "OR"):
            raise InvalidQuery(f"{kind!r} is no kind of property group.", "invalid_input")
        parts = [condition(part, schema) for part in inner]
        return f"({f' {kind} '.join(parts)})" if parts else "true"
    if not isinstance(properties, list):
        raise InvalidQuery("Properties must be a list or a group.", "invalid_input")
    parts = [condition(part, schema) for part in cast("list[Any]", properties)]
    return f"({' AND '.join(parts)})"


def _one(given: dict[str, Any], schema: Schema) -> str:
    kind = given.get("type") or "event"
    if kind not in ("event", "person", "session", "event_metadata"):
        raise unsupported(f"property filters of type {kind}")
    if "key" not in given:
        raise InvalidQuery("A property filter has no key.", "required")
    column = schema.column(str(given["key"]), kind)
    operator = str(given.get("operator") or "exact")
    value = given.get("value")
    values = cast("list[Any]", value) if isinstance(value, list) else [value]
    return _compare(column, operator, values)


def _compare(column: str, operator: str, values: list[Any]) -> str:
    text = f"toString({column})"
    if operator == "is_set":
        return f"{column} IS NOT NULL"
    if operator == "is_not_set":
        return f"{column} IS NULL"
    if operator in ("exact", "is_not"):
        found = _any(f"{text} = {literal(_text(value))}" for value in values)
        return found if operator == "exact" else f"NOT {found}"
    if operator in ("icontains", "not_icontains"):
        found = _any(
            f"positionCaseInsensitive({text}, {literal(_text(value))}) > 0" for value in values
        )
        return found if operator == "icontains" else f"NOT {found}"
    if operator in ("regex", "not_regex"):
        found = _any(f"match({text}, {literal(_text(value))})" for value in values)
        return found if operator == "regex" else f"NOT {found}"
    sign = {"gt": ">", "lt": "<", "gte": ">=", "lte": "<="}.get(operator)
    if sign:
        return _any(f"{number(column)} {sign} {literal(_number(value))}" for value in values)
    sign = {"is_date_before": "<", "is_date_after": ">"}.get(operator)
    if sign:
        return _any(
            f"toDateTime({column}) {sign} toDateTime({literal(_date(value))})" for value in values
        )
    raise unsupported(f"the property operator {operator}")


def _any(parts: Any) -> str:
    """A null on the left is false, not unknown, so that its negation is true."""
    return "(" + (" OR ".join(f"coalesce({part}, false)" for part in parts) or "false") + ")"


def _text(value: Any) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)


def _number(value: Any) -> float:
    try:
        return float(value)
    except (TypeError, ValueError):
        raise InvalidQuery(f"{value!r} is not a number.", "invalid_input") from None


def _date(value: Any) -> str:
    try:
        return str(datetime.fromisoformat(str(value)).replace(tzinfo=None))
    except ValueError:
        raise InvalidQuery(f"{value!r} is not a date.", "invalid_input") from None
