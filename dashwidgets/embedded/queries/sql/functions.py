"""What a ClickHouse function computes, in DuckDB, where a macro can't say it."""

from __future__ import annotations

import re
from collections.abc import Callable

from sqlglot import exp

from dashwidgets.embedded.queries.problem import QueryError
from dashwidgets.embedded.queries.sql import json_functions
from dashwidgets.embedded.queries.sql.arrays import (
    call,
    filtered,
    join_arrays,
    kept,
    mapped,
    number_kept,
    over,
)

_CALENDAR = {"WEEK", "MONTH", "QUARTER", "YEAR"}
_FORMAT = {
    "%i": "%M", "%M": "%B", "%F": "%Y-%m-%d", "%T": "%H:%M:%S", "%R": "%H:%M", "%D": "%m/%d/%y",
    "%e": "%-d", "%h": "%I", "%s": "%S", "%W": "%A", "%c": "%m", "%k": "%-H", "%l": "%-I",
}  # fmt: skip
_SAME_FORMAT = "YmdHISjabpyf%"
_QUANTILES = re.compile(r"(?:quantile|median)(?:Exact(?:Inclusive)?)?(If)?", re.IGNORECASE)
_UNKNOWN = (exp.Typeof, exp.ArrayCompact)


EXACT = 'pip install "dashwidgets[exact]", then engine="chdb" (Linux and macOS)'


def unknown_function(name: str) -> QueryError:
    """The error that names a function there is none of."""
    return QueryError(f"Unknown function `{name}`.", "unknown_function", user_visible=True)


def lacking(name: str) -> QueryError:
    """The error that names a function that DuckDB lacks, and what to do."""
    return QueryError(
        f"Unknown function `{name}`: DuckDB lacks it. ClickHouse itself knows nearly all of "
        f"HogQL's: {EXACT}.",
        "unknown_function",
        user_visible=True,
    )


def exact(node: exp.Expr) -> exp.Expr:
    """A node of a ClickHouse statement as DuckDB computes the same."""
    if isinstance(node, _UNKNOWN):
        raise lacking(node.sql("clickhouse").partition("(")[0])
    # By type before by name: what sqlglot knows is no longer an anonymous call.
    for kind, translate in _NODES.items():
        if isinstance(node, kind):
            return translate(node)
    if isinstance(node, exp.Select):
        join_arrays(node)
    if isinstance(node, exp.Anonymous):
        named = _CALLS.get(str(node.this).lower())
        return named(node) if named else node
    return node


def zero_of_nothing(total: exp.Expr) -> None:
    """A sum of no rows is zero in ClickHouse, unless what is summed may be missing."""
    if isinstance(total, exp.CombinedAggFunc) and str(total.this).lower() != "sumif":
        return
    summed = total.this if isinstance(total, exp.Sum) else total.expressions[0]
    if _is_never_missing(summed) and not isinstance(total.parent, exp.Window):
        zero = exp.Literal.number(0)
        total.replace(exp.Coalesce(this=total.copy(), expressions=[zero]))


def _is_never_missing(node: exp.Expr | None) -> bool:
    match node:
        case exp.Literal() | exp.Count() | exp.CountIf():
            return True
        case exp.Paren() | exp.Alias():
            return _is_never_missing(node.this)
        case exp.Add() | exp.Sub() | exp.Mul():
            return _is_never_missing(node.this) and _is_never_missing(node.expression)
        case exp.If():
            return all(_is_never_missing(node.args.get(part)) for part in ("true", "false"))
        case exp.Case():
            results = [one.args["true"] for one in node.args["ifs"]]
            return all(map(_is_never_missing, [*results, node.args.get("default")]))
        case exp.Column():
            return _is_never_missing(_definition(node))
        case _:
            return False


def _definition(column: exp.Column) -> exp.Expr | None:
    """What a column is in the subquery that it is selected from."""
    outer = column.find_ancestor(exp.Select)
    source = getattr(outer.args.get("from_"), "this", None) if outer else None
    inner = source.this if isinstance(source, exp.Subquery) else None
    if outer is None or outer.args.get("joins") or not isinstance(inner, exp.Select):
        return None
    return next((one for one in inner.selects if one.alias_or_name == column.name), None)


def _date(node: exp.Expr) -> exp.Expr:
    return exp.cast(node, "date")


def _filtered(aggregate: exp.Expr, when: exp.Expr) -> exp.Expr:
    return exp.Filter(this=aggregate, expression=exp.Where(this=when))


def _count(node: exp.Expr) -> exp.Expr:
    return node if node.this or node.expressions else exp.Count(this=exp.Star())


def _count_if(node: exp.Expr) -> exp.Expr:
    """Zero where there are no rows; DuckDB's own gives nothing there."""
    return _filtered(exp.Count(this=exp.Star()), node.this)


def _missing(node: exp.Expr) -> exp.Expr:
    """A property that nobody sent has a type in ClickHouse only: DuckDB takes it for any."""
    return exp.Null() if isinstance(node.this, exp.Null) else node


def _distinct(node: exp.Expr) -> exp.Expr:
    return exp.Count(this=exp.Distinct(expressions=[node.this]))


def _aggregate(node: exp.Expr) -> exp.Expr:
    """``groupArray(DISTINCT x)``: a macro takes no DISTINCT."""
    first = node.expressions[0] if node.expressions else None
    if str(node.this).lower() == "grouparray" and isinstance(first, exp.Distinct):
        return call("groupUniqArray", *first.expressions)
    return node


def _quantile(node: exp.Expr) -> exp.Expr:
    # ClickHouse interpolates; DuckDB's own would take one of the values.
    return call("quantile_cont", node.this, node.args["quantile"])


def _with_parameters(node: exp.Expr) -> exp.Expr:
    """``name(parameters)(arguments)``, which only ClickHouse writes."""
    name, parameters, given = str(node.this), node.expressions, node.args["params"]
    quantile = _QUANTILES.fullmatch(name)
    if quantile and len(parameters) == 1:
        found = call("quantile_cont", given[0], parameters[0])
        return _filtered(found, given[1]) if quantile[1] else found
    if name.lower() == "quantiles":
        return call("quantile_cont", given[0], exp.Array(expressions=parameters))
    if name.lower() == "grouparray" and len(parameters) == 1:
        one = exp.Literal.number(1)
        return call("list_slice", call("groupArray", given[0]), one, parameters[0])
    raise lacking(name)


def _round(node: exp.Expr) -> exp.Expr:
    """Halves go to the even neighbor."""
    return call("round_even", node.this, node.args.get("decimals") or exp.Literal.number(0))


def _trunc(node: exp.Expr) -> exp.Expr:
    """From weeks on, the start is a date without a time."""
    unit = str(node.args["unit"].name).upper()
    if unit == "WEEK" and isinstance(node, exp.TimestampTrunc):
        return node
    return _date(node.copy()) if unit in _CALENDAR else node


def _formatted(node: exp.Expr) -> exp.Expr:
    given = node.args["format"]
    if not given.is_string:
        raise QueryError("formatDateTime needs a text.", "not_supported", user_visible=True)

    def translate(match: re.Match[str]) -> str:
        letter = match[0]
        if letter not in _FORMAT and letter[1:] not in _SAME_FORMAT:
            raise QueryError(
                f"formatDateTime does not know {letter} here.", "not_supported", user_visible=True
            )
        return _FORMAT.get(letter, letter)

    return call("strftime", node.this, re.sub(r"%.?", translate, given.name, flags=re.DOTALL))


def _slice(node: exp.Expr) -> exp.Expr:
    """ClickHouse counts how many, DuckDB says where it ends."""
    start, length = node.args["start"], node.args.get("end")
    last = exp.Literal.number(-1) if length is None else start.copy() + length - 1
    return call("list_slice", node.this, start, last)


def _multi_if(node: exp.Expr) -> exp.Expr:
    *pairs, otherwise = node.expressions
    branches = zip(pairs[::2], pairs[1::2], strict=True)
    return exp.Case(
        ifs=[exp.If(this=when, true=then) for when, then in branches], default=otherwise
    )


def _extracted(function: str) -> Callable[[exp.Expr], exp.Expr]:
    """The first group of a pattern, or all that matches one without."""

    def translate(node: exp.Expr) -> exp.Expr:
        text, pattern = node.expressions
        groups = re.search(r"(?<!\\)\((?!\?)", pattern.name) if pattern.is_string else None
        return call(function, text, pattern, exp.Literal.number(1 if groups else 0))

    return translate


def _bucket(node: exp.Expr) -> exp.Expr:
    """``toStartOfInterval``: weeks begin on Monday, longer ones are dates."""
    if len(node.expressions) != 2:
        raise lacking("toStartOfInterval with a zone")
    time, step = node.expressions
    unit = str(step.args["unit"] if isinstance(step, exp.Interval) else step.name).upper()
    unit = unit.removeprefix("TOINTERVAL").removesuffix("S")
    # January 5, 1970 was a Monday.
    origin = exp.cast(exp.Literal.string("1970-01-05" if unit == "WEEK" else "1970-01-01"), "date")
    found = call("time_bucket", step, exp.cast(time, "timestamp"), exp.cast(origin, "timestamp"))
    return _date(found) if unit in _CALENDAR else found


def _array_sum(node: exp.Expr) -> exp.Expr:
    """Of a list, or of what a function gives for each of its values; DuckDB's of none is null."""
    found = over(lambda f, items: call("arraySum", mapped(f, items)))(node)
    return call("arraySum", node.this) if found is node else found


def _refused(node: exp.Expr) -> exp.Expr:
    """Both have it, and it gives something else."""
    raise lacking(node.name)


def _numbers(node: exp.Expr) -> exp.Expr:
    """``numbers(n)`` and ``numbers(from, n)`` as a table."""
    made = node.this
    if not isinstance(made, exp.Anonymous) or str(made.this).lower() != "numbers":
        return node
    given: list[exp.Expr] = [exp.cast(one, "bigint") for one in made.expressions]
    if len(given) == 2:
        given = [given[0], exp.paren(given[0].copy()) + given[1]]
    rows = exp.select("range AS number").from_(exp.Table(this=call("range", *given)))
    return rows.subquery(node.alias or "numbers")


def _fraction(node: exp.Expr) -> exp.Expr:
    """A fraction is a double to ClickHouse, a decimal to DuckDB unless it has an exponent."""
    text = str(node.this)
    if node.is_string or "." not in text or "e" in text.lower():
        return node
    return exp.Literal.number(f"{text}e0")


_NODES: dict[type[exp.Expr], Callable[[exp.Expr], exp.Expr]] = {
    exp.AnonymousAggFunc: _aggregate,
    exp.ApproxDistinct: _distinct,
    exp.Cast: _missing,
    exp.Count: _count,
    exp.CountIf: _count_if,
    exp.Struct: lambda node: call("row", *node.expressions),
    exp.Quantile: _quantile,
    exp.ParameterizedAgg: _with_parameters,
    exp.CombinedParameterizedAgg: _with_parameters,
    exp.Length: lambda node: call("strlen_or_list", node.this),
    exp.Round: _round,
    exp.DateTrunc: _trunc,
    exp.TimestampTrunc: _trunc,
    exp.TimeToStr: _formatted,
    exp.ArraySlice: _slice,
    exp.ArrayFilter: filtered,
    exp.ArraySum: _array_sum,
    exp.JSONExtract: json_functions.raw,
    exp.JSONExtractScalar: json_functions.text,
    exp.Table: _numbers,
    exp.Transform: over(mapped),
    exp.Literal: _fraction,
    exp.IntDiv: lambda node: call("intDiv", node.this, node.expression),
}

_CALLS: dict[str, Callable[[exp.Expr], exp.Expr]] = {
    "formatreadablesize": _refused,
    "multiif": _multi_if,
    "extract": _extracted("regexp_extract"),
    "extractall": _extracted("regexp_extract_all"),
    "tostartofinterval": _bucket,
    "arrayexists": over(lambda f, items: exp.paren(number_kept(f, items) > 0)),
    "arrayall": over(
        lambda f, items: exp.paren(number_kept(f, items).eq(call("len", items.copy())))
    ),
    "arraycount": over(number_kept),
    "arrayfirst": over(
        lambda f, items: call("list_extract", kept(f, items), exp.Literal.number(1))
    ),
    "arraylastindex": over(lambda f, items: call("lastTrue", mapped(f, items))),
    "arraymap": over(mapped),
    "arrayfilter": filtered,
    "mapfilter": lambda node: call("withoutNulls", node.expressions[1]),
    **json_functions.CALLS,
}
