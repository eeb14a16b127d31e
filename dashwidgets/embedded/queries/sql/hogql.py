"""HogQL's own names in ClickHouse's terms: properties are columns, some functions are renamed."""

from __future__ import annotations

from sqlglot import exp

from dashwidgets.embedded.queries.problem import InvalidQuery, QueryError
from dashwidgets.embedded.queries.schema import EVENT, PERSON, Schema
from dashwidgets.embedded.queries.sql.allowed import check
from dashwidgets.embedded.queries.sql.dialect import parse

# What PostHog's dialect adds to ClickHouse's.
_OWN_FUNCTIONS = {
    "tofloat": "toFloat64OrNull",
    "toint": "toInt64OrNull",
    "tofloatorzero": "toFloat64OrZero",
    "tointorzero": "toInt64OrZero",
}


def expression(text: object, schema: Schema) -> str:
    """An expression over an event, such as a series' ``math_hogql``, as ClickHouse computes it.

    Raises `QueryError` for anything but one expression.
    """
    if not isinstance(text, str) or not text.strip():
        raise InvalidQuery("The HogQL expression is empty.", "required")
    tree = parse(f"SELECT {text} FROM events")
    # What the text adds to the statement around it would not be an expression.
    if not isinstance(tree, exp.Select):
        raise _not_one(text)
    plain = {k for k, v in tree.args.items() if v} <= {
        "kind", "expressions", "from_",
    }  # fmt: skip
    selects = tree.selects
    if not plain or len(selects) != 1 or selects[0].is_star:
        raise _not_one(text)
    check(tree)
    resolve(tree, schema)
    found = selects[0]
    inner = found.this if isinstance(found, exp.Alias) else found
    return f"({inner.sql('clickhouse', comments=False)})"


def _not_one(text: str) -> QueryError:
    return QueryError(f"{text!r} is not one HogQL expression.", "syntax_error", user_visible=True)


def resolve(tree: exp.Expr, schema: Schema) -> None:
    """Turn ``properties.x`` and ``person.properties.x`` into the columns they are."""
    of_persons = {table.name.lower() for table in tree.find_all(exp.Table)} == {"persons"}
    for column in list(tree.find_all(exp.Column)):
        found = _property([part.name for part in column.parts], schema, of_persons)
        if found is not None:
            column.replace(found)
    for at in list(tree.find_all(exp.Bracket)):
        inner, keys = at.this, at.expressions
        if isinstance(inner, exp.Column) and len(keys) == 1 and keys[0].is_string:
            names = [part.name for part in inner.parts] + [keys[0].name]
            found = _property(names, schema, of_persons)
            if found is not None:
                at.replace(found)
    for call in list(tree.find_all(exp.Anonymous)):
        exact = _OWN_FUNCTIONS.get(str(call.this).lower())
        if exact and len(call.expressions) == 1:
            text = exp.Anonymous(this="toString", expressions=call.expressions)
            call.replace(exp.Anonymous(this=exact, expressions=[text]))
    for extract in list(tree.find_all(exp.JSONExtract, exp.JSONExtractScalar)):
        _refuse_json(extract)


def _property(names: list[str], schema: Schema, of_persons: bool) -> exp.Expr | None:
    if "properties" in names[:-1]:
        at = names.index("properties")
        before, key = names[:at], ".".join(names[at + 1 :])
        of_person = of_persons or (bool(before) and before[-1] in ("person", "persons"))
        table = before[:-1] if before[-1:] == ["person"] else before
        physical = (PERSON if of_person else EVENT) + key
        if physical not in schema.columns and PERSON + key in schema.columns and before:
            physical = PERSON + key
        if physical not in schema.columns:
            return exp.Null()
        return exp.column(
            exp.to_identifier(physical, quoted=True), table=table[-1] if table else None
        )
    if names[-2:] == ["person", "id"]:
        return exp.column("person_id", table=names[-3] if len(names) > 2 else None)
    return None


def _refuse_json(node: exp.Expr) -> None:
    raise QueryError(
        f"Write properties.key instead of {node.sql('clickhouse')[:80]}.",
        "not_supported",
        user_visible=True,
    )
