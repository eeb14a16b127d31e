"""HogQL's own names in ClickHouse's terms: properties are columns, some functions are renamed."""

from __future__ import annotations

from typing import cast

from sqlglot import exp

from dashwidgets.embedded.queries.problem import InvalidQuery, QueryError
from dashwidgets.embedded.queries.schema import EVENT, PERSON, Schema
from dashwidgets.embedded.queries.sql import columns
from dashwidgets.embedded.queries.sql.allowed import check
from dashwidgets.embedded.queries.sql.dialect import parse
from dashwidgets.embedded.queries.sql.posthog import parser
from dashwidgets.embedded.queries.sql.posthog import tree as posthog
from dashwidgets.embedded.queries.sql.posthog.expressions import Context

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
    schema.written.append(text)
    if parser.is_installed():
        text = posthog.expression(Context(text, value=_none, cohort=_none, action=_none))
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
    # Before names are resolved: what the text itself reaches for, not what resolving adds.
    check(tree)
    if _resolved(tree, schema):
        raise QueryError(
            f"{text!r} asks for an event's session or when its person was created, which only a "
            "whole statement can.",
            "not_supported",
            user_visible=True,
        )
    found = tree.selects[0]
    inner = found.this if isinstance(found, exp.Alias) else found
    # Without comments: a ``--`` would swallow the rest of the statement it is put into.
    return f"({inner.sql('clickhouse', comments=False)})"


def _not_one(text: str) -> QueryError:
    return QueryError(f"{text!r} is not one HogQL expression.", "syntax_error", user_visible=True)


def _none(name: object) -> str:
    raise QueryError(
        f"An expression can't refer to {name!r}: use a filter for cohorts and actions.",
        "not_supported",
        user_visible=True,
    )


def resolve(tree: exp.Expr, schema: Schema) -> None:
    """Turn ``properties.x``, ``person.properties.x`` and the like into the columns they are."""
    joined = _resolved(tree, schema)
    if joined and isinstance(tree, exp.Query):
        columns.join(tree, joined)


def _resolved(tree: exp.Expr, schema: Schema) -> dict[str, set[str]]:
    """Resolve all but columns of persons and sessions, which must be joined: gives those."""
    aliases = {alias.alias for alias in tree.find_all(exp.Alias)}
    joined: dict[str, set[str]] = {}
    for extract in list(tree.find_all(exp.JSONExtractScalar, exp.Anonymous)):
        found = _extracted(extract, schema)
        if found is not None:
            extract.replace(found)
    for at in list(tree.find_all(exp.Column, exp.Dot, exp.Bracket)):
        names = _chain(at)
        if not names or (isinstance(at.parent, exp.Dot | exp.Bracket) and _chain(at.parent)):
            continue
        found = _property(at, names, schema)
        if found is None:
            found = _of_other(names, joined)
        if found is None and (len(names) > 1 or names[0] not in aliases):
            found = columns.column(names, schema.columns)
        if found is not None:
            at.replace(found)
    for call in list(tree.find_all(exp.Anonymous)):
        exact = _OWN_FUNCTIONS.get(str(call.this).lower())
        if exact and len(call.expressions) == 1:
            text = exp.Anonymous(this="toString", expressions=call.expressions)
            call.replace(exp.Anonymous(this=exact, expressions=[text]))
    return joined


_EXTRACTS = {"jsonextractint": "toInt64OrZero", "jsonextractfloat": "toFloat64OrZero"}


def _extracted(node: exp.Expr, schema: Schema) -> exp.Expr | None:
    """One key of ``properties`` taken from the column that it is: no JSON is made and parsed."""
    if isinstance(node, exp.JSONExtractScalar):
        path = node.expression.expressions if isinstance(node.expression, exp.JSONPath) else []
        keys = [one.this for one in path[1:] if isinstance(one, exp.JSONPathKey)]
        document, function = node.this, None
        whole = len(keys) == len(path) - 1 == 1
    else:
        function = _EXTRACTS.get(str(node.this).lower())
        document, keys = (node.expressions or [None])[0], [one.name for one in node.expressions[1:]]
        whole = function is not None and len(keys) == 1 and node.expressions[1].is_string
    names = _chain(document)
    if not whole or names[-1:] != ["properties"]:
        return None
    column = _property(document, [*names, str(keys[0])], schema) or exp.Null()
    text = exp.Anonymous(this="toString", expressions=[column])
    if function:
        return exp.Anonymous(this=function, expressions=[text])
    return exp.Coalesce(this=text, expressions=[exp.Literal.string("")])


def _chain(node: exp.Expr | None) -> list[str]:
    """The names of a dotted name, or of one with a key in brackets; nothing for anything else."""
    if isinstance(node, exp.Column | exp.Dot):
        parts = node.parts
        plain = all(isinstance(part, exp.Identifier | exp.Star) for part in parts)
        return [part.name for part in parts] if plain else []
    if isinstance(node, exp.Bracket) and len(node.expressions) == 1:
        key, inner = node.expressions[0], _chain(node.this)
        return [*inner, key.name] if key.is_string and inner else []
    return []


def _property(node: exp.Expr, names: list[str], schema: Schema) -> exp.Expr | None:
    """A property, a value inside of one, or all of them."""
    if "properties" not in names:
        return None
    at = names.index("properties")
    before, keys = names[:at], names[at + 1 :]
    of_person = before[-1:] == ["person"] or _reads_persons(node, before[-1:])
    before = [one for one in before if one not in _PERSONS]
    table, prefix = before[-1] if before else None, PERSON if of_person else EVENT
    if not keys:
        return columns.all_properties(prefix, table, schema.columns)
    # The longest name first: a property may have dots in its name, and be no JSON.
    for end in range(len(keys), 0, -1):
        physical = prefix + ".".join(keys[:end])
        if physical in schema.columns:
            found = exp.column(exp.to_identifier(physical, quoted=True), table=table)
            return columns.inside(found, keys[end:]) if end < len(keys) else found
    # Functions of texts need a type, aggregates and arithmetic one that fits any.
    typed = isinstance(node.parent, exp.Anonymous) and str(node.parent.this).lower() in _OF_TEXT
    return columns.of("CAST(NULL AS Nullable(String))") if typed else exp.Null()


_OF_TEXT = ("tostring", "tofloat", "toint", "assumenotnull", "tobool")
_PERSONS = ("person", "pdi", "poe")


def _reads_persons(node: exp.Expr, table: list[str]) -> bool:
    """Whether properties are those of ``persons``, where a column stands."""
    select = node.find_ancestor(exp.Select)
    while select is not None:
        joins = cast("list[exp.Join]", select.args.get("joins") or [])
        sources: list[object] = [join.this for join in joins]
        sources.append(getattr(select.args.get("from_"), "this", None))
        tables = [one for one in sources if isinstance(one, exp.Table)]
        named = [one for one in tables if not table or one.alias_or_name == table[0]]
        if named:
            return all(one.name.lower() == "persons" for one in named)
        select = select.find_ancestor(exp.Select)
    return False


def _of_other(names: list[str], joined: dict[str, set[str]]) -> exp.Expr | None:
    """``person.id``, ``session.$is_bounce``: a column of the event's person or session."""
    if len(names) < 2:
        return None
    *before, of, column = names
    table = next((one for one in reversed(before) if one not in _PERSONS), None)
    if of == "person" and column == "id":
        return exp.column("person_id", table=table)
    if of == "session" and column in ("id", "session_id"):
        return exp.column(exp.to_identifier("$session_id", quoted=True), table=table)
    if column in columns.JOINED.get(of, ()):
        joined.setdefault(of, set()).add(column)
        return exp.column(exp.to_identifier(f"{of}.{column}", quoted=True), table=table)
    return None
