"""Check a statement before it is sent: that it only reads, its placeholders, its limit."""

from __future__ import annotations

import re
from collections.abc import Collection

from dashwidgets.api.errors import ConfigurationError

# Quoted text and comments, so that their content is not taken for SQL.
_QUOTED = re.compile(
    r"--[^\n]*|/\*.*?\*/|'(?:[^'\\]|\\.|'')*'|\"(?:[^\"\\]|\\.)*\"|`(?:[^`\\]|\\.)*`", re.DOTALL
)
_PLACEHOLDER = re.compile(r"\{\s*([A-Za-z_]\w*)\s*\}")
_SERVER_SIDE = {"filters"}
"""Placeholders that PostHog fills by itself."""


def checked_statement(query: str, values: Collection[str] = ()) -> str:
    """One SELECT without its last semicolon; raises `ConfigurationError` for anything else."""
    code = _code(query)
    found = re.match(r"[\s(]*(\w*)", code)
    verb = found.group(1).upper() if found else ""
    if verb not in ("SELECT", "WITH"):
        raise ConfigurationError(
            f"Only SELECT can be sent, not {verb or 'an empty statement'}; nothing was sent."
        )
    # In the blanked text, so that a semicolon within quotes does not end the statement.
    end = code.find(";")
    if end >= 0:
        if code[end + 1 :].strip(" \t\r\n;"):
            raise ConfigurationError("Send one statement at a time; nothing was sent.")
        query, code = query[:end], code[:end]
    wanted = placeholders(query)
    if missing := sorted(wanted - set(values) - _SERVER_SIDE):
        raise ConfigurationError(f"Give a value for {', '.join(missing)}; nothing was sent.")
    if unused := sorted(set(values) - wanted):
        raise ConfigurationError(
            f"The statement has no placeholder for {', '.join(unused)}; nothing was sent."
        )
    return query


def placeholders(query: str) -> set[str]:
    """Names in braces, outside of quotes and comments."""
    return set(_PLACEHOLDER.findall(_code(query)))


def limited(query: str, rows: int) -> str:
    """A checked statement with a limit; raises when it has one of its own."""
    words = _outermost_words(query)
    if "LIMIT" in words:
        raise ConfigurationError("The statement has a LIMIT of its own: leave limit= out.")
    if words & {"UNION", "INTERSECT", "EXCEPT"}:
        # After a UNION a LIMIT would belong to the last SELECT alone.
        return _within(query, f"LIMIT {rows}")
    return f"{query}\nLIMIT {rows}"


def first_page(query: str, rows: int) -> str:
    """The beginning of a checked statement, in its own order where it has no limit."""
    return _within(query, f"LIMIT {rows}") if has_limit(query) else limited(query, rows)


def has_limit(query: str) -> bool:
    """Whether a checked statement has a LIMIT."""
    return "LIMIT" in _outermost_words(query)


def page_of(query: str, key: str, rows: int, *, after: bool, nulls: bool) -> str:
    """A page of a checked statement by its key; ``{dw_last}`` is the last key seen."""
    name = quoted(key)
    where = f" WHERE {name} > {{dw_last}}" if after else ""
    if after and nulls:
        # In ascending order ClickHouse puts NULL last, so those rows stay for the last pages.
        where += f" OR {name} IS NULL"
    return _within(query, f"{where} ORDER BY {name} LIMIT {rows}".lstrip())


def quoted(name: str) -> str:
    """A column name quoted for HogQL."""
    escaped = name.replace("\\", "\\\\").replace("`", "\\`")
    return f"`{escaped}`"


def _within(query: str, rest: str) -> str:
    # Only the user's own statement and quoted names go in; values are placeholders.
    # On lines of its own: a comment at the statement's end would swallow the parenthesis.
    return f"SELECT * FROM (\n{query}\n) {rest}"  # noqa: S608


def _code(query: str) -> str:
    """The statement with quotes and comments blanked, every other character in its place."""
    return _QUOTED.sub(lambda found: " " * len(found.group()), query)


def _outermost_words(query: str) -> set[str]:
    code, depth, kept = _code(query), 0, list[str]()
    for character in code:
        depth -= character == ")"
        kept.append(character if depth == 0 else " ")
        depth += character == "("
    return {word.upper() for word in re.findall(r"\w+", "".join(kept))}
