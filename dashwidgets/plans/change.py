"""A change is a value: one cell, from old to new, and its state."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from dataclasses import field as default
from typing import Any, Literal

import pandas as pd

from dashwidgets.frames.arrays import as_array

State = Literal["ready", "conflict", "refused", "done", "skipped", "failed"]
Key = tuple[int, int | None, str]
COLUMNS = ("dashboard", "dashboard_name", "tile", "field", "old", "new", "state", "reason")


# Slots: a plan over a whole project holds tens of thousands of them.
@dataclass(slots=True)
class Change:
    """One cell of the server.

    Attributes
    ----------
    dashboard : int
    dashboard_name : str or None
    tile : int or None
        None: the change is about the dashboard itself.
    field : str
        As the column of the frame is called, or a word of `fields`.
    old, new : object
        As JSON has them.
    state, reason : str
        The state, and the reason for it.
    sent : bool
        Whether a request for it was sent, whatever the outcome.
    memo : dict
        What undoing needs beyond the old value.
    unseen : bool
        Whether it was accepted but could not be read back.
    """

    dashboard: int
    dashboard_name: str | None
    tile: int | None
    field: str
    old: Any
    new: Any
    state: State = "ready"
    reason: str = ""
    sent: bool = False
    memo: dict[str, Any] = default(default_factory=dict[str, Any])
    unseen: bool = False

    @property
    def key(self) -> Key:
        """What identifies the cell."""
        return self.dashboard, self.tile, self.field

    def becomes(self, state: State, reason: str = "") -> None:
        """Set the state and its reason."""
        self.state, self.reason, self.unseen = state, reason, False

    def was_not_seen(self, why: str) -> None:
        """Keep that the server accepted it, and why nobody looked whether it is there."""
        self.reason, self.unseen = f"accepted, but not read back: {why}", True

    @property
    def is_left(self) -> bool:
        """Whether applying would still send it."""
        return self.state in ("ready", "failed")


def as_json(change: Change) -> dict[str, Any]:
    """The form a journal keeps."""
    return asdict(change)


def changes_frame(changes: Iterable[Change], **attrs: Any) -> pd.DataFrame:
    """One row per change."""
    rows = [[getattr(change, name) for name in COLUMNS] for change in changes]
    frame = pd.DataFrame(rows, columns=list(COLUMNS))
    frame = frame.astype({"dashboard": "int64", "tile": "Int64"})
    for name in ("dashboard_name", "field", "state", "reason"):
        frame[name] = as_array([row[COLUMNS.index(name)] for row in rows], "text")
    for name in ("old", "new"):  # a column of numbers alone would turn its empty cells into NaN
        frame[name] = pd.Series([row[COLUMNS.index(name)] for row in rows], dtype="object")
    frame.attrs.update(attrs)
    return frame
