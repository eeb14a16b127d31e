"""Results of insights: cached, computed now, or in the background (contract 7.8, 8.10, 13.11)."""

from __future__ import annotations

import contextlib
import hashlib
import logging
import threading
import uuid
from collections import OrderedDict
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cached_property
from typing import Any

import msgspec

from dashwidgets.embedded.clock import iso, now, stamp
from dashwidgets.embedded.events.engine import Engine, InvalidQuery, Outcome, QueryError
from dashwidgets.embedded.project import PROJECT
from dashwidgets.embedded.queries.filters.dashboard_filters import apply_filters
from dashwidgets.embedded.resources.definitions.stored import definitions
from dashwidgets.embedded.server.errors import invalid
from dashwidgets.embedded.storage import Row, Storage, dump, load, load_parts

log: logging.Logger = logging.getLogger("dashwidgets.embedded")

FRESH = timedelta(hours=6)
OLD_BUT_SHOWN = timedelta(days=7)
NEXT_REFRESH = timedelta(minutes=3)
REMEMBERED = 1000
"""Background queries whose status can still be asked for."""

_COMPUTE = {"force_blocking", "true", "1", "yes", ""}
_BACKGROUND = {"async", "lazy_async", "force_async"}


@dataclass(frozen=True)
class Wanted:
    """One result: which insight, under which filters, and how hard to try."""

    insight: Row
    dashboard: int | None
    filters: dict[str, Any]
    variables: dict[str, Any]
    refresh: str | None
    query_id: str | None = None

    @cached_property
    def query(self) -> dict[str, Any] | None:
        """The query with the filters in it. Raises `InvalidQuery` where they don't fit."""
        stored = self.stored
        return None if stored is None else apply_filters(stored, self.filters, self.variables)

    @cached_property
    def stored(self) -> dict[str, Any] | None:
        """The query as it was saved."""
        return load(self.insight["query"]) if self.insight["query"] else None

    @cached_property
    def key(self) -> str:
        """What the result is kept under, beside the insight's id."""
        # By the query as it is after filters: two dashboards with the same filters share a result.
        return hashlib.sha256(msgspec.json.encode(self.query)).hexdigest()[:32]


Kept = dict[tuple[int, str], Row]
"""Results that are stored, by insight and key."""


class Results:
    """Compute results with the engine and keep them in the storage."""

    def __init__(self, storage: Storage, engine: Engine) -> None:
        self._storage = storage
        self._engine = engine
        self._background = ThreadPoolExecutor(2, thread_name_prefix="query")
        self._statuses: OrderedDict[str, dict[str, Any]] = OrderedDict()
        self._lock = threading.Lock()

    def close(self) -> None:
        """Drop background work that has not started."""
        self._background.shutdown(wait=False, cancel_futures=True)

    def get(
        self, wanted: Wanted, kept: Kept | None = None
    ) -> tuple[dict[str, Any], dict[str, str] | None]:
        """The result fields of an insight, and the error of a stored query that is not valid.

        ``kept`` are the stored results of many, read at once. Raises `Problem` (400) for an error
        that PostHog shows its users, such as an unknown table.
        """
        try:
            if wanted.query is None:
                return _fields(None, None), None
            stored = self.kept([wanted]) if kept is None else kept
            return self._fields(wanted, wanted.query, stored), None
        except InvalidQuery as error:
            problem = {"type": "ValidationError", "message": str(error)}
            return _fields(wanted.stored, None), problem

    def kept(self, wanted: Iterable[Wanted]) -> Kept:
        """The stored results of some insights, in one query; their values are JSON still."""
        pairs: list[tuple[int, str]] = []
        for one in wanted:
            with contextlib.suppress(InvalidQuery):
                pairs.append((one.insight["id"], one.key))
        rows = self._storage.all(
            "SELECT insight_id, cache_key, computed_at, answer FROM result JOIN json_each(?) "
            "ON insight_id = json_extract(value, '$[0]') "
            "AND cache_key = json_extract(value, '$[1]')",
            pairs,
        )
        return {
            (row["insight_id"], row["cache_key"]): {
                "computed_at": row["computed_at"],
                "answer": load_parts(row["answer"]),
            }
            for row in rows
        }

    def status(self, query_id: str) -> dict[str, Any] | None:
        """The status of a background query."""
        with self._lock:
            return self._statuses.get(query_id)

    def _fields(self, wanted: Wanted, query: dict[str, Any], kept: Kept) -> dict[str, Any]:
        key = wanted.key
        cached = kept.get((wanted.insight["id"], key))
        age = now() - datetime.fromisoformat(cached["computed_at"]) if cached else None
        refresh = wanted.refresh
        # Anything else that is unknown only reads the cache, as on the server (contract 8.10).
        if refresh in _COMPUTE or (refresh == "blocking" and (age is None or age > FRESH)):
            return self._computed(wanted, query, key)
        if refresh in _BACKGROUND:
            bearable = {"async": FRESH, "lazy_async": OLD_BUT_SHOWN}.get(refresh)
            if bearable is None or age is None or age > bearable:
                status = self._start(wanted, query, key)
                return _fields(query, cached, key) | {"query_status": status}
        return _fields(query, cached, key)

    def _computed(self, wanted: Wanted, query: dict[str, Any], key: str) -> dict[str, Any]:
        """Compute now; a failure that users may not see becomes the query's status."""
        try:
            outcome = self._engine.run(query, definitions(self._storage))
        except InvalidQuery:
            raise
        except QueryError as error:
            # Fails the whole request with 400; what users may not see stays a status of its tile.
            if error.user_visible:
                raise invalid(str(error), code=error.code) from error
            status = _status(wanted, error=str(error), complete=True)
            return _fields(query, None, key) | {"query_status": status}
        return _fields(query, self._keep(wanted.insight["id"], key, outcome), key) | {
            "is_cached": False
        }

    def _keep(self, insight: int, key: str, outcome: Outcome) -> Row:
        row = {"computed_at": stamp(), "answer": _answer(outcome)}
        self._storage.run(
            "INSERT OR REPLACE INTO result (insight_id, cache_key, computed_at, answer) "
            "VALUES (?, ?, ?, ?)",
            insight,
            key,
            row["computed_at"],
            dump(row["answer"]),
        )
        return row

    def _start(self, wanted: Wanted, query: dict[str, Any], key: str) -> dict[str, Any]:
        """Compute in the background; the status tells when it is done."""
        status = _status(wanted, error=None, complete=False) | {
            "id": wanted.query_id or uuid.uuid4().hex,
            "start_time": stamp(),
        }
        self._remember(status)
        self._background.submit(self._finish, wanted, query, key, status)
        return status

    def _finish(
        self, wanted: Wanted, query: dict[str, Any], key: str, status: dict[str, Any]
    ) -> None:
        picked_up = stamp()
        error: str | None = None
        results: Any = None
        try:
            fields = self._computed(wanted, query, key)
            failed: dict[str, Any] = fields["query_status"] or {}
            error = failed.get("error_message")
            results = {name: fields[name] for name in ("result", "columns", "types", "hasMore")}
        except Exception as caught:
            log.debug("background query failed", exc_info=True)
            # Nobody waits for this thread: an error that is not in the status would be lost.
            error = str(caught)
        self._remember(
            status
            | {
                "complete": True,
                "error": error is not None,
                "error_message": error,
                "results": results if error is None else None,
                "pickup_time": picked_up,
                "end_time": stamp(),
            }
        )

    def _remember(self, status: dict[str, Any]) -> None:
        with self._lock:
            self._statuses[status["id"]] = status
            while len(self._statuses) > REMEMBERED:
                self._statuses.popitem(last=False)


def _answer(outcome: Outcome) -> dict[str, Any]:
    return {
        "result": outcome.result,
        "hasMore": outcome.has_more,
        "columns": outcome.columns,
        "types": outcome.types,
        "hogql": outcome.hogql,
        "timezone": outcome.timezone,
        "resolved_date_range": outcome.resolved_date_range,
    }


_NOTHING: dict[str, Any] = {
    "result": None,
    "hasMore": None,
    "columns": None,
    "types": None,
    "hogql": None,
    "timezone": None,
    "resolved_date_range": None,
}


def _fields(
    query: dict[str, Any] | None, cached: Row | None, key: str | None = None
) -> dict[str, Any]:
    """The fields of an insight that depend on its result."""
    computed = datetime.fromisoformat(cached["computed_at"]) if cached else None
    return {
        "query": query,
        **(cached["answer"] if cached else _NOTHING),
        "last_refresh": iso(computed) if computed else None,
        "cache_target_age": iso(computed + FRESH) if computed else None,
        "next_allowed_client_refresh": iso(computed + NEXT_REFRESH) if computed else None,
        "is_cached": cached is not None,
        "query_status": None,
        "filters_hash": f"cache_{key}" if key else None,
    }


def _status(wanted: Wanted, *, error: str | None, complete: bool) -> dict[str, Any]:
    return {
        "id": wanted.query_id,
        "team_id": PROJECT["id"],
        "insight_id": str(wanted.insight["id"]),
        "dashboard_id": None if wanted.dashboard is None else str(wanted.dashboard),
        "complete": complete,
        "error": error is not None,
        "error_message": error,
        "query_async": True,
        "results": None,
        "start_time": None,
        "end_time": None,
        "pickup_time": None,
        "expiration_time": None,
        "query_progress": None,
        "labels": None,
        "task_id": None,
    }
