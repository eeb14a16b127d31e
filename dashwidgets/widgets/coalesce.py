"""Gather what happens often into messages that are sent rarely.

jupyter_server drops comm messages above a rate, silently. The first item goes out at once, then at
most 30 batches a second, and the last always does.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from typing import Generic, TypeVar

T = TypeVar("T")

INTERVAL = 1 / 30
"""Seconds between two batches."""


class Coalescer(Generic[T]):
    """Call ``send`` with lists of items, from any thread, never too often.

    Parameters
    ----------
    send : callable
        Gets a list of items; called by one thread at a time.
    interval : float
        Seconds between two calls.
    """

    def __init__(self, send: Callable[[list[T]], None], interval: float = INTERVAL) -> None:
        self._send = send
        self._interval = interval
        self._items: list[T] = []
        self._lock = threading.Lock()
        self._sending = threading.Lock()
        self._last = float("-inf")
        self._timer: threading.Timer | None = None

    def add(self, item: T) -> None:
        """Add an item; it is sent now or within the interval."""
        with self._lock:
            self._items.append(item)
            wait = self._last + self._interval - time.monotonic()
            if wait > 0:
                if self._timer is None:
                    self._timer = threading.Timer(wait, self.flush)
                    self._timer.daemon = True
                    self._timer.start()
                return
        self.flush()

    def flush(self) -> None:
        """Send what has gathered; on return nothing older is on its way."""
        with self._sending:
            with self._lock:
                items, self._items = self._items, []
                if self._timer is not None:
                    self._timer.cancel()
                    self._timer = None
                self._last = time.monotonic()
            if items:
                self._send(items)
