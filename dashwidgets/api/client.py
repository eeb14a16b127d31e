"""Send requests from any thread. The only place that handles the key, waiting and errors."""

from __future__ import annotations

import threading
from collections.abc import Callable, Generator, Iterator
from contextlib import ExitStack, contextmanager
from copy import copy
from datetime import timedelta
from pathlib import Path
from typing import Any, TypeVar

from dashwidgets.api.budget import Left
from dashwidgets.api.core import DEADLINE, Core, Pause
from dashwidgets.api.errors import ConnectionFailed, UnexpectedAnswer
from dashwidgets.api.request import Request
from dashwidgets.api.secret import Secret
from dashwidgets.api.transport.httpx import HttpxTransport
from dashwidgets.api.transport.interface import Answer, Call, Reply, Transport
from dashwidgets.api.transport.writes import announce

T = TypeVar("T")

EVENTS = "text/event-stream"


class Client:
    """Send requests to one project of one host, from any thread.

    Parameters
    ----------
    host : str
        Address, such as ``https://us.posthog.com``; it may have a path. Plain http only to this
        machine.
    key : str or Secret
        Personal API key. It is put into one header, and nowhere else.
    project_id : int or str
        Project number, or ``@current``.
    timeout : float
        Seconds without a byte before a request is given up.
    limited : bool, optional
        Whether to stay within PostHog's rate limits by waiting. By default everywhere but on this
        machine, where the embedded project has none.
    deadline : float
        Seconds one request may spend waiting, for the budget or because the server asked for it.
    ca : Path, optional
        PEM file of certificates to trust besides the operating system's.
    transport : Transport, optional
        What sends, instead of httpx.
    sleep : callable, optional
        What waits, for tests.
    """

    def __init__(
        self,
        host: str,
        key: str | Secret,
        project_id: int | str,
        *,
        timeout: float = 60.0,
        limited: bool | None = None,
        deadline: float = DEADLINE,
        ca: Path | None = None,
        transport: Transport | None = None,
        sleep: Callable[[float], object] | None = None,
    ) -> None:
        self._core = Core(host, key, project_id, limited=limited, deadline=deadline)
        self._transport: Transport = transport or HttpxTransport(
            self._core.host, self._core.key, timeout, ca=ca
        )
        self._sleep = sleep
        # An event rather than a flag, so that `abort` also wakes a thread that sleeps between
        # attempts.
        self._over = threading.Event()

    def __repr__(self) -> str:
        return f"Client({self.host!r}, project_id={self.project_id!r})"

    @property
    def host(self) -> str:
        """The address requests go to."""
        return self._core.host

    @property
    def project_id(self) -> int | str:
        """The project whose paths are meant."""
        return self._core.project_id

    @project_id.setter
    def project_id(self, value: int | str) -> None:
        self._core.project_id = value

    @property
    def requests_spent(self) -> int:
        """Requests sent so far, retries included."""
        return self._core.spent

    @property
    def clock_ahead(self) -> timedelta:
        """How far the server's clock is ahead of this machine's, as its Date headers tell.

        Negative when it is behind; zero when they differ by less than such a header can show.
        """
        return self._core.clock_ahead

    @property
    def budget(self) -> Left | None:
        """Requests that may be sent without waiting; None where nothing is counted."""
        return self._core.left()

    def seconds_for(self, requests: int, kind: str = "general") -> float:
        """Seconds this many requests take under the key's limits; 0 if none are counted."""
        return self._core.budget.seconds_for(requests, kind) if self._core.budget else 0.0

    @contextmanager
    def patient(self, deadline: float) -> Generator[None]:
        """Let every request wait this long for the budget: a long job shows its waits anyway."""
        before, self._core.deadline = self._core.deadline, max(self._core.deadline, deadline)
        try:
            yield
        finally:
            self._core.deadline = before

    @contextmanager
    def waits(self, listener: Callable[[float, str], None]) -> Generator[None]:
        """Call a listener with the seconds and reason of every wait, in the thread that waits."""
        self._core.listeners.append(listener)
        try:
            yield
        finally:
            self._core.listeners.remove(listener)

    def send(self, request: Request[T], *, deadline: float | None = None) -> T:
        """Send a request and read its answer.

        Waits while the key's budget is spent and says so in the log; a wait past the deadline
        raises `Throttled` with ``resume_at``. GET and PATCH are tried three times when the server
        is busy or the connection breaks, others only when the server can't have acted on them.
        Raises `ApiError`, `ConnectionFailed`, `TimedOut` or `UnexpectedAnswer`.
        """
        talk = self._core.talk(request, request.reads, deadline=deadline)
        answer = self._drive(talk, self._whole)
        if request.method != "GET":
            # Only after the server accepted it: a widget that repaints on a failed write would show
            # a lie.
            announce(self.host, self.project_id, request.path, answer)
        return answer

    @contextmanager
    def stream(self, request: Request[Any]) -> Generator[Iterator[bytes]]:
        """Open a stream of events and yield its chunks; leaving the context closes the connection.

        Raises what `send` raises; `UnexpectedAnswer` when it is something else, such as a page.
        """
        with ExitStack() as stack:
            found: list[Answer] = []

            def begin(call: Call) -> Reply:
                answer = stack.enter_context(self._transport.open(call))
                found[:] = [answer]
                good = 200 <= answer.status < 300
                return Reply(answer.status, answer.headers, b"" if good else answer.read())

            self._drive(self._core.talk(request, bytes), begin)
            kind = found[0].headers.get("Content-Type") or EVENTS
            # A proxy's sign-in page has status 200; read as events it would look like a stream that
            # ended.
            if EVENTS not in kind.lower():
                raise UnexpectedAnswer(f"{request.what}: {self.host} sent {kind}, not a stream")
            yield found[0].chunks()

    def fork(self) -> Client:
        """A copy of this client with its own connections, which `abort` can close."""
        # Shallow: the copy shares the core, so a fork spends from the same budget.
        forked = copy(self)
        forked._transport = self._transport.fork()
        forked._over = threading.Event()
        return forked

    def abort(self) -> None:
        """Close a fork's connections, even under a waiting thread; it sends nothing more."""
        self._over.set()
        self._transport.abort()

    def close(self) -> None:
        """Close the connections."""
        self._transport.close()

    def __enter__(self) -> Client:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _whole(self, call: Call) -> Reply:
        with self._transport.open(call) as answer:
            return Reply(answer.status, answer.headers, answer.read())

    def _drive(
        self,
        talk: Generator[Call | Pause, Reply | None, T],
        perform: Callable[[Call], Reply],
    ) -> T:
        """Carry out the core's steps until there is an answer."""
        try:
            step = next(talk)
            while True:
                if isinstance(step, Pause):
                    (self._sleep or self._over.wait)(step.seconds)
                    if self._over.is_set():
                        raise ConnectionFailed("The connection was closed.", sent=False)
                    step = next(talk)
                    continue
                try:
                    reply = perform(step)
                except Exception as error:
                    step = talk.throw(error)
                else:
                    step = talk.send(reply)
        except StopIteration as stop:
            return stop.value
