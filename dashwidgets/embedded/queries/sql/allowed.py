"""What SQL that users write may reach: our tables and its own, and nothing of the engine."""

from __future__ import annotations

import re
from collections.abc import Collection

from sqlglot import exp

from dashwidgets.embedded.queries.problem import QueryError
from dashwidgets.embedded.queries.sql.dialect import parse
from dashwidgets.embedded.queries.sql.functions import unknown_function

TABLES = frozenset({"events", "persons", "sessions"})

_FORBIDDEN = re.compile(
    r"(?i)read_.*|parquet_.*|duckdb_.*|pragma_.*|glob|getenv|getvariable|which_.*|sniff_.*|query"
    r"|query_table|current(_?user|_?database|_?schema|_?roles?|_?catalog|_?profiles|_setting|_query)|user|file|dict.+|joinget.*|get(setting|macro|serverport|client.*|os.*|"
    r"maxtable.*|sizeof.*)|host_?name|fqdn|sleep.*|catboost.*|evalml.*|address.*|demangle|trap|"
    r"version|uptime|server.*|tcpport|filesystem.*|.*queryid|(global)?(not)?(null)?in(ignoreset)?"
    r"|ignore|throwif|executable|remote.*|url|s3.*"
)


def names_events(clickhouse: str) -> bool:
    """Whether a statement of ours reads events, or what is made of them."""
    tables = parse(clickhouse).find_all(exp.Table)
    return not TABLES.isdisjoint(table.name.lower() for table in tables)


def check(tree: exp.Query, local: Collection[str] = ()) -> None:
    """Raise `QueryError` for anything else; ``local`` are tables loaded for this statement."""
    # By what is allowed, not by what is forbidden: DuckDB reads a file named as a table.
    for table in tree.find_all(exp.Table):
        if _is_numbers(table):
            continue
        if not isinstance(table.this, exp.Identifier) or table.args.get("db"):
            raise _unknown_table(_dotted(table).partition("(")[0])
        if table.name in local:
            continue
        # A CTE's name is only known where the CTE can be seen; elsewhere it would reach the
        # engine's own.
        if table.name.lower() not in TABLES and table.name not in _own_tables(table):
            raise _unknown_table(table.name)
    for within in tree.find_all(exp.In):
        # A name there is a table to ClickHouse.
        single = within.expressions if len(within.expressions) == 1 else []
        named = within.args.get("field") or next(iter(single), None)
        if isinstance(named, exp.Column | exp.Dot):
            raise _unknown_table(named.sql("clickhouse"))
    for function in tree.find_all(exp.Func):
        anonymous = isinstance(function, exp.Anonymous | exp.AnonymousAggFunc)
        name = function.name if anonymous else function.sql_name()
        if _FORBIDDEN.fullmatch(name):
            raise unknown_function(name)
    for select in tree.find_all(exp.Query):
        # SETTINGS could lift every limit that the server sets.
        if select.args.get("settings") or select.args.get("format"):
            raise QueryError(
                "SETTINGS and FORMAT are not allowed.", "not_allowed", user_visible=True
            )


def _own_tables(table: exp.Table) -> set[str]:
    """Names that a query gave its own tables, where this one stands.

    Inside of one, only those before it: its own name would be the server's table.
    """
    found: set[str] = set()
    inside: exp.Expr | None = None
    node: exp.Expr | None = table
    while node is not None:
        if isinstance(node, exp.CTE):
            inside = node
        named = node.args.get("with_")
        if isinstance(named, exp.With):
            for cte in named.expressions:
                if cte is inside and not named.recursive:
                    break
                found.add(str(cte.alias_or_name))
                if cte is inside:
                    break
        node = node.parent
    return found


def _is_numbers(table: exp.Table) -> bool:
    """The one table that is a function."""
    made = table.this
    return isinstance(made, exp.Anonymous) and str(made.this).lower() == "numbers"


def _dotted(table: exp.Table) -> str:
    plain = (one.name if isinstance(one, exp.Identifier) else one.sql() for one in table.parts)
    return ".".join(plain)


def _unknown_table(name: str) -> QueryError:
    return QueryError(f"Unknown table `{name}`.", "unknown_table", user_visible=True)
