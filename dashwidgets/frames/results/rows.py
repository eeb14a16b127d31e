"""Results with columns of their own: SQL, events, people, web statistics (contract 13.8, 13.9)."""

from __future__ import annotations

from typing import Any, cast

import pandas as pd

from dashwidgets.frames.arrays import Kind, as_series
from dashwidgets.frames.columns import inner_list
from dashwidgets.frames.results.kinds import source_of
from dashwidgets.frames.results.reading import Reading, listed


def frame_of_rows(reading: Reading, rows: list[Any]) -> pd.DataFrame:
    """Rows and column names, with dtypes from the ClickHouse types."""
    insight = reading.insight
    names = [str(name) for name in insight["columns"]]
    width = max((len(listed(row)) for row in rows), default=0)
    if width > len(names):
        reading.notes.append(f"rows have {width} cells, the columns are {len(names)}")
    # Padded: servers may name fewer types than columns, or none at all.
    types = [*inner_list(insight, "types"), *[None] * len(names)]
    columns = {at: [row[at] if at < len(row) else None for row in rows] for at in range(len(names))}
    if source_of(insight).get("kind") == "WebStatsTableQuery":
        names, columns, types = _periods(names, columns)
    frame = pd.DataFrame(
        {at: column_of(values, types[at]) for at, values in columns.items()}, copy=False
    )
    frame.columns = pd.Index(names)
    for at, (name, values) in enumerate(zip(names, columns.values(), strict=True)):
        lost = sum(value is not None for value in values) - int(frame.iloc[:, at].notna().sum())
        if lost:
            reading.notes.append(f"{lost} values are not what the column {name} says it holds")
    return frame


def column_of(values: list[Any], sent: Any) -> pd.Series[Any]:
    """Values as a column; whole numbers keep every digit, however many there are."""
    kind = kind_of_type(sent)
    if kind == "integer" and all(value is None or type(value) is int for value in values):
        top = max((abs(value) for value in values if value is not None), default=0)
        low = min((value for value in values if value is not None), default=0)
        # Ids of users are often UInt64; as Int64 the upper half would overflow.
        if top >= 2**63:
            dtype = "UInt64" if low >= 0 and top < 2**64 else "object"
            return pd.Series(cast("Any", values), dtype=cast("Any", dtype))
    return as_series(values, kind)


def kind_of_type(sent: Any) -> Kind:
    """The kind of column for a ClickHouse type, sent alone or as ``[name, type]``."""
    name = str(sent[-1] if isinstance(sent, list) and sent else sent or "")  # pyright: ignore[reportUnknownArgumentType]
    while name.startswith(("Nullable(", "LowCardinality(")):  # one in the other, either way
        name = name.partition("(")[2].removesuffix(")")
    # "IntervalDay" begins with "Int", and is no number.
    if name.startswith(("UInt", "Int")) and not name.startswith("Interval"):
        return "integer"
    if name.startswith(("Float", "Decimal")):
        return "number"
    # Also DateTime, Date32 and DateTime64(6, 'UTC').
    if name.startswith("Date"):
        return "time"
    if name in ("Bool", "Boolean"):
        return "boolean"
    return "text" if name.startswith(("String", "UUID", "FixedString", "Enum")) else "object"


def _periods(
    names: list[str], columns: dict[int, list[Any]]
) -> tuple[list[str], dict[int, list[Any]], list[Any]]:
    """Web statistics hold the current and the previous value in one cell: a column each."""
    found: list[tuple[str, list[Any]]] = []
    for name, values in zip(names, columns.values(), strict=True):
        short = name.removeprefix("context.columns.")
        pairs = [value for value in values if value is not None]
        if pairs and all(isinstance(value, list) and len(value) == 2 for value in pairs):  # pyright: ignore[reportUnknownArgumentType]
            found.append((short, [value[0] if value else None for value in values]))
            found.append((f"{short} previous", [value[1] if value else None for value in values]))
        else:
            found.append((short, values))
    return (
        [name for name, _ in found],
        {at: values for at, (_, values) in enumerate(found)},
        [None] * len(found),
    )
