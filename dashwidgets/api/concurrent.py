"""Many requests at once, inside the key's budget; one refusal does not stop the others."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from itertools import count
from typing import Any, TypeVar

from dashwidgets.api.budget import HOUR
from dashwidgets.api.client import Client
from dashwidgets.api.errors import DashwidgetsError
from dashwidgets.api.request import Request

T = TypeVar("T")

AT_ONCE = 10
"""Enough to hide a server's response time; beyond that, the key's budget is the limit."""


def send_all(
    client: Client,
    requests: Iterable[Request[T]],
    *,
    at_once: int = AT_ONCE,
    take: Callable[[int, Any], object] | None = None,
) -> list[T | DashwidgetsError]:
    """Send requests several at a time; answers and errors come in the order of the requests.

    Parameters
    ----------
    take : callable, optional
        Called with the place and the answer of each, from the thread that sent it.
    """
    todo = list(requests)
    answers: list[Any] = [None] * len(todo)

    def work(at: int) -> None:
        try:
            answers[at] = client.send(todo[at], deadline=HOUR)
        except DashwidgetsError as error:
            # Kept in place of the answer: one board that refuses must not hide the others.
            answers[at] = error
        if take is not None:
            take(at, answers[at])

    in_threads(work, len(todo), at_once=at_once)
    return answers


def in_threads(work: Callable[[int], object], many: int, *, at_once: int = AT_ONCE) -> None:
    """Call ``work`` with 0, 1, 2…, several at a time; the first exception stops the rest."""
    turn = count()  # one step at a time, from any thread
    stop = threading.Event()

    def loop() -> None:
        # One loop per thread instead of one future per call: each future would wake the waiting
        # thread.
        while (at := next(turn)) < many and not stop.is_set():
            work(at)

    pool = ThreadPoolExecutor(at_once, thread_name_prefix="dashwidgets-bulk")
    try:
        for worker in [pool.submit(loop) for _ in range(min(at_once, many))]:
            # Raises what the worker raised; answers themselves travel through ``work``.
            worker.result()
    finally:
        # An interrupt by the user must not wait for what is still queued.
        stop.set()
        pool.shutdown(wait=False)
