"""One pair of tiles, compared."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from dashwidgets.recordings.comparing.changes import Change
from dashwidgets.recordings.comparing.matching import Pair


@dataclass(frozen=True)
class Row:
    """A pair of tiles, its row of `Comparison.tiles`, and the numbers that differ."""

    pair: Pair
    row: dict[str, Any]
    changes: Sequence[Change] = ()

    @property
    def movement(self) -> float:
        """How far it moved, to sort by: what has no share comes after what has one."""
        share, change = self.row["share"], self.row["change"]
        if self.row["kind"] == "same":
            return -1.0
        # Something from zero has no share: sorted as if it had moved by half.
        return abs(share) if share is not None else 0.5 if change else -0.5
