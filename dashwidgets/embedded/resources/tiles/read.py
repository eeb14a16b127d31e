"""The tiles of a dashboard: their order, and each as the API shows it (contract 7.4, 8.10)."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from dashwidgets.embedded.resources import serializers as forms
from dashwidgets.embedded.resources.access import hidden
from dashwidgets.embedded.resources.insights.places import Places, placed
from dashwidgets.embedded.resources.insights.results import Kept, Wanted
from dashwidgets.embedded.server.auth import Actor
from dashwidgets.embedded.server.context import Context
from dashwidgets.embedded.server.errors import Problem
from dashwidgets.embedded.storage import MANY, Row, Storage, load

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
        # A deleted insight hides its tiles on every board, though their own rows are live.
        "AND NOT coalesce(insight.deleted, 0) ORDER BY tile.id",
        dashboard,
    )
    # Stable: tiles at the same place stay in the order they were made in.
    return sorted(rows, key=lambda row: position(load(row["layouts"]), size))


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

    What all of them need is read at once, in as many queries for two tiles as for two hundred.

    Parameters
    ----------
    context, actor
        Whose project, and who asks.
    dashboard : dict
        Its row.
    reading : Reading
        How results are to be got.
    rows : list of dict
        The tiles.
    """

    def __init__(
        self, context: Context, actor: Actor, dashboard: Row, reading: Reading, rows: list[Row]
    ) -> None:
        storage = context.storage
        self._context = context
        self._actor = actor
        self._dashboard = dashboard
        self._reading = reading
        self._rows = rows
        self._insights = _by_id(storage, "insight", rows)
        self._places = placed(storage, actor, self._insights)
        self._written = {table: _written(storage, table, rows) for table in ("text", "button")}
        self._unseen = hidden(storage, actor, "insight")
        self._asked: dict[int, Wanted] = {}

    def all(self) -> list[dict[str, Any]]:
        """Every tile, in order."""
        seen = (row for row in self._rows if row["insight_id"] is not None)
        wanted = [self._wanted(row) for row in seen if row["insight_id"] not in self._unseen]
        # One statement for all cached results of the board, not one for each tile.
        kept = self._context.results.kept(wanted)
        return [self.one(row, order, kept) for order, row in enumerate(self._rows)]

    def one(self, row: Row, order: int | None, kept: Kept | None = None) -> dict[str, Any]:
        """One tile, its result computed if that was asked for."""
        if row["insight_id"] is not None and row["insight_id"] in self._unseen:
            insight = self._insights[row["insight_id"]]
            # That there is a tile is no secret, only what it shows.
            known = {"id": insight["id"], "short_id": insight["short_id"]}
            return forms.tile_form(row, order=order, insight=known | {"user_access_level": "none"})
        if row["insight_id"] is not None:
            wanted = self._wanted(row)
            result, error = self._context.results.get(wanted, kept)
            insight = insight_form(self._actor, wanted.insight, self._places, result)
            form = forms.tile_form(row, order=order, insight=insight)
            return form | {"error": error} if error else form
        if row["text_id"] is not None:
            return forms.tile_form(row, order=order, text=self._content("text", row["text_id"]))
        # Neither insight, text nor button: one of PostHog's own widgets, which an import brought.
        if row["button_id"] is None:
            return forms.tile_form(row, order=order) | {"widget": {"id": str(row["id"])}}
        return forms.tile_form(row, order=order, button=self._content("button", row["button_id"]))

    def _wanted(self, tile: Row) -> Wanted:
        # Kept: it holds the query with its filters and that query's hash, half of a tile's time.
        if (known := self._asked.get(tile["id"])) is not None:
            return known
        wanted = self._asked[tile["id"]] = Wanted(
            insight=self._insights[tile["insight_id"]],
            dashboard=self._dashboard["id"],
            filters=self._filters(tile),
            variables=load(self._dashboard["variables"]) | (self._reading.variables or {}),
            refresh=self._reading.refresh,
            query_id=self._reading.query_id,
        )
        return wanted

    def _filters(self, tile: Row) -> dict[str, Any]:
        """A tile's own filters replace the dashboard's; they are never merged (8.10)."""
        own = load(tile["filters_overrides"]) | self._reading.tile_filters
        return own or load(self._dashboard["filters"]) | (self._reading.filters or {})

    def _content(self, table: str, key: int | str) -> dict[str, Any]:
        """A text or button tile's content (7.5, 7.6)."""
        row, places = self._written[table][key]
        users = self._places.users
        return row | {
            "created_by": users.get(row["created_by"]),
            "last_modified_by": users.get(row["last_modified_by"]),
            "dashboard_tiles": [forms.tile_reference(place) for place in places],
            "team": self._context.project_id,
        }


def _by_id(storage: Storage, table: str, rows: list[Row]) -> dict[int | str, Row]:
    """What some tiles hold of a table, by id."""
    keys = [row[f"{table}_id"] for row in rows if row[f"{table}_id"] is not None]
    found = storage.all(f"SELECT * FROM {table} WHERE id IN {MANY}", keys) if keys else []  # noqa: S608
    return {row["id"]: row for row in found}


def _written(
    storage: Storage, table: str, rows: list[Row]
) -> dict[int | str, tuple[Row, list[Row]]]:
    """Texts or buttons, each with every tile that shows it."""
    contents = _by_id(storage, table, rows)
    if not contents:
        return {}
    column = f"{table}_id"
    tiles = storage.all(
        f"SELECT * FROM tile WHERE {column} IN {MANY} ORDER BY id",  # noqa: S608
        list(contents),
    )
    return {
        key: (row, [tile for tile in tiles if tile[column] == key]) for key, row in contents.items()
    }


def insight_form(actor: Actor, row: Row, places: Places, result: dict[str, Any]) -> dict[str, Any]:
    """An insight with its result (7.8)."""
    users = places.users
    basic = forms.insight_basic(row, places.tiles.get(row["id"], []), actor, users)
    # A key of the list form that a tile's insight does not have (7.8).
    del basic["refreshing"]
    restriction, level = places.strictest(actor, row["id"])
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
