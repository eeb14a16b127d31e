"""``ph.tiles()``: from the insights list, by SQL, or by opening each dashboard."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

import pandas as pd

from dashwidgets.api.client import Client
from dashwidgets.api.endpoints import insights as insights_api
from dashwidgets.api.errors import NOT_OFFERED, BadRequest, ConfigurationError
from dashwidgets.api.paging import Listing, reading_as, take_pages
from dashwidgets.bulk.garbage import collector_paused
from dashwidgets.bulk.tiles import read_every_tile
from dashwidgets.queries.system_tables import json_of, read_table

Deep = bool | Literal["open"]

MISSING = ("text", "is_cached", "last_refresh", "error")
"""Columns of tiles that no system table has."""
TILE = ("id", "dashboard_id", "insight_id", "text_id", "button_tile_id", "layouts", "color")
INSIGHT = ("id", "short_id", "name", "query", "deleted", "last_modified_at")
LAST = 100
"""Where a tile without a place counts as being (contract 8.10)."""


@dataclass(frozen=True)
class Placed:
    """Rows of ``system.dashboard_tiles``, and those of ``system.insights`` by id."""

    tiles: list[dict[str, Any]]
    insights: dict[int, dict[str, Any]]
    warnings: list[Any]


def checked_deep(deep: Any) -> None:
    """Raise `ConfigurationError` unless it is one of `Deep`."""
    if not (isinstance(deep, bool) or deep == "open"):
        raise ConfigurationError(f'deep is True, False or "open", not {deep!r}.')


def read_tiles(
    client: Client, listing: Listing, attrs: dict[str, Any], *, deep: Deep, put_back: bool
) -> pd.DataFrame:
    """Every tile; ``attrs`` are those of the listing, to which the source is added."""
    if not deep:
        return _listed(client, listing, attrs)
    if deep != "open":
        spent = client.requests_spent
        try:
            return _by_sql(client, listing, attrs)
        except (BadRequest, *NOT_OFFERED) as error:
            # Kept for the user: the fallback opens every dashboard, which the server records.
            attrs["not_by_sql"] = str(error)
            attrs["requests_spent"] += client.requests_spent - spent
    attrs["source"] = "open"
    return read_every_tile(client, listing, attrs, put_back=put_back)


def _listed(client: Client, listing: Listing, attrs: dict[str, Any]) -> pd.DataFrame:
    from dashwidgets.frames.columns import Builder
    from dashwidgets.frames.insights import read_insights
    from dashwidgets.frames.tiles import TILES, insight_tiles

    names = {row["id"]: row.get("name") for row in listing.rows}
    builder = Builder(TILES)
    insights = take_pages(
        client,
        reading_as(insights_api.page, read_insights),
        lambda rows: builder.add(list(insight_tiles(rows, names))),
    )
    attrs["complete"] = listing.complete and insights.complete
    attrs["requests_spent"] += insights.requests_spent
    attrs["source"] = "list"
    return builder.to_frame(**attrs)


@collector_paused()
def _by_sql(client: Client, listing: Listing, attrs: dict[str, Any]) -> pd.DataFrame:
    from dashwidgets.frames.tiles import tiles_of_details

    spent = client.requests_spent
    placed = read_placed(client)
    boards = {row["id"]: row for row in listing.rows}
    warnings = placed.warnings
    attrs |= {
        "source": "sql",
        "missing": list(MISSING),
        "warnings": warnings,
        # A warning may say that rows are left out; which it says is not guessed from its words.
        "complete": listing.complete and not warnings,
        "unread": {},
        "requests_spent": attrs["requests_spent"] + client.requests_spent - spent,
    }
    before = {key: board.get("last_accessed_at") for key, board in boards.items()}
    names = {key: board.get("name") for key, board in boards.items()}
    return tiles_of_details(as_details(placed, names), before=before, **attrs)


def read_placed(client: Client, more: Sequence[str] = ()) -> Placed:
    """Every tile and insight by SQL; ``more`` columns of insights. Nothing is opened.

    Raises `BadRequest` where the server has no such tables, `Forbidden` where the key may not.
    """
    # Live tiles store NULL or 0, depending on the age of the row.
    tiles = read_table(client, "dashboard_tiles", TILE, where="ifNull(deleted, 0) = 0")
    # What insights had before queries; some of the oldest have nothing else.
    insights = read_table(client, "insights", [*INSIGHT, *more], ("filters",))
    by_id = {row["id"]: row for row in insights.rows}
    return Placed(tiles.rows, by_id, [*tiles.warnings, *insights.warnings])


def as_details(placed: Placed, names: Mapping[int, str | None]) -> Iterator[dict[str, Any]]:
    """The dashboards of ``names`` with their tiles, in the shape of their detail forms."""
    on: defaultdict[int, list[dict[str, Any]]] = defaultdict(list)
    for row in placed.tiles:
        insight = placed.insights.get(row["insight_id"])
        # A board does not show the tile of a deleted insight.
        if row["dashboard_id"] in names and not (insight and insight["deleted"]):
            on[row["dashboard_id"]].append(row)
    for key, name in names.items():
        # A board at a time: the queries of all, read from JSON, take ten times the room.
        tiles = [_as_detail(row, placed.insights.get(row["insight_id"])) for row in on[key]]
        yield {"id": key, "name": name, "tiles": _in_order(tiles)}


def _as_detail(row: Mapping[str, Any], insight: Mapping[str, Any] | None) -> dict[str, Any]:
    """A row of ``system.dashboard_tiles`` in the shape that a dashboard's detail form has."""
    tile: dict[str, Any] = {"id": row["id"], "color": row["color"]}
    tile["layouts"] = json_of(row["layouts"]) or {}
    if row["insight_id"] is not None:
        tile["insight"] = {"id": row["insight_id"]}
        if insight:
            held = {name: json_of(insight.get(name)) for name in ("query", "filters")}
            tile["insight"] = {**insight, **held}
    elif row["text_id"] is not None:
        tile["text"] = {"id": row["text_id"]}
    elif row["button_tile_id"] is not None:
        tile["button_tile"] = {"id": row["button_tile_id"]}
    else:
        tile["widget"] = {"tile": row["id"]}
    return tile


def _in_order(tiles: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Tiles as a board ranks them, by their place on the grid."""

    def place(tile: dict[str, Any]) -> tuple[float, float, int]:
        box: Any = tile["layouts"].get("sm") or {}
        y, x = box.get("y"), box.get("x")
        return (LAST if y is None else y, LAST if x is None else x, tile["id"])

    return [tile | {"order": rank} for rank, tile in enumerate(sorted(tiles, key=place))]
