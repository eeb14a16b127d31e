"""Words for numbers, durations and lists in evidence."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

import pandas as pd


def each(frame: pd.DataFrame) -> Iterator[Any]:
    """The rows of a frame, read by the names of its columns."""
    return iter(frame.itertuples())


def days(length: pd.Timedelta) -> str:
    """A duration as a person says it."""
    if length < pd.Timedelta("1D"):
        return f"{length.total_seconds():g} s"
    return "1 day" if length.days == 1 else f"{length.days:,} days"


MOST = 5


def some(words: Iterable[object]) -> str:
    """A list, cut where it stops being read."""
    found = [str(word) for word in words]
    rest = len(found) - MOST
    return ", ".join(found[:MOST]) + (f" and {rest} more" if rest > 0 else "")


def counted(count: int, what: str) -> str:
    """A number of things."""
    return f"{count:,} {what}{'' if count == 1 else 's'}"
