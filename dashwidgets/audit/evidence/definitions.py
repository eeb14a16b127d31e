"""What a project knows about its events, cohorts and actions, for rules about references."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from dashwidgets.api.errors import ConfigurationError
from dashwidgets.frames.columns import Column, Table

EVENTS = Table(
    "events",
    (
        Column("event", "text", "event", "Name of the event."),
        Column("last_seen", "time", "last_seen", "When it last arrived."),
        Column("usual_gap", "number", "usual_gap", "Mean seconds between two arrivals."),
    ),
)
CARRIED = Table(
    "carried",
    (
        Column("event", "text", "event", "Name of the event."),
        Column("property", "text", "property", "A property that it carries."),
    ),
)
OBJECTS = Table(
    "objects",
    (
        Column("kind", "text", "kind", "cohort or action."),
        Column("name", "text", "name", "Its number, as text."),
        Column("deleted", "boolean", "deleted", "Whether it was deleted."),
    ),
)


@dataclass(frozen=True)
class Definitions:
    """Frames to give to ``ph.audit(..., definitions=)``; those left out are read by SQL.

    Attributes
    ----------
    events : DataFrame, optional
        ``event``, ``last_seen`` and, where known, ``usual_gap`` in seconds.
    carried : DataFrame, optional
        ``event`` and ``property``: which event carries which property.
    objects : DataFrame, optional
        ``kind`` (cohort or action), ``name`` (its number as text), ``deleted``.
    """

    events: pd.DataFrame | None = None
    carried: pd.DataFrame | None = None
    objects: pd.DataFrame | None = None

    def __post_init__(self) -> None:
        required: dict[str, tuple[str, ...]] = {
            "events": ("event", "last_seen"),
            "carried": ("event", "property"),
            "objects": ("kind", "name", "deleted"),
        }
        for name, columns in required.items():
            frame: pd.DataFrame | None = getattr(self, name)
            if frame is None:
                continue
            if missing := [column for column in columns if column not in frame.columns]:
                raise ConfigurationError(f"The frame {name} lacks the column {missing[0]!r}.")
