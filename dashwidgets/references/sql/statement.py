"""The names that a syntax tree of SQL uses.

Walks it the way PostHog resolves names: common table expressions, then tables, then the columns
and their aliases, then everything else. An alias hides the column of its name.
"""

from __future__ import annotations

from typing import Any, cast

from dashwidgets.references.reference import (
    COHORT,
    EVENT,
    EVENT_PROPERTY,
    FLAG,
    SESSION_PROPERTY,
    SQL,
    TABLE,
    VARIABLE,
    Found,
    Reference,
)
from dashwidgets.references.sql import calls
from dashwidgets.references.sql.parse import Tree
from dashwidgets.references.sql.scope import (
    FROM_EVENT,
    IS_COHORT,
    IS_EVENT,
    NOTHING,
    SYSTEM,
    TABLES,
    Meaning,
    Scope,
    Source,
    inside,
    is_property,
)
from dashwidgets.references.sql.tokens import position

FLAG_PREFIX = "$feature/"
FLAG_KEYS = ("$feature_flag", "$active_feature_flags")
EQUAL = frozenset(("==", "!=", "in", "not in", "global in", "global not in"))
FIRST = frozenset(("ctes", "select_from", "array_join_list", "select", "start", "end"))
"""What of a statement is read before the rest, and what need not be."""


class Reader:
    """Reads one text."""

    def __init__(self, text: str, pointer: str, role: str, found: Found, *, exact: bool) -> None:
        self.text: str = text
        self.pointer: str = pointer
        self.role: str = role or SQL
        self.found: Found = found
        self.exact = exact

    def select(self, tree: Tree, ctes: dict[str, Source]) -> Source:
        """A statement or a union of some: the table that it makes."""
        if tree.get("node") == "SelectSetQuery":
            made = self.select(tree["initial_select_query"], ctes)
            for one in tree.get("subsequent_select_queries") or ():
                other = self.select(one["select_query"], ctes)
                if other.columns != made.columns:
                    # Which part a row is of, nothing says; what both mean alike holds for all.
                    both = set(other.columns.items()) & set(made.columns.items())
                    made = Source(dict(both), [*made.passed, *other.passed])
            return made
        if tree.get("node") != "SelectQuery":
            self.visit(tree, Scope(ctes))
            return Source({})
        # A copy: what a subquery defines is not visible outside of it.
        scope = Scope(dict(ctes))
        for one in tree.get("ctes") or ():
            self._cte(one, scope)
        joined = tree.get("select_from")
        while joined:
            self._join(joined, scope)
            joined = joined.get("next_join")
        for one in tree.get("array_join_list") or ():
            self.visit(one, scope)
        columns: dict[str, Meaning] = {}
        passed: list[Source] = []
        for one in tree.get("select") or ():
            meaning = self.visit(one, scope)
            chain = one.get("chain")
            if one.get("node") == "Alias":
                columns[one["alias"]] = meaning
            elif chain and chain[-1] == "*":
                named = [scope.sources[chain[0]]] if chain[0] in scope.sources else None
                passed += named or scope.sources.values()
            elif chain:
                columns[str(chain[-1])] = meaning
        for name, part in tree.items():
            if name not in FIRST and isinstance(part, dict | list):
                self.visit(part, scope)
        return Source(columns, passed)

    def visit(self, node: Any, scope: Scope) -> Meaning:
        """Read a node; what its value means."""
        if isinstance(node, list):
            for one in cast("list[Any]", node):
                self.visit(one, scope)
            return NOTHING
        if not isinstance(node, dict):
            return NOTHING
        tree = cast("Tree", node)
        what = tree.get("node")
        if what == "Field":
            return self._field(tree, scope)
        # Positions are objects too (``{"line", "column", "offset"}``), and no nodes.
        if what == "Constant" or "offset" in tree:
            return NOTHING
        if what == "CompareOperation":
            return self._compare(tree, scope)
        if what == "Call":
            return calls.call(self, tree, scope)
        if what == "Alias":
            meaning = self.visit(tree["expr"], scope)
            scope.aliases[tree["alias"]] = meaning
            return meaning
        if what in ("SelectQuery", "SelectSetQuery"):
            made = self.select(tree, scope.ctes)
            return next(iter(made.columns.values()), NOTHING)
        if what == "Placeholder":
            self._placeholder(tree)
            return NOTHING
        if what == "ArrayAccess":
            return self._element(tree, scope)
        if what == "Lambda":
            return calls.function(self, tree, scope, NOTHING)
        for part in tree.values():
            if isinstance(part, dict | list):
                self.visit(part, scope)
        return NOTHING

    def names(self, nodes: list[Tree], meaning: Meaning, *, exact: bool) -> None:
        """Constants that something is compared with: names, where that is an event, say."""
        kind = (
            EVENT
            if meaning in (IS_EVENT, FROM_EVENT)
            else COHORT
            if meaning == IS_COHORT
            else FLAG
            if meaning[0] == "property" and meaning[1:] in _FLAGS
            else None
        )
        if kind is None:
            return
        for node in nodes:
            value = node.get("value")
            if isinstance(value, bool) or not isinstance(value, str | int):
                continue
            if isinstance(value, str) or kind is COHORT:
                certain = exact and meaning != FROM_EVENT
                self.refer(kind, str(value), node, certain=certain)

    def refer(
        self, kind: str, name: str, node: Tree, *, part: int | None = None, certain: bool = True
    ) -> None:
        """Note a reference at a node, or at one part of a dotted name."""
        place = position(self.text, node, part)
        certain = certain and self.exact
        self.found.add(Reference(kind, name, self.role, self.pointer, certain, *place))

    def property_of(self, kind: str, name: str, node: Tree, part: int | None = None) -> Meaning:
        """Note a property; one of a feature flag names the flag too."""
        self.refer(kind, name, node, part=part)
        if kind is EVENT_PROPERTY and name.startswith(FLAG_PREFIX):
            self.refer(FLAG, name[len(FLAG_PREFIX) :], node, part=part)
        return is_property(kind, name)

    def _field(self, tree: Tree, scope: Scope) -> Meaning:
        chain: list[Any] = tree.get("chain") or ["*"]
        meaning, taken = scope.resolve(chain)
        if meaning[0] == "session column":
            return self.property_of(SESSION_PROPERTY, meaning[1], tree, taken - 1)
        for at in range(taken, len(chain)):
            after = inside(meaning, str(chain[at]))
            if after[0] == "property" and meaning[0] in ("properties", "entity"):
                return self.property_of(after[1], after[2], tree, at)
            meaning = after
        return meaning

    def _compare(self, tree: Tree, scope: Scope) -> Meaning:
        left, right, op = part_of(tree, "left"), part_of(tree, "right"), tree.get("op")
        one, other = self.visit(left, scope), self.visit(right, scope)
        if op in ("in cohort", "not in cohort"):
            self.names(calls.constants(right), IS_COHORT, exact=True)
            return NOTHING
        exact = op in EQUAL
        self.names(calls.constants(right), one, exact=exact)
        self.names(calls.constants(left), other, exact=exact)
        return NOTHING

    def _element(self, tree: Tree, scope: Scope) -> Meaning:
        meaning = self.visit(tree.get("array"), scope)
        key = part_of(tree, "property")
        name = key.get("value")
        if isinstance(name, str) and meaning[0] in ("properties", "entity"):
            after = inside(meaning, name)
            return self.property_of(after[1], name, key) if after[0] == "property" else after
        self.visit(key, scope)
        return meaning if meaning in (IS_EVENT, FROM_EVENT) else NOTHING

    def _placeholder(self, tree: Tree) -> None:
        expr = part_of(tree, "expr")
        chain: list[Any] = expr.get("chain") or []
        if len(chain) >= 2 and chain[0] == "variables":
            self.refer(VARIABLE, str(chain[1]), expr, part=1)

    def _cte(self, one: Tree, scope: Scope) -> None:
        if one.get("cte_type") == "subquery":
            # A recursive one reads itself: while it is read, its name is a table of no columns.
            scope.ctes[one["name"]] = Source({})
            scope.ctes[one["name"]] = self.select(one["expr"], scope.ctes)
        else:
            scope.aliases[one["name"]] = self.visit(one["expr"], scope)

    def _join(self, join: Tree, scope: Scope) -> None:
        table = part_of(join, "table")
        dotted: list[Any] = table.get("chain") or []
        chain = [str(part) for part in dotted]
        name = join.get("alias")
        if not chain:
            source = self.select(table, scope.ctes) if table else Source({})
        else:
            source = self._table(chain, join, table, scope)
            name = name or chain[-1]
        # A name with a space, which no column can be qualified by.
        scope.sources[str(name) if name else f" {len(scope.sources)}"] = source
        for part in ("table_args", "constraint", "sample"):
            self.visit(join.get(part), scope)

    def _table(self, chain: list[str], join: Tree, table: Tree, scope: Scope) -> Source:
        if len(chain) == 1 and chain[0] in scope.ctes:
            return scope.ctes[chain[0]]
        if join.get("table_args") is not None or chain[0] in SYSTEM:
            return Source({})
        plain = chain[1:] if chain[0] == "posthog" else chain
        if len(plain) == 1 and plain[0] in TABLES:
            return Source(TABLES[plain[0]], sessions=plain[0] == "sessions")
        self.refer(TABLE, ".".join(chain), table)
        return Source({})


def part_of(tree: Tree, name: str) -> Tree:
    """A node inside a node; an empty one where there is none."""
    return tree.get(name) or {}


_FLAGS = {(EVENT_PROPERTY, key) for key in FLAG_KEYS}
