"""Values as arrays through pyarrow, where it is installed: several times faster, the same result.

Every function gives None without pyarrow, and where a value does not fit exactly.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from importlib import import_module
from typing import Any, Literal, cast

import pandas as pd

PANDAS_2 = pd.__version__.startswith("2.")
WHOLE: set[type[Any]] = {int, type(None)}


@cache
def pyarrow() -> Any:
    """The module, or None."""
    try:
        return import_module("pyarrow")
    except ImportError:
        return None


def arrow_array(values: Sequence[Any], kind: str, *casts: Any) -> Any:
    """Values as an Arrow array of a type's name, such as ``uint64``, then cast in turn."""
    if (pa := pyarrow()) is None:
        return None
    if "int" in kind and not set(map(type, values)) <= WHOLE:
        return None  # of a fraction Arrow would keep the whole part
    try:
        found = pa.array(values, pa.type_for_alias(kind))
        for each in casts:
            found = found.cast(each)
    except (pa.ArrowException, TypeError, ValueError, OverflowError):
        return None
    return found


def masked(values: Sequence[Any], kind: str) -> Any:
    """Integers or booleans as the pandas array that has missing values."""
    if (found := arrow_array(values, kind)) is None:
        return None
    missing = found.is_null().to_numpy(zero_copy_only=False)
    empty = False if kind == "bool" else 0
    # Writable, so a copy: pandas would otherwise hand out an array that a user can't edit.
    filled = found.fill_null(empty).to_numpy(zero_copy_only=False, writable=True)
    make = pd.arrays.BooleanArray if kind == "bool" else pd.arrays.IntegerArray
    return make(filled, missing)


def whole(values: Sequence[Any]) -> Any:
    """Integers, none of them missing, as numpy's ``int64``."""
    found = arrow_array(values, "int64")
    return (
        None
        if found is None or found.null_count
        else found.to_numpy(writable=True, zero_copy_only=False)
    )


def floats(values: Sequence[Any], kind: str) -> Any:
    """Numbers as numpy's ``float32`` or ``float64``."""
    found = arrow_array(values, kind)
    return None if found is None else found.to_numpy(zero_copy_only=False, writable=True)


def text(values: Sequence[Any]) -> Any:
    """Text as pandas 3's ``str``; pandas 2 has no column that is an Arrow array."""
    if PANDAS_2:
        return None
    found = arrow_array(values, "large_string")
    return None if found is None else cast("Any", pd.array(found, dtype=cast("Any", "str")))


def days(values: Sequence[Any]) -> Any:
    """ISO dates as ``datetime64[s]``."""
    if (pa := pyarrow()) is None:
        return None
    found: Any = arrow_array(values, "string", pa.date32())
    return (
        None
        if found is None
        else pd.DatetimeIndex(found.to_numpy(zero_copy_only=False).astype("M8[s]"))
    )


def moments(values: Sequence[Any], unit: Literal["us", "ns"] = "us") -> Any:
    """ISO times as UTC if each names its offset, without a zone if none does."""
    if (pa := pyarrow()) is None:
        return None
    # Arrow refuses to mix times with and without an offset, so one of the two fits or neither does.
    for zone in ("UTC", None):
        found = arrow_array(values, "string", pa.timestamp(unit, zone))
        if found is not None:
            return pd.DatetimeIndex(found.to_numpy(zero_copy_only=False, writable=True), tz=zone)
    return None
