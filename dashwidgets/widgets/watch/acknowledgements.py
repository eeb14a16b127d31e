"""How far a view has come: it is asked now and then, and acknowledges what it has drawn.

Not with every message: to each answer the kernel says that it was busy and is idle again, and on
JupyterLab's socket two small messages can hold the next one up for 40 ms.
"""

from __future__ import annotations

import time

EVERY = 2.0
"""Seconds from question to question, of a view that keeps up."""
EVERY_BYTES = 1_000_000
"""Bytes after which it is asked sooner."""
LATE = 0.5
"""Seconds within which a view that keeps up answers."""
AHEAD = 32_000_000
"""Bytes that may go unanswered: a busy kernel hears no answers, a slow page has none yet."""


class Acknowledgements:
    """One question at a time: has everything up to this batch been drawn?"""

    def __init__(self) -> None:
        self._open: int | None = None
        self._asked_at = float("-inf")
        self._sent = self._asked = 0
        self._drawn: int | None = None
        self._took = 0.0

    def sends(self, seq: int, size: int) -> bool:
        """Record an outgoing batch; returns whether it asks for an acknowledgement."""
        now = time.monotonic()
        self._sent += size
        is_due = (
            self._took > LATE
            or now - self._asked_at >= EVERY
            or self._sent - self._asked >= EVERY_BYTES
        )
        if self._open is not None or not is_due:
            return False
        self._open, self._asked_at, self._asked = seq, now, self._sent
        return True

    def hear(self, seq: int) -> None:
        """Record an acknowledgement: everything up to this batch has been drawn."""
        # >= because a view that begins anew may answer for a later batch at once.
        if self._open is not None and seq >= self._open:
            self._open = None
            self._took = time.monotonic() - self._asked_at
            self._drawn = self._asked

    def forget(self) -> None:
        """A view starts over; the one that was asked may be gone."""
        self._open = None
        self._took = 0.0
        self._drawn = self._sent

    def is_late(self) -> bool:
        """Whether a view is open that can't keep up."""
        if self._drawn is None:
            return False
        return self._took > LATE or self._sent - self._drawn > AHEAD
