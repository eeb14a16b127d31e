"""Values of a ClickHouse type as a pandas column."""

from __future__ import annotations

import ast
from collections.abc import Callable, Sequence
from decimal import Decimal
from functools import partial
from typing import Any, Literal

import numpy as np
import pandas as pd

from dashwidgets.frames import arrow
from dashwidgets.frames.arrays import as_array
from dashwidgets.queries.types import Type, member, read_type

TEXT = {"String", "FixedString", "UUID", "IPv4", "IPv6"}
INTEGERS = {f"{sign}Int{bits}" for sign in ("", "U") for bits in (8, 16, 32, 64)}
BIG = {f"{sign}Int{bits}" for sign in ("", "U") for bits in (128, 256)}
FLOATS = {"Float32", "Float64", "BFloat16"}
BOOLEANS = {"Bool", "Boolean"}
DAYS = {"Date", "Date32"}
MOMENTS = {"DateTime", "DateTime64"}

Convert = Callable[[Any], Any]


def as_column(values: Sequence[Any], text: str, zone: str) -> Any:
    """Values as an array of the type's dtype.

    Parameters
    ----------
    values : sequence
    text : str
        The type's name, such as ``Nullable(DateTime64(6, 'UTC'))``.
    zone : str
        Where a DateTime is that names no zone: the project's.

    Raises
    ------
    ValueError, TypeError, OverflowError
        A value does not fit its type.
    """
    kind = read_type(text)
    name = kind.name
    if way := arrow_way(kind, zone):
        read, finish = way
        if (found := read(values)) is not None:
            return finish(found)
    if name in TEXT:
        return as_array(_all(values, str), "text")
    if name in INTEGERS:
        return _integers(values, name)
    if name in FLOATS:
        if str in set(map(type, values)):  # such as nan, which JSON has no number for
            values = [float(v) if isinstance(v, str) else v for v in values]
        return np.array(values, dtype=_float(name))
    if name in BOOLEANS:
        truths = [v if v is None or isinstance(v, bool) else _truth(v) for v in values]
        return as_array(truths, "boolean")
    if name in DAYS:
        # Seconds, because nanoseconds end in 2262 and Date32 does not.
        return pd.DatetimeIndex(np.array(["NaT" if v is None else v for v in values], "M8[s]"))
    if name in MOMENTS:
        return _moments(values, kind, zone)
    if name in ("Enum8", "Enum16", "Enum"):
        labels = [ast.literal_eval(each.rpartition("=")[0].strip()) for each in kind.arguments]
        # pandas would turn a value outside of the categories into NaN without a word.
        if unknown := set(values) - set(labels) - {None}:
            raise ValueError(f"{sorted(map(str, unknown))[0]!r} is not in the enum")
        return pd.Categorical(values, categories=labels)
    convert = converter(kind, zone)
    made = values if convert is None else [None if v is None else convert(v) for v in values]
    return pd.Series(made, dtype="object")


def arrow_way(kind: Type, zone: str) -> tuple[Convert, Convert] | None:
    """How Arrow reads values of a type, and how its array becomes the column.

    The first gives None where a value does not fit exactly.
    """
    name = kind.name
    if arrow.pyarrow() is None or (name in TEXT and arrow.PANDAS_2):
        return None
    if name in TEXT:
        return arrow.read_text, arrow.as_text
    if name in INTEGERS:
        return partial(arrow.arrow_array, kind=name.lower()), arrow.as_masked
    if name in FLOATS:
        return partial(arrow.arrow_array, kind=_float(name)), arrow.as_numbers
    if name in BOOLEANS:
        return partial(arrow.arrow_array, kind="bool"), arrow.as_masked
    if name in DAYS:
        return arrow.read_days, arrow.as_days
    if name in MOMENTS:
        read = partial(arrow.read_moments, unit=_unit(kind))
        return read, lambda found: _in_zone(arrow.as_moments(found), kind, zone)
    return None


def converter(kind: Type, zone: str) -> Convert | None:
    """What makes one value of a type; None where it stays as it came."""
    name = kind.name
    if name in BIG or name in INTEGERS:
        return _whole
    if name.startswith("Decimal"):
        return _decimal
    if name in FLOATS:
        return float
    if name in BOOLEANS:
        return _truth
    if name in MOMENTS:
        return partial(_moment, zone=_zone(kind, zone))
    if name in DAYS:
        return pd.Timestamp
    if name == "Array":
        return _array(read_type(kind.arguments[0]), zone)
    if name == "Nested":
        return _array(Type("Tuple", kind.arguments), zone)
    if name == "Tuple":
        return _tuple([member(each) for each in kind.arguments], zone)
    if name == "Map":
        key, value = (converter(read_type(each), zone) for each in kind.arguments)
        return lambda found: {
            _one(key, each): _one(value, held) for each, held in (dict(found)).items()
        }
    return None


def _one(convert: Convert | None, value: Any) -> Any:
    return value if convert is None or value is None else convert(value)


def _array(inside: Type, zone: str) -> Convert | None:
    convert = converter(inside, zone)
    # JSON has lists already.
    return None if convert is None else lambda found: [_one(convert, each) for each in found]


def _tuple(members: list[tuple[str | None, Type]], zone: str) -> Convert:
    names = [name for name, _ in members]
    converts = [converter(kind, zone) for _, kind in members]

    def make(found: Any) -> tuple[Any, ...]:
        values: list[Any] = found
        if isinstance(found, dict):
            values = [found[name] for name in names]
        return tuple(_one(c, each) for c, each in zip(converts, values, strict=True))

    return make


def _all(values: Sequence[Any], kind: type) -> list[Any]:
    if set(map(type, values)) <= {kind, type(None)}:
        return list(values)
    raise TypeError(f"not every value is {kind.__name__}")


def _integers(values: Sequence[Any], name: str) -> Any:
    kinds = set(map(type, values))
    if not kinds <= {int, type(None)}:
        values = [None if v is None else _whole(v) for v in values]
        kinds = set(map(type, values))
    small: Any = name.lower()
    if type(None) not in kinds:
        # From its two arrays: `pd.array` would look at every value once more, at twice the time.
        filled, missing = np.array(values, small), np.zeros(len(values), dtype=bool)
    else:
        missing = np.array([v is None for v in values], dtype=bool)
        filled = np.array([0 if v is None else v for v in values], small)
    return pd.arrays.IntegerArray(filled, missing)


def _whole(value: Any) -> int:
    # Large numbers come as text; a float has lost digits already when it is not whole.
    made = int(value)
    if made != value and not isinstance(value, str):
        raise ValueError(f"{value!r} is not a whole number")
    return made


def _truth(value: Any) -> bool:
    if value in (0, 1):
        return bool(value)
    raise ValueError(f"{value!r} is neither true nor false")


def _decimal(value: Any) -> Decimal:
    return value if isinstance(value, Decimal) else Decimal(str(value))


def _zone(kind: Type, zone: str) -> str:
    last = kind.arguments[-1] if kind.arguments else ""
    return last.strip("'") if last.startswith("'") else zone


def _float(name: str) -> str:
    return "float32" if name == "Float32" else "float64"


def _unit(kind: Type) -> Literal["us", "ns"]:
    fine = kind.name == "DateTime64" and kind.arguments[:1] > ("6",)
    # Microseconds reach from year -290,000 on; nanoseconds only where the type asks for them.
    return "ns" if fine else "us"


def _moments(values: Sequence[Any], kind: Type, zone: str) -> Any:
    unit = _unit(kind)
    texts = _all(values, str)
    known = [text for text in texts if text is not None]
    utc = all(text[-1] == "Z" for text in known)
    if utc or not known:
        # NumPy reads ISO texts several times as fast as pandas, but knows no zone.
        bare = ["NaT" if text is None else text[:-1] for text in texts]
        found = pd.DatetimeIndex(np.array(bare, f"M8[{unit}]"), tz="UTC")
    elif all(_has_offset(text) for text in known):
        series = pd.Series(texts, dtype="object")
        found = pd.DatetimeIndex(pd.to_datetime(series, utc=True, format="ISO8601"))
    elif any(_has_offset(text) for text in known):
        # Both kinds in one column: NumPy would take those without an offset for UTC.
        own = _zone(kind, zone)
        mixed: list[Any] = [pd.NaT if text is None else _moment(text, own) for text in texts]
        return pd.DatetimeIndex(mixed).as_unit(unit)
    else:
        bare = np.array(["NaT" if text is None else text for text in texts], f"M8[{unit}]")
        found = pd.DatetimeIndex(bare)
    return _in_zone(found.as_unit(unit), kind, zone)


def _in_zone(found: pd.DatetimeIndex, kind: Type, zone: str) -> pd.DatetimeIndex:
    """Times in their column's zone; those without an offset are of that zone already."""
    own = _zone(kind, zone)
    return found.tz_localize(own) if found.tz is None else found.tz_convert(own)


def _has_offset(text: str) -> bool:
    return text[-1] == "Z" or "+" in text[10:] or "-" in text[10:]


def _moment(value: str, zone: str) -> pd.Timestamp:
    made = pd.Timestamp(value)
    return made.tz_localize(zone) if made.tzinfo is None else made.tz_convert(zone)
