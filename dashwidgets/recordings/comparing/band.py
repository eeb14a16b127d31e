"""A rule that knows the past: outside the range of the last recordings."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

import pandas as pd

FEWEST = 2
"""Recordings below which a tile has no range."""


@dataclass(frozen=True, eq=False, repr=False)
class Band:
    """Alerts where a tile's headline is below the lowest or above the highest of the last ones.

    Attributes
    ----------
    tiles : DataFrame
        ``taken_at, insight, name, value``, as in `History.tiles`.
    last : int
    by_weekday : bool
    margin : float
    before : datetime, optional
        When the recording under test was taken: only older ones count.
    dashboard : int, optional
        The dashboard of the recording under test: only its recordings count.
    """

    tiles: pd.DataFrame
    last: int
    by_weekday: bool = False
    margin: float = 0.0
    before: datetime | None = None
    dashboard: int | None = None

    def until(self, moment: datetime, dashboard: int) -> Band:
        """The same for what was taken of a dashboard at this moment."""
        return replace(self, before=moment, dashboard=dashboard)

    def __call__(self, rows: pd.DataFrame) -> pd.Series[bool]:
        """Whether each row is outside; one whose past is not known is not, see `unknown`."""
        bands = self._bands()
        found = [
            _is_outside(value, bands.get(key))
            for key, value in zip(_key(rows), rows["after"], strict=True)
        ]
        return pd.Series(found, index=rows.index, dtype=bool)

    def unknown(self, rows: pd.DataFrame) -> list[str]:
        """Names of the rows whose past is not known, so that nothing can be said of them."""
        bands = self._bands()
        keys, names = _key(rows).tolist(), rows["name"].fillna("Untitled").tolist()
        return [name for key, name in zip(keys, names, strict=True) if bands.get(key) is None]

    def __repr__(self) -> str:
        days = ", by weekday" if self.by_weekday else ""
        return f"Band(of the last {self.last} recordings{days}; margin {self.margin:g})"

    def _bands(self) -> dict[str, tuple[float, float] | None]:
        past: Any = self.tiles.loc[self.tiles["value"].notna()]
        if self.dashboard is not None:
            past = past.loc[past["dashboard"] == self.dashboard]
        if self.before is not None:
            # The folder usually holds the recording under test as well, which would always be
            # inside.
            past = past.loc[past["taken_at"] < self.before]
            if self.by_weekday:
                past = past.loc[past["taken_at"].dt.day_of_week == self.before.weekday()]
        past = past.sort_values("taken_at")
        return {key: self._band(found) for key, found in past.groupby(_key(past))["value"]}

    def _band(self, values: pd.Series[float]) -> tuple[float, float] | None:
        recent = values.tail(self.last)
        if len(recent) < FEWEST:
            return None
        room = (recent.max() - recent.min()) * self.margin
        return float(recent.min() - room), float(recent.max() + room)


def _key(rows: pd.DataFrame) -> pd.Series[str]:
    # By insight: the id of a tile changes when it is moved or copied.
    return rows["insight"].fillna(rows["name"])


def _is_outside(value: float, band: tuple[float, float] | None) -> bool:
    return band is not None and not pd.isna(value) and not band[0] <= value <= band[1]
