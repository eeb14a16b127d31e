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


def joined(parts: Sequence[Any]) -> Any:
    """Arrays of a column's pieces as one; None where one did not fit, or is of another type."""
    if any(part is None or part.type != parts[0].type for part in parts):
        return None
    return parts[0] if len(parts) == 1 else pyarrow().concat_arrays(parts)


def masked(values: Sequence[Any], kind: str) -> Any:
    """Integers or booleans as the pandas array that has missing values."""
    found = arrow_array(values, kind)
    return None if found is None else as_masked(found)


def as_masked(found: Any) -> Any:
    """The same of an Arrow array."""
    truths = str(found.type) == "bool"
    missing = found.is_null().to_numpy(zero_copy_only=False)
    # Writable, so a copy: pandas would otherwise hand out an array that a user can't edit.
    filled = found.fill_null(False if truths else 0).to_numpy(zero_copy_only=False, writable=True)
    make = pd.arrays.BooleanArray if truths else pd.arrays.IntegerArray
    return make(filled, missing)


def whole(values: Sequence[Any]) -> Any:
    """Integers, none of them missing, as numpy's ``int64``."""
    found = arrow_array(values, "int64")
    return None if found is None or found.null_count else as_numbers(found)


def as_numbers(found: Any) -> Any:
    """An Arrow array as numpy's; a missing fraction is NaN."""
    return found.to_numpy(zero_copy_only=False, writable=True)


def text(values: Sequence[Any]) -> Any:
    """Text as pandas 3's ``str``; pandas 2 has no column that is an Arrow array."""
    found = read_text(values)
    return None if found is None else as_text(found)


def read_text(values: Sequence[Any]) -> Any:
    """Text as an Arrow array."""
    return None if PANDAS_2 else arrow_array(values, "large_string")


def as_text(found: Any) -> Any:
    """An Arrow array as pandas 3's ``str``."""
    return cast("Any", pd.array(found, dtype=cast("Any", "str")))


def read_days(values: Sequence[Any]) -> Any:
    """ISO dates as an Arrow array."""
    pa = pyarrow()
    return None if pa is None else arrow_array(values, "string", pa.date32())


def as_days(found: Any) -> Any:
    """Dates of an Arrow array as ``datetime64[s]``."""
    return pd.DatetimeIndex(found.to_numpy(zero_copy_only=False).astype("M8[s]"))


def moments(values: Sequence[Any]) -> Any:
    """ISO times as UTC if each names its offset, without a zone if none does."""
    found = read_moments(values)
    return None if found is None else as_moments(found)


def read_moments(values: Sequence[Any], unit: Literal["us", "ns"] = "us") -> Any:
    """The same as an Arrow array."""
    if (pa := pyarrow()) is None:
        return None
    # Arrow refuses to mix times with and without an offset, so one of the two fits or neither does.
    for zone in ("UTC", None):
        found = arrow_array(values, "string", pa.timestamp(unit, zone))
        if found is not None:
            return found
    return None


def as_moments(found: Any) -> Any:
    """Times of an Arrow array, in its zone if it has one."""
    return pd.DatetimeIndex(as_numbers(found), tz=found.type.tz)
