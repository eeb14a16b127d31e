"""PostHog's syntax tree of a statement as ClickHouse SQL."""

from __future__ import annotations

import re
from typing import Any

from dashwidgets.embedded.queries.sql.columns import shown_name
from dashwidgets.embedded.queries.sql.dialect import name
from dashwidgets.embedded.queries.sql.posthog.expressions import Context, Expressions
from dashwidgets.embedded.queries.sql.posthog.parser import Tree, parse_expression, parse_select

_JOIN = re.compile(r"[A-Z]+( [A-Z]+)*")
_SELECT = (
    "ctes", "select", "distinct", "select_from", "array_join_list", "array_join_op", "prewhere",
    "where", "group_by", "group_by_mode", "having", "qualify", "window_exprs", "order_by",
    "limit", "offset", "limit_by", "limit_with_ties",
    "limit_percent",
)  # fmt: skip


def select(context: Context) -> str:
    """The text of a context, one statement, as ClickHouse SQL.

    Raises `QueryError` when it is not one SELECT, or has something that is not computed here.
    """
    tree = parse_select(context.text)
    return _Statements(context).write(tree, outermost=True)


def expression(context: Context) -> str:
    """The text of a context, one expression, as ClickHouse SQL."""
    return _Statements(context).expressions.write(parse_expression(context.text))


class _Statements:
    def __init__(self, context: Context) -> None:
        self._context = context
        self.expressions = Expressions(context, self.write)

    def write(self, node: Tree, *, outermost: bool = False) -> str:
        """A SELECT, or several that are one."""
        if node.get("node") == "SelectSetQuery":
            return self._set(node, outermost)
        if node.get("node") != "SelectQuery":
            raise self.expressions.refusal("This statement", node)
        return self._query(node, outermost)

    def _set(self, node: Tree, outermost: bool) -> str:
        self.expressions.only(
            node, "initial_select_query", "subsequent_select_queries", "limit", "offset"
        )
        parts = [f"({self.write(node['initial_select_query'], outermost=outermost)})"]
        for one in node["subsequent_select_queries"]:
            kind = str(one["set_operator"])
            if not _JOIN.fullmatch(kind):
                raise self.expressions.refusal(kind, one)
            parts.append(f"{kind} ({self.write(one['select_query'])})")
        return " ".join(parts) + self._ends(node)

    def _query(self, node: Tree, outermost: bool) -> str:
        self.expressions.only(node, *_SELECT)
        write = self.expressions
        columns = [self._column(one, outermost) for one in node["select"]]
        parts = [self._ctes(node.get("ctes") or [])]
        parts.append(f"SELECT {'DISTINCT ' if node.get('distinct') else ''}{', '.join(columns)}")
        if node.get("select_from"):
            parts.append(f"FROM {self._join(node['select_from'])}")
        if node.get("array_join_list"):
            arrays = ", ".join(self._column(one, False) for one in node["array_join_list"])
            parts.append(f"{node['array_join_op']} {arrays}")
        conditions = [write.write(node[key]) for key in ("prewhere", "where") if node.get(key)]
        if conditions:
            parts.append(f"WHERE {' AND '.join(conditions)}")
        if node.get("group_by"):
            parts.append(f"GROUP BY {write.list(node['group_by'])}")
        if node.get("group_by_mode"):
            raise write.refusal(f"GROUP BY {str(node['group_by_mode']).upper()}", node)
        for clause in ("having", "qualify"):
            if node.get(clause):
                parts.append(f"{clause.upper()} {write.write(node[clause])}")
        named: dict[str, Tree] = node.get("window_exprs") or {}
        windows = [f"{name(key)} AS ({write.window(one)})" for key, one in named.items()]
        if windows:
            parts.append(f"WINDOW {', '.join(windows)}")
        if node.get("order_by"):
            parts.append(f"ORDER BY {write.order(node['order_by'])}")
        if node.get("limit_by"):
            by = node["limit_by"]
            parts.append(f"LIMIT {write.write(by['n'])} BY {write.list(by['exprs'])}")
        return " ".join(part for part in parts if part) + self._ends(node)

    def _ends(self, node: Tree) -> str:
        found = ""
        if node.get("limit"):
            found += f" LIMIT {self.expressions.write(node['limit'])}"
        if node.get("limit_percent"):
            found += "%"
        if node.get("limit_with_ties"):
            found += " WITH TIES"
        if node.get("offset"):
            found += f" OFFSET {self.expressions.write(node['offset'])}"
        return found

    def _column(self, node: Tree, outermost: bool) -> str:
        """What is selected, under its name: the alias, or the text as it was written."""
        written = self.expressions.write(node)
        if node.get("node") == "Alias":
            return f"{self.expressions.write(node['expr'])} AS {name(node['alias'])}"
        chain: list[Any] = node.get("chain") or []
        if chain[-1:] == ["*"] or len(chain) == 1:
            return written
        if chain:
            return f"{written} AS {name(shown_name([str(one) for one in chain]))}"
        if not outermost:
            return written
        source = self._context.text[node["start"]["offset"] : node["end"]["offset"]]
        # As PostHog names a column without an alias; only outside, where somebody reads it.
        return f"{written} AS {name(' '.join(source.split()).replace('`', ''))}"

    def _ctes(self, nodes: list[Tree]) -> str:
        if not nodes:
            return ""
        parts: list[str] = []
        for one in nodes:
            self.expressions.only(
                one, "name", "expr", "cte_type", "recursive", "materialized", "columns"
            )
            if one.get("columns"):
                raise self.expressions.refusal("A list of column names", one)
            if one.get("cte_type") == "subquery":
                parts.append(f"{name(one['name'])} AS ({self.write(one['expr'])})")
            else:
                parts.append(f"{self.expressions.write(one['expr'])} AS {name(one['name'])}")
        recursive = "RECURSIVE " if any(one.get("recursive") for one in nodes) else ""
        return f"WITH {recursive}{', '.join(parts)}"

    def _join(self, node: Tree) -> str:
        write = self.expressions
        write.only(
            node, "table", "table_args", "alias", "constraint", "join_type", "next_join",
            "column_aliases", "table_final",
        )  # fmt: skip
        if node.get("column_aliases"):
            raise write.refusal("A list of column names", node)
        table = node["table"]
        if table.get("chain"):
            found = ".".join(name(str(one)) for one in table["chain"])
            if node.get("table_args") is not None:
                # A function's name is not quoted.
                found = f"{'.'.join(map(str, table['chain']))}({write.list(node['table_args'])})"
        elif table.get("node") in ("SelectQuery", "SelectSetQuery"):
            found = f"({self.write(table)})"
        else:
            raise write.refusal("A table of this kind", table)
        if node.get("alias"):
            found += f" AS {name(node['alias'])}"
        constraint = node.get("constraint")
        if constraint:
            # The engines join by plain equality only; with ifNull around it they compare every pair
            # of rows.
            write.in_join = True
            on = write.write(constraint["expr"])
            write.in_join = False
            using = constraint.get("constraint_type") == "USING"
            found += f" USING ({on})" if using else f" ON {on}"
        following = node.get("next_join")
        if not following:
            return found
        kind = str(following["join_type"])
        if not _JOIN.fullmatch(kind):
            raise write.refusal(kind, following)
        return f"{found} {kind} {self._join(following)}"
