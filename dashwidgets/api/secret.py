"""A string that must not be displayed."""

from __future__ import annotations

import re
from typing import NoReturn


class Secret(str):
    """Hold a key so that no repr, log, pickle or notebook can show it by accident.

    Its string value is its mask, so whatever writes a frame (Parquet too) writes the mask.

    >>> Secret("phx_abcdefghijkl")
    Secret('phx_…')
    """

    __slots__ = ("_value",)

    _value: str

    def __new__(cls, value: str) -> Secret:
        # Show the prefix, which tells the kind of key; a random token may only look as if it had
        # one.
        kind = re.match(r"ph[a-z]_", value)
        mask = super().__new__(cls, f"Secret('{kind[0] if kind else ''}…')")
        mask._value = value
        return mask

    def reveal(self) -> str:
        """Return the value itself; only the transport calls this."""
        return self._value

    def __repr__(self) -> str:
        return str.__str__(self)

    # Compared by value, because all masks of a kind are the same text.
    def __eq__(self, other: object) -> bool:
        return isinstance(other, Secret) and other._value == self._value

    # ``str`` brings its own, which would compare the masks.
    def __ne__(self, other: object) -> bool:
        return not self == other

    def __hash__(self) -> int:
        return hash(self._value)

    def __reduce__(self) -> NoReturn:
        raise TypeError("A secret is not pickled or copied: it would end up in a file.")
