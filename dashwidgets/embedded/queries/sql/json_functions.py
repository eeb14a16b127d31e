"""ClickHouse's JSON functions in DuckDB: what is no JSON, or lacks a key, gives a default."""

from __future__ import annotations

from collections.abc import Callable

from sqlglot import exp

_LISTS = {"array(string)", "array(nullable(string))"}
_NUMBERS = {"int": "int64", "uint": "uint64", "float": "float64", "bool": "bool"}
_TYPES = {
    "string": ("VARCHAR", "''"), "nullable(string)": ("VARCHAR", None),
    "int64": ("BIGINT", "0"), "nullable(int64)": ("BIGINT", None),
    "uint64": ("UBIGINT", "0"), "float64": ("DOUBLE", "0"), "nullable(float64)": ("DOUBLE", None),
    "bool": ("BOOLEAN", "false"), "uint8": ("UTINYINT", "0"), "int32": ("INTEGER", "0"),
}  # fmt: skip


def text(node: exp.Expr) -> exp.Expr:
    """``JSONExtractString``."""
    return _or(exp.JSONExtractScalar(this=_json(node.this), expression=_path(node)), "''")


def raw(node: exp.Expr) -> exp.Expr:
    """``JSONExtractRaw``."""
    found = exp.JSONExtract(this=_json(node.this), expression=_path(node))
    return _or(exp.cast(found, "varchar"), "''")


def _path(node: exp.Expr) -> exp.Expr:
    return node.expression or exp.Literal.string("$")


def _number(kind: str) -> Callable[[exp.Expr], exp.Expr]:
    def translate(node: exp.Expr) -> exp.Expr:
        document, *keys = node.expressions
        return _typed(document, keys, kind)

    return translate


def _extract(node: exp.Expr) -> exp.Expr:
    """``JSONExtract(text, keys…, 'Type')``; a type that is not known stays unknown."""
    document, *keys = node.expressions
    kind = keys.pop().name.lower().replace(" ", "") if keys else ""
    if kind in _LISTS:
        return _texts(document, keys, "json_extract_string")
    return _typed(document, keys, kind) if kind in _TYPES else node


def _typed(document: exp.Expr, keys: list[exp.Expr], kind: str) -> exp.Expr:
    name, default = _TYPES[kind]
    # As text and then converted: a number that was sent as "12" counts in ClickHouse too.
    found = _call("json_extract_string", _json(document), _pointer(keys))
    return _or(exp.TryCast(this=found, to=exp.DataType.build(name, "duckdb")), default)


def _texts(document: exp.Expr, keys: list[exp.Expr], function: str) -> exp.Expr:
    inner = _call("json_extract", _json(document), _pointer(keys)) if keys else _json(document)
    every = exp.Literal.string("$[*]")
    found = exp.cast(_call(function, inner, every), exp.DataType.build("VARCHAR[]", "duckdb"))
    return _or(found, "[]")


def _raw_list(node: exp.Expr) -> exp.Expr:
    document, *keys = node.expressions
    return _texts(document, keys, "json_extract")


def _keys(node: exp.Expr) -> exp.Expr:
    document, *keys = node.expressions
    pointer = [_pointer(keys)] if keys else []
    return _or(_call("json_keys", _json(document), *pointer), "[]")


def _has(node: exp.Expr) -> exp.Expr:
    document, *keys = node.expressions
    return _or(_call("json_exists", _json(document), _pointer(keys)), "false")


def _length(node: exp.Expr) -> exp.Expr:
    document, *keys = node.expressions
    pointer = [_pointer(keys)] if keys else []
    return _or(_call("json_array_length", _json(document), *pointer), "0")


def _pairs(node: exp.Expr) -> exp.Expr:
    """``JSONExtractKeysAndValues``: pairs of a key and its value as text."""
    document = _json(node.expressions[0])
    values = _call("json_extract_string", document.copy(), exp.Literal.string("$.*"))
    return _or(_call("list_zip", _call("json_keys", document), values), "[]")


def _pointer(keys: list[exp.Expr]) -> exp.Expr:
    """Keys, and places counted from one, as a JSON pointer."""
    parts = [
        key.name.replace("~", "~0").replace("/", "~1") if key.is_string else str(int(key.name) - 1)
        for key in keys
    ]
    return exp.Literal.string("".join(f"/{part}" for part in parts))


def _json(document: exp.Expr) -> exp.Expr:
    return _call("asJSON", document)


def _or(found: exp.Expr, default: str | None) -> exp.Expr:
    if default is None:
        return found
    other: exp.Expr = exp.maybe_parse(default, dialect="duckdb")
    return exp.Coalesce(this=found, expressions=[other])


def _call(name: str, *given: exp.Expr) -> exp.Expr:
    return exp.Anonymous(this=name, expressions=list(given))


CALLS: dict[str, Callable[[exp.Expr], exp.Expr]] = {
    "jsonextract": _extract,
    "jsonextractarrayraw": _raw_list,
    "jsonextractkeys": _keys,
    "jsonextractkeysandvalues": _pairs,
    "jsonhas": _has,
    "jsonlength": _length,
    **{f"jsonextract{name}": _number(kind) for name, kind in _NUMBERS.items()},
}
