"""``POST query/``: HogQL and other queries, now or in the background; status; cancellation."""

from __future__ import annotations

import hashlib
import logging
import uuid
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from dashwidgets.embedded.clock import iso, now, stamp
from dashwidgets.embedded.events.engine import Engine, InvalidQuery, Outcome, QueryError
from dashwidgets.embedded.project import PROJECT
from dashwidgets.embedded.queries.schema import Definitions
from dashwidgets.embedded.resources.query.statuses import Running, Statuses
from dashwidgets.embedded.server.errors import Problem, invalid, standard
from dashwidgets.embedded.storage import dump

log: logging.Logger = logging.getLogger("dashwidgets.embedded")

BACKGROUND = {"async", "lazy_async", "force_async"}
NOT_COMPUTED = "not_supported"
AT_ONCE = 2
"""Background queries that run at the same time; the others wait."""


class Queries:
    """Run queries that are stored nowhere. Nothing is cached: each answer is computed now."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine
        self.statuses: Statuses = Statuses()
        self._background = ThreadPoolExecutor(AT_ONCE, thread_name_prefix="ask")

    def close(self) -> None:
        """Drop background work that has not started."""
        self._background.shutdown(wait=False, cancel_futures=True)

    def run(
        self, query: dict[str, Any], definitions: Definitions, key: str, query_id: str | None
    ) -> dict[str, Any]:
        """The answer to a query; who knows its id may stop it meanwhile.

        Raises `Problem`: 400 for what is wrong with the query, 500 for what is wrong here.
        """
        running = Running(key, _status(query_id or uuid.uuid4().hex))
        self.statuses.add(running)
        try:
            return self._answer(query, definitions, running)
        finally:
            self.statuses.forget(running)

    def start(
        self, query: dict[str, Any], definitions: Definitions, key: str, query_id: str | None
    ) -> dict[str, Any]:
        """Start a query in the background and return its status."""
        running = Running(key, _status(query_id or uuid.uuid4().hex))
        self.statuses.add(running)
        # A copy: the background thread may have finished before this answer is written.
        first = dict(running.status)
        self._background.submit(self._finish, query, definitions, running)
        return first

    def _answer(
        self, query: dict[str, Any], definitions: Definitions, running: Running
    ) -> dict[str, Any]:
        try:
            outcome = self.engine.run(query, definitions, running.stop)
        except QueryError as error:
            theirs = error.user_visible or isinstance(error, InvalidQuery)
            # A user's mistake is 400 with its words; anything else is the server's, and 500.
            if theirs or error.code == NOT_COMPUTED:
                raise invalid(str(error), code=error.code) from error
            raise standard(500, "server_error", error.code, str(error)) from error
        return envelope(query, outcome)

    def _finish(self, query: dict[str, Any], definitions: Definitions, running: Running) -> None:
        picked_up, results, message, code = stamp(), None, None, 200
        try:
            results = self._answer(query, definitions, running)
        except Problem as problem:
            message, code = str(problem), problem.status
        except Exception:
            log.exception("A background query failed")
            message, code = "A server error occurred.", 500
        running.status = running.status | {
            "complete": True,
            "error": message is not None,
            "error_message": message,
            "results": results,
            "pickup_time": picked_up,
            "end_time": stamp(),
        }
        running.code = code


def envelope(query: dict[str, Any], outcome: Outcome) -> dict[str, Any]:
    """What the query endpoint answers; the rows' key is ``results``."""
    moment = iso(now())
    return {
        "results": outcome.result,
        "columns": outcome.columns,
        "types": outcome.types,
        "hasMore": outcome.has_more,
        "limit": outcome.limit,
        "offset": 0 if outcome.limit is not None else None,
        "hogql": outcome.hogql,
        "timings": [],
        "warnings": [{"message": text} for text in outcome.warnings],
        "error": None,
        "query_status": None,
        "is_cached": False,
        "last_refresh": moment,
        "next_allowed_client_refresh": moment,
        "cache_key": f"cache_{hashlib.sha256(dump(query).encode()).hexdigest()[:32]}",
        "timezone": outcome.timezone,
        "resolved_date_range": outcome.resolved_date_range,
    }


def _status(query_id: str) -> dict[str, Any]:
    empty = ("insight_id", "dashboard_id", "error_message", "results", "end_time", "pickup_time")
    more = ("expiration_time", "query_progress", "labels", "task_id")
    return {
        "id": query_id,
        "team_id": PROJECT["id"],
        "complete": False,
        "error": False,
        "query_async": True,
        "start_time": stamp(),
    } | dict.fromkeys((*empty, *more))
