"""Many requests at once, inside the key's budget; one refusal does not stop the others."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

from dashwidgets.api.budget import HOUR
from dashwidgets.api.client import Client
from dashwidgets.api.errors import DashwidgetsError
from dashwidgets.api.request import Request

T = TypeVar("T")

AT_ONCE = 8
"""Measured: more connections gain nothing, the server works through them in turn."""


def send_all(
    client: Client,
    requests: Iterable[Request[T]],
    *,
    at_once: int = AT_ONCE,
    deadline: float = HOUR,
    on_done: Callable[[], object] | None = None,
) -> list[T | DashwidgetsError]:
    """Send requests several at a time; answers and errors come in the order of the requests.

    Parameters
    ----------
    deadline : float
        Seconds one of them may wait for the budget.
    on_done : callable, optional
        Called after each, from the thread that sent it.
    """

    def one(request: Request[T]) -> T | DashwidgetsError:
        try:
            return client.send(request, deadline=deadline)
        except DashwidgetsError as error:
            return error
        finally:
            if on_done is not None:
                on_done()

    pool = ThreadPoolExecutor(at_once, thread_name_prefix="dashwidgets-bulk")
    try:
        return list(pool.map(one, requests))
    finally:
        # An interrupt by the user must not wait for what is still queued.
        pool.shutdown(wait=False, cancel_futures=True)
