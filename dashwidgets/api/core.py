"""What a client decides without sending: what goes out, when, and what an answer means.

Both clients drive the same generator, so that waiting, retrying and reading are written once.
"""

from __future__ import annotations

import logging
import random
import threading
import time
from collections.abc import Callable, Generator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from itertools import count
from typing import Any, TypeVar

from dashwidgets.api.address import checked_host, checked_key, is_loopback
from dashwidgets.api.budget import Budget, Left, shared
from dashwidgets.api.errors import (
    ApiError,
    ConnectionFailed,
    ServerError,
    Throttled,
    TimedOut,
    UnexpectedAnswer,
)
from dashwidgets.api.refusals import refusal
from dashwidgets.api.request import Request
from dashwidgets.api.secret import Secret
from dashwidgets.api.transport.interface import Call, Reply

T = TypeVar("T")
log: logging.Logger = logging.getLogger("dashwidgets")

HTML = "text/html"
ATTEMPTS = 3
DEADLINE = 30.0
"""Seconds. A longer wait is an error that says when to try again, not a silent notebook."""
QUICK = 2.0
"""Seconds. Only the date of an answer that came this soon says what time it is at the server."""
NOTICEABLE = 2.0
"""A wait of so many seconds is announced even to a user who has not asked for logs."""


@dataclass(frozen=True)
class Pause:
    """Wait before the next step."""

    seconds: float


class Core:
    """The part of a client that never sends.

    Parameters
    ----------
    host, key, project_id
        As in `Client`.
    limited : bool or None
        Whether requests are counted; None: everywhere but on this machine.
    deadline : float
        Seconds that one request may spend waiting.
    """

    def __init__(
        self,
        host: str,
        key: str | Secret,
        project_id: int | str,
        *,
        limited: bool | None,
        deadline: float,
    ) -> None:
        self.host: str = checked_host(host)
        self.project_id = project_id
        self.deadline = deadline
        self.spent: int = 0
        self.clock_ahead: timedelta = timedelta()
        self.listeners: list[Callable[[float, str], None]] = []
        self.key: Secret = checked_key(key)
        limited = not is_loopback(self.host) if limited is None else limited
        self.budget: Budget | None = shared(self.host, self.key) if limited else None
        self._lock = threading.Lock()

    def __repr__(self) -> str:
        return f"Core({self.host!r}, project_id={self.project_id!r})"

    def left(self) -> Left | None:
        """What may be sent without waiting."""
        return self.budget.left() if self.budget else None

    def call(self, request: Request[Any]) -> Call:
        """A request with its full path."""
        # Paths below the project are joined here, so that `project_id` may still change until it is
        # sent.
        path = request.path
        if not path.startswith("/api/"):
            path = f"/api/projects/{self.project_id}/{path}"
        return Call(
            request.method,
            path,
            request.what,
            {"Accept": request.accept},
            request.params,
            request.json,
            request.timeout,
            acts=not (request.reads_only or _idempotent(request)),
        )

    def talk(
        self, request: Request[Any], reads: Callable[[bytes], T], *, deadline: float | None = None
    ) -> Generator[Call | Pause, Reply | None, T]:
        """One request from start to finish, as steps that a driver carries out.

        GET and PATCH are idempotent unless the request says otherwise:
        they are tried three times. Others are sent again only when the server can't have acted: the
        connection was never made, or the server said 429.
        """
        # One deadline for all attempts: three patient retries must not add up to a dead notebook.
        give_up = time.monotonic() + (self.deadline if deadline is None else deadline)
        for attempt in count(1):
            place = self._place(request, give_up)
            if place > 0:
                yield Pause(place)
            began = time.monotonic()
            try:
                with self._lock:
                    # Counted before it is sent: a request whose answer is lost has still cost the
                    # budget.
                    self.spent += 1
                reply = yield self.call(request)
                assert reply is not None
                self._compare_clocks(reply, time.monotonic() - began)
                if not 200 <= reply.status < 300:
                    raise self._refused(request, reply)
                return self._read(request, reads, reply)
            except (ConnectionFailed, ServerError, Throttled) as error:
                pause = _pause(error, attempt)
                if isinstance(error, Throttled) and self.budget is not None:
                    # All clients of the key wait: another 429 would only make the wait longer.
                    self.budget.hold(request.path, pause)
                late = time.monotonic() + pause > give_up
                if attempt == ATTEMPTS or late or not _harmless(request, error):
                    raise
                self._tell(request, pause, str(error))
            finally:
                # The path only: parameters may quote what a user filters by.
                log.debug("%s %s: %.3f s", request.method, request.path, time.monotonic() - began)
            yield Pause(pause)
        raise AssertionError("unreachable")

    def _place(self, request: Request[Any], give_up: float) -> float:
        """Count the request and return the seconds until it may be sent."""
        if self.budget is None:
            return 0.0
        wait = self.budget.take(request.path)
        if wait > 0 and time.monotonic() + wait > give_up:
            # Not sent after all, so it must not count against the requests that follow.
            self.budget.give_back(request.path)
            raise Throttled(
                429,
                "This key's requests are spent",
                code="budget_spent",
                what=request.what,
                retry_after=wait,
            )
        if wait > 0:
            self._tell(request, wait, "this key's requests are spent")
        return wait

    def _compare_clocks(self, reply: Reply, took: float) -> None:
        """Note how far the server's clock is ahead, as far as its Date header can tell."""
        try:
            date = parsedate_to_datetime(reply.headers.get("Date") or "")
        except ValueError:
            return
        if date.tzinfo is None or took > QUICK:
            return
        ahead = date - datetime.now(UTC)
        # The header has whole seconds, and the answer took time: less is no difference.
        is_less = abs(ahead) <= timedelta(seconds=took + 1)
        self.clock_ahead = timedelta() if is_less else ahead

    def _tell(self, request: Request[Any], wait: float, why: str) -> None:
        level = logging.WARNING if wait >= NOTICEABLE else logging.INFO
        log.log(level, "%s waits %.1f s: %s", request.what, wait, why)
        for listener in tuple(self.listeners):
            listener(wait, why)

    def _read(self, request: Request[Any], reads: Callable[[bytes], T], reply: Reply) -> T:
        try:
            # Asked of every answer: one that has no body would be taken for done otherwise.
            if HTML in (reply.headers.get("Content-Type") or "").lower():
                raise UnexpectedAnswer(
                    f"{self.host} sent a web page. Check the host, and whether a proxy or a "
                    "sign-in page stands before it."
                )
            return reads(reply.body)
        except UnexpectedAnswer as error:
            raise UnexpectedAnswer(f"{request.what}: {error}") from error

    def _refused(self, request: Request[Any], reply: Reply) -> ApiError:
        # A redirect could take the key to another host, so it is never followed.
        if 300 <= reply.status < 400:
            return ApiError(
                reply.status,
                f"{self.host} redirects elsewhere, which is not followed with a key: "
                "give the host it points to",
                what=request.what,
            )
        return refusal(
            reply.status,
            # A server may quote the key that it refuses.
            reply.body.replace(self.key.reveal().encode(), "phx_…".encode()),
            what=request.what,
            retry_after=reply.headers.get("Retry-After"),
        )


def _harmless(request: Request[Any], error: Exception) -> bool:
    """Whether another attempt can help and can't do the same thing twice."""
    # A wrong certificate or proxy password stays wrong; retrying would only delay the message.
    if isinstance(error, ConnectionFailed) and error.lasts:
        return False
    if isinstance(error, Throttled) or (isinstance(error, ConnectionFailed) and not error.sent):
        return True
    if request.reads_only:
        # Not after a timeout or a 5xx: the same statement would cost as much again.
        return isinstance(error, ConnectionFailed) and not isinstance(error, TimedOut)
    return _idempotent(request)


def _idempotent(request: Request[Any]) -> bool:
    return request.method in ("GET", "PATCH") and not request.once


def _pause(error: ConnectionFailed | ServerError | Throttled, attempt: int) -> float:
    """Seconds to wait before another attempt; what the server asks for is kept in full."""
    if not isinstance(error, ConnectionFailed) and error.retry_after is not None:
        return error.retry_after
    jitter = random.uniform(0.5, 1.0)  # noqa: S311 - so that clients don't come back together
    if isinstance(error, ConnectionFailed) and not error.sent:
        return 0.2 * jitter * 2**attempt  # nobody may be listening: the user should hear it soon
    if isinstance(error, Throttled):
        # PostHog's burst windows are a minute; a few seconds would only meet the same refusal.
        return 15.0 * jitter
    return 0.5 * jitter * 2**attempt
