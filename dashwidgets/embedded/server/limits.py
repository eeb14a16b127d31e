"""Rate limits per key, as PostHog counts them (contract 5). Off unless asked for."""

from __future__ import annotations

import math
import threading
import time
from collections import deque
from collections.abc import Callable
from typing import Any, cast

from dashwidgets.embedded.server.errors import Problem

MINUTE, HOUR = 60.0, 3600.0
GENERAL = ((MINUTE, 480), (HOUR, 4800))
INSIGHTS = ((MINUTE, 240), (HOUR, 1200))
QUERY = ((MINUTE, 240), (HOUR, 2400))
HOGQL = ((HOUR, 120),)


class Limits:
    """Count the requests of each key in sliding windows.

    Parameters
    ----------
    clock : callable
        Seconds, for tests.
    """

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._asked: dict[tuple[str, str], deque[float]] = {}
        self._lock = threading.Lock()

    def check(self, key: str, path: str, body: Any = None) -> None:
        """Count a request, or raise 429 with how long to wait."""
        family, windows = family_of(path, body)
        now = self._clock()
        with self._lock:
            asked = self._asked.setdefault((key, family), deque())
            while asked and asked[0] <= now - HOUR:
                asked.popleft()
            for length, most in windows:
                recent = [moment for moment in asked if moment > now - length]
                if len(recent) >= most:
                    # Refused requests are not counted: a client that keeps asking does not lengthen
                    # its own wait.
                    raise throttled(math.ceil(recent[-most] + length - now))
            asked.append(now)


def family_of(path: str, body: Any = None) -> tuple[str, tuple[tuple[float, int], ...]]:
    """Which limits a path counts against; HogQL has its own."""
    if "/insights" in path:
        return "insights", INSIGHTS
    if "/query" in path:
        return ("HogQL", HOGQL) if _is_hogql(body) else ("query", QUERY)
    return "general", GENERAL


def _is_hogql(body: Any) -> bool:
    query: Any = cast("dict[str, Any]", body).get("query") if isinstance(body, dict) else None
    return isinstance(query, dict) and cast("dict[str, Any]", query).get("kind") == "HogQLQuery"


def throttled(seconds: int) -> Problem:
    """429, with the wait in the text and in a header."""
    unit = "second" if seconds == 1 else "seconds"
    return Problem(
        429,
        {
            "type": "throttled_error",
            "code": "throttled",
            "detail": f"Request was throttled. Expected available in {seconds} {unit}.",
            "attr": None,
        },
        {"Retry-After": str(seconds)},
    )
