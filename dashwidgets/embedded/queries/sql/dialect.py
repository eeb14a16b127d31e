"""ClickHouse SQL, as PostHog writes it, to DuckDB's."""

from __future__ import annotations

import re
from functools import lru_cache
from pathlib import Path
from typing import cast

import sqlglot
from sqlglot import TokenType, exp
from sqlglot.errors import SqlglotError

from dashwidgets.embedded.queries.problem import QueryError
from dashwidgets.embedded.queries.sql.functions import exact, zero_of_nothing

MACROS = (Path(__file__).parent / "macros.sql").read_text()

QUOTED = r"""'(?:[^'\\]|\\.|'')*'|`[^`]*`|"[^"]*"|(?:--|\#)[^\n]*|/\*.*?\*/"""
"""Strings, quoted names and comments: what is in them is left alone."""

# A bare $name starts a heredoc in ClickHouse.
_TOKENS = re.compile(rf"{QUOTED}|\$[A-Za-z_]\w*", re.DOTALL)


def parse(sql: str) -> exp.Expr:
    """Parse one ClickHouse statement; a problem with it is reported in one line."""
    try:
        statements = [found for found in sqlglot.parse(_quoted(sql), read="clickhouse") if found]
    except (SqlglotError, RecursionError) as error:
        # sqlglot underlines the place with terminal colors.
        reason = re.sub(r"\x1b\[\d+m", "", str(error)).splitlines()[0]
        raise QueryError(f"Syntax error: {reason}", "syntax_error", user_visible=True) from error
    if len(statements) != 1:
        raise QueryError("Give exactly one statement.", "syntax_error", user_visible=True)
    return statements[0]


def written_columns(sql: str) -> list[str]:
    """What the first SELECT outside of parentheses selects, each as it was written."""
    text = _quoted(sql)
    bounds: list[tuple[int, int]] = []
    depth = 0
    for token in sqlglot.tokenize(text, read="clickhouse"):
        kind = token.token_type
        depth += (kind in _OPENING) - (kind in _CLOSING)
        if depth:
            continue
        if bounds and kind in _AFTER_COLUMNS:
            break
        if kind in (TokenType.SELECT, TokenType.DISTINCT):
            bounds = [(token.end + 1, len(text))]
        elif bounds and kind == TokenType.COMMA:
            bounds.append((token.end + 1, len(text)))
        elif bounds:
            bounds[-1] = (bounds[-1][0], token.end + 1)
    return [" ".join(text[start:end].split()).replace("`", "") for start, end in bounds]


_OPENING = (TokenType.L_PAREN, TokenType.L_BRACKET, TokenType.L_BRACE)
_CLOSING = (TokenType.R_PAREN, TokenType.R_BRACKET, TokenType.R_BRACE)
_AFTER_COLUMNS = (
    *(TokenType.FROM, TokenType.PREWHERE, TokenType.WHERE, TokenType.GROUP_BY, TokenType.HAVING),
    *(TokenType.ORDER_BY, TokenType.LIMIT, TokenType.SETTINGS),
    *(TokenType.UNION, TokenType.EXCEPT, TokenType.INTERSECT),
)


def _quoted(sql: str) -> str:
    return _TOKENS.sub(lambda m: f"`{m[0]}`" if m[0].startswith("$") else m[0], sql)


def generate(tree: exp.Expr) -> str:
    """DuckDB SQL of a tree; names that DuckDB lacks are macros of `MACROS`."""
    for select in tree.find_all(exp.Select):
        _inline_names(select)
    for total in list(tree.find_all(exp.Sum, exp.CombinedAggFunc)):
        zero_of_nothing(total)
    # From the leaves up, so that what is inside of a translated call is translated too.
    for node in reversed(list(tree.bfs())):
        found = exact(node)
        if found is not node:
            tree = found if node is tree else tree
            node.replace(found)
    # Without normalizing: macros are named as ClickHouse writes them, in camel case.
    return tree.sql("duckdb", normalize_functions=False)


def _inline_names(select: exp.Select) -> None:
    """``f(x AS y, y)`` is ``f(x, x)``: only ClickHouse names a part of an expression."""
    for alias in reversed(list(select.find_all(exp.Alias))):  # from the innermost outwards
        if isinstance(alias.parent, _NAMED_PARTS) or alias.find_ancestor(exp.Select) is not select:
            continue
        whole = alias.this.copy()
        alias.replace(alias.this)
        for column in list(select.find_all(exp.Column)):
            if column.name == alias.alias and not column.table:
                column.replace(exp.paren(whole.copy()))


_NAMED_PARTS = (exp.Select, exp.Join, exp.CTE, exp.With, exp.Subquery, exp.Aliases)


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
    if isinstance(value, list):
        return f"({', '.join(literal(one) for one in cast('list[object]', value)) or 'NULL'})"
    return exp.Literal.string(str(value)).sql("clickhouse")


def name(text: str) -> str:
    """A name as ClickHouse quotes it."""
    return exp.to_identifier(text, quoted=True).sql("clickhouse")
