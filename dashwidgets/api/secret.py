"""A string that must not be seen."""

from __future__ import annotations

import re
from typing import NoReturn


class Secret:
    """Hold a key so that no repr, log, pickle or notebook can show it by accident.

    >>> Secret("phx_abcdefghijkl")
    Secret('phx_…')
    """

    __slots__ = ("_value",)

    def __init__(self, value: str) -> None:
        self._value = value

    def reveal(self) -> str:
        """Give the value itself; only the transport asks."""
        return self._value

    def __repr__(self) -> str:
        # The prefix tells which kind of key it is; a token that looks like one has none to tell.
        kind = re.match(r"ph[a-z]_", self._value)
        return f"Secret('{kind[0] if kind else ''}…')"

    __str__ = __repr__

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Secret) and other._value == self._value

    def __hash__(self) -> int:
        return hash(self._value)

    def __reduce__(self) -> NoReturn:
        raise TypeError("A secret is not pickled or copied: it would end up in a file.")
