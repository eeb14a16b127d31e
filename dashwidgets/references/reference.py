"""A reference is a value: one name, in one place of a query."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

EVENT, ACTION, COHORT, FLAG = "event", "action", "cohort", "feature flag"
EVENT_PROPERTY, PERSON_PROPERTY = "event property", "person property"
GROUP_PROPERTY, SESSION_PROPERTY = "group property", "session property"
TABLE, VARIABLE, ELEMENT = "warehouse table", "variable", "element"
KINDS = (
    EVENT, ACTION, EVENT_PROPERTY, PERSON_PROPERTY, GROUP_PROPERTY, SESSION_PROPERTY, COHORT, FLAG,
    TABLE, VARIABLE, ELEMENT,
)  # fmt: skip

SERIES, FILTER, BREAKDOWN, EXCLUSION = "series", "filter", "breakdown", "exclusion"
MATH, FORMULA, GOAL, SQL = "math", "formula", "conversion goal", "SQL"
RETENTION_START, RETENTION_RETURN = "retention start", "retention return"
PATH_START, PATH_END, PATH_EXCLUSION = "path start", "path end", "path exclusion"
ROLES = (
    SERIES, FILTER, BREAKDOWN, EXCLUSION, MATH, FORMULA, GOAL, RETENTION_START, RETENTION_RETURN,
    PATH_START, PATH_END, PATH_EXCLUSION, SQL,
)  # fmt: skip


class Reference(NamedTuple):
    """One name in one place of a query.

    Attributes
    ----------
    kind : str
        One of `KINDS`.
    name : str
        The name in PostHog; for an action or a cohort its id as text.
    role : str
        One of `ROLES`.
    pointer : str
        JSON pointer (RFC 6901) of the value in the query.
    certain : bool
        False where the query may or may not mean this name: patterns, computed values.
    start, end : int
        Where the token begins and ends inside an SQL text; -1 where the whole value is the name.
    line, column : int
        The same as line and column, counted from 1; 0 outside SQL.
    """

    kind: str
    name: str
    role: str
    pointer: str
    certain: bool = True
    start: int = -1
    end: int = -1
    line: int = 0
    column: int = 0

    @property
    def where(self) -> str:
        """The pointer, and inside SQL the line and column."""
        return f"{self.pointer}:{self.line}:{self.column}" if self.line else self.pointer


def word(value: object) -> str:
    """A kind or a type as text; anything else becomes an unknown word."""
    return value if isinstance(value, str) else repr(value)[:40]


class Unread(NamedTuple):
    """A part of a query that could not be read, and why."""

    pointer: str
    reason: str


class Found:
    """Collects what a query refers to, and what of it could not be read."""

    __slots__ = ("add", "references", "texts", "unread")

    def __init__(self) -> None:
        self.references: list[Reference] = []
        self.unread: list[Unread] = []
        self.texts: list[tuple[str, str, str]] = []
        """SQL that could not be parsed: pointer, role, text."""
        # The list's own method: one call less for every reference of a project.
        self.add: Callable[[Reference], object] = self.references.append

    def miss(self, pointer: str, reason: str) -> None:
        """Note what could not be read."""
        self.unread.append(Unread(pointer, reason))
