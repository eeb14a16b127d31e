"""Match references against the name that is searched for."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable
from functools import cache
from typing import Any, cast

from dashwidgets.api.errors import ConfigurationError
from dashwidgets.references.reference import KINDS, Reference

_SHORTEST = 3
_LITERAL = re.compile(r"[\w$ -]{3,}")


def wildcard(pattern: str) -> Callable[[str], bool]:
    """Whether a name fits; ``*`` stands for any characters and ``?`` for one."""
    if "*" not in pattern and "?" not in pattern:
        return lambda name: name == pattern
    text = re.escape(pattern).replace(r"\*", ".*").replace(r"\?", ".")
    expression = re.compile(text, re.DOTALL)
    return lambda name: expression.fullmatch(name) is not None


def wanted(
    name: str | Collection[str] | None, kind: str | Collection[str] | None
) -> Callable[[Reference], bool]:
    """The test for a search.

    A pattern in SQL, such as ``LIKE 'sign%'``, is found by every name that it may mean.

    Raises
    ------
    ConfigurationError
        A kind is not one of `KINDS`, or a name is not text.
    """
    kinds = checked_kinds(kind)
    patterns = checked_names(name)
    fits = [wildcard(one) for one in patterns]

    # A project names a few hundred events in many thousand places.
    @cache
    def named(found: str, certain: bool) -> bool:
        if any(fit(found) for fit in fits):
            return True
        return not certain and any(may_mean(found, one) for one in patterns)

    def test(one: Reference) -> bool:
        if kinds is not None and one.kind not in kinds:
            return False
        return name is None or named(one.name, one.certain)

    return test


def checked_kinds(kind: str | Collection[str] | None) -> frozenset[str] | None:
    """The kinds, checked; None for all."""
    if kind is None:
        return None
    kinds = frozenset((kind,) if isinstance(kind, str) else kind)
    for one in kinds:
        if one not in KINDS:
            raise ConfigurationError(f"{one!r} is not a kind: choose from {', '.join(KINDS)}.")
    return kinds


def checked_names(name: Any) -> list[str]:
    """Names or patterns as a list."""
    if name is None:
        return []
    several = isinstance(name, Iterable) and not isinstance(name, str)
    names: list[Any] = list(cast("Iterable[Any]", name)) if several else [name]
    for one in names:
        if isinstance(one, bool) or not isinstance(one, str | int):
            raise ConfigurationError(f"{one!r} is not a name: give text, such as 'signed_up'.")
    return [str(one) for one in names]


def may_mean(pattern: str, name: str) -> bool:
    """Whether a pattern of LIKE or of a regular expression may mean a name.

    Regular expressions of other people are never run; their longest literal part is compared.
    """
    if "%" in pattern or "_" in pattern:
        text = re.escape(pattern).replace("%", ".*").replace("_", ".")
        if re.fullmatch(text, name, re.DOTALL | re.IGNORECASE):
            return True
    parts = _LITERAL.findall(pattern)
    longest = max(parts, key=len, default="")
    # Shorter parts are in almost every name, and would report the whole project.
    return len(longest) >= _SHORTEST and longest.casefold() in name.casefold()
