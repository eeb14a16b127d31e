"""ClickHouse's types, read from their names."""

from __future__ import annotations

import re
from dataclasses import dataclass

WRAPPERS = ("Nullable", "LowCardinality", "SimpleAggregateFunction")


@dataclass(frozen=True)
class Type:
    """A type: its name, and what stands between its parentheses.

    Attributes
    ----------
    nullable : bool
        Whether a ``Nullable`` was around it.
    arguments : tuple of str
        As written; read those that are types with `read_type`.
    """

    name: str
    arguments: tuple[str, ...] = ()
    nullable: bool = False


def read_type(text: str) -> Type:
    """A type without its wrappers.

    >>> read_type("LowCardinality(Nullable(FixedString(3)))")
    Type(name='FixedString', arguments=('3',), nullable=True)
    >>> read_type("DateTime64(6, 'Europe/Lisbon')").arguments
    ('6', "'Europe/Lisbon'")
    """
    text, nullable = text.strip(), False
    while True:
        name, bracket, rest = text.partition("(")
        arguments = _split(rest.rstrip()[:-1]) if bracket else ()
        if name not in WRAPPERS or not arguments:
            return Type(name, arguments, nullable)
        nullable = nullable or name == "Nullable"
        # The last one: ``SimpleAggregateFunction(sum, UInt64)`` names its function first.
        text = arguments[-1]


def member(text: str) -> tuple[str | None, Type]:
    """A member of a tuple, which may have a name: ``a UInt8``."""
    if named := re.match(r"(`(?:[^`\\]|\\.)*`|[A-Za-z_]\w*)\s+(?=[A-Z])", text):
        return named.group(1).strip("`"), read_type(text[named.end() :])
    return None, read_type(text)


def _split(text: str) -> tuple[str, ...]:
    """Arguments at the outermost commas; quotes and parentheses hold theirs."""
    parts, depth, start = list[str](), 0, 0
    for found in re.finditer(r"'(?:[^'\\]|\\.|'')*'|`(?:[^`\\]|\\.)*`|[(),]", text):
        mark = found.group()
        depth += (mark == "(") - (mark == ")")
        if mark == "," and depth == 0:
            parts.append(text[start : found.start()].strip())
            start = found.end()
    return (*parts, text[start:].strip()) if text.strip() else ()
