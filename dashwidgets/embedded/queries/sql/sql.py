"""SQL that users write: HogQL over events and persons (contract 13.8, 13.9)."""

from __future__ import annotations

import re
from datetime import date, datetime
from decimal import Decimal
from typing import Any, cast

from sqlglot import exp

from dashwidgets.embedded.queries.filters import actions, cohorts
from dashwidgets.embedded.queries.filters.properties import condition
from dashwidgets.embedded.queries.outcome import Database, Outcome
from dashwidgets.embedded.queries.problem import InvalidQuery, QueryError
from dashwidgets.embedded.queries.sql import placeholders
from dashwidgets.embedded.queries.sql.allowed import check
from dashwidgets.embedded.queries.sql.columns import shown_name
from dashwidgets.embedded.queries.sql.dialect import parse, written_columns
from dashwidgets.embedded.queries.sql.hogql import resolve
from dashwidgets.embedded.queries.sql.posthog import parser
from dashwidgets.embedded.queries.sql.posthog import tree as posthog
from dashwidgets.embedded.queries.sql.posthog.expressions import Context
from dashwidgets.embedded.queries.sql.tables import localize

DEFAULT_LIMIT = 100
MOST_ROWS = 50_000


def compute(source: dict[str, Any], database: Database) -> Outcome:
    """Compute a ``HogQLQuery``."""
    text = source.get("query")
    if not isinstance(text, str) or not text.strip():
        raise InvalidQuery("The query has no SQL.", "required")
    return run(text, database, source)


def run(written: str, database: Database, source: dict[str, Any] | None = None) -> Outcome:
    """Run a SELECT that a user wrote: only our tables, only so many rows.

    ``source`` holds what its placeholders stand for.
    """
    tree, text = _read(written, source or {}, database)
    if not isinstance(tree, exp.Query):
        raise QueryError("Only SELECT is allowed.", "not_allowed", user_visible=True)
    definitions, events = database.schema.definitions, database.schema.columns
    # Before checking: a known ``system.x`` becomes a plain name, so that any other dotted one is
    # refused.
    local = localize(tree, definitions.tables, events)
    check(tree, {table.name for table in local})
    _name_columns(tree, text)
    resolve(tree, database.schema)
    limit = _limit(tree)
    # One row more than is given tells whether there are more, without counting them.
    names, types, rows = database.table(tree.limit(limit + 1).sql("clickhouse"), local)
    return Outcome(
        result=plain_rows(rows[:limit], types),
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


AS_THEY_ARE = re.compile(r"(?:Nullable\()?(?:String|Bool|U?Int(?:8|16|32|64))\)?")


def plain_rows(rows: list[tuple[Any, ...]], types: list[str]) -> list[list[Any]]:
    """Rows as JSON carries them; columns that it carries as they are cost nothing."""
    changed = [at for at, kind in enumerate(types) if not AS_THEY_ARE.fullmatch(kind)]
    made = [list(row) for row in rows]
    for row in made:
        for at in changed:
            row[at] = plain(row[at])
    return made


def _read(written: str, source: dict[str, Any], database: Database) -> tuple[exp.Expr, str]:
    """What a user wrote, read by PostHog's parser where it is installed, and as it was parsed."""
    text, schema = written.strip().rstrip(";"), database.schema
    if not parser.is_installed():
        filled = placeholders.fill(text, source, database)
        try:
            return parse(filled), filled
        except QueryError as error:
            message = f"{error} {parser.READS_LESS}"
            raise QueryError(message, error.code, user_visible=True) from error
    context = Context(
        text,
        value=lambda name: placeholders.value(name, source, database),
        cohort=lambda key: cohorts.contains(cohorts.identify(key, schema), schema, condition),
        action=lambda key: actions.matches(actions.identify(key, schema), schema, condition),
    )
    text = posthog.select(context)
    return parse(text), text


def _name_columns(tree: exp.Query, text: str) -> None:
    """A column without a name is called what it is computed with, as it was written."""
    selected, written = tree.selects, written_columns(text)
    for at, found in enumerate(selected):
        plain_column = isinstance(found, exp.Column) and len(found.parts) == 1
        if not found.alias and not found.is_star and not plain_column:
            if isinstance(found, exp.Column | exp.Dot):
                shown = shown_name([part.name for part in found.parts])
            elif len(written) == len(selected):
                shown = written[at]
            else:  # all of it stands in parentheses
                shown = found.sql("clickhouse", normalize_functions=False)
            found.replace(exp.alias_(found.copy(), shown, quoted=True))
    # What a star finds inside has ClickHouse's name, too, and not that of another engine.
    for inner in tree.find_all(exp.Select):
        for found in inner.selects:
            if isinstance(found, exp.Func):
                shown = found.sql("clickhouse", normalize_functions=False)
                found.replace(exp.alias_(found.copy(), shown, quoted=True))


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
    # JSON has neither; PostHog sends null too.
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
