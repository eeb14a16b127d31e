"""The tiles of a dashboard: their order, and each as the API shows it (contract 7.4, 8.10)."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import Any

from dashwidgets.embedded.resources import people
from dashwidgets.embedded.resources import serializers as forms
from dashwidgets.embedded.resources.access import hidden
from dashwidgets.embedded.resources.insights.results import Wanted
from dashwidgets.embedded.server.auth import Actor
from dashwidgets.embedded.server.context import Context
from dashwidgets.embedded.server.errors import Problem
from dashwidgets.embedded.storage import Row, Storage

UNPLACED = 100
"""Where the server sorts a tile without a position; the web app says 0 (10.2)."""


@dataclass(frozen=True)
class Reading:
    """How the tiles of a dashboard are to be read: the query parameters of 8.10."""

    refresh: str | None = None
    filters: dict[str, Any] | None = None
    variables: dict[str, Any] | None = None
    tile_filters: dict[str, Any] = field(default_factory=dict[str, Any])
    query_id: str | None = None


def in_order(storage: Storage, dashboard: int, size: str = "sm") -> list[Row]:
    """Live tiles, top to bottom and left to right; ties keep the order they were made in."""
    rows = storage.all(
        "SELECT tile.* FROM tile LEFT JOIN insight ON insight.id = insight_id "
        "WHERE dashboard_id = ? AND NOT coalesce(tile.deleted, 0) "
        "AND NOT coalesce(insight.deleted, 0) ORDER BY tile.id",
        dashboard,
    )
    return sorted(rows, key=lambda row: position(json.loads(row["layouts"]), size))


def position(layouts: Any, size: str) -> tuple[float, float]:
    """Row and column of a tile; whatever is not a number counts as unplaced."""
    box = layouts.get(size) if isinstance(layouts, dict) else None  # pyright: ignore[reportUnknownMemberType, reportUnknownVariableType]
    found = box if isinstance(box, dict) else {}  # pyright: ignore[reportUnknownVariableType]
    y, x = (found.get(axis) for axis in "yx")  # pyright: ignore[reportUnknownMemberType, reportUnknownVariableType]
    return (
        y if isinstance(y, int | float) else UNPLACED,
        x if isinstance(x, int | float) else UNPLACED,
    )


class TileForms:
    """Write the tiles of one dashboard, one at a time, as each is asked for.

    Parameters
    ----------
    context, actor
        Whose project, and who asks.
    dashboard : dict
        Its row.
    reading : Reading
        How results are to be got.
    """

    def __init__(self, context: Context, actor: Actor, dashboard: Row, reading: Reading) -> None:
        self._world = context
        self._actor = actor
        self._dashboard = dashboard
        self._reading = reading
        self._users = people.everyone(context.storage)
        self._unseen = hidden(context.storage, actor, "insight")

    def all(self) -> list[dict[str, Any]]:
        """Every tile, in order."""
        rows = in_order(self._world.storage, self._dashboard["id"])
        return [self.one(row, order) for order, row in enumerate(rows)]

    def one(self, row: Row, order: int | None) -> dict[str, Any]:
        """One tile, its result computed if that was asked for."""
        if row["insight_id"] is not None:
            insight, error = self._insight(row)
            form = forms.tile_form(row, order=order, insight=insight)
            return form | {"error": error} if error else form
        if row["text_id"] is not None:
            return forms.tile_form(row, order=order, text=self._written("text", row["text_id"]))
        if row["button_id"] is None:
            return forms.tile_form(row, order=order) | {"widget": {"id": str(row["id"])}}
        return forms.tile_form(row, order=order, button=self._written("button", row["button_id"]))

    def _insight(self, tile: Row) -> tuple[dict[str, Any], dict[str, str] | None]:
        row = self._world.storage.one("SELECT * FROM insight WHERE id = ?", tile["insight_id"])
        assert row is not None, "a tile's insight is never erased"
        if row["id"] in self._unseen:
            known = {"id": row["id"], "short_id": row["short_id"], "user_access_level": "none"}
            return known, None
        wanted = Wanted(
            insight=row,
            dashboard=self._dashboard["id"],
            filters=self._filters(tile),
            variables=json.loads(self._dashboard["variables"]) | (self._reading.variables or {}),
            refresh=self._reading.refresh,
            query_id=self._reading.query_id,
        )
        result, error = self._world.results.get(wanted)
        return insight_form(self._world, self._actor, row, self._users, result), error

    def _filters(self, tile: Row) -> dict[str, Any]:
        """A tile's own filters replace the dashboard's; they are never merged (8.10)."""
        own = json.loads(tile["filters_overrides"]) | self._reading.tile_filters
        return own or json.loads(self._dashboard["filters"]) | (self._reading.filters or {})

    def _written(self, table: str, key: int | str) -> dict[str, Any]:
        """A text or button tile's content (7.5, 7.6)."""
        storage = self._world.storage
        row = storage.one(f"SELECT * FROM {table} WHERE id = ?", key)  # noqa: S608
        assert row is not None, "a tile's content is never erased"
        places = storage.all(f"SELECT * FROM tile WHERE {table}_id = ? ORDER BY id", key)  # noqa: S608
        return row | {
            "created_by": self._users.get(row["created_by"]),
            "last_modified_by": self._users.get(row["last_modified_by"]),
            "dashboard_tiles": [forms.tile_reference(place) for place in places],
            "team": self._world.project_id,
        }


def insight_form(
    context: Context,
    actor: Actor,
    row: Row,
    users: dict[int | None, dict[str, Any]],
    result: dict[str, Any],
) -> dict[str, Any]:
    """An insight with its result (7.8)."""
    storage = context.storage
    tiles = storage.all("SELECT * FROM tile WHERE insight_id = ? ORDER BY id", row["id"])
    basic = forms.insight_basic(row, tiles, actor, users)
    del basic["refreshing"]
    restriction, level = _strictest(storage, actor, [tile["dashboard_id"] for tile in tiles])
    return basic | {
        "order": None,
        "deleted": bool(row["deleted"]),
        "last_modified_by": users.get(row["last_modified_by"]),
        "is_sample": bool(row["is_sample"]),
        "effective_restriction_level": restriction,
        "effective_privilege_level": level,
        "alerts": [],
        **result,
    }


def _strictest(storage: Storage, actor: Actor, dashboards: list[int]) -> tuple[int, int]:
    """The strictest restriction over an insight's dashboards, and what the actor may then do."""
    invitations = people.invited(storage, actor)
    rows = [storage.one("SELECT * FROM dashboard WHERE id = ?", key) for key in dashboards]
    known = [row for row in rows if row is not None]
    return (
        max((row["restriction_level"] for row in known), default=people.ANYONE),
        min((people.privilege(row, actor, invitations) for row in known), default=37),
    )


def as_error_tile(tile: Row, error: Exception) -> dict[str, Any]:
    """A tile of the first two that failed (8.14): only its id and the reason."""
    kind = "ValidationError" if isinstance(error, Problem) else type(error).__name__
    return {"id": tile["id"], "error": {"type": kind, "message": error_text(error)}}


def error_text(error: Exception) -> str:
    """An exception as PostHog prints it into a stream."""
    if isinstance(error, Problem):
        detail, code = error.body["detail"], error.body["code"]
        return f"[ErrorDetail(string={detail!r}, code={code!r})]"
    return str(error)
