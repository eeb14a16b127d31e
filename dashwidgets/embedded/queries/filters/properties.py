"""Property filters as ClickHouse conditions (contract 7.3)."""

from __future__ import annotations

from typing import Any, cast

from dashwidgets.embedded.queries.filters import actions, cohorts
from dashwidgets.embedded.queries.filters.comparisons import compare
from dashwidgets.embedded.queries.problem import InvalidQuery, unsupported
from dashwidgets.embedded.queries.schema import Schema
from dashwidgets.embedded.queries.sql.hogql import expression

_COHORTS = ("cohort", "static-cohort", "precalculated-cohort", "dynamic-cohort")
_COLUMNS = ("event", "person", "session", "event_metadata")
_NEGATIONS = ("not_in", "is_not")


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
            raise InvalidQuery(f"{kind!r} is not a kind of property group.", "invalid_input")
        parts = [condition(part, schema) for part in inner]
        return f"({f' {kind} '.join(parts)})" if parts else "true"
    if not isinstance(properties, list):
        raise InvalidQuery("Properties must be a list or a group.", "invalid_input")
    parts = [condition(part, schema) for part in cast("list[Any]", properties)]
    return f"({' AND '.join(parts)})"


def _one(given: dict[str, Any], schema: Schema) -> str:
    kind = given.get("type") or "event"
    operator = str(given.get("operator") or "exact")
    value = given.get("value")
    if kind in _COHORTS:
        found = cohorts.contains(value, schema, condition)
        out = operator in _NEGATIONS or given.get("negation")
        return f"NOT ({found})" if out else found
    if kind == "action":
        key = value if value not in (None, "") else given.get("key")
        found = actions.matches(key, schema, condition)
        return f"NOT {found}" if operator in _NEGATIONS else found
    if kind == "hogql":
        return f"coalesce({expression(given.get('key'), schema)}, false)"
    if kind not in _COLUMNS:
        raise unsupported(f"property filters of type {kind}")
    if "key" not in given:
        raise InvalidQuery("A property filter has no key.", "required")
    values = cast("list[Any]", value) if isinstance(value, list) else [value]
    return compare(schema.column(str(given["key"]), kind), operator, values)
