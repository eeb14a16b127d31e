"""Stop a query from another thread."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Generator
from contextlib import contextmanager

from dashwidgets.embedded.queries.problem import QueryError

AGAIN = 0.02
"""Seconds between interrupts."""


class Stop:
    """A query's stop button: pressed once, it ends what runs now and all that would follow."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._interrupts: list[Callable[[], None]] = []
        self._pressed = False

    @property
    def pressed(self) -> bool:
        """Whether the query is to end."""
        return self._pressed

    def press(self) -> None:
        """End the query."""
        with self._lock:
            first, self._pressed = not self._pressed, True
        if first:
            threading.Thread(target=self._insist, daemon=True).start()

    def _insist(self) -> None:
        # An interrupt just before a statement begins is lost.
        while True:
            with self._lock:
                if not self._interrupts:
                    return
                for interrupt in self._interrupts:
                    interrupt()
            time.sleep(AGAIN)

    @contextmanager
    def watching(self, interrupt: Callable[[], None]) -> Generator[None]:
        """Call ``interrupt`` when it is pressed inside; raises `QueryError` if it was before."""
        with self._lock:
            if self._pressed:
                raise canceled()
            # Under the same lock that pressing takes: no statement slips in between the two.
            self._interrupts.append(interrupt)
        try:
            yield
        finally:
            with self._lock:
                self._interrupts.remove(interrupt)


def canceled() -> QueryError:
    """The error of a query that was stopped."""
    return QueryError("The query was canceled.", "canceled", user_visible=True)
