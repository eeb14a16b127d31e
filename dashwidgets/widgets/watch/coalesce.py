"""Gather frequent updates into few messages.

jupyter_server drops comm messages above a rate, silently, and a page that falls behind queues
without bound. The first item goes out at once, then at most 24 numbered batches a second, of each
tile only the newest; and a slow view, which says how far it has come, gets fewer.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from typing import Generic, TypeVar

from dashwidgets.widgets.watch.acknowledgements import Acknowledgements

T = TypeVar("T")

INTERVAL = 1 / 24
"""Seconds from batch to batch: with what else a board says, 30 messages a second at most.

One may come early by as much, so that tiles at a steady pace below that need not wait when one of
them was a little late.
"""
MOST = 2_000_000
"""Bytes of one batch; a single item may be larger."""
SLOW = 0.5
"""Seconds from batch to batch for a view that can not keep up."""


class Coalescer(Generic[T]):
    """Call ``send`` with numbered lists of items, from any thread, never too often.

    Parameters
    ----------
    send : callable
        Gets the batch's number, from 1, a list of items, and whether views are to answer once they
        have drawn it; called by one thread at a time.
    interval : float
        Seconds from call to call, on average.
    """

    def __init__(
        self, send: Callable[[int, list[T], bool], None], interval: float = INTERVAL
    ) -> None:
        self._send = send
        self._interval = interval
        self._items: dict[object, tuple[T, int]] = {}
        self._acknowledgements = Acknowledgements()
        self._lock = threading.Lock()
        self._sending = threading.Lock()
        self._last = self._due = float("-inf")
        self._timer: threading.Timer | None = None
        self.seq: int = 0

    def add(self, key: object, item: T, size: int = 0) -> None:
        """Add an item in place of the one of the same key; it is sent now or within the interval.

        ``size`` is about what it will have in a message, in bytes.
        """
        with self._lock:
            # Popped first, so that a newer item goes to the end and none waits behind its own past.
            self._items.pop(key, None)
            self._items[key] = item, size
            wait = self._wait()
            if wait > 0:
                self._later(wait)
                return
        self._next()

    def acknowledge(self, seq: int) -> None:
        """Note that a view has drawn the batches up to this one."""
        with self._lock:
            self._acknowledgements.hear(seq)

    def restart(self) -> int:
        """The number of the newest batch, for a view that starts with everything up to it."""
        with self._lock:
            self._acknowledgements.forget()
            return self.seq

    def flush(self) -> None:
        """Send everything gathered; on return nothing older is still being sent."""
        while self._next():
            time.sleep(self._interval)

    def _next(self) -> bool:
        """Send one batch; returns whether more is waiting."""
        # Two locks: adding must not wait while a batch is serialized and sent.
        with self._sending:
            with self._lock:
                if self._timer is not None:
                    self._timer.cancel()
                    self._timer = None
                items, size = self._take()
                asks = bool(items) and self._number(size)
            if items:
                self._send(self.seq, items, asks)
        with self._lock:
            if self._items:
                self._later(max(0.0, self._wait()))
            return bool(self._items)

    def _take(self) -> tuple[list[T], int]:
        taken: list[T] = []
        total = 0
        for key in list(self._items):
            item, size = self._items[key]
            # The first item always goes: one that is larger than a batch would never be sent.
            if taken and total + size > MOST:
                break
            del self._items[key]
            taken.append(item)
            total += size
        return taken, total

    def _number(self, size: int) -> bool:
        """Number a batch that goes out now; whether views are to answer it."""
        self.seq += 1
        self._last = time.monotonic()
        # From the due time, not from now: otherwise every late timer lowers the rate for good.
        self._due = max(self._due, self._last) + self._interval
        return self._acknowledgements.sends(self.seq, size)

    def _wait(self) -> float:
        is_late = self._acknowledgements.is_late()
        next_at = self._last + SLOW if is_late else self._due - self._interval
        return next_at - time.monotonic()

    def _later(self, wait: float) -> None:
        if self._timer is None:
            self._timer = threading.Timer(wait, self._next)
            self._timer.daemon = True
            self._timer.start()
