"""The error of a stream that ended early, with the events that had arrived."""

from __future__ import annotations

from dashwidgets.api.errors import DashwidgetsError
from dashwidgets.api.stream.events import Event


class StreamInterrupted(DashwidgetsError):
    """A stream ended before it was complete.

    Attributes
    ----------
    arrived : list of Event
        Every event that had arrived, in order.
    """

    def __init__(self, message: str, arrived: list[Event]) -> None:
        super().__init__(message)
        self.arrived = arrived
