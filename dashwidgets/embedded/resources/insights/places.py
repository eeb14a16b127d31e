"""Where insights are shown, and under which restrictions: read at once for many of them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from dashwidgets.embedded.resources import people
from dashwidgets.embedded.server.auth import Actor
from dashwidgets.embedded.storage import MANY, Row, Storage


@dataclass(frozen=True)
class Places:
    """What the forms of some insights have in common."""

    users: dict[int | None, dict[str, Any]]
    invitations: dict[int, int]
    tiles: dict[int, list[Row]]
    """By insight, in the order they were made."""
    dashboards: dict[int, Row]

    def on_live_dashboards(self, insight: int) -> list[Row]:
        """The tiles of an insight but for those of dashboards that are deleted."""
        tiles = self.tiles.get(insight, [])
        return [tile for tile in tiles if not self.dashboards[tile["dashboard_id"]]["deleted"]]

    def strictest(self, actor: Actor, insight: int) -> tuple[int, int]:
        """The strictest restriction over an insight's dashboards; what the actor may then do."""
        tiles = self.tiles.get(insight, [])
        rows = [self.dashboards[tile["dashboard_id"]] for tile in tiles]
        return (
            # An insight on any restricted dashboard is as restricted as that one.
            max((row["restriction_level"] for row in rows), default=people.ANYONE),
            min(
                (people.privilege(row, actor, self.invitations) for row in rows),
                default=people.CAN_EDIT,
            ),
        )


def placed(storage: Storage, actor: Actor, insights: Iterable[Any]) -> Places:
    """The places of some insights, by their ids."""
    keys = list(insights)
    tiles: dict[int, list[Row]] = {}
    dashboards: dict[int, Row] = {}
    if keys:
        rows = storage.all(
            "SELECT id, dashboard_id, insight_id, deleted FROM tile "  # noqa: S608
            f"WHERE insight_id IN {MANY} ORDER BY id",
            keys,
        )
        for tile in rows:
            tiles.setdefault(tile["insight_id"], []).append(tile)
        boards = {tile["dashboard_id"] for found in tiles.values() for tile in found}
        rows = storage.all(
            f"SELECT id, restriction_level, created_by, deleted FROM dashboard WHERE id IN {MANY}",  # noqa: S608
            list(boards),
        )
        dashboards = {row["id"]: row for row in rows}
    return Places(people.everyone(storage), people.invited(storage, actor), tiles, dashboards)
