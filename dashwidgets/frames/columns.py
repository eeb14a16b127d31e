"""A frame is a table of columns, from which data, documentation and empty frames come."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from operator import attrgetter
from typing import Any, cast

import pandas as pd
from msgspec.structs import astuple

from dashwidgets.frames.arrays import DTYPES, PLAIN_TEXT, Kind, as_array
from dashwidgets.frames.rows import Row


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
    of : callable, optional
        Turns all values found at the source into those of the column.
    """

    name: str
    kind: Kind
    source: str | Callable[[Any], Any]
    meaning: str
    of: Callable[[list[Any]], list[Any]] | None = None

    @property
    def dtype(self) -> str:
        """The pandas dtype, the same whatever the values."""
        return DTYPES[self.kind]

    @property
    def documented(self) -> str:
        """The dtype as pages name it, whatever pandas writes them."""
        return "str" if self.kind == "text" else self.dtype

    def values(self, rows: Sequence[Any], find: Callable[[str], list[Any]]) -> list[Any]:
        """The values of this column for some rows; ``find`` is their `by_path`."""
        if callable(self.source):
            return list(map(self.source, rows))
        values = find(self.source)
        return values if self.of is None else self.of(values)


@dataclass(frozen=True)
class Table:
    """The columns of a frame, in order."""

    name: str
    columns: tuple[Column, ...]

    def to_frame(self, rows: Iterable[Mapping[str, Any]], **attrs: Any) -> pd.DataFrame:
        """Rows as a frame; ``attrs`` say where it came from."""
        builder = Builder(self)
        builder.add(list(rows))
        return builder.to_frame(**attrs)

    def empty(self, **attrs: Any) -> pd.DataFrame:
        """A frame without rows, with the same dtypes."""
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


class Builder:
    """Builds a frame as rows arrive, without keeping them: columns are a third of their size."""

    def __init__(self, table: Table) -> None:
        self._table = table
        self._parts: list[pd.DataFrame] = []

    def add(self, rows: Sequence[Any]) -> None:
        """Add some rows."""
        find = by_path(rows)
        columns = {
            column.name: as_array(column.values(rows, find), column.kind)
            for column in self._table.columns
        }
        self._parts.append(pd.DataFrame(columns, copy=False))

    def to_frame(self, **attrs: Any) -> pd.DataFrame:
        """The frame of all added rows; ``attrs`` say where they came from."""
        parts = [part for part in self._parts if len(part)] or self._parts[:1]
        if not parts:
            self.add([])
            parts = self._parts
        frame = parts[0] if len(parts) == 1 else _joined(parts)
        frame.attrs.update(attrs)
        return frame


def _joined(parts: list[pd.DataFrame]) -> pd.DataFrame:
    try:
        return pd.concat(parts, ignore_index=True)
    except UnicodeEncodeError:  # a part has a lone surrogate in a column that is Arrow's elsewhere
        kinds = (kind for part in parts for kind in part.dtypes.items())
        plain = {name: dtype for name, dtype in kinds if dtype == PLAIN_TEXT}
        return pd.concat([part.astype(plain) for part in parts], ignore_index=True)


def by_path(rows: Sequence[Any]) -> Callable[[str], list[Any]]:
    """Look up paths such as ``created_by.email`` in rows; what several have in common once."""
    fields: dict[str, list[Any]] = {}
    # A page's rows are all of one kind; asking each of 5,000 rows for 18 columns would show.
    if rows and isinstance(rows[0], Row):
        columns = map(list, zip(*map(astuple, rows), strict=True))
        fields = dict(zip(rows[0].__struct_fields__, columns, strict=True))

    def find(path: str) -> list[Any]:
        if path not in fields:
            around, _, name = path.rpartition(".")
            fields[path] = (
                fields_of(find(around), name) if around else [row.get(name) for row in rows]
            )
        return fields[path]

    return find


def inner(row: Any, name: str) -> Mapping[str, Any]:
    """An object inside a row, or an empty one."""
    found: Any = row.get(name) if row else None
    return found if _has_fields(found) else {}


def inner_list(row: Any, name: str) -> list[Any]:
    """A list inside a row, or an empty one."""
    found = row.get(name)
    return cast("list[Any]", found) if isinstance(found, list) else []


def fields_of(values: list[Any], name: str) -> list[Any]:
    """A field of each value; None for values without fields."""
    # Nearly always one type or nothing: `attrgetter` then runs without a decision per value.
    kinds = set(map(type, values))
    known = kinds - {type(None)}
    if len(known) == 1 and all(issubclass(kind, Row) for kind in known):
        field = attrgetter(name)
        if len(kinds) == 1:
            return list(map(field, values))
        return [None if value is None else field(value) for value in values]
    return [value.get(name) if _has_fields(value) else None for value in values]


def _has_fields(value: Any) -> bool:
    return isinstance(value, (dict, Row, Mapping))
