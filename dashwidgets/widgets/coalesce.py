"""Gather what happens often into messages that are sent rarely.

jupyter_server drops comm messages above a rate, silently, and a page that falls behind queues
without bound. The first item goes out at once, then at most 24 numbered batches a second, of each
tile only the newest; a view that says how far it has come is not run away from.
"""

from __future__ import annotations

import threading
import time
from collections import deque
from collections.abc import Callable
from typing import Generic, TypeVar

T = TypeVar("T")

INTERVAL = 1 / 24
"""Seconds from batch to batch: with what else a board says, 30 messages a second at most.

One may come early by as much, so that tiles at a steady pace below that need not wait when one of
them was a little late.
"""
MOST = 2_000_000
"""Bytes of one batch; a single item may be larger."""
AHEAD = 8_000_000
"""Bytes a view may be behind before it gets less often what is new."""
LATE = 0.5
"""Seconds after which a batch should have been drawn, and the pause for a view that is later."""
DEAF = 1.5
"""Seconds after a view's last word: the kernel may be busy, and how late it is unknown."""


class Coalescer(Generic[T]):
    """Call ``send`` with a number and a list of items, from any thread, never too often.

    Parameters
    ----------
    send : callable
        Gets the batch's number, from 1, and a list of items; called by one thread at a time.
    interval : float
        Seconds from call to call, on average.
    """

    def __init__(self, send: Callable[[int, list[T]], None], interval: float = INTERVAL) -> None:
        self._send = send
        self._interval = interval
        self._items: dict[object, tuple[T, int]] = {}
        self._unheard: deque[tuple[int, int, float]] = deque()
        self._heard = float("-inf")
        self._lock = threading.Lock()
        self._sending = threading.Lock()
        self._last = self._due = float("-inf")
        self._timer: threading.Timer | None = None
        self.seq = 0

    def add(self, key: object, item: T, size: int = 0) -> None:
        """Add an item in place of the one of the same key; it is sent now or within the interval.

        ``size`` is about what it will have in a message, in bytes.
        """
        with self._lock:
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
            self._heard = time.monotonic()
            while self._unheard and self._unheard[0][0] <= seq:
                self._unheard.popleft()

    def flush(self) -> None:
        """Send all that has gathered; on return nothing older is on its way."""
        while self._next():
            time.sleep(self._interval)

    def _next(self) -> bool:
        """Send one batch; whether more is waiting."""
        with self._sending:
            with self._lock:
                if self._timer is not None:
                    self._timer.cancel()
                    self._timer = None
                items, size = self._take()
                if items:
                    self.seq += 1
                    self._last = time.monotonic()
                    self._due = max(self._due, self._last) + self._interval
                    self._unheard.append((self.seq, size, self._last))
            if items:
                self._send(self.seq, items)
        with self._lock:
            if self._items:
                self._later(max(0.0, self._wait()))
            return bool(self._items)

    def _take(self) -> tuple[list[T], int]:
        taken: list[T] = []
        total = 0
        for key in list(self._items):
            item, size = self._items[key]
            if taken and total + size > MOST:
                break
            del self._items[key]
            taken.append(item)
            total += size
        return taken, total

    def _wait(self) -> float:
        next_at = self._last + LATE if self._is_behind() else self._due - self._interval
        return next_at - time.monotonic()

    def _is_behind(self) -> bool:
        if self._heard < 0 or not self._unheard:  # nobody looks, or all is drawn
            return False
        now = time.monotonic()
        _, _, since = self._unheard[0]
        is_late = now - self._heard < DEAF and now - since > LATE
        return is_late or sum(size for _, size, _ in self._unheard) > AHEAD

    def _later(self, wait: float) -> None:
        if self._timer is None:
            self._timer = threading.Timer(wait, self._next)
            self._timer.daemon = True
            self._timer.start()
