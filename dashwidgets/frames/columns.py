"""A frame is a table of columns, from which data, documentation and empty frames come."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Literal, cast

import pandas as pd

Kind = Literal["id", "integer", "number", "boolean", "text", "time", "list", "object"]

DTYPES: dict[Kind, str] = {
    "id": "int64",
    "integer": "Int64",
    "number": "float64",
    "boolean": "boolean",
    "text": "str",
    "time": "datetime64[us, UTC]",
    "list": "object",
    "object": "object",
}


@dataclass(frozen=True)
class Column:
    """One column.

    Attributes
    ----------
    name : str
    kind : str
        Key of `DTYPES`.
    source : str or callable
        Path into a row (``created_by.email``), or a function of the row.
    meaning : str
        One sentence for the documentation.
    """

    name: str
    kind: Kind
    source: str | Callable[[Mapping[str, Any]], Any]
    meaning: str

    @property
    def dtype(self) -> str:
        """The pandas dtype, the same whatever the values."""
        return DTYPES[self.kind]

    def series(self, rows: list[Mapping[str, Any]]) -> pd.Series[Any]:
        """This column of some rows."""
        read = self.source if callable(self.source) else _path(self.source)
        return as_series([read(row) for row in rows], self.kind)


@dataclass(frozen=True)
class Table:
    """The columns of a frame, in order."""

    name: str
    columns: tuple[Column, ...]

    def to_frame(self, rows: Iterable[Mapping[str, Any]], **attrs: Any) -> pd.DataFrame:
        """Rows as a frame; ``attrs`` say where it came from."""
        found = list(rows)
        frame = pd.DataFrame(
            {column.name: column.series(found) for column in self.columns}, copy=False
        )
        frame.attrs.update(attrs)
        return frame

    def empty(self, **attrs: Any) -> pd.DataFrame:
        """No rows, the same dtypes."""
        return self.to_frame([], **attrs)

    def describe(self) -> pd.DataFrame:
        """The documentation of this frame as a frame."""
        return pd.DataFrame(
            [
                (
                    column.name,
                    column.dtype,
                    column.source if isinstance(column.source, str) else "computed",
                    column.meaning,
                )
                for column in self.columns
            ],
            columns=["column", "dtype", "source", "meaning"],
        )


def as_series(values: list[Any], kind: Kind) -> pd.Series[Any]:
    """Values as a column of a kind; what does not fit becomes missing."""
    dtype = DTYPES[kind]
    if kind == "time":
        moments = pd.to_datetime(
            pd.Series(values, dtype="object"), utc=True, format="ISO8601", errors="coerce"
        )
        return cast("pd.Series[Any]", moments.astype(cast("Any", dtype)))  # pyright: ignore[reportUnknownMemberType]
    if kind == "list":
        values = [value if isinstance(value, list) else [] for value in values]
    if kind == "boolean":
        values = [value if isinstance(value, bool) else None for value in values]
    if kind == "text":
        values = [value if isinstance(value, str) else None for value in values]
    return pd.Series(values, dtype=cast("Any", dtype))


def inner(row: Mapping[str, Any] | None, name: str) -> Mapping[str, Any]:
    """An object inside a row; an empty one where there is none."""
    found = row.get(name) if row else None
    return cast("Mapping[str, Any]", found) if isinstance(found, Mapping) else {}


def inner_list(row: Mapping[str, Any], name: str) -> list[Any]:
    """A list inside a row; an empty one where there is none."""
    found = row.get(name)
    return cast("list[Any]", found) if isinstance(found, list) else []


def _path(path: str) -> Callable[[Mapping[str, Any]], Any]:
    names = path.split(".")
    if len(names) == 1:
        return lambda row: row.get(path)

    def read(row: Mapping[str, Any]) -> Any:
        found: Any = row
        for name in names:
            if not isinstance(found, Mapping):
                return None
            found = cast("Mapping[str, Any]", found).get(name)
        return found

    return read
