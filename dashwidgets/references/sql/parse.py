"""SQL to a syntax tree: PostHog's own parser where it is installed, else sqlglot's.

Both give the tree in the form of PostHog's: nested objects with ``node``, and ``start`` and ``end``
with an ``offset`` in characters. sqlglot reads another dialect and keeps no offsets, so what is
found in its trees is not certain.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from importlib import import_module
from typing import Any, NamedTuple, cast

import msgspec

Tree = dict[str, Any]


class Parsed(NamedTuple):
    """A text that was parsed, or why it could not be.

    Attributes
    ----------
    tree : dict or None
    exact : bool
        Whether the tree is that of PostHog's parser: it means what PostHog would run.
    reason : str
        Why there is no tree; empty when there is one.
    """

    tree: Tree | None
    exact: bool
    reason: str = ""


def parse_select(text: str) -> Parsed:
    """Parse a SELECT statement of HogQL.

    Examples
    --------
    >>> parse_select("SELECT event FROM events").tree["node"]
    'SelectQuery'
    >>> parse_select("SELECT (").tree is None
    True
    """
    return _parse(text, "parse_select_json")


def parse_expression(text: str) -> Parsed:
    """Parse one expression of HogQL, such as a breakdown or a property filter."""
    return _parse(text, "parse_expr_json")


def is_exact() -> bool:
    """Whether PostHog's own parser is installed."""
    return _posthog() is not None


@cache
def _posthog() -> Any:
    try:
        return import_module("hogql_parser_rs")
    except ImportError:  # it needs CPython 3.12, and has no wheel for Windows
        return None


def _parse(text: str, name: str) -> Parsed:
    module = _posthog()
    if module is None:
        from dashwidgets.references.sql.sqlglot_tree import tree_of

        return Parsed(*tree_of(text, select=name == "parse_select_json"))
    parse: Callable[[str], str] = getattr(module, name)
    try:
        tree = cast("Tree", msgspec.json.decode(parse(text)))
    except Exception as error:  # a foreign parser: whatever it raises, the text is unread
        return Parsed(None, True, f"{type(error).__name__}: {error}"[:200])
    if tree.get("error"):
        return Parsed(None, True, str(tree.get("message"))[:200])
    return Parsed(tree, True)
