"""Values as columns: one dtype per kind, whatever the values."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from operator import itemgetter
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
_TYPES: dict[Kind, type] = {
    "list": list,
    "boolean": bool,
    "text": str,
    "time": str,
    "number": float,
    "integer": int,
}
"""What nearly all columns hold, and nothing else but None."""
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
    # Asking each of 10,000 values whether it fits takes longer than to make the column of them.
    if (fits := _FITS.get(kind)) and not _all_are(_TYPES[kind], values):
        values = [value if value is not None and fits(value) else None for value in values]
    if kind in ("integer", "boolean"):
        return _masked(values, kind)
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
    if kind == "id" and set(map(type, values)) == {int}:
        return np.array(values, dtype)  # pandas would look at each once more
    try:
        return pd.Series(values, dtype=dtype).array
    except UnicodeEncodeError:  # a lone surrogate is text too; Arrow refuses it
        return cast("Any", pd.array(values, dtype=PLAIN_TEXT))


def _all_are(kind: type, values: list[Any]) -> bool:
    return set(map(type, values)) <= {kind, type(None)}


def _objects(values: list[Any]) -> Any:
    # `np.array` would make a matrix of lists that happen to have one length.
    return np.fromiter(values, dtype=object, count=len(values))


def _masked(values: list[Any], kind: Kind) -> Any:
    """Integers or booleans with a mask of missing ones."""
    make = pd.arrays.IntegerArray if kind == "integer" else pd.arrays.BooleanArray
    one = int if kind == "integer" else bool
    missing = np.array([value is None for value in values], dtype=bool)
    try:
        # With the dtype: beside a float NumPy would make floats of all, and lose digits.
        filled = np.array([v or 0 for v in values] if missing.any() else values, dtype=one)
    except OverflowError:  # whole numbers that do not fit in 64 bits
        return _masked([v if v is not None and _FITS[kind](v) else None for v in values], kind)
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
    if _all_are(str, values) and set(map(itemgetter(-1), filter(bool, values))) <= {"Z"}:
        try:
            # numpy reads UTC several times faster than pandas.
            texts = [value[:-1] if value else "NaT" for value in values]
            return pd.DatetimeIndex(np.array(texts, "datetime64[us]"), tz="UTC")
        except ValueError:
            pass  # one of them is not a date; pandas finds the others
    moments: Any = pd.to_datetime(
        pd.Series(values, dtype="object"), utc=True, format="ISO8601", errors="coerce"
    )
    return moments.astype(DTYPES["time"]).array
