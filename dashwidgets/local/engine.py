"""Compute queries over the events, in DuckDB, several at a time."""

from __future__ import annotations

import threading
from collections.abc import Callable, Generator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, cast

import duckdb

from dashwidgets.local.queries import funnels, sql, trends
from dashwidgets.local.queries.dialect import MACROS, to_duckdb
from dashwidgets.local.queries.events import Schema
from dashwidgets.local.queries.outcome import Database, Outcome
from dashwidgets.local.queries.problem import InvalidQuery, QueryError, unsupported

__all__ = ["Engine", "InvalidQuery", "Outcome", "QueryError"]

TIMEOUT = 60.0
"""Seconds a statement may take."""

_KINDS: dict[str, Callable[[dict[str, Any], Database], Outcome]] = {
    "TrendsQuery": trends.compute,
    "FunnelsQuery": funnels.compute,
    "HogQLQuery": sql.compute,
}


class Engine:
    """The events in memory, and every kind of query over them.

    Parameters
    ----------
    events : Path
        Parquet with columns ``uuid, event, timestamp, distinct_id, person_id, $session_id``,
        ``properties.…`` and ``person.properties.…``.
    clock : callable
        The present.
    """

    def __init__(self, events: Path, clock: Callable[[], datetime]) -> None:
        self._clock = clock
        self._duckdb = duckdb.connect(":memory:")
        self._duckdb.execute("SET TimeZone = 'UTC'")
        self._duckdb.execute("CREATE TABLE events AS SELECT * FROM read_parquet(?)", [str(events)])
        columns = self._duckdb.execute("DESCRIBE events").fetchall()
        names = frozenset(str(row[0]) for row in columns)
        persons = [f'any_value("{n}") AS "{n}"' for n in sorted(names) if n.startswith("person.")]
        self._duckdb.execute(
            "CREATE TABLE persons AS SELECT person_id AS id, "  # noqa: S608 - our own columns
            f"any_value(distinct_id) AS distinct_id, min(timestamp) AS created_at, "
            f"{', '.join(persons)} FROM events GROUP BY person_id"
        )
        self._duckdb.execute(MACROS)
        # Users' SQL runs here: it must reach neither files nor settings.
        self._duckdb.execute("SET enable_external_access = false")
        self._duckdb.execute("SET lock_configuration = true")
        span = self._duckdb.execute("SELECT min(timestamp), max(timestamp) FROM events").fetchone()
        first, last = cast("tuple[datetime, datetime]", span)
        self._schema = Schema(names, first, last)

    def run(self, query: dict[str, Any]) -> Outcome:
        """Compute a query with its filters already in it.

        Raises `InvalidQuery` when it is not well formed, else `QueryError` when it fails or is of
        a kind that is not computed here.
        """
        kind = query.get("kind")
        source = query.get("source")
        if kind in ("InsightVizNode", "DataVisualizationNode", "DataTableNode"):
            if not isinstance(source, dict):
                raise InvalidQuery(f"A {kind} needs a source.", "required")
            return self.run(cast("dict[str, Any]", source))
        if not isinstance(kind, str):
            raise InvalidQuery("The query has no kind.", "required")
        compute = _KINDS.get(kind)
        if compute is None:
            raise unsupported(f"queries of kind {kind}")
        try:
            return compute(query, self)
        except (AttributeError, KeyError, TypeError, ValueError, IndexError) as error:
            # A stored query may hold anything where an object or a number belongs.
            raise InvalidQuery(
                f"The {kind} is not well formed: {error}", "invalid_input"
            ) from error

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

    def table(self, duckdb: str) -> tuple[list[str], list[str], list[tuple[Any, ...]]]:
        """Names, DuckDB types and rows of a statement."""
        with self._cursor() as cursor:
            answer = cursor.execute(duckdb)
            described = answer.description or []
            names = [str(column[0]) for column in described]
            return names, [str(column[1]) for column in described], answer.fetchall()

    @contextmanager
    def _cursor(self) -> Generator[duckdb.DuckDBPyConnection]:
        """A cursor of its own for each query, interrupted when it takes too long."""
        cursor = self._duckdb.cursor()
        timer = threading.Timer(TIMEOUT, cursor.interrupt)
        timer.daemon = True
        timer.start()
        try:
            yield cursor
        except duckdb.InterruptException as error:
            raise QueryError(f"The query took over {TIMEOUT:.0f} s.", "timeout") from error
        except duckdb.Error as error:
            raise QueryError(_one_line(error), "query_failed", user_visible=True) from error
        finally:
            timer.cancel()
            cursor.close()


def _one_line(error: duckdb.Error) -> str:
    """The first line of DuckDB's message, without its own advice."""
    return str(error).splitlines()[0].removesuffix("!").strip()
