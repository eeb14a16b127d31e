"""JSON pointers: read what one points at, or a copy of the whole with another value there."""

from __future__ import annotations

from typing import Any, cast


class Missing:
    """Stands for a value that does not exist."""


MISSING = Missing()


def parts_of(pointer: str) -> list[str]:
    """The keys of a pointer; none for the whole document."""
    # In this order (RFC 6901): the other way round "~01" would become "/" instead of "~1".
    return [key.replace("~1", "/").replace("~0", "~") for key in pointer.split("/")[1:]]


def value_at(document: Any, pointer: str) -> Any:
    """What a pointer points at; `MISSING` where there is nothing."""
    for key in parts_of(pointer):
        try:
            document = document[int(key) if isinstance(document, list) else key]
        except (KeyError, IndexError, ValueError, TypeError):
            return MISSING
    return document


def with_value(document: Any, keys: list[str], value: Any) -> Any:
    """A copy of a document with one value replaced; everything else is shared."""
    if not keys:
        return value
    first, rest = keys[0], keys[1:]
    if isinstance(document, list):
        items = list(cast("list[Any]", document))
        items[int(first)] = with_value(items[int(first)], rest, value)
        return items
    mapping = cast("dict[str, Any]", document)
    return {
        key: with_value(one, rest, value) if key == first else one for key, one in mapping.items()
    }
