"""The list of insights beside a table of dashboards: read once, for tiles and for what they use."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import pandas as pd

from dashwidgets.widgets.shared.state.browse import UsesState

if TYPE_CHECKING:
    from dashwidgets.audit.evidence.insights import Asked

ReadInsights = Callable[[pd.DataFrame], "Asked"]
"""Reads the list of insights for a frame of dashboards."""
TILE = ("id", "name", "kind", "query_kind", "display")


def tiles_of(asked: Asked, dashboard: int) -> dict[str, Any]:
    """The tiles of one dashboard and the names they depend on, for a row that was opened."""
    own = asked.tiles[asked.tiles["dashboard_id"] == dashboard]
    rows = own[list(TILE)].astype(object).where(own[list(TILE)].notna(), None)
    used = asked.references[asked.references["dashboard_id"] == dashboard]
    return {
        "tiles": rows.to_dict("records"),
        "uses": sorted(set(_named(used))),
        "taken_at": asked.taken_at,
        "complete": asked.complete,
    }


def uses_of(asked: Asked) -> UsesState:
    """Every name that a tile depends on, beside the dashboards of those tiles."""
    on_boards = asked.references.dropna(subset=["dashboard_id"])
    boards = on_boards["dashboard_id"].groupby(_named(on_boards)).unique()
    return {
        "names": boards.index.tolist(),
        "dashboards": [sorted(map(int, ids)) for ids in boards],
        "unread": len(asked.references.attrs.get("unread") or ()),
        "taken_at": asked.taken_at,
    }


def _named(references: pd.DataFrame) -> pd.Series[Any]:
    return references["kind"] + ": " + references["name"]
