"""Stop a query from another thread."""

from __future__ import annotations

import threading
from collections.abc import Callable, Generator
from contextlib import contextmanager

from dashwidgets.embedded.queries.problem import QueryError


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
            self._pressed = True
            for interrupt in self._interrupts:
                interrupt()

    @contextmanager
    def watching(self, interrupt: Callable[[], None]) -> Generator[None]:
        """Call ``interrupt`` when it is pressed inside; raises `QueryError` if it was before."""
        with self._lock:
            if self._pressed:
                raise canceled()
            self._interrupts.append(interrupt)
        try:
            yield
        finally:
            with self._lock:
                self._interrupts.remove(interrupt)


def canceled() -> QueryError:
    """The error of a query that was stopped."""
    return QueryError("The query was canceled.", "canceled", user_visible=True)
