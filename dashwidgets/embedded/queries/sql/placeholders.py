"""What stands in braces in SQL that users write: filters, variables and values."""

from __future__ import annotations

import re
from typing import Any, cast

from dashwidgets.embedded.queries.dates import DateRange, date_range
from dashwidgets.embedded.queries.filters.events import within
from dashwidgets.embedded.queries.filters.properties import condition
from dashwidgets.embedded.queries.outcome import Database
from dashwidgets.embedded.queries.problem import QueryError
from dashwidgets.embedded.queries.sql.dialect import QUOTED, literal

# A value must not land inside of quotes, which those around it would end.
_PLACEHOLDER = re.compile(rf"{QUOTED}|\{{\s*([A-Za-z_][\w.]*)\s*\}}", re.DOTALL)


def fill(text: str, source: dict[str, Any], database: Database) -> str:
    """A text with its placeholders filled, where no parser finds them."""
    return _PLACEHOLDER.sub(
        lambda match: value(match[1], source, database) if match[1] else match[0], text
    )


def value(name: str, source: dict[str, Any], database: Database) -> str:
    """A placeholder as ClickHouse SQL. Raises `QueryError` for one that has no value."""
    values: dict[str, Any] = source.get("values") or {}
    filters: dict[str, Any] = source.get("filters") or {}
    variables = cast("dict[str, dict[str, Any]]", source.get("variables") or {})
    # By code name, which SQL uses; the dictionary's own keys are ids.
    by_name = {f"variables.{one.get('code_name')}": one for one in variables.values()}
    if name in values:
        return literal(values[name])
    if name == "filters":
        return _conditions(filters, database)
    if name in ("filters.dateRange.from", "filters.dateRange.to"):
        dates = _dates(filters, database)
        if dates is None:
            return "NULL"
        return f"toDateTime({literal(str(dates.start if name.endswith('from') else dates.end))})"
    if name in by_name:
        variable = by_name[name]
        return "NULL" if variable.get("isNull") else literal(variable.get("value"))
    raise QueryError(f"Unresolved placeholder: {{{name}}}", "placeholder", user_visible=True)


def _conditions(filters: dict[str, Any], database: Database) -> str:
    parts, dates = (
        [condition(filters.get("properties"), database.schema)],
        _dates(filters, database),
    )
    if dates is not None:
        parts.append(within(dates))
    return f"({' AND '.join(parts)})"


def _dates(filters: dict[str, Any], database: Database) -> DateRange | None:
    given: dict[str, Any] = filters.get("dateRange") or {}
    if not given.get("date_from") and not given.get("date_to"):
        return None
    return date_range(given, database.now(), database.schema.first)
