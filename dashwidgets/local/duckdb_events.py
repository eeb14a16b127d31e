"""Events in memory, in DuckDB: ours or a user's own."""

from __future__ import annotations

import re
import threading
from collections.abc import Callable, Generator
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Any, cast

import duckdb

from dashwidgets.local.queries.dialect import MACROS, to_duckdb
from dashwidgets.local.queries.events import EVENT, PERSON, Schema
from dashwidgets.local.queries.problem import QueryError

TIMEOUT = 60.0
"""Seconds a statement may take."""
MOST_PROPERTIES = 300
"""Of a user's own events: the most frequent ones become columns."""

_NEEDED = ("event", "timestamp", "distinct_id")
_UNKNOWN_FUNCTION = re.compile(r"(?:Scalar|Aggregate|Table)? ?Function with name \"?(\w+)\"?")


class DuckDBEvents:
    """Events that were loaded from Parquet; every query has a cursor of its own.

    Parameters
    ----------
    source : str
        A path, a glob or ``s3://``. Either with columns ``properties.…`` and
        ``person.properties.…``, or as PostHog's batch export writes them, as JSON.
    clock : callable
        The present.
    """

    def __init__(
        self, source: str, clock: Callable[[], datetime], *, timeout: float = TIMEOUT
    ) -> None:
        self._clock = clock
        self._timeout = timeout
        self._duckdb = duckdb.connect(":memory:")
        self._duckdb.execute("SET TimeZone = 'UTC'")
        self._load(source)
        self._duckdb.execute(MACROS)
        # Users' SQL runs here: it must reach neither files nor settings.
        self._duckdb.execute("SET enable_external_access = false")
        self._duckdb.execute("SET lock_configuration = true")
        span = self._duckdb.execute("SELECT min(timestamp), max(timestamp) FROM events").fetchone()
        first, last = cast("tuple[datetime | None, datetime | None]", span)
        now = self.now()
        self._schema = Schema(frozenset(self._columns("events")), first or now, last or now)

    @property
    def schema(self) -> Schema:
        """The columns there are."""
        return self._schema

    def now(self) -> datetime:
        """The present, UTC without a zone."""
        return self._clock().astimezone(UTC).replace(tzinfo=None)

    def rows(self, clickhouse: str) -> list[tuple[Any, ...]]:
        """Rows of one of our own ClickHouse statements."""
        with self._cursor() as cursor:
            return cursor.execute(to_duckdb(clickhouse)).fetchall()

    def table(self, clickhouse: str) -> tuple[list[str], list[str], list[tuple[Any, ...]]]:
        """Names, ClickHouse types and rows of a statement."""
        with self._cursor() as cursor:
            answer = cursor.execute(to_duckdb(clickhouse))
            described = answer.description or []
            names = [str(column[0]) for column in described]
            types = [clickhouse_type(str(column[1])) for column in described]
            return names, types, answer.fetchall()

    def _load(self, source: str) -> None:
        if source.startswith("s3://"):
            self._duckdb.execute("INSTALL httpfs; LOAD httpfs")
        try:
            self._duckdb.execute(
                f"CREATE VIEW source AS SELECT * FROM read_parquet({_literal(source)})"
            )
        except duckdb.Error as error:
            raise ValueError(f"The events can't be read: {_one_line(error)}") from error
        columns = self._columns("source")
        lacking = [name for name in _NEEDED if name not in columns]
        if lacking:
            raise ValueError(f"The events have no column {', '.join(lacking)}.")
        flat = any(name.startswith("properties.") for name in columns)
        select = "*" if flat else self._exported(columns)
        self._duckdb.execute(f"CREATE TABLE events AS SELECT {select} FROM source")
        names = [n for n in self._columns("events") if n.startswith("person.")]
        persons = "".join(f", any_value({_quoted(n)}) AS {_quoted(n)}" for n in names)
        self._duckdb.execute(
            "CREATE TABLE persons AS SELECT person_id AS id, "
            f"any_value(distinct_id) AS distinct_id, min(timestamp) AS created_at{persons} "
            "FROM events GROUP BY person_id"
        )
        self._duckdb.execute("DROP VIEW source")

    def _exported(self, columns: list[str]) -> str:
        """The columns of a batch export, its JSON properties taken apart."""
        person = "person_id" if "person_id" in columns else "distinct_id"
        uuid = "uuid" if "uuid" in columns else "md5(event || distinct_id || timestamp)"
        taken = [
            f"CAST({uuid} AS VARCHAR) AS uuid, event",
            "CAST(timestamp AS TIMESTAMP) AS timestamp",
            f"CAST(distinct_id AS VARCHAR) AS distinct_id, CAST({person} AS VARCHAR) AS person_id",
        ]
        session = "NULL::VARCHAR"
        for column, prefix in (("properties", EVENT), ("person_properties", PERSON)):
            for key in self._keys(column) if column in columns else []:
                path = _literal('$."' + key.replace('"', '\\"') + '"')
                read = f"json_extract_string({column}, {path})"
                taken.append(f"{read} AS {_quoted(prefix + key)}")
                if column == "properties" and key == "$session_id":
                    session = read
        return ", ".join([*taken, f'{session} AS "$session_id"'])

    def _keys(self, column: str) -> list[str]:
        """The keys of a JSON column, the most frequent first."""
        rows = self._duckdb.execute(
            f"SELECT key, count(*) FROM (SELECT unnest(json_keys({column})) AS key FROM source) "
            f"GROUP BY key ORDER BY count(*) DESC, key LIMIT {MOST_PROPERTIES}"
        ).fetchall()
        return [str(row[0]) for row in rows]

    def _columns(self, table: str) -> list[str]:
        return [str(row[0]) for row in self._duckdb.execute(f"DESCRIBE {table}").fetchall()]

    @contextmanager
    def _cursor(self) -> Generator[duckdb.DuckDBPyConnection]:
        """A cursor of its own for each query, interrupted when it takes too long."""
        cursor = self._duckdb.cursor()
        timer = threading.Timer(self._timeout, cursor.interrupt)
        timer.daemon = True
        timer.start()
        try:
            yield cursor
        except duckdb.InterruptException as error:
            raise QueryError(f"The query took over {self._timeout:g} s.", "timeout") from error
        except duckdb.Error as error:
            unknown = _UNKNOWN_FUNCTION.search(str(error))
            if unknown:
                message, code = f"Unknown function `{unknown[1]}`.", "unknown_function"
                raise QueryError(message, code, user_visible=True) from error
            raise QueryError(_one_line(error), "query_failed", user_visible=True) from error
        finally:
            timer.cancel()
            cursor.close()


_TYPES = {
    "BIGINT": "Int64",
    "HUGEINT": "Int64",
    "INTEGER": "Int32",
    "SMALLINT": "Int16",
    "TINYINT": "Int8",
    "UBIGINT": "UInt64",
    "UINTEGER": "UInt32",
    "DOUBLE": "Float64",
    "FLOAT": "Float32",
    "VARCHAR": "String",
    "BOOLEAN": "Bool",
    "DATE": "Date",
    "UUID": "UUID",
}


def clickhouse_type(duckdb_type: str) -> str:
    """The ClickHouse type of a DuckDB one."""
    kind = duckdb_type.upper()
    if kind.startswith("TIMESTAMP"):
        return "DateTime64(6, 'UTC')"
    if kind.startswith("DECIMAL"):
        return "Float64"
    if kind.endswith("[]"):
        return f"Array({clickhouse_type(kind[:-2])})"
    return _TYPES.get(kind, "String")


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


def _literal(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"


def _one_line(error: duckdb.Error) -> str:
    """The first line of DuckDB's message, without its own advice."""
    return str(error).splitlines()[0].removesuffix("!").strip()
