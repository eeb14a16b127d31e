"""Expressions of PostHog's syntax tree as ClickHouse SQL.

A comparison with a missing value is false in HogQL, and one that something differs from it true:
PostHog's own printer says so with ``ifNull``, and so does this one.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, cast

from dashwidgets.embedded.queries.problem import QueryError
from dashwidgets.embedded.queries.sql.dialect import literal, name
from dashwidgets.embedded.queries.sql.posthog.parser import Tree, place


@dataclass(frozen=True)
class Context:
    """What a text refers to by name, each as a ClickHouse expression.

    Attributes
    ----------
    text : str
        The text itself: errors say where in it.
    value : callable
        A placeholder's, by its dotted name.
    cohort : callable
        The condition that an event's person is in a cohort, by id or name.
    action : callable
        The condition that an event matches an action, by id or name.
    """

    text: str
    value: Callable[[str], str]
    cohort: Callable[[Any], str]
    action: Callable[[Any], str]


LONG = 300
"""Characters from which two sides of a comparison are not written twice: nested ones would grow
without end."""

_OPERATORS = {
    "==": "=", "!=": "!=", "<": "<", "<=": "<=", ">": ">", ">=": ">=",
    "like": "LIKE", "ilike": "ILIKE", "in": "IN", "global in": "IN",
}  # fmt: skip
_PATTERNS = {"=~": "{}", "=~*": "(?i){}"}
_OPPOSITES = {
    "!=": "==", "not like": "like", "not ilike": "ilike", "!~": "=~", "!~*": "=~*",
    "not in": "in", "global not in": "global in",
}  # fmt: skip
_COMPARISONS = {
    "equals": "==", "notequals": "!=", "less": "<", "lessorequals": "<=", "greater": ">",
    "greaterorequals": ">=", "like": "like", "ilike": "ilike", "notlike": "not like",
    "notilike": "not ilike", "in": "in", "notin": "not in", "match": "=~",
}  # fmt: skip
_ARITHMETIC = {"plus": "+", "minus": "-", "multiply": "*", "divide": "/", "modulo": "%"}
_TYPES = {
    "int": "toInt", "integer": "toInt", "bigint": "toInt", "int64": "toInt", "float": "toFloat",
    "double": "toFloat", "float64": "toFloat", "string": "toString", "text": "toString",
    "varchar": "toString", "date": "toDate", "datetime": "toDateTime", "timestamp": "toDateTime",
    "bool": "toBool", "boolean": "toBool", "uuid": "toUUID",
}  # fmt: skip
_SORTABLE = (
    "arrayMap(x -> toInt64OrZero(x), "
    "splitByChar('.', extract(ifNull(toString({}), ''), '(\\\\d+(?:\\\\.\\\\d+)+)')))"
)
_NEVER_NULL = frozenset(("event", "timestamp", "distinct_id", "person_id", "uuid"))
_FUNCTION = re.compile(r"[A-Za-z_]\w*")
_POSITION = ("node", "start", "end")


class Expressions:
    """Writes expressions; statements inside of them are written by ``select``."""

    def __init__(self, context: Context, select: Callable[[Tree], str]) -> None:
        self._context = context
        self._select = select
        self.in_join = False
        """Whether what is written joins tables, where nothing is added to a comparison."""

    def write(self, node: Tree) -> str:
        """An expression that can stand anywhere."""
        kind = str(node.get("node"))
        if kind in ("SelectQuery", "SelectSetQuery"):
            return f"({self._select(node)})"
        # By the node's name: a node that a newer parser knows and we don't is refused, not skipped.
        method = getattr(self, f"_{kind.lower()}", None)
        if method is None:
            raise self.refusal(kind, node)
        return str(method(node))

    def list(self, nodes: list[Tree] | None) -> str:
        """Expressions between commas."""
        return ", ".join(self.write(one) for one in nodes or [])

    def only(self, node: Tree, *fields: str) -> None:
        """Raise `QueryError` for anything of a node that is not written."""
        for field, value in node.items():
            if field not in fields and field not in _POSITION and value not in (None, False, []):
                raise self.refusal(field.replace("_", " ").upper(), node)

    def refusal(self, what: str, node: Tree) -> QueryError:
        """The error that names something that is not computed."""
        where = place(self._context.text, node)
        return QueryError(
            f"{what} is not computed here ({where}).", "not_supported", user_visible=True
        )

    def _field(self, node: Tree) -> str:
        return ".".join("*" if one == "*" else name(str(one)) for one in node["chain"])

    def _constant(self, node: Tree) -> str:
        value = node.get("value")
        if node.get("value_type") == "number":
            # More digits than JSON's readers keep.
            return {"Infinity": "inf", "-Infinity": "-inf", "NaN": "nan"}.get(
                str(value), str(value)
            )
        return literal(value)

    def _alias(self, node: Tree) -> str:
        self.only(node, "alias", "expr")
        return f"({self.write(node['expr'])} AS {name(node['alias'])})"

    def _and(self, node: Tree) -> str:
        return f"({' AND '.join(self.write(one) for one in node['exprs']) or 'true'})"

    def _or(self, node: Tree) -> str:
        return f"({' OR '.join(self.write(one) for one in node['exprs']) or 'false'})"

    def _not(self, node: Tree) -> str:
        return f"(NOT {self.write(node['expr'])})"

    def _array(self, node: Tree) -> str:
        return f"[{self.list(node.get('exprs'))}]"

    def _tuple(self, node: Tree) -> str:
        return f"tuple({self.list(node.get('exprs'))})"

    def _tupleaccess(self, node: Tree) -> str:
        return f"tupleElement({self.write(node['tuple'])}, {int(node['index'])})"

    def _arrayaccess(self, node: Tree) -> str:
        self.only(node, "array", "property", "nullish")
        return f"{self.write(node['array'])}[{self.write(node['property'])}]"

    def _arrayslice(self, node: Tree) -> str:
        start, end = node.get("start_expr"), node.get("end_expr")
        first = self.write(start) if start else "1"
        # A slice names its last element, `arraySlice` how many there are.
        length = f", {self.write(end)} - {first} + 1" if end else ""
        return f"arraySlice({self.write(node['array'])}, {first}{length})"

    def _lambda(self, node: Tree) -> str:
        names = ", ".join(name(one) for one in node["args"])
        return f"({names}) -> {self.write(node['expr'])}"

    def _arithmeticoperation(self, node: Tree) -> str:
        return f"({self.write(node['left'])} {node['op']} {self.write(node['right'])})"

    def _betweenexpr(self, node: Tree) -> str:
        found = " ".join(
            (self.write(node["expr"]), "BETWEEN", self.write(node["low"]), "AND",
             self.write(node["high"]))
        )  # fmt: skip
        return f"(NOT ({found}))" if node.get("negated") else f"({found})"

    def _isdistinctfrom(self, node: Tree) -> str:
        found = f"({self.write(node['left'])} IS NOT DISTINCT FROM {self.write(node['right'])})"
        return found if node.get("negated") else f"(NOT {found})"

    def _typecast(self, node: Tree) -> str:
        function = _TYPES.get(str(node["type_name"]))
        if function is None:
            raise self.refusal(f"A cast to {node['type_name']}", node)
        return f"{function}({self.write(node['expr'])})"

    _trycast = _typecast

    def _placeholder(self, node: Tree) -> str:
        inner: Tree = node.get("expr") or {}
        chain: list[Any] = inner.get("chain") or []
        if not chain:
            raise self.refusal("An expression in braces", node)
        return self._context.value(".".join(str(one) for one in chain))

    def _hogqlxtag(self, node: Tree) -> str:
        """A tag is a tuple, which PostHog's tables draw."""
        parts = ["'__hx_tag'", literal(node["kind"])]
        for one in node["attributes"]:
            value = one["value"]
            inner = (
                f"[{self._texts(cast('list[Tree]', value))}]"
                if isinstance(value, list)
                else self.write(cast("Tree", value))
            )
            parts += [literal(one["name"]), inner]
        return f"tuple({', '.join(parts)})"

    def _texts(self, nodes: list[Tree]) -> str:
        # An array holds one type: text beside tags is text too.
        return ", ".join(f"toString({self.write(one)})" for one in nodes)

    def _compareoperation(self, node: Tree) -> str:
        self.only(node, "left", "right", "op", "is_null_comparison_style")
        return self._compared(node, node["op"], node["left"], node["right"])

    def _compared(self, node: Tree, op: str, left: Tree, right: Tree) -> str:
        if op in ("in cohort", "not in cohort"):
            if right.get("node") != "Constant":
                raise self.refusal("A cohort that is not a number or a name", node)
            people = f"SELECT person_id FROM events WHERE {self._context.cohort(right['value'])}"
            found = f"({self.write(left)} IN ({people}))"
            return f"(NOT {found})" if op.startswith("not") else found
        opposite = _OPPOSITES.get(op)
        one = self.write(left)
        if (opposite or op) in ("in", "global in"):
            several = right.get("node") in ("Array", "Tuple") and right.get("exprs")
            inside = self.list(right["exprs"]) if several else self.write(right)
            enclosed = right.get("node") in ("SelectQuery", "SelectSetQuery", "Placeholder")
            inside = inside if enclosed and inside.startswith("(") else f"({inside})"
            return f"({one} {'NOT IN' if opposite else 'IN'} {inside})"
        for nothing, other in ((left, right), (right, left)):
            # In HogQL ``x = NULL`` asks whether x is missing; in SQL it would never be true.
            if op in ("==", "!=") and _is_null(nothing):
                return f"({self.write(other)} IS {'NOT ' if opposite else ''}NULL)"
        two = self.write(right)
        pattern = _PATTERNS.get(opposite or op)
        if pattern is not None:
            shape = two if pattern == "{}" else f"concat('(?i)', {two})"
            found = f"match({one}, {shape})"
            found = f"NOT {found}" if opposite else found
        elif opposite and opposite != "==":
            found = f"NOT ({one} {_OPERATORS[opposite]} {two})"
        else:
            found = f"{one} {_OPERATORS[op]} {two}"
        if self.in_join or (_is_never_null(left) and _is_never_null(right)):
            return f"({found})"
        missing = "true" if opposite else "false"
        if "Constant" not in (left.get("node"), right.get("node")) and len(one + two) < LONG:
            both = f"({one} IS NULL AND {two} IS NULL)"
            equal = (opposite or op) not in ("<", "<=", ">", ">=")
            missing = f"NOT {both}" if opposite else both if equal else missing
        # HogQL has no third truth value: a comparison with a missing value is false, or true if
        # negated.
        return f"ifNull({found}, {missing})"

    def _call(self, node: Tree) -> str:
        self.only(node, "name", "args", "params", "distinct", "order_by", "filter_expr")
        written, args = str(node["name"]), cast("list[Tree]", node["args"])
        plain = written.lower()
        if len(args) == 2 and plain in _COMPARISONS:
            return self._compared(node, _COMPARISONS[plain], *args)
        if len(args) == 2 and plain in _ARITHMETIC:
            return f"({self.write(args[0])} {_ARITHMETIC[plain]} {self.write(args[1])})"
        if plain in ("and", "or") and args:
            return f"({f' {plain.upper()} '.join(self.write(one) for one in args)})"
        if plain == "not" and len(args) == 1:
            return f"(NOT {self.write(args[0])})"
        if plain in ("isnull", "isnotnull") and len(args) == 1:
            return f"({self.write(args[0])} IS {'NOT ' if 'not' in plain else ''}NULL)"
        if plain == "matchesaction" and len(args) == 1 and args[0].get("node") == "Constant":
            return f"({self._context.action(args[0]['value'])})"
        if plain == "sparkline" and len(args) == 1:
            return f"tuple('__hx_tag', 'sparkline', 'data', {self.write(args[0])})"
        if plain == "sortablesemver" and len(args) == 1:
            return _SORTABLE.format(self.write(args[0]))
        if written == "_caseWithExpression":
            return self._case(args)
        if plain == "exists" and len(args) == 1:
            return f"(EXISTS {self.write(args[0])})"
        if not _FUNCTION.fullmatch(written):
            raise self.refusal(f"A function called {written}", node)
        # What PostHog calls _toDate and the like is ClickHouse's own, not HogQL's.
        function = written[1:] if written.startswith("_to") else written
        return f"{function}{self._arguments(node)}" + self._filtered(node)

    def _arguments(self, node: Tree) -> str:
        params = node.get("params")
        first = f"({self.list(params)})" if params is not None else ""
        order = node.get("order_by")
        inside = self.list(node["args"]) + (f" ORDER BY {self.order(order)}" if order else "")
        return f"{first}({'DISTINCT ' if node.get('distinct') else ''}{inside})"

    def _filtered(self, node: Tree) -> str:
        when = node.get("filter_expr")
        return f" FILTER (WHERE {self.write(when)})" if when else ""

    def _case(self, args: list[Tree]) -> str:
        pairs = zip(args[1:-1:2], args[2:-1:2], strict=True)
        whens = " ".join(f"WHEN {self.write(one)} THEN {self.write(two)}" for one, two in pairs)
        return f"CASE {self.write(args[0])} {whens} ELSE {self.write(args[-1])} END"

    def order(self, nodes: list[Tree]) -> str:
        """What rows are ordered by."""
        for one in nodes:
            self.only(one, "expr", "order")
        return ", ".join(
            f"{self.write(one['expr'])} {'DESC' if one['order'] == 'DESC' else 'ASC'}"
            for one in nodes
        )

    def _windowfunction(self, node: Tree) -> str:
        self.only(node, "name", "args", "exprs", "over_expr", "over_identifier")
        written = str(node["name"])
        if not _FUNCTION.fullmatch(written):
            raise self.refusal(f"A function called {written}", node)
        first = f"({self.list(node['exprs'])})" if node.get("args") and node.get("exprs") else ""
        inside = self.list(node.get("args") if first else node.get("exprs"))
        over = node.get("over_identifier")
        window = name(over) if over else f"({self.window(node.get('over_expr') or {})})"
        return f"{written}{first}({inside}) OVER {window}"

    def window(self, node: Tree) -> str:
        """What is inside of ``OVER (…)``."""
        parts: list[str] = []
        if node.get("partition_by"):
            parts.append(f"PARTITION BY {self.list(node['partition_by'])}")
        if node.get("order_by"):
            parts.append(f"ORDER BY {self.order(node['order_by'])}")
        if node.get("frame_method"):
            start, end = node.get("frame_start"), node.get("frame_end")
            first = _frame(start or {})
            both = f"BETWEEN {first} AND {_frame(end)}" if end else first
            parts.append(f"{'RANGE' if node['frame_method'] == 'RANGE' else 'ROWS'} {both}")
        return " ".join(parts)


def _frame(node: Tree) -> str:
    kind = str(node.get("frame_type"))
    if kind not in ("PRECEDING", "FOLLOWING"):
        return "CURRENT ROW"
    value = node.get("frame_value")
    return f"{'UNBOUNDED' if value is None else int(value)} {kind}"


def _is_null(node: Tree) -> bool:
    return node.get("node") == "Constant" and node.get("value") is None


def _is_never_null(node: Tree) -> bool:
    if node.get("node") == "Constant":
        return node.get("value") is not None
    chain: list[Any] = node.get("chain") or []
    return bool(chain) and chain[-1] in _NEVER_NULL and "properties" not in chain
