"""SQL inside queries: whole statements, and single expressions of filters and breakdowns."""

from __future__ import annotations

import re
from typing import Any

from dashwidgets.references.reference import SQL, Found
from dashwidgets.references.sql.parse import Parsed, parse_expression, parse_select
from dashwidgets.references.sql.scope import events_scope
from dashwidgets.references.sql.statement import Reader

_NAMELESS = re.compile(
    r"(?!event\b)(\*|[a-z_]+|(max|min|count|any)\((\*|timestamp|created_at)?\))"
    r"( (asc|desc))?(\s*--[^\n]*)?",
    re.IGNORECASE,
)
"""Columns of tables that name nothing, by far the most; reading them costs nothing."""


def statement(text: Any, pointer: str, found: Found) -> None:
    """A SELECT."""
    if not isinstance(text, str):
        if text is not None:
            found.miss(pointer, "not SQL")
        return
    if not text.strip():
        return
    parsed = parse_select(text)
    if parsed.tree is None:
        _unread(text, pointer, SQL, parsed, found)
        return
    reader = Reader(text, pointer, SQL, found, exact=parsed.exact)
    mark = len(found.references)
    try:
        reader.select(parsed.tree, {})
    except RecursionError:
        del found.references[mark:]
        _unread(text, pointer, SQL, Parsed(None, True, "nested too deeply"), found)


def expression(text: Any, pointer: str, role: str, found: Found, table: str = "events") -> None:
    """One expression, over a table of PostHog's."""
    if not isinstance(text, str):
        if text is not None:
            found.miss(pointer, "not an SQL expression")
        return
    if table in ("events", "persons", "groups") and _NAMELESS.fullmatch(text.strip()):
        return
    # ``orderBy`` holds "column DESC", which is no expression by itself.
    body = re.sub(r"\s+(asc|desc)\s*$", "", text, flags=re.IGNORECASE) if table else text
    if not body.strip():
        return
    parsed = parse_expression(body)
    if parsed.tree is None:
        _unread(text, pointer, role, parsed, found)
        return
    mark = len(found.references)
    try:
        reader = Reader(text, pointer, role, found, exact=parsed.exact)
        reader.visit(parsed.tree, events_scope(table))
    except RecursionError:
        del found.references[mark:]
        _unread(text, pointer, role, Parsed(None, True, "nested too deeply"), found)


def _unread(text: str, pointer: str, role: str, parsed: Parsed, found: Found) -> None:
    found.miss(pointer, f"SQL: {parsed.reason}")
    found.texts.append((pointer, role, text))
