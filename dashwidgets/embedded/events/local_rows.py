"""Rows into a table that only one DuckDB cursor sees, and that ends with it."""

from __future__ import annotations

import re

import duckdb

from dashwidgets.embedded.queries.sql.tables import LocalTable

_TYPES = {"Int64": "BIGINT", "String": "VARCHAR", "Bool": "BOOLEAN", "DateTime": "TIMESTAMP"}
_NULLABLE = re.compile(r"Nullable\((.*)\)")


def load(cursor: duckdb.DuckDBPyConnection, table: LocalTable) -> None:
    """Make a temporary table: other cursors of the same database do not have it."""
    import pandas as pd

    kinds = [_kind(kind) for kind in table.columns.values()]
    columns = list(zip(*table.rows, strict=True)) if table.rows else [()] * len(kinds)
    frame = pd.DataFrame(
        {
            f"c{at}": pd.array(list(values), dtype="Int64" if kind == "Int64" else "object")
            for at, (kind, values) in enumerate(zip(kinds, columns, strict=True))
        }
    )
    reads = ", ".join(
        f"CAST(c{at} AS {_TYPES[kind]}) AS {_quoted(name)}"
        for at, (name, kind) in enumerate(zip(table.columns, kinds, strict=True))
    )
    cursor.register("loaded", frame)
    cursor.execute(f"CREATE TEMP TABLE {_quoted(table.name)} AS SELECT {reads} FROM loaded")
    cursor.fetchall()
    cursor.unregister("loaded")


def _kind(clickhouse: str) -> str:
    """One of `_TYPES`, which is all that our own tables have."""
    found = _NULLABLE.fullmatch(clickhouse)
    return found[1] if found else clickhouse


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'
