"""The error of a stream that ended early; it keeps what had arrived."""

from __future__ import annotations

from dashwidgets.api.errors import DashwidgetsError
from dashwidgets.api.stream.events import Event


class StreamInterrupted(DashwidgetsError):
    """A stream ended before it was complete.

    Attributes
    ----------
    arrived : list of Event
        Everything that had arrived, in order. Nothing is lost.
    """

    def __init__(self, message: str, arrived: list[Event]) -> None:
        super().__init__(message)
        self.arrived = arrived
