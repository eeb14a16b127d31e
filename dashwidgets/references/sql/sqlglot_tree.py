"""sqlglot's tree of a HogQL text, in the form of PostHog's: for where its parser is not installed.

sqlglot reads ClickHouse's dialect. What HogQL adds to that is written otherwise first.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Mapping
from itertools import pairwise
from typing import Any

import sqlglot
from sqlglot import exp
from sqlglot.errors import SqlglotError

Tree = dict[str, Any]

_QUOTED = r"'(?:[^'\\]|\\.|'')*'|`[^`]*`|\"[^\"]*\"|--[^\n]*|/\*.*?\*/"
_PLACEHOLDER = re.compile(rf"({_QUOTED})|\{{([^{{}}]*)\}}", re.DOTALL)
_COHORT = re.compile(r"\bIN\s+COHORT\s+('(?:[^'\\]|\\.)*'|\d+)", re.IGNORECASE)
_DOLLAR = re.compile(rf"({_QUOTED})|(?<![\w`])(\$[A-Za-z_$][\w$]*)", re.DOTALL)
_COMPARISONS: tuple[tuple[type[exp.Expr], str], ...] = (
    (exp.EQ, "=="), (exp.NEQ, "!="), (exp.Like, "like"), (exp.ILike, "ilike"),
    (exp.RegexpLike, "=~"), (exp.GT, ">"), (exp.LT, "<"), (exp.GTE, ">="), (exp.LTE, "<="),
)  # fmt: skip
_CLICKHOUSE: Mapping[Any, str] = {
    exp.ArrayContains: "has",
    exp.JSONExtractScalar: "JSONExtractString",
    exp.StrPosition: "position",
}


def tree_of(text: str, *, select: bool) -> tuple[Tree | None, bool, str]:
    """The tree, that it is not exact, and why there is none."""
    # It warns of every construct it does not know, and HogQL has many.
    logging.getLogger("sqlglot").setLevel(logging.ERROR)
    prepared = _PLACEHOLDER.sub(_as_call, text)
    # ``IN COHORT 5`` is HogQL's own; as a call in a list any parser reads it.
    prepared = _COHORT.sub(r"IN (hogql_cohort(\1))", prepared)
    prepared = _DOLLAR.sub(lambda one: one[1] or f"`{one[2]}`", prepared).strip().rstrip(";")
    try:
        parsed = sqlglot.parse_one(prepared if select else f"SELECT {prepared}", read="clickhouse")
        if select and not isinstance(parsed, exp.Query):
            return None, False, "it is not a SELECT"
        return _node(parsed if select else parsed.expressions[0]), False, ""
    except (SqlglotError, RecursionError, IndexError, ValueError, AttributeError) as error:
        first = str(error).splitlines()[0] if str(error) else ""
        return None, False, f"{type(error).__name__}: {first}"[:200]


def _as_call(one: re.Match[str]) -> str:
    if one[1]:
        return one[1]
    inside = one[2].strip().replace("\\", "").replace("'", "")
    return f"hogql_placeholder('{inside}')"


def _node(one: Any) -> Any:
    """A node of theirs as one of PostHog's."""
    if isinstance(one, list):
        return [_node(each) for each in one]  # pyright: ignore[reportUnknownVariableType]
    if not isinstance(one, exp.Expr):
        return None
    if isinstance(one, exp.SetOperation):
        first = one.this
        parts = [{"select_query": _node(one.expression)}]
        return {
            "node": "SelectSetQuery",
            "initial_select_query": _with(one, _node(first)),
            "subsequent_select_queries": parts,
        }
    if isinstance(one, exp.Subquery):
        return _node(one.this)
    if isinstance(one, exp.Select):
        return _select(one)
    if isinstance(one, exp.Column | exp.Dot | exp.Identifier | exp.Star):
        return _field(one)
    if isinstance(one, exp.Literal):
        whole = not one.is_string and str(one.this).isdecimal()
        return {"node": "Constant", "value": int(one.this) if whole else str(one.this)}
    if isinstance(one, exp.Alias):
        return {"node": "Alias", "alias": one.alias, "expr": _node(one.this)}
    if isinstance(one, exp.Paren):
        return _node(one.this)
    if isinstance(one, exp.Tuple | exp.Array | exp.Struct):
        return {"node": "Tuple", "exprs": _node(one.expressions)}
    if isinstance(one, exp.Lambda):
        names = [each.name for each in one.expressions]
        return {"node": "Lambda", "args": names, "expr": _node(one.this)}
    if isinstance(one, exp.Bracket):
        first = one.expressions[0] if one.expressions else None
        return {"node": "ArrayAccess", "array": _node(one.this), "property": _node(first)}
    for kind, op in _COMPARISONS:
        if isinstance(one, kind):
            return _compare(op, _node(one.this), _node(one.expression))
    if isinstance(one, exp.In):
        return _in(one)
    if isinstance(one, exp.JSONPath):
        keys = [part.name for part in one.expressions if isinstance(part, exp.JSONPathKey)]
        return {"node": "Constant", "value": ".".join(keys)}
    if isinstance(one, exp.Case) and one.this:
        cases = [_node(part) for each in one.args["ifs"] for part in (each.this, each.args["true"])]
        args = [_node(one.this), *cases, _node(one.args.get("default"))]
        return {"node": "Call", "name": "_caseWithExpression", "args": args}
    if isinstance(one, exp.Func):
        return _call(one)
    return {"node": "Other", "parts": [_node(part) for part in one.iter_expressions()]}


def _compare(op: str, left: Any, right: Any) -> Tree:
    return {"node": "CompareOperation", "op": op, "left": left, "right": right}


def _in(one: exp.In) -> Tree:
    other = one.args.get("query") or one.args.get("field")
    right: Tree = {"node": "Tuple", "exprs": _node(one.expressions)} if not other else _node(other)
    first = one.expressions[0] if one.expressions else None
    if first is not None and first.name.lower() == "hogql_cohort":
        inner = _call(first)["args"]
        return _compare("in cohort", _node(one.this), inner[0])
    return _compare("in", _node(one.this), right)


def _call(one: Any) -> Tree:
    if isinstance(one, exp.Anonymous | exp.AnonymousAggFunc | exp.CombinedAggFunc):
        name, args = str(one.this), [_node(part) for part in one.expressions]
    else:
        # Under sqlglot's own name for it, unless ClickHouse calls it otherwise.
        name = _CLICKHOUSE.get(type(one)) or one.sql_name()
        args = [_node(part) for part in one.iter_expressions()]
    if name == "hogql_placeholder":
        chain = str(args[0]["value"]).split(".")
        return {"node": "Placeholder", "expr": {"node": "Field", "chain": chain}}
    return {"node": "Call", "name": name.replace("_", ""), "args": [arg for arg in args if arg]}


def _field(one: Any) -> Tree:
    if isinstance(one, exp.Star):
        return {"node": "Field", "chain": ["*"]}
    chain = [part.name for part in one.parts] if hasattr(one, "parts") else [one.name]
    return {"node": "Field", "chain": ["*" if part == "" else part for part in chain]}


def _select(one: exp.Select) -> Tree:
    tree: Tree = {"node": "SelectQuery", "select": _node(one.expressions)}
    joined: list[Any] = []
    # The argument was renamed between two versions of sqlglot; both are allowed.
    source = one.args.get("from_") or one.args.get("from")
    if source is not None:
        joined.append(_join(source.this, None))
    for each in one.args.get("joins") or ():
        joined.append(_join(each.this, each.args.get("on")))
    for before, after in pairwise(joined):
        before["next_join"] = after
    tree["select_from"] = joined[0] if joined else None
    known = ("expressions", "from_", "from", "joins", "with_", "with")
    for name, part in one.args.items():
        if name not in known and part:
            tree[name] = _node(part)
    return _with(one, tree)


def _join(table: Any, on: Any) -> Tree:
    made: Tree = {"node": "JoinExpr", "alias": table.alias or None, "constraint": _node(on)}
    if isinstance(table, exp.Table) and isinstance(table.this, exp.Identifier):
        made["table"] = {"node": "Field", "chain": [part.name for part in table.parts]}
    elif isinstance(table, exp.Table):
        made["table"] = {"node": "Field", "chain": ["function"]}
        made["table_args"] = [_node(table.this)]
    else:
        made["table"] = _node(table)
    return made


def _with(one: Any, tree: Tree) -> Tree:
    clause = one.args.get("with_") or one.args.get("with")
    ctes: list[Tree] = tree.get("ctes") or []
    for each in clause.expressions if clause is not None else ():
        inner = each.this
        kind = "subquery" if isinstance(inner, exp.Query) else "column"
        ctes.append({"name": each.alias, "cte_type": kind, "expr": _node(inner)})
    return tree | {"ctes": ctes}
