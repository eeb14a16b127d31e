"""SQL that users write: HogQL over events and persons (contract 13.8, 13.9)."""

from __future__ import annotations

import re
from datetime import date, datetime
from decimal import Decimal
from typing import Any, cast

from sqlglot import exp

from dashwidgets.embedded.queries.dates import date_range
from dashwidgets.embedded.queries.filters.events import within
from dashwidgets.embedded.queries.filters.properties import condition
from dashwidgets.embedded.queries.outcome import Database, Outcome
from dashwidgets.embedded.queries.problem import InvalidQuery, QueryError
from dashwidgets.embedded.queries.sql.allowed import check
from dashwidgets.embedded.queries.sql.dialect import QUOTED, literal, parse
from dashwidgets.embedded.queries.sql.hogql import resolve
from dashwidgets.embedded.queries.sql.tables import localize

DEFAULT_LIMIT = 100
MOST_ROWS = 50_000

# A value must not land inside of quotes, which those around it would end.
_PLACEHOLDER = re.compile(rf"{QUOTED}|\{{\s*([A-Za-z_][\w.]*)\s*\}}", re.DOTALL)


def compute(source: dict[str, Any], database: Database) -> Outcome:
    """Compute a ``HogQLQuery``."""
    text = source.get("query")
    if not isinstance(text, str) or not text.strip():
        raise InvalidQuery("The query has no SQL.", "required")
    return run(_placeholders(text, source, database), database)


def run(written: str, database: Database) -> Outcome:
    """Run a SELECT that a user wrote: only our tables, only so many rows."""
    tree = parse(written)
    if not isinstance(tree, exp.Query):
        raise QueryError("Only SELECT is allowed.", "not_allowed", user_visible=True)
    definitions, events = database.schema.definitions, database.schema.columns
    local = localize(tree, definitions.tables, events)
    check(tree, {table.name for table in local})
    _replace_divisions(tree)
    _name_columns(tree)
    resolve(tree, database.schema)
    limit = _limit(tree)
    names, types, rows = database.table(tree.limit(limit + 1).sql("clickhouse"), local)
    return Outcome(
        result=[[plain(value) for value in row] for row in rows[:limit]],
        hogql=written,
        columns=names,
        types=[
            [name, nullable(kind, any(row[at] is None for row in rows))]
            for at, (name, kind) in enumerate(zip(names, types, strict=True))
        ],
        has_more=len(rows) > limit,
        limit=limit,
        warnings=list(dict.fromkeys(text for table in local for text in table.warnings)),
    )


def _placeholders(text: str, source: dict[str, Any], database: Database) -> str:
    """Put filters, variables and the caller's own values where the text asks for them."""
    filters: dict[str, Any] = source.get("filters") or {}
    values: dict[str, Any] = source.get("values") or {}
    variables = cast("dict[str, dict[str, Any]]", source.get("variables") or {})
    by_name = {str(v.get("code_name")): v for v in variables.values()}

    def fill(match: re.Match[str]) -> str:
        name = match[1]
        if name is None:
            return match[0]
        if name in values:
            return literal(values[name])
        if name == "filters":
            return _conditions(filters, database)
        if name.startswith("variables.") and name.removeprefix("variables.") in by_name:
            variable = by_name[name.removeprefix("variables.")]
            return "NULL" if variable.get("isNull") else literal(variable.get("value"))
        raise QueryError(f"Unresolved placeholder: {{{name}}}", "placeholder", user_visible=True)

    return _PLACEHOLDER.sub(fill, text.strip().rstrip(";"))


def _conditions(filters: dict[str, Any], database: Database) -> str:
    dates: dict[str, Any] = filters.get("dateRange") or {}
    parts = [condition(filters.get("properties"), database.schema)]
    if dates.get("date_from") or dates.get("date_to"):
        parts.append(within(date_range(dates, database.now(), database.schema.first)))
    return f"({' AND '.join(parts)})"


def _replace_divisions(tree: exp.Query) -> None:
    """``DIV`` cuts a fraction off; a cast, as it would be written, rounds in DuckDB."""
    for division in list(tree.find_all(exp.IntDiv)):
        sides = [division.this, division.expression]
        division.replace(exp.Anonymous(this="intDiv", expressions=sides))


def _name_columns(tree: exp.Query) -> None:
    """A column without a name is called what it is computed with."""
    for found in tree.selects:
        plain_column = isinstance(found, exp.Column) and len(found.parts) == 1
        if not found.alias and not found.is_star and not plain_column:
            text = found.sql("clickhouse", normalize_functions=False).translate(
                {96: None, 34: None}
            )
            found.replace(exp.alias_(found.copy(), text, quoted=True))


def _limit(tree: exp.Query) -> int:
    given, offset = tree.args.get("limit"), tree.args.get("offset")
    if any(one.expressions for one in (given, offset) if one) or (
        given and given.args.get("limit_options")
    ):
        raise QueryError(
            "LIMIT takes only a number of rows here: BY, PERCENT and WITH TIES are not computed.",
            "not_supported",
            user_visible=True,
        )
    if given is None:
        return DEFAULT_LIMIT
    value = given.expression
    if not isinstance(value, exp.Literal) or not str(value.this).isdecimal():
        raise QueryError("LIMIT must be a number.", "syntax_error", user_visible=True)
    return min(int(value.this), MOST_ROWS)


def plain(value: Any) -> Any:
    """A value as JSON carries it."""
    if isinstance(value, datetime):
        return f"{value.replace(tzinfo=None).isoformat()}Z"
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Decimal):
        return str(value)
    if isinstance(value, int) and not -(2**63) <= value < 2**63:
        return str(value)  # JSON's readers have 64 bits at most
    if isinstance(value, float) and (value != value or value in (float("inf"), float("-inf"))):
        return None
    if isinstance(value, list | tuple):
        return [plain(part) for part in cast("list[Any]", value)]
    if isinstance(value, dict):
        return {str(key): plain(part) for key, part in cast("dict[Any, Any]", value).items()}
    return value if value is None or isinstance(value, bool | int | float | str) else str(value)


def nullable(kind: str, has_null: bool) -> str:
    """A ClickHouse type that says whether a null was seen."""
    return f"Nullable({kind})" if has_null and not kind.startswith("Nullable(") else kind
