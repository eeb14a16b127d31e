"""SQL to a syntax tree, by PostHog's own parser where it is installed."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache
from importlib import import_module
from typing import Any, cast

import msgspec

from dashwidgets.embedded.queries.problem import QueryError
from dashwidgets.embedded.queries.sql.dialect import QUOTED

Tree = dict[str, Any]

READS_LESS = (
    "PostHog's own parser is not installed on this machine (it needs Python 3.12 on Linux or "
    "macOS), so less of HogQL is read here."
)
MOST_OPERATORS = 1_000
JOIN_COSTS = 16
"""How many operators a join counts as: the parser's time grows with the cube of their number."""

_STEPS = re.compile(
    rf"{QUOTED}|(?P<join>\bjoin\b)"
    r"|(?P<operator>[-+*/%<>=!?&|:~.\[{]|\b(?:and|or|not|case|between|is|select)\b)",
    re.DOTALL | re.IGNORECASE,
)


def is_installed() -> bool:
    """Whether PostHog's parser reads here."""
    return _module() is not None


def parse_select(text: str) -> Tree:
    """Parse one SELECT statement. Raises `QueryError` with the place of what is wrong."""
    return _parse(text, "parse_select_json")


def parse_expression(text: str) -> Tree:
    """Parse one expression."""
    return _parse(text, "parse_expr_json")


@cache
def _module() -> Any:
    try:
        return import_module("hogql_parser_rs")
    except ImportError:  # it needs CPython 3.12, and has no wheel for Windows
        return None


def _parse(text: str, function: str) -> Tree:
    # The parser's time grows with the square of a chain's length, and its stack with it.
    found = list(_STEPS.finditer(text))
    joins = sum(1 for one in found if one["join"])
    if sum(1 for one in found if one["operator"]) + JOIN_COSTS * joins > MOST_OPERATORS:
        raise _error(f"a statement has at most {MOST_OPERATORS} operators here")
    parse: Callable[[str], str] = getattr(_module(), function)
    tree = cast("Tree", msgspec.json.decode(parse(text)))
    if not tree.get("error"):
        return tree
    # The parser reports what follows a semicolon as an unexpected word.
    if _before(text, tree).rstrip().endswith(";"):
        raise QueryError("Give exactly one statement.", "syntax_error", user_visible=True)
    raise _error(f"{tree.get('message')} {place(text, tree)}")


def place(text: str, node: Tree) -> str:
    """Where a node begins, for a person."""
    before = _before(text, node)
    line = before.count("\n") + 1
    return f"at line {line}, column {len(before) - (before.rfind(chr(10)) + 1) + 1}"


def _before(text: str, node: Tree) -> str:
    start: Tree = node.get("start") or {}
    return text[: int(start.get("offset") or 0)]


def _error(reason: str) -> QueryError:
    return QueryError(f"Syntax error: {reason}.", "syntax_error", user_visible=True)
