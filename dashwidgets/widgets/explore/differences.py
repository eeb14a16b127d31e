"""What differs between two values of a field, in words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, cast

Items = dict[Any, Mapping[str, Any]]


def only_differences(before: Any, after: Any) -> tuple[Any, Any]:
    """Of two lists of things with ids, such as tiles, what differs; other values as they are.

    >>> only_differences([{"id": 1, "w": 3}, {"id": 2}], [{"id": 1, "w": 6}])
    ('1: w 3; 2', '1: w 6')
    """
    old, new = _items(before), _items(after)
    if old is None or new is None:
        return before, after
    return "; ".join(_of(old, new)), "; ".join(_of(new, old))


def _items(value: Any) -> Items | None:
    rows = list(cast("Sequence[Any]", value)) if isinstance(value, list | tuple) else []
    found = [cast("Mapping[str, Any]", row) for row in rows if isinstance(row, dict)]
    items: Items = {row.get("id"): row for row in found}
    return items if rows and len(items) == len(rows) and None not in items else None


def _of(these: Items, others: Items) -> Iterator[str]:
    for key, item in these.items():
        if key not in others:
            yield str(key)
            continue
        fields, beside = dict(_leaves(item)), dict(_leaves(others[key]))
        told = [f"{name} {value}" for name, value in fields.items() if beside.get(name) != value]
        if told or fields.keys() != beside.keys():
            yield f"{key}: {', '.join(told) or 'nothing'}"


def _leaves(value: Any, name: str = "") -> Iterator[tuple[str, Any]]:
    if isinstance(value, dict) and value:
        for part, inside in cast("dict[str, Any]", value).items():
            yield from _leaves(inside, str(part))
    else:
        yield name, value
