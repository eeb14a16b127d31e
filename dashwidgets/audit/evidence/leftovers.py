"""What only SQL shows: alerts, annotations on deleted boards, tiles that no board displays."""

from __future__ import annotations

from collections.abc import Collection

import pandas as pd

from dashwidgets.api.client import Client
from dashwidgets.api.errors import NOT_OFFERED
from dashwidgets.frames.columns import Column, Table
from dashwidgets.queries.system_tables import read_schema, read_table
from dashwidgets.queries.tiles import TILE, Placed

ALERTS = Table(
    "alerts",
    (
        Column("id", "text", "id", "Alert id."),
        Column("name", "text", "name", "Its name."),
        Column("insight_id", "integer", "insight_id", "The insight that it watches."),
        Column("enabled", "boolean", "enabled", "Whether it is on."),
        Column("state", "text", "state", "Firing, Errored and others."),
        Column("last_checked_at", "time", "last_checked_at", "When it was last computed."),
    ),
)
ANNOTATIONS = Table(
    "annotations",
    (
        Column("id", "integer", "id", "Annotation id."),
        Column("content", "text", "content", "What it says."),
        Column("dashboard_id", "integer", "dashboard_id", "The deleted dashboard that it is on."),
        Column("date_marker", "time", "date_marker", "The moment that it marks."),
    ),
)
LEFTOVERS = Table(
    "leftovers",
    (
        Column("id", "integer", "id", "Tile id."),
        Column("dashboard_id", "integer", "dashboard_id", "The dashboard that keeps it."),
        Column("insight_id", "integer", "insight_id", "The deleted insight."),
        Column("name", "text", "name", "The insight's name."),
    ),
)
_ON_DELETED = "deleted = 0 AND dashboard_id IN (SELECT id FROM system.dashboards WHERE deleted = 1)"


def can_place(client: Client) -> bool:
    """Whether this server tells all tiles by SQL; one request, once a connection."""
    try:
        schema = read_schema(client)
    except NOT_OFFERED:
        return False
    tiles, insights = schema.known("dashboard_tiles", TILE), schema.known("insights", ["query"])
    return len(tiles) == len(TILE) and bool(insights)


def read_alerts(client: Client) -> pd.DataFrame:
    """Every alert. One request for 50,000."""
    columns = ("id", "name", "insight_id", "enabled", "state", "last_checked_at")
    return ALERTS.to_frame(read_table(client, "alerts", columns).rows)


def read_annotations(client: Client) -> pd.DataFrame:
    """Annotations on dashboards that are deleted. One request."""
    columns = ("id", "content", "dashboard_id", "date_marker")
    return ANNOTATIONS.to_frame(read_table(client, "annotations", columns, (), _ON_DELETED).rows)


def leftovers(placed: Placed, boards: Collection[int]) -> pd.DataFrame:
    """Tiles of listed boards whose insight is deleted."""
    rows = (
        {**tile, "name": insight["name"]}
        for tile in placed.tiles
        if tile["dashboard_id"] in boards
        if (insight := placed.insights.get(tile["insight_id"])) and insight["deleted"]
    )
    return LEFTOVERS.to_frame(rows)
