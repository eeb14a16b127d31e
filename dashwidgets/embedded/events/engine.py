"""Compute queries of every kind over the events, several at a time."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Any, cast

from dashwidgets.embedded import ENGINES
from dashwidgets.embedded.queries import lifecycle, stickiness, table
from dashwidgets.embedded.queries.funnels import funnels
from dashwidgets.embedded.queries.not_computed import check
from dashwidgets.embedded.queries.outcome import Database, Outcome
from dashwidgets.embedded.queries.paths import paths
from dashwidgets.embedded.queries.problem import InvalidQuery, QueryError, unsupported
from dashwidgets.embedded.queries.retention import retention
from dashwidgets.embedded.queries.schema import Definitions
from dashwidgets.embedded.queries.sql import sql
from dashwidgets.embedded.queries.sql.cancel import Stop
from dashwidgets.embedded.queries.trends import trends
from dashwidgets.embedded.queries.web import overview as web_overview
from dashwidgets.embedded.queries.web import stats as web_stats

__all__ = ["Definitions", "Engine", "InvalidQuery", "Outcome", "QueryError", "open_events"]

_KINDS: dict[str, Callable[[dict[str, Any], Database], Outcome]] = {
    "TrendsQuery": trends.compute,
    "FunnelsQuery": funnels.compute,
    "RetentionQuery": retention.compute,
    "PathsQuery": paths.compute,
    "StickinessQuery": stickiness.compute,
    "LifecycleQuery": lifecycle.compute,
    "HogQLQuery": sql.compute,
    "EventsQuery": table.compute,
    "WebOverviewQuery": web_overview.compute,
    "WebStatsTableQuery": web_stats.compute,
}
_WRAPPERS = ("InsightVizNode", "DataVisualizationNode", "DataTableNode")
_NONE = Definitions()


class Engine:
    """Every kind of query over one set of events.

    Parameters
    ----------
    database : Database
        The events, in memory or on a ClickHouse server.
    """

    def __init__(self, database: Database) -> None:
        self._database = database

    @property
    def database(self) -> Database:
        """The events."""
        return self._database

    def run(
        self,
        query: dict[str, Any],
        definitions: Definitions = _NONE,
        stop: Stop | None = None,
    ) -> Outcome:
        """Compute a query with its filters already in it.

        Parameters
        ----------
        query : dict
            A node that shows a query, or the query itself.
        definitions : Definitions, optional
            The actions, cohorts and tables that it may refer to; none by default.
        stop : Stop, optional
            Ends the query from another thread.

        Raises `InvalidQuery` when it is not well formed, else `QueryError` when it fails or is of
        a kind that is not computed here.
        """
        kind, source = query.get("kind"), query.get("source")
        if kind in _WRAPPERS:
            if not isinstance(source, dict):
                raise InvalidQuery(f"A {kind} needs a source.", "required")
            return self.run(cast("dict[str, Any]", source), definitions, stop)
        if not isinstance(kind, str):
            raise InvalidQuery("The query has no kind.", "required")
        compute = _KINDS.get(kind)
        if compute is None:
            raise unsupported(f"queries of kind {kind}")
        try:
            # Before computing: what an engine only half understands is refused, not answered
            # wrongly.
            check(query)
            return compute(query, _Defined(self._database, definitions, stop))
        except RecursionError as error:
            raise InvalidQuery(f"The {kind} is nested too deeply.") from error
        except (
            AttributeError,
            KeyError,
            TypeError,
            ValueError,
            IndexError,
            OverflowError,
        ) as error:
            # A stored query may hold anything where an object or a number belongs.
            raise InvalidQuery(f"The {kind} is not well formed: {error}") from error


class _Defined:
    """A database together with what a project's queries refer to."""

    def __init__(self, database: Database, definitions: Definitions, stop: Stop | None) -> None:
        self.schema = replace(
            database.schema, now=database.now(), definitions=definitions, written=[]
        )
        self.now = database.now
        self.table = partial(database.table, stop=stop)
        self._rows = database.rows
        self._stop = stop

    def rows(
        self, clickhouse: str, *, stop: Stop | None = None, written: bool = False
    ) -> list[tuple[Any, ...]]:
        written = written or bool(self.schema.written)
        return self._rows(clickhouse, stop=stop or self._stop, written=written)


def open_events(
    source: str | Path,
    clock: Callable[[], datetime],
    engine: str = "duckdb",
    until: datetime | None = None,
) -> Database:
    """Events from Parquet (a path or ``s3://``) or from ``clickhouse://user:password@host/…``.

    ``engine`` is what computes over Parquet: ``duckdb``, or ``chdb``, which is ClickHouse itself.
    From Parquet, only what happened before ``until`` is read, if that is given. Raises `ValueError`
    in one sentence when they can't be read.
    """
    if engine not in ENGINES:
        raise ValueError(f"There is no engine {engine!r}: choose from {', '.join(ENGINES)}.")
    if str(source).startswith("clickhouse://"):
        from dashwidgets.embedded.events.clickhouse import connect

        return connect(str(source), clock)
    if engine == "chdb":
        from dashwidgets.embedded.events.isolated import open_chdb

        return open_chdb(str(source), clock, until)
    from dashwidgets.embedded.events.isolated import IsolatedEvents

    return IsolatedEvents(str(source), clock, until=until)
