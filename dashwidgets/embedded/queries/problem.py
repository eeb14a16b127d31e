"""Errors of queries."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any


class QueryError(Exception):
    """A query that failed.

    Attributes
    ----------
    code : str
        Machine word.
    user_visible : bool
        Whether PostHog shows the message to its users, as a 400 (contract 8.10).
    """

    def __init__(self, message: str, code: str = "error", *, user_visible: bool = False) -> None:
        super().__init__(message)
        self.code = code
        self.user_visible = user_visible


class InvalidQuery(QueryError):
    """A stored query that is not well formed."""


def unsupported(what: str) -> QueryError:
    """The error for a query that is not computed here."""
    return QueryError(f"The embedded project does not compute {what}.", "not_supported")


def refuse(given: Mapping[str, Any], options: Iterable[str], what: str) -> None:
    """Raise for an option that would change the numbers and is not computed."""
    for option in options:
        if given.get(option) not in (None, False, "", [], {}):
            raise unsupported(f"{what} with {option}")
