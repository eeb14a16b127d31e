"""Events in memory, in DuckDB: ours or a user's own."""

from __future__ import annotations

import re
import threading
from collections.abc import Callable, Generator, Sequence
from contextlib import contextmanager, nullcontext
from datetime import UTC, datetime
from typing import Any, cast

import duckdb

from dashwidgets.embedded.events.types import clickhouse_type, narrowed, quoted
from dashwidgets.embedded.queries.problem import QueryError
from dashwidgets.embedded.queries.schema import EVENT, PERSON, Schema
from dashwidgets.embedded.queries.sql.cancel import Stop, canceled
from dashwidgets.embedded.queries.sql.dialect import MACROS, to_duckdb
from dashwidgets.embedded.queries.sql.functions import lacking
from dashwidgets.embedded.queries.sql.sessions import sessions
from dashwidgets.embedded.queries.sql.tables import LocalTable

TIMEOUT = 60.0
"""Seconds a statement may take."""
MEMORY = "4GB"
"""What DuckDB may take for the events and everything over them."""
MOST_PROPERTIES = 300
"""Of a user's own events: the most frequent ones become columns."""

_NEEDED = ("event", "timestamp", "distinct_id")
_UNKNOWN_FUNCTION = re.compile(r"(?:Scalar|Aggregate|Table)? ?Function with name \"?(\w+)\"?")


class DuckDB:
    """A database in memory that runs ClickHouse statements, each with a cursor of its own.

    Parameters
    ----------
    timeout : float
        Seconds a statement may take.
    """

    def __init__(self, *, timeout: float = TIMEOUT) -> None:
        self._timeout = timeout
        self._duckdb = duckdb.connect(":memory:")
        self._duckdb.execute("SET TimeZone = 'UTC'")
        self._duckdb.execute(MACROS)

    def rows(
        self, clickhouse: str, *, stop: Stop | None = None, written: bool = False
    ) -> list[tuple[Any, ...]]:
        """Rows of one of our own ClickHouse statements."""
        with self._cursor(clickhouse, stop) as cursor:
            return cursor.execute(to_duckdb(clickhouse)).fetchall()

    def table(
        self, clickhouse: str, local: Sequence[LocalTable] = (), *, stop: Stop | None = None
    ) -> tuple[list[str], list[str], list[tuple[Any, ...]]]:
        """Names, ClickHouse types and rows of a statement, which alone sees ``local`` tables."""
        with self._cursor(clickhouse, stop) as cursor:
            if local:
                from dashwidgets.embedded.events.local_rows import load  # and NumPy with it

                for one in local:
                    load(cursor, one)
            answer = cursor.execute(to_duckdb(clickhouse))
            described = answer.description or []
            names = [str(column[0]) for column in described]
            kinds = [clickhouse_type(str(column[1])) for column in described]
            rows = answer.fetchall()
            types = [narrowed(kind, (row[at] for row in rows)) for at, kind in enumerate(kinds)]
            return names, types, rows

    def lock(self) -> None:
        """From now on SQL reaches neither files nor settings."""
        self._duckdb.execute("SET enable_external_access = false")
        self._duckdb.execute(f"SET memory_limit = '{MEMORY}'")
        # Last: no later statement can then undo the two above.
        self._duckdb.execute("SET lock_configuration = true")

    @contextmanager
    def _cursor(self, statement: str, stop: Stop | None) -> Generator[duckdb.DuckDBPyConnection]:
        """A cursor of its own for each query, interrupted when it takes too long."""
        cursor = self._duckdb.cursor()
        # DuckDB has no limit of its own for the time a statement takes.
        timer = threading.Timer(self._timeout, cursor.interrupt)
        timer.daemon = True
        timer.start()
        try:
            with stop.watching(cursor.interrupt) if stop else nullcontext():
                yield cursor
        except duckdb.InterruptException as error:
            if stop is not None and stop.pressed:
                raise canceled() from error
            raise QueryError(f"The query took over {self._timeout:g} s.", "timeout") from error
        except duckdb.Error as error:
            unknown = _UNKNOWN_FUNCTION.search(str(error))
            if unknown:
                # DuckDB tells it in lower case.
                written = re.search(rf"\b{unknown[1]}(?=\s*\()", statement, re.IGNORECASE)
                raise lacking(written[0] if written else unknown[1]) from error
            raise QueryError(_one_line(error), "query_failed", user_visible=True) from error
        finally:
            timer.cancel()
            cursor.close()


class DuckDBEvents(DuckDB):
    """Events that were loaded from Parquet.

    Parameters
    ----------
    source : str
        A path, a glob or ``s3://``. Either with columns ``properties.…`` and
        ``person.properties.…``, or as PostHog's batch export writes them, as JSON.
    clock : callable
        The present.
    until : datetime, optional
        Later events are left out.
    """

    def __init__(
        self,
        source: str,
        clock: Callable[[], datetime],
        *,
        timeout: float = TIMEOUT,
        until: datetime | None = None,
    ) -> None:
        super().__init__(timeout=timeout)
        self._clock = clock
        self._load(source, until)
        made = to_duckdb(sessions(self._columns("events")))
        self._duckdb.execute(f"CREATE VIEW sessions AS {made}")
        # After loading, which is what needs files.
        self.lock()
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

    def _load(self, source: str, until: datetime | None) -> None:
        try:
            if source.startswith("s3://"):
                self._duckdb.execute("INSTALL httpfs; LOAD httpfs")
            self._duckdb.execute(
                "CREATE VIEW source AS SELECT * FROM "
                f"read_parquet({_literal(source)}, union_by_name = true)"
            )
            columns = self._columns("source")
            lacking = [name for name in _NEEDED if name not in columns]
            if lacking:
                raise ValueError(f"The events have no column {', '.join(lacking)}.")
            flat = any(name.startswith(EVENT) for name in columns)
            kept = _flat(columns) if flat else self._exported(columns)
            self._duckdb.execute(f"CREATE TABLE events AS {kept}")
            if until is not None:
                moment = until.astimezone(UTC).replace(tzinfo=None)
                self._duckdb.execute("DELETE FROM events WHERE timestamp >= ?", [moment])
        except duckdb.Error as error:
            raise ValueError(f"The events can't be read: {_one_line(error)}.") from error
        names = [n for n in self._columns("events") if n.startswith("person.")]
        # A person's properties as they were last sent.
        persons = "".join(f", arg_max({quoted(n)}, timestamp) AS {quoted(n)}" for n in names)
        self._duckdb.execute(
            "CREATE TABLE persons AS SELECT person_id AS id, "
            f"any_value(distinct_id) AS distinct_id, min(timestamp) AS created_at{persons} "
            "FROM events GROUP BY person_id"
        )
        # The view reads files whenever it is asked, and they are closed to SQL from now on.
        self._duckdb.execute("DROP VIEW source")

    def _exported(self, columns: list[str]) -> str:
        """The columns of a batch export, its JSON properties taken apart."""
        taken, lists = [f"{read} AS {quoted(name)}" for name, read in _fields(columns).items()], ""
        session = "$session_id" if "$session_id" in columns else None
        for column, prefix in (("properties", EVENT), ("person_properties", PERSON)):
            keys = self._keys(column) if column in columns else []
            if not keys:
                continue
            # All keys at once: the text of a row is parsed only one time.
            pointers = ", ".join(_literal(_pointer(key)) for key in keys)
            lists += f", json_extract_string({column}, [{pointers}]) AS {quoted(prefix)}"
            for at, key in enumerate(keys, 1):
                taken.append(f"{quoted(prefix)}[{at}] AS {quoted(prefix + key)}")
                if prefix == EVENT and key == "$session_id":
                    session = session or f"{quoted(prefix)}[{at}]"
        if session != "$session_id":
            taken.append(f'{session or "NULL::VARCHAR"} AS "$session_id"')
        return f"SELECT {', '.join(taken)} FROM (SELECT *{lists} FROM source) AS parsed"

    def _keys(self, column: str) -> list[str]:
        """The keys of a JSON column, the most frequent first.

        Of keys that differ only in case the most frequent one: names of columns ignore case.
        """
        rows = self._duckdb.execute(
            f"SELECT key, count(*) FROM (SELECT unnest(json_keys({column})) AS key FROM source) "
            "GROUP BY key ORDER BY count(*) DESC, key"
        ).fetchall()
        found: dict[str, str] = {}
        for row in rows:
            found.setdefault(str(row[0]).lower(), str(row[0]))
        return list(found.values())[:MOST_PROPERTIES]

    def _columns(self, table: str) -> list[str]:
        return [str(row[0]) for row in self._duckdb.execute(f"DESCRIBE {table}").fetchall()]


def _fields(columns: list[str]) -> dict[str, str]:
    """How the columns that every query relies on are read."""
    person = "person_id" if "person_id" in columns else "distinct_id"
    uuid = "uuid" if "uuid" in columns else "md5(concat_ws(' ', event, distinct_id, timestamp))"
    found = {
        "uuid": f"CAST({uuid} AS VARCHAR)",
        "event": "CAST(event AS VARCHAR)",
        "timestamp": "CAST(timestamp AS TIMESTAMP)",
        "distinct_id": "CAST(distinct_id AS VARCHAR)",
        "person_id": f"CAST({person} AS VARCHAR)",
    }
    if "$session_id" in columns:
        found["$session_id"] = 'CAST("$session_id" AS VARCHAR)'
    if "elements_chain" in columns:
        found["elements_chain"] = "CAST(elements_chain AS VARCHAR)"
    return found


def _flat(columns: list[str]) -> str:
    """Columns that are as we want them already; what lacks is added."""
    fields = _fields(columns)
    fields.setdefault(
        "$session_id",
        quoted(f"{EVENT}$session_id") if f"{EVENT}$session_id" in columns else "NULL::VARCHAR",
    )
    properties = [quoted(name) for name in columns if name.startswith((EVENT, PERSON))]
    taken = [f"{read} AS {quoted(name)}" for name, read in fields.items()]
    return f"SELECT {', '.join([*taken, *properties])} FROM source"


def _pointer(key: str) -> str:
    return "/" + key.replace("~", "~0").replace("/", "~1")


def _literal(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"


def _one_line(error: duckdb.Error) -> str:
    """The first line of DuckDB's message, without its own advice."""
    return str(error).splitlines()[0].removesuffix("!").strip()
