"""Shorter thread switches while a dashboard is streamed.

A thread that wakes while another computes gets its turn when the other's is over: after 5 ms,
by Python's default. A tile waits for four such turns between its socket and the page.
"""

from __future__ import annotations

import sys
import threading
from collections.abc import Generator
from contextlib import contextmanager

TURN = 0.001
"""Seconds; what a computing cell loses by it is within 1 %."""

_lock = threading.Lock()
_readers = 0
_before = TURN


@contextmanager
def short_turns() -> Generator[None]:
    """Shorten turns until the last reader is done, unless somebody else changes the setting."""
    global _readers, _before
    with _lock:
        _readers += 1
        if _readers == 1:
            _before = sys.getswitchinterval()
            sys.setswitchinterval(min(TURN, _before))
    try:
        yield
    finally:
        with _lock:
            _readers -= 1
            # Rounded: CPython keeps whole microseconds and returns a float that may differ in its
            # last digit.
            if not _readers and round(sys.getswitchinterval(), 6) == min(TURN, _before):
                sys.setswitchinterval(_before)
