"""Compare two queries: which values differ, and which lines of their SQL."""

from __future__ import annotations

import difflib
from collections.abc import Iterator
from typing import Any, cast

from dashwidgets.references.queries.properties import escaped

LONG, AROUND = 60, 16
Difference = tuple[str, Any, Any]


def differences(old: Any, new: Any, pointer: str = "") -> list[Difference]:
    """Where, old and new, for every value that differs; SQL line by line.

    >>> differences({"a": 1, "b": [1, 2]}, {"a": 1, "b": [1, 3]})
    [('/b/1', 2, 3)]
    """
    return list(_differences(old, new, pointer))


def _differences(old: Any, new: Any, pointer: str) -> Iterator[Difference]:
    if isinstance(old, dict) and isinstance(new, dict):
        one, other = cast("dict[str, Any]", old), cast("dict[str, Any]", new)
        for key in dict.fromkeys([*one, *other]):
            yield from _differences(one.get(key), other.get(key), f"{pointer}/{escaped(key)}")
    elif isinstance(old, list) and isinstance(new, list) and len(old) == len(new):  # pyright: ignore[reportUnknownArgumentType]
        pairs = zip(cast("list[Any]", old), cast("list[Any]", new), strict=True)
        for at, (one, other) in enumerate(pairs):
            yield from _differences(one, other, f"{pointer}/{at}")
    elif isinstance(old, str) and isinstance(new, str) and "\n" in old + new:
        yield from _lines(old, new, pointer)
    elif isinstance(old, str) and isinstance(new, str) and max(len(old), len(new)) > LONG:
        if old != new:
            yield pointer, *_middles(old, new)
    elif old != new:
        yield pointer, old, new


def _middles(old: str, new: str) -> tuple[str, str]:
    """The difference of two long texts, with some context."""
    begin = _shared(old, new)
    rest = min(len(old), len(new)) - begin
    end = min(rest, _shared(old[::-1], new[::-1]))
    begin, end = max(0, begin - AROUND), max(0, end - AROUND)
    first = "…" if begin else ""
    last = "…" if end else ""
    cut = [f"{first}{text[begin : len(text) - end]}{last}" for text in (old, new)]
    return cut[0], cut[1]


def _shared(one: str, other: str) -> int:
    pairs = zip(one, other, strict=False)
    return next((at for at, (a, b) in enumerate(pairs) if a != b), min(len(one), len(other)))


def _lines(old: str, new: str, pointer: str) -> Iterator[Difference]:
    before, after = old.splitlines(), new.splitlines()
    # Without autojunk: it ignores lines that are frequent, as closing parentheses in SQL are.
    matcher = difflib.SequenceMatcher(None, before, after, autojunk=False)
    if len(before) == len(after):
        for at, (one, other) in enumerate(zip(before, after, strict=True), 1):
            if one != other:
                yield f"{pointer}:{at}", one.strip(), other.strip()
        return
    for what, a, b, c, d in matcher.get_opcodes():
        if what != "equal":
            yield f"{pointer}:{a + 1}", "\n".join(before[a:b]), "\n".join(after[c:d])
