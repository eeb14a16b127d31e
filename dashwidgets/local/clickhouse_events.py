"""Events on a ClickHouse server or cluster: the same statements, unchanged."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from importlib import import_module
from typing import Any
from urllib.parse import unquote, urlsplit

from dashwidgets.local.queries.dialect import name
from dashwidgets.local.queries.events import Schema
from dashwidgets.local.queries.problem import QueryError

Table = tuple[list[str], list[str], list[tuple[Any, ...]]]

SETTINGS = "SETTINGS join_use_nulls = 1, prefer_column_name_to_alias = 1"
"""With these, ClickHouse computes what the SQL standard (and DuckDB) means."""


class ClickHouseEvents:
    """Events behind a function that runs a ClickHouse statement.

    Parameters
    ----------
    ask : callable
        Runs a statement; gives names, types and rows.
    table : str
        Where the events are, quoted; with columns ``properties.…`` and ``person.properties.…``.
    clock : callable
        The present.
    """

    def __init__(
        self, ask: Callable[[str], Table], table: str, clock: Callable[[], datetime]
    ) -> None:
        self._ask = ask
        self._table = table
        self._clock = clock
        described = self._ask(f"DESCRIBE TABLE {table}")[2]
        columns = frozenset(str(row[0]) for row in described)
        span = self._ask(f"SELECT min(timestamp), max(timestamp) FROM {table}")[2][0]
        first, last = (_naive(value) for value in span)
        self._schema = Schema(columns, first, last)

    @property
    def schema(self) -> Schema:
        """The columns there are."""
        return self._schema

    def now(self) -> datetime:
        """The present, UTC without a zone."""
        return self._clock().astimezone(UTC).replace(tzinfo=None)

    def rows(self, clickhouse: str) -> list[tuple[Any, ...]]:
        """Rows of a statement."""
        return self.table(clickhouse)[2]

    def table(self, clickhouse: str) -> Table:
        """Names, types and rows of a statement."""
        known = f"WITH events AS (SELECT * FROM {self._table}) {clickhouse} {SETTINGS}"
        try:
            names, types, rows = self._ask(known)
        except Exception as error:
            # Its own message may quote the address with the password.
            reason = str(error).splitlines()[0][:200] if "://" not in str(error) else "no reason"
            raise QueryError(f"ClickHouse refused: {reason}", "query_failed") from None
        return names, types, [tuple(_naive(value) for value in row) for row in rows]


def connect(address: str, clock: Callable[[], datetime]) -> ClickHouseEvents:
    """Open ``clickhouse://user:password@host:port/database.table``.

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
    database, _, table = parts.path.strip("/").rpartition(".")
    try:
        client: Any = clickhouse_connect.get_client(
            host=parts.hostname or "localhost",
            port=parts.port or 8123,
            username=unquote(parts.username or "default"),
            password=unquote(parts.password or ""),
        )
    except Exception:
        raise ValueError(
            f"ClickHouse at {parts.hostname} can't be reached with this user and password."
        ) from None

    def ask(statement: str) -> Table:
        answer = client.query(statement)
        types = [kind.name for kind in answer.column_types]
        return list(answer.column_names), types, [tuple(row) for row in answer.result_rows]

    return ClickHouseEvents(ask, f"{name(database or 'default')}.{name(table or 'events')}", clock)


def _naive(value: Any) -> Any:
    """Times in UTC without a zone, as DuckDB gives them."""
    if isinstance(value, datetime) and value.tzinfo is not None:
        return value.astimezone(UTC).replace(tzinfo=None)
    return value
