"""Rows into a table that only one DuckDB cursor sees, and that ends with it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

import duckdb

from dashwidgets.embedded.events.types import quoted
from dashwidgets.embedded.queries.sql.tables import LocalTable

_TYPES = {"Int64": "BIGINT", "String": "VARCHAR", "Bool": "BOOLEAN", "DateTime": "TIMESTAMP"}
_NULLABLE = re.compile(r"Nullable\((.*)\)")


def load(cursor: duckdb.DuckDBPyConnection, table: LocalTable) -> None:
    """Make a temporary table: other cursors of the same database do not have it."""
    kinds = [_NULLABLE.sub(r"\1", kind) for kind in table.columns.values()]
    values: list[Sequence[Any]] = list(zip(*table.rows, strict=True)) or [()] * len(kinds)
    arrays = {
        f"c{at}": _array(kind, column)
        for at, (kind, column) in enumerate(zip(kinds, values, strict=True))
    }
    reads = ", ".join(
        f"CAST(c{at} AS {_TYPES[kind]}) AS {quoted(name)}"
        for at, (name, kind) in enumerate(zip(table.columns, kinds, strict=True))
    )
    cursor.register("loaded", arrays)
    cursor.execute(f"CREATE TEMP TABLE {quoted(table.name)} AS SELECT {reads} FROM loaded")
    cursor.fetchall()
    cursor.unregister("loaded")


def _array(kind: str, values: Sequence[Any]) -> Any:
    """Values as DuckDB reads them fast; ten times so than one row after another."""
    # Late: a server that is never asked for such a table starts without NumPy.
    import numpy as np

    if kind == "Int64":
        missing = np.array([value is None for value in values], dtype=bool)
        filled = np.array([0 if value is None else value for value in values], dtype="int64")
        return np.ma.masked_array(filled, missing)
    found = np.empty(len(values), dtype=object)
    found[:] = values
    return found
