"""Values as columns: one dtype per kind, whatever the values."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any, Literal, cast

import numpy as np
import pandas as pd

from dashwidgets.frames import arrow

Kind = Literal["id", "integer", "number", "boolean", "text", "time", "list", "object"]

TEXT: Literal["str", "object"] = "object" if arrow.PANDAS_2 else "str"
"""The dtype of text in every frame: pandas 3's ``str``; in pandas 2, which has none, ``object``.
Either way a value is a ``str``, or NaN where it is missing."""
PLAIN_TEXT: Any = TEXT if arrow.PANDAS_2 else pd.StringDtype("python", na_value=np.nan)
"""The same without Arrow, which refuses a lone surrogate; pandas 2.2 knows no ``na_value``."""

DTYPES: dict[Kind, str] = {
    "id": "int64",
    "integer": "Int64",
    "number": "float64",
    "boolean": "boolean",
    "text": TEXT,
    "time": "datetime64[us, UTC]",
    "list": "object",
    "object": "object",
}
_FITS: dict[Kind, Callable[[Any], bool]] = {
    "list": lambda value: isinstance(value, list),
    "boolean": lambda value: isinstance(value, bool),
    "text": lambda value: isinstance(value, str),
    "time": lambda value: isinstance(value, str | datetime),
    "number": lambda value: isinstance(value, int | float),
    "integer": lambda value: (
        # A float of whole value fits: JSON from other languages writes 3.0.
        isinstance(value, int | float) and abs(value) < 2**63 and value == value // 1
    ),
}


def as_series(values: list[Any], kind: Kind) -> pd.Series[Any]:
    """Values as a column of a kind; values that do not fit become missing."""
    return pd.Series(as_array(values, kind), copy=False)


def as_array(values: list[Any], kind: Kind) -> Any:
    """The same as an array, which a frame takes over without a copy."""
    if (fast := _through_arrow(values, kind)) is not None:
        return fast
    if kind in ("integer", "boolean") and (masked := _masked(values, kind)) is not None:
        return masked
    if kind == "list" and set(map(type, values)) <= {list}:
        return _objects(values)
    if fits := _FITS.get(kind):
        values = [value if value is not None and fits(value) else None for value in values]
    if kind == "integer":  # beside a float pandas would make floats of all, and lose digits
        return _masked([None if value is None else int(value) for value in values], kind)
    if kind == "time":
        return _times(values)
    if kind == "list":
        return _objects([[] if value is None else value for value in values])
    if kind == "object":
        # A series keeps its dtype in a frame; an array of hidden tokens would become their masks.
        return pd.Series(values, dtype="object")
    if kind == "text" and TEXT == "object":
        return _objects([np.nan if value is None else value for value in values])
    dtype = cast("Any", DTYPES[kind])
    try:
        return pd.Series(values, dtype=dtype).array
    except UnicodeEncodeError:  # a lone surrogate is text too; Arrow refuses it
        return cast("Any", pd.array(values, dtype=PLAIN_TEXT))


def _objects(values: list[Any]) -> Any:
    # `np.array` would make a matrix of lists that happen to have one length.
    return np.fromiter(values, dtype=object, count=len(values))


def _masked(values: list[Any], kind: Kind) -> Any:
    """Integers or booleans with a mask of missing ones; None if there is anything else."""
    one = int if kind == "integer" else bool
    if not set(map(type, values)) <= {one, type(None)}:
        return None
    missing = np.array([value is None for value in values], dtype=bool)
    try:
        filled = np.array([value or one() for value in values], dtype=one)
    except OverflowError:
        return None
    make = pd.arrays.IntegerArray if kind == "integer" else pd.arrays.BooleanArray
    return make(filled, missing)


def _through_arrow(values: list[Any], kind: Kind) -> Any:
    match kind:
        case "id":
            return arrow.whole(values)
        case "integer":
            return arrow.masked(values, "int64")
        case "boolean":
            return arrow.masked(values, "bool")
        case "text":
            return arrow.text(values)
        case "time":
            found = arrow.moments(values)
            return found if found is None or found.tz is not None else None
        case _:
            return None


def _times(values: list[Any]) -> Any:
    if all(value is None or (isinstance(value, str) and value[-1:] == "Z") for value in values):
        try:
            # numpy reads UTC several times faster than pandas.
            texts = ["NaT" if value is None else value[:-1] for value in values]
            return pd.DatetimeIndex(np.array(texts, "datetime64[us]"), tz="UTC")
        except ValueError:
            pass  # one of them is not a date; pandas finds the others
    moments: Any = pd.to_datetime(
        pd.Series(values, dtype="object"), utc=True, format="ISO8601", errors="coerce"
    )
    return moments.astype(DTYPES["time"]).array
