"""How many requests a key may still send (contract 5).

PostHog counts per key and says nothing until it refuses, so we count too: one ledger for all
clients of this process that use the same key on the same host.
"""

from __future__ import annotations

import hashlib
import threading
import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass

from dashwidgets.api.secret import Secret

MINUTE, HOUR = 60.0, 3600.0
# PostHog sends no header that says what is left; these are the numbers in its source.
LIMITS: dict[str, tuple[tuple[float, int], ...]] = {
    "general": ((MINUTE, 480), (HOUR, 4800)),
    "insights": ((MINUTE, 240), (HOUR, 1200)),
    # Some organizations have 240 a minute and 2,400 an hour, which can't be asked for.
    "query": ((MINUTE, 120), (HOUR, 120)),
}


@dataclass(frozen=True)
class Left:
    """What is left of a budget, in requests."""

    this_minute: int
    this_hour: int


class Budget:
    """The requests of one key, in sliding windows.

    Parameters
    ----------
    clock : callable
        Seconds, for tests.
    """

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._lock = threading.Lock()
        self._sent: dict[str, deque[float]] = {kind: deque() for kind in LIMITS}
        self._held: dict[str, float] = dict.fromkeys(LIMITS, float("-inf"))

    def take(self, path: str) -> float:
        """Count a request and return the seconds to wait before it may be sent.

        The place in line is taken immediately, so that threads wait one after another.
        """
        kind = kind_of(path)
        with self._lock:
            now = self._clock()
            sent = self._sent[kind]
            # Times in the deque may lie in the future: they are the places of threads that wait.
            while sent and sent[0] <= now - HOUR:
                sent.popleft()
            # PostHog counts in sliding windows, so the n-th last request decides when the next may
            # go.
            at = max(now, self._held[kind])
            for length, most in LIMITS[kind]:
                if len(sent) >= most:
                    at = max(at, sent[-most] + length)
            sent.append(at)
            return at - now

    def hold(self, path: str, seconds: float) -> None:
        """Hold every request for some seconds, because the server answered one of them with 429."""
        kind = kind_of(path)
        with self._lock:
            self._held[kind] = max(self._held[kind], self._clock() + seconds)

    def give_back(self, path: str) -> None:
        """Give the last place back, because the request was not sent."""
        with self._lock:
            sent = self._sent[kind_of(path)]
            if sent:
                # The last one, even if it belongs to another thread: places are times, and no
                # thread owns one.
                sent.pop()

    def seconds_for(self, requests: int, kind: str = "general") -> float:
        """Seconds until the last of this many requests may be sent."""
        with self._lock:
            at = self._clock()
            # A copy, so that an estimate takes no place in line.
            sent = deque(self._sent[kind])
        for _ in range(requests):
            for length, most in LIMITS[kind]:
                if len(sent) >= most:
                    at = max(at, sent[-most] + length)
            sent.append(at)
        return at - self._clock()

    def left(self, path: str = "dashboards/") -> Left:
        """What may still be sent without waiting."""
        kind = kind_of(path)
        with self._lock:
            now = self._clock()
            free = [
                most - sum(moment > now - length for moment in self._sent[kind])
                for length, most in LIMITS[kind]
            ]
            if self._held[kind] > now:
                return Left(0, max(0, free[1]))
        return Left(max(0, min(free)), max(0, free[1]))


def kind_of(path: str) -> str:
    """Which limits a path counts against."""
    if path.startswith("query/"):
        return "query"
    # run_insights belongs to dashboards on the server, whatever its name says (contract 5).
    return "insights" if "insights/" in path and "run_insights" not in path else "general"


_LEDGERS: dict[tuple[str, str], Budget] = {}
_LOCK = threading.Lock()


def shared(host: str, secret: Secret) -> Budget:
    """The ledger of a key on a host, the same for every client of this process."""
    # A digest, so that no second copy of the key outlives its client.
    digest = hashlib.sha256(secret.reveal().encode()).hexdigest()
    with _LOCK:
        return _LEDGERS.setdefault((host, digest), Budget())
