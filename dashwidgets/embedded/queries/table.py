"""Tables of events (contract 13.9): ``EventsQuery``."""

from __future__ import annotations

import re
from typing import Any, cast

from dashwidgets.embedded.queries.dates import DateRange, moment
from dashwidgets.embedded.queries.filters import actions
from dashwidgets.embedded.queries.filters.events import within
from dashwidgets.embedded.queries.filters.properties import condition
from dashwidgets.embedded.queries.outcome import Database, Outcome
from dashwidgets.embedded.queries.problem import InvalidQuery
from dashwidgets.embedded.queries.schema import EVENT, PERSON, Schema
from dashwidgets.embedded.queries.sql import sql
from dashwidgets.embedded.queries.sql.dialect import literal, name

DEFAULT_LIMIT = 100
DEFAULT_SELECT = ["*", "event", "person", "timestamp"]
_AGGREGATE = re.compile(
    r"(?i)\b(count|uniq|sum|avg|min|max|any|median|quantile|grouparray|groupuniq|argm)\w*\("
)
# PostHog writes a column's title as a comment behind its expression.
_TITLE = re.compile(r"\s+--.*$", re.DOTALL)
_WHOLE = {
    "*": ["uuid", "event", "timestamp", "distinct_id", "person_id"],
    "person": ["distinct_id", "person_id"],
}


def compute(source: dict[str, Any], database: Database) -> Outcome:
    """Compute an ``EventsQuery``; ``*`` and ``person`` are objects."""
    schema = database.schema
    select = [str(one) for one in cast("list[Any]", source.get("select") or DEFAULT_SELECT)]
    wanted = [_expressions(_TITLE.sub("", one), schema) for one in select]
    listed = ", ".join(expression for some in wanted for expression in some)
    limit = source.get("limit") or DEFAULT_LIMIT
    if not isinstance(limit, int) or limit <= 0:
        raise InvalidQuery("limit must be a positive number.")
    grouped = [one for one in select if _AGGREGATE.search(one)]
    order = ", ".join(str(one) for one in cast("list[Any]", source.get("orderBy") or []))
    # Aggregates have no timestamp to sort by.
    if not order and not grouped:
        order = "timestamp DESC"
    written = f"SELECT {listed} FROM events WHERE {_where(source, database)}"
    if grouped:
        plain = [
            expression
            for one, some in zip(select, wanted, strict=True)
            if one not in grouped
            for expression in some
        ]
        written += f" GROUP BY {', '.join(plain)}" if plain else ""
    written += f" ORDER BY {order}" if order else ""
    written += f" LIMIT {limit} OFFSET {int(source.get('offset') or 0)}"
    outcome = sql.run(written, database)
    rows = [_row(row, select, wanted, schema) for row in cast("list[list[Any]]", outcome.result)]
    _add_creation(rows, select, database)
    return Outcome(
        result=rows,
        hogql=written,
        columns=select,
        types=_types(outcome.types or [], select, wanted),
        has_more=outcome.has_more,
    )


def _expressions(one: str, schema: Schema) -> list[str]:
    """What an expression is read from: several columns for an object."""
    if one not in _WHOLE:
        return [one]
    prefix = EVENT if one == "*" else PERSON
    return [name(column) for column in [*_WHOLE[one], *_properties(schema, prefix)]]


def _properties(schema: Schema, prefix: str) -> list[str]:
    return sorted(column for column in schema.columns if column.startswith(prefix))


def _where(source: dict[str, Any], database: Database) -> str:
    schema, now = database.schema, database.now()
    given = source.get("after")
    # A day by default, as PostHog's events page has it.
    start = schema.first if given == "all" else moment(str(given or "-24h"), now, end=False)
    until = source.get("before")
    end = moment(str(until), now, end=True) if until else now
    parts = [within(DateRange(start, end)), condition(source.get("properties"), schema)]
    parts.append(condition(source.get("fixedProperties"), schema))
    if source.get("event"):
        parts.append(f"event = {literal(source['event'])}")
    if source.get("actionId"):
        parts.append(actions.matches(source["actionId"], schema, condition))
    if source.get("personId"):
        parts.append(f"person_id = {literal(str(source['personId']))}")
    parts += [f"({one})" for one in cast("list[Any]", source.get("where") or [])]
    return " AND ".join(parts)


def _row(row: list[Any], select: list[str], wanted: list[list[str]], schema: Schema) -> list[Any]:
    made: list[Any] = []
    at = 0
    for one, expressions in zip(select, wanted, strict=True):
        values = row[at : at + len(expressions)]
        at += len(expressions)
        made.append(_object(one, values, schema) if one in _WHOLE else values[0])
    return made


def _object(one: str, values: list[Any], schema: Schema) -> dict[str, Any]:
    prefix = EVENT if one == "*" else PERSON
    fields = _WHOLE[one]
    keys = [column.removeprefix(prefix) for column in _properties(schema, prefix)]
    found = zip(keys, values[len(fields) :], strict=True)
    properties = {key: value for key, value in found if value is not None}
    head = dict(zip(fields, values, strict=False))
    if one == "*":
        return head | {"properties": properties}
    return {
        "distinct_id": head["distinct_id"],
        "uuid": head["person_id"],
        "created_at": None,
        "properties": properties,
    }


def _add_creation(rows: list[list[Any]], select: list[str], database: Database) -> None:
    """When each person was first seen."""
    people = [row[at] for at, one in enumerate(select) if one == "person" for row in rows]
    if not people:
        return
    ids = ", ".join(sorted({literal(person["uuid"]) for person in people}))
    seen = database.rows(
        "SELECT person_id, min(timestamp) AS first_seen FROM events "
        f"WHERE person_id IN ({ids}) GROUP BY person_id"
    )
    created = {row[0]: sql.plain(row[1]) for row in seen}
    for person in people:
        person["created_at"] = created.get(person["uuid"])


def _types(types: list[Any], select: list[str], wanted: list[list[str]]) -> list[str]:
    made: list[str] = []
    at = 0
    for one, expressions in zip(select, wanted, strict=True):
        made.append("Tuple" if one in _WHOLE else str(types[at][1]))
        at += len(expressions)
    return made
