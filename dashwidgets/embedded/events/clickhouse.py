"""Events on a ClickHouse server or cluster: the same statements, unchanged."""

from __future__ import annotations

import re
import threading
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from importlib import import_module
from typing import TYPE_CHECKING, Any
from urllib.parse import SplitResult, parse_qs, unquote, urlsplit

from dashwidgets.embedded.queries.problem import QueryError
from dashwidgets.embedded.queries.schema import EVENT, PERSON, Schema
from dashwidgets.embedded.queries.sql.allowed import names_events
from dashwidgets.embedded.queries.sql.cancel import Stop, canceled
from dashwidgets.embedded.queries.sql.dialect import literal, name
from dashwidgets.embedded.queries.sql.functions import unknown_function
from dashwidgets.embedded.queries.sql.sessions import sessions
from dashwidgets.embedded.queries.sql.tables import LocalTable

if TYPE_CHECKING:
    from dashwidgets.embedded.events.duckdb import DuckDB

Table = tuple[list[str], list[str], list[tuple[Any, ...]]]

TIMEOUT = 60
SETTINGS = (
    "SETTINGS join_use_nulls = 1, prefer_column_name_to_alias = 1, "
    f"max_execution_time = {TIMEOUT}, readonly = 2, "
    "distributed_product_mode = 'global'"
)
"""With these, ClickHouse computes what the SQL standard (and DuckDB) means, and only reads; on a
cluster, subqueries and joins over ``Distributed`` tables see every shard."""
MOST_PROPERTIES = 300

_NEEDED = ("uuid", "event", "timestamp", "distinct_id", "person_id")
_REFUSED = re.compile(r"DB::Exception: (.*?)\s*\(([A-Z_]+)\)", re.DOTALL)
_UNKNOWN_FUNCTION = re.compile(r"(?:[Ff]unction with name|Unknown function) `?(\w+)`?")
_WITH = re.compile(r"\s*WITH\s+(RECURSIVE\s+)?", re.IGNORECASE)


class ClickHouseEvents:
    """Events behind a function that runs a ClickHouse statement.

    Parameters
    ----------
    ask : callable
        Runs a statement; returns names, types and rows.
    table : str
        Where the events are, quoted: with columns ``properties.…`` and ``person.properties.…``,
        or with JSON in ``properties`` and ``person_properties``.
    clock : callable
        The present.
    """

    def __init__(
        self, ask: Callable[[str], Table], table: str, clock: Callable[[], datetime]
    ) -> None:
        self._ask = ask
        self._clock = clock
        self._lock = threading.Lock()
        self._own: DuckDB | None = None
        columns = [str(row[0]) for row in ask(f"DESCRIBE TABLE {table}")[2]]
        lacking = [needed for needed in _NEEDED if needed not in columns]
        if lacking:
            raise ValueError(f"The events have no column {', '.join(lacking)}.")
        flat = any(column.startswith(EVENT) for column in columns)
        taken = {} if flat else self._taken_apart(table, columns)
        if "$session_id" not in columns:
            taken["$session_id"] = taken.get(
                f"{EVENT}$session_id", "CAST(NULL, 'Nullable(String)')"
            )
        added = "".join(f", {read} AS {name(column)}" for column, read in taken.items())
        self._events = f"events AS (SELECT *{added} FROM {table})"
        self._schema = Schema(frozenset([*columns, *taken]), *self._span(table))

    @property
    def schema(self) -> Schema:
        """The columns there are."""
        return self._schema

    def now(self) -> datetime:
        """The present, UTC without a zone."""
        return self._clock().astimezone(UTC).replace(tzinfo=None)

    def rows(
        self, clickhouse: str, *, stop: Stop | None = None, written: bool = False
    ) -> list[tuple[Any, ...]]:
        """Rows of a statement."""
        return self.table(clickhouse, stop=stop)[2]

    def table(
        self, clickhouse: str, local: Sequence[LocalTable] = (), *, stop: Stop | None = None
    ) -> Table:
        """Names, types and rows of a statement.

        ``local`` tables never leave this machine: a statement of them runs in DuckDB here, and
        can't name events too.
        """
        if local:
            return self._beside(clickhouse).table(clickhouse, local, stop=stop)
        if stop is not None and stop.pressed:
            raise canceled()
        tables = self._events + (self._persons() if "persons" in clickhouse else "")
        if "sessions" in clickhouse:
            tables += f", sessions AS ({sessions(self._schema.columns)})"
        own = _WITH.match(clickhouse)
        recursive = "RECURSIVE " if own and own[1] else ""
        rest = f", {clickhouse[own.end() :]}" if own else f" {clickhouse}"
        try:
            names, types, rows = self._ask(f"WITH {recursive}{tables}{rest} {SETTINGS}")
        except QueryError:
            raise
        except Exception as error:
            # ``from None``: the driver's error holds the address, and with it the password.
            raise _failed(str(error)) from None
        return names, types, [tuple(_naive(value) for value in row) for row in rows]

    def _beside(self, clickhouse: str) -> DuckDB:
        """A database without events, for the project's own tables."""
        if names_events(clickhouse):
            raise QueryError(
                "The events are on a ClickHouse server, which does not have the project's own "
                "tables: ask for events and system tables in two statements.",
                "not_supported",
                user_visible=True,
            )
        with self._lock:
            if self._own is None:
                from dashwidgets.embedded.events.duckdb import DuckDB

                self._own = DuckDB(timeout=TIMEOUT)
                self._own.lock()
            return self._own

    def _persons(self) -> str:
        columns = sorted(column for column in self._schema.columns if column.startswith(PERSON))
        # A person's properties as they were last sent.
        properties = "".join(
            f", argMax({name(column)}, timestamp) AS {name(column)}" for column in columns
        )
        return (
            ", persons AS (SELECT person_id AS id, any(distinct_id) AS distinct_id, "
            f"min(timestamp) AS created_at{properties} FROM events GROUP BY person_id)"
        )

    def _taken_apart(self, table: str, columns: list[str]) -> dict[str, str]:
        """The most frequent keys of the JSON columns, and how each is read."""
        found: dict[str, str] = {}
        for column, prefix in (("properties", EVENT), ("person_properties", PERSON)):
            if column not in columns:
                continue
            keys = self._ask(
                f"SELECT arrayJoin(JSONExtractKeys({column})) AS key, count() AS number "
                f"FROM {table} GROUP BY key ORDER BY number DESC, key LIMIT {MOST_PROPERTIES}"
            )[2]
            for key, _ in keys:
                raw = f"JSONExtractRaw({column}, {literal(key)})"
                whole = f"nullIf(nullIf({raw}, ''), 'null')"
                text = f"JSONExtract({column}, {literal(key)}, 'Nullable(String)')"
                found[f"{prefix}{key}"] = f"if({whole} IS NULL, NULL, ifNull({text}, {whole}))"
        return found

    def _span(self, table: str) -> tuple[datetime, datetime]:
        count, first, last = self._ask(
            f"SELECT count(), min(timestamp), max(timestamp) FROM {table}"
        )[2][0]
        return (_naive(first), _naive(last)) if count else (self.now(), self.now())


def connect(address: str, clock: Callable[[], datetime]) -> ClickHouseEvents:
    """Open ``clickhouse://user:password@host:port/database.table``, ``?secure=1`` for TLS.

    Raises `ValueError` when clickhouse-connect is not installed or the server can't be reached.
    """
    try:
        clickhouse_connect: Any = import_module("clickhouse_connect")
    except ImportError:
        raise ValueError(
            "Reading events from ClickHouse needs clickhouse-connect: "
            "pip install clickhouse-connect."
        ) from None
    parts = urlsplit(address)
    database, _, table = unquote(parts.path).strip("/").rpartition(".")
    where = f"{name(database or 'default')}.{name(table or 'events')}"
    try:
        client = _client(clickhouse_connect, parts)

        def ask(statement: str) -> Table:
            answer = client.query(statement)
            types = [kind.name for kind in answer.column_types]
            return list(answer.column_names), types, [tuple(row) for row in answer.result_rows]

        return ClickHouseEvents(ask, where, clock)
    except ValueError as error:
        # Ours; any other ValueError is from reading the port.
        if str(error).startswith("The events"):
            raise
        raise ValueError("The ClickHouse address has no valid port.") from None
    except Exception as error:
        refused = _REFUSED.search(str(error))
        reason = f": {refused[1]}" if refused and refused[2] == "UNKNOWN_TABLE" else "."
        raise ValueError(
            f"The events on ClickHouse at {parts.hostname} can't be read{reason}"
        ) from None


def _client(clickhouse_connect: Any, parts: SplitResult) -> Any:
    secure = parse_qs(parts.query).get("secure", ["0"])[0].lower() in ("1", "true", "yes")
    return clickhouse_connect.get_client(
        host=parts.hostname or "localhost",
        port=parts.port or (8443 if secure else 8123),
        secure=secure,
        username=unquote(parts.username or "default"),
        password=unquote(parts.password or ""),
        # Queries run at the same time, which one session does not allow.
        autogenerate_session_id=False,
        connect_timeout=10,
        send_receive_timeout=TIMEOUT + 10,
    )


def _failed(message: str) -> QueryError:
    """What the server said, but never the address: it holds the password."""
    refused = _REFUSED.search(message)
    reason, code = (refused[1], refused[2]) if refused else ("no reason given", "")
    unknown = _UNKNOWN_FUNCTION.search(reason)
    if unknown and code.startswith(("UNKNOWN_FUNCTION", "UNKNOWN_AGGREGATE")):
        return unknown_function(unknown[1])
    if code == "TIMEOUT_EXCEEDED":
        return QueryError(f"The query took over {TIMEOUT} s.", "timeout")
    line = " ".join(reason.split())[:200]
    return QueryError(f"ClickHouse refused: {line}", "query_failed", user_visible=bool(refused))


def _naive(value: Any) -> Any:
    """Times in UTC without a zone, as DuckDB gives them."""
    if isinstance(value, datetime) and value.tzinfo is not None:
        return value.astimezone(UTC).replace(tzinfo=None)
    return value
