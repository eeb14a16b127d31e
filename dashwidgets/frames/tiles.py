"""``ph.tiles()`` and ``board.tiles()``: one row per tile."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import pandas as pd

from dashwidgets.frames.columns import Column, Table, inner, inner_list
from dashwidgets.frames.results.kinds import source_of

CONTENTS = {"insight": "insight", "text": "text", "button_tile": "button", "widget": "widget"}

TILES = Table(
    "tiles",
    (
        Column("id", "id", "id", "Tile id."),
        Column("dashboard_id", "integer", "dashboard_id", "Dashboard it is on."),
        Column("dashboard", "text", "dashboard", "Name of that dashboard."),
        Column("kind", "text", "kind", "insight, text, button, widget or unknown."),
        Column("name", "text", "name", "The insight's name, else the one PostHog derived."),
        Column("insight_id", "integer", "insight_id", "Insight id; missing for other tiles."),
        Column("short_id", "text", "short_id", "The insight's id in PostHog's URLs."),
        Column(
            "query_kind", "text", "query_kind", "TrendsQuery, FunnelsQuery, HogQLQuery and others."
        ),
        Column("display", "text", "display", "How a trend is drawn, such as BoldNumber."),
        Column("text", "text", "text", "Markdown of a text tile (deep only)."),
        Column("order", "integer", "order", "Rank on the board, from 0 (deep only)."),
        Column("x", "integer", "x", "Column on the 12-column grid (deep only)."),
        Column("y", "integer", "y", "Row (deep only)."),
        Column("w", "integer", "w", "Width in columns (deep only)."),
        Column("h", "integer", "h", "Height in rows of 80 px (deep only)."),
        Column("color", "text", "color", "Color (deep only)."),
        Column("is_cached", "boolean", "is_cached", "Whether a result is cached (deep only)."),
        Column("last_refresh", "time", "last_refresh", "When it was computed (deep only)."),
        Column(
            "last_accessed_at",
            "time",
            "last_accessed_at",
            "When its dashboard was last opened before this read (whole project, deep only).",
        ),
        Column("last_modified_at", "time", "last_modified_at", "When the insight was changed."),
        Column("error", "text", "error", "Why it can't be shown; missing when it can."),
    ),
)


def insight_tiles(
    insights: Iterable[Any], names: Mapping[int, str | None]
) -> Iterator[dict[str, Any]]:
    """Tiles from the insights list: every insight tile, without layouts or text tiles.

    ``names`` are the dashboards that are listed; deleted ones keep their tiles' references.
    """
    for insight in insights:
        # Removed tiles stay in this list, marked as deleted.
        places = [
            place
            for place in inner_list(insight, "dashboard_tiles")
            if not place.get("deleted") and place.get("dashboard_id") in names
        ]
        row = _insight_row(insight) if places else {}
        for place in places:
            board = place["dashboard_id"]
            own = {"id": place["id"], "dashboard_id": board, "dashboard": names[board]}
            yield {**row, **own, "kind": "insight"}


def tiles_of_details(
    details: Iterable[Mapping[str, Any]],
    *,
    before: Mapping[int, str | None] | None = None,
    **attrs: Any,
) -> pd.DataFrame:
    """Tiles from dashboards' detail forms: all kinds, with layout and order.

    ``before`` tells when each dashboard had been opened, by id: the detail form says now.
    """
    opened = before or {}
    rows = (
        tile_row(tile, detail) | {"last_accessed_at": opened.get(detail.get("id") or 0)}
        for detail in details
        for tile in inner_list(detail, "tiles")
    )
    return TILES.to_frame(rows, **attrs)


def tile_row(tile: Mapping[str, Any], dashboard: Mapping[str, Any]) -> dict[str, Any]:
    """One tile of a detail form, flat."""
    insight = inner(tile, "insight")
    box = inner(inner(tile, "layouts"), "sm")
    row: dict[str, Any] = {
        "id": tile["id"],
        "dashboard_id": dashboard.get("id"),
        "dashboard": dashboard.get("name"),
        "kind": tile_kind(tile),
        "text": inner(tile, "text").get("body"),
        "order": tile.get("order"),
        "color": tile.get("color"),
        "is_cached": tile.get("is_cached"),
        "last_refresh": tile.get("last_refresh"),
        "error": tile_error(tile),
    }
    row |= {side: box.get(side) for side in "xywh"}
    return row | (_insight_row(insight) if insight else {"name": tile_name(tile)})


def tile_kind(tile: Mapping[str, Any]) -> str:
    """The kind of a tile."""
    return next((kind for name, kind in CONTENTS.items() if tile.get(name)), "unknown")


def tile_name(tile: Mapping[str, Any]) -> str | None:
    """The name a user sees; text tiles have none."""
    held = inner(tile, "insight") or inner(tile, "widget")
    name = held.get("name") or held.get("derived_name") or inner(tile, "button_tile").get("text")
    return str(name) if name else None


def tile_error(tile: Mapping[str, Any]) -> str | None:
    """Why a tile shows nothing, in the server's words."""
    error = tile.get("error")
    if error:
        return str(inner(tile, "error").get("message") or error)
    status = inner(inner(tile, "insight"), "query_status")
    return str(status.get("error_message") or "The query failed.") if status.get("error") else None


def _insight_row(insight: Any) -> dict[str, Any]:
    query, source = inner(insight, "query"), source_of(insight)
    return {
        "name": insight.get("name") or insight.get("derived_name"),
        "insight_id": insight.get("id"),
        "short_id": insight.get("short_id"),
        "query_kind": source.get("kind"),
        "display": inner(source, "trendsFilter").get("display") or query.get("display"),
        "last_modified_at": insight.get("last_modified_at"),
    }
