"""Functions of HogQL that compare names, and what a function makes of an event's name."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any, Protocol, cast

from dashwidgets.references.reference import ACTION
from dashwidgets.references.sql.scope import FROM_EVENT, IS_EVENT, NOTHING, Meaning, Scope

if TYPE_CHECKING:
    from dashwidgets.references.sql.parse import Tree

EXACT = frozenset(("equals", "notequals", "in", "notin", "has", "hasany", "hasall", "indexof"))
PATTERNS = frozenset(
    (
        "like", "ilike", "notlike", "notilike", "match", "startswith", "endswith", "position",
        "positioncaseinsensitive", "multisearchany", "multisearchanycaseinsensitive",
        "multimatchany", "extract", "countsubstrings", "hassubstr", "equalscaseinsensitive",
    )
)  # fmt: skip
JSON = frozenset(
    (
        "jsonextract", "jsonextractstring", "jsonextractint", "jsonextractuint",
        "jsonextractfloat", "jsonextractbool", "jsonextractraw", "jsonextractarrayraw",
        "jsonextractkeysandvalues", "jsonextractkeys", "jsonhas", "jsonlength", "jsontype",
        "simplejsonextractstring", "simplejsonextractint", "simplejsonextractfloat",
        "simplejsonextractbool", "simplejsonextractraw", "simplejsonhas", "visitparamextractraw",
        "visitparamextractstring", "visitparamextractint", "visitparamhas",
    )
)  # fmt: skip
KEEPING = frozenset(
    (
        "any", "anylast", "anyheavy", "min", "max", "argmin", "argmax", "tostring", "assumenotnull",
        "coalesce", "ifnull", "nullif", "if", "grouparray", "groupuniqarray", "arraydistinct",
        "arraysort", "arrayreverse", "arrayfilter", "arrayslice", "arrayelement", "arrayflatten",
        "groupuniqarraystate", "anyif", "argminif", "argmaxif", "grouparrayif",
        "groupuniqarrayif", "lag", "lead", "laginframe", "leadinframe", "first_value", "last_value",
        "arrayjoin", "materialize",
    )
)  # fmt: skip
"""Functions whose result, or whose elements, are values of their first arguments unchanged."""


class Reader(Protocol):
    """What reads the rest of a statement, as far as a call needs it."""

    def visit(self, node: Any, scope: Scope, /) -> Meaning: ...
    def names(self, nodes: list[Tree], meaning: Meaning, /, *, exact: bool) -> None: ...
    def refer(self, kind: str, name: str, node: Tree, /) -> None: ...
    def property_of(self, kind: str, name: str, node: Tree, /) -> Meaning: ...


def constants(node: Tree) -> list[Tree]:
    """The constants of a value, a list or a tuple."""
    what = node.get("node")
    if what == "Constant":
        return [node]
    if what in ("Tuple", "Array"):
        return [one for part in node.get("exprs") or () for one in constants(part)]
    if what == "Call" and str(node.get("name")).lower() in ("tuple", "array", "lower", "upper"):
        return [one for part in node.get("args") or () for one in constants(part)]
    return []


def call(reader: Reader, tree: Tree, scope: Scope) -> Meaning:
    """Read a call; what its value means."""
    name = str(tree.get("name")).lower()
    args: list[Tree] = tree.get("args") or []
    plain = [one for one in args if one.get("node") != "Lambda"]
    meanings = [reader.visit(one, scope) for one in plain]
    for rest in ("params", "over_expr", "filter_expr", "within_group", "order_by"):
        reader.visit(tree.get(rest), scope)
    about = IS_EVENT if IS_EVENT in meanings else FROM_EVENT if FROM_EVENT in meanings else NOTHING
    for one in args:
        if one.get("node") == "Lambda":
            function(reader, one, scope, about)
    if name == "matchesaction":
        for one in args[:1]:
            if isinstance(one.get("value"), str | int):
                reader.refer(ACTION, str(one["value"]), one)
        return NOTHING
    if name in EXACT or name in PATTERNS:
        _compared(reader, plain, meanings, exact=name in EXACT)
        return NOTHING
    if name == "_casewithexpression" and meanings:
        cases = [one for arg in args[1:-1:2] for one in constants(arg)]
        reader.names(cases, meanings[0], exact=True)
        return NOTHING
    if name == "transform" and len(args) > 1:
        reader.names(constants(args[1]), meanings[0], exact=True)
        return FROM_EVENT if about is not NOTHING else NOTHING
    if name in JSON and args:
        return _json(reader, args, meanings)
    # The first two: for ``if(condition, a, b)`` the value is the second.
    if name in KEEPING and (IS_EVENT in meanings[:2] or FROM_EVENT in meanings[:2]):
        return about
    # An unknown function of an event's name: comparing its result may still mean the event.
    return FROM_EVENT if about is not NOTHING and _is_text(name) else NOTHING


def function(reader: Reader, tree: Tree, scope: Scope, about: Meaning) -> Meaning:
    """Read a lambda; its parameters hide columns, and are elements of what it is applied to."""
    parameters = dict.fromkeys(cast("list[str]", tree.get("args") or []), about)
    reader.visit(tree.get("expr"), replace(scope, parameters=scope.parameters | parameters))
    return NOTHING


def _compared(reader: Reader, args: list[Tree], meanings: list[Meaning], *, exact: bool) -> None:
    for at, meaning in enumerate(meanings):
        others = [one for n, arg in enumerate(args) if n != at for one in constants(arg)]
        if meaning is not NOTHING:
            reader.names(others, meaning, exact=exact)


def _json(reader: Reader, args: list[Tree], meanings: list[Meaning]) -> Meaning:
    """``JSONExtractString(properties, 'x')`` reads a property too."""
    key: Any = args[1].get("value") if len(args) > 1 else None
    if meanings[0][0] == "properties" and isinstance(key, str):
        return reader.property_of(meanings[0][1], key, args[1])
    return NOTHING


def _is_text(name: str) -> bool:
    """Whether the result may still be distinguished by the name: counts may not."""
    return not name.startswith(("count", "uniq", "sum", "avg", "quantile", "length", "empty"))
