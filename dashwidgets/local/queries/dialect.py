"""ClickHouse SQL, as PostHog writes it, to DuckDB's."""

from __future__ import annotations

import re
from functools import lru_cache
from pathlib import Path

import sqlglot
from sqlglot import exp
from sqlglot.errors import SqlglotError

from dashwidgets.local.queries.problem import QueryError

MACROS = (Path(__file__).parent / "macros.sql").read_text()

# Strings, quoted names and comments are left alone; a bare $name starts a heredoc in ClickHouse.
_TOKENS = re.compile(
    r"""'(?:[^'\\]|\\.|'')*'|`[^`]*`|"[^"]*"|--[^\n]*|/\*.*?\*/|\$[A-Za-z_]\w*""", re.DOTALL
)


def parse(sql: str) -> exp.Expr:
    """Parse one ClickHouse statement; a problem with it is told in one line."""
    quoted = _TOKENS.sub(lambda m: f"`{m[0]}`" if m[0].startswith("$") else m[0], sql)
    try:
        statements = [found for found in sqlglot.parse(quoted, read="clickhouse") if found]
    except (SqlglotError, RecursionError) as error:
        reason = re.sub(r"\x1b\[\d+m", "", str(error)).splitlines()[0]
        raise QueryError(f"Syntax error: {reason}", "syntax_error", user_visible=True) from error
    if len(statements) != 1:
        raise QueryError("Give exactly one statement.", "syntax_error", user_visible=True)
    return statements[0]


def generate(tree: exp.Expr) -> str:
    """DuckDB SQL of a tree; names that DuckDB lacks are macros of `MACROS`."""
    return tree.transform(_exact).sql("duckdb", normalize_functions=False)


@lru_cache(maxsize=512)
def to_duckdb(sql: str) -> str:
    """One of our own statements in DuckDB's dialect."""
    return generate(parse(sql))


def literal(value: object) -> str:
    """A value as ClickHouse writes it, whatever is in it."""
    if value is None:
        return "NULL"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int | float):
        return repr(value)
    return exp.Literal.string(str(value)).sql("clickhouse")


def name(text: str) -> str:
    """A name as ClickHouse quotes it."""
    return exp.to_identifier(text, quoted=True).sql("clickhouse")


def _exact(node: exp.Expr) -> exp.Expr:
    """What sqlglot would turn into something else than ClickHouse computes."""
    if isinstance(node, exp.ApproxDistinct):
        return exp.Count(this=exp.Distinct(expressions=[node.this]))
    if isinstance(node, exp.Count) and not node.this and not node.expressions:
        return exp.Count(this=exp.Star())
    if isinstance(node, exp.Quantile):
        # ClickHouse interpolates; DuckDB's own would take one of the values.
        share = node.args["quantile"]
        return exp.Anonymous(this="quantile_cont", expressions=[node.this, share])
    if isinstance(node, exp.Length):
        return exp.Anonymous(this="strlen_or_list", expressions=[node.this])
    if isinstance(node, exp.Anonymous) and str(node.this).lower() == "multiif":
        *pairs, otherwise = node.expressions
        branches = zip(pairs[::2], pairs[1::2], strict=True)
        return exp.Case(
            ifs=[exp.If(this=when, true=then) for when, then in branches], default=otherwise
        )
    return node
