"""A dashboard as one JSON value: its template, and what templates lose. No token, no password."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from dashwidgets.api.client import Client
from dashwidgets.api.endpoints import collaborators, dashboards, insights, sharing
from dashwidgets.api.errors import DashwidgetsError, NotFound
from dashwidgets.api.paging import collect
from dashwidgets.backups.files import FORMAT, VERSION
from dashwidgets.frames.columns import inner

RESTRICTED = 37
_TILE = ("layouts", "color", "filters_overrides", "show_description", "transparent_background")


def read_snapshot(
    client: Client,
    dashboard_id: int,
    *,
    row: Mapping[str, Any] | None = None,
    queries: Mapping[int, Any] | None = None,
) -> dict[str, Any]:
    """Everything of one dashboard that a restore needs.

    Four requests, or two with ``row`` and ``queries`` given; one more when it is restricted.
    PostHog notes it as opened: ``history.last_accessed_at`` is the list's, from before.
    What could not be read is in ``refused``, never left out silently.

    Parameters
    ----------
    row : dict, optional
        Its row in the list, read before.
    queries : dict, optional
        Insight id to stored query; a tile shows its query with the dashboard's filters applied.

    Raises
    ------
    NotFound
        There is no such dashboard.
    """
    refused: list[str] = []
    if row is None:
        rows = collect(client, dashboards.page).rows
        nowhere: dict[str, Any] = {}
        # An unlisted dashboard has no row; only its date of opening is then missing.
        row = next((one for one in rows if one.get("id") == dashboard_id), nowhere)
    if queries is None:
        queries = stored_queries(client, refused)
    # After the list, because this read changes last_accessed_at (8.10).
    detail = client.send(dashboards.read(dashboard_id))
    tiles = [
        tile_form(client, tile, at, queries, refused)
        for at, tile in enumerate(detail["tiles"] or [])
    ]
    restriction = detail.get("restriction_level") or 21
    return {
        "format": FORMAT,
        "version": VERSION,
        "source": {
            "host": client.host,
            "project_id": client.project_id,
            "dashboard_id": dashboard_id,
        },
        "template": {
            "template_name": detail.get("name") or "",
            "dashboard_description": detail.get("description") or "",
            "dashboard_filters": _saved(detail, "filters"),
            "tags": list(detail.get("tags") or []),
            "tiles": tiles,
        },
        "settings": {
            "name": detail.get("name"),
            "pinned": bool(detail.get("pinned")),
            "restriction_level": restriction,
            "variables": _saved(detail, "variables"),
            "breakdown_colors": detail.get("breakdown_colors") or [],
            "data_color_theme_id": detail.get("data_color_theme_id"),
            "quick_filter_ids": detail.get("quick_filter_ids") or [],
            "creation_mode": detail.get("creation_mode") or "default",
        },
        "collaborators": _invited(client, dashboard_id, refused)
        if restriction == RESTRICTED
        else [],
        "sharing": _link(client, dashboard_id, refused),
        "history": {
            "created_at": detail.get("created_at"),
            "created_by": inner(detail, "created_by").get("email"),
            "last_accessed_at": row.get("last_accessed_at"),
        },
        "refused": refused,
    }


def stored_queries(client: Client, refused: list[str]) -> dict[int, Any]:
    """The query of every listed insight as it is stored. One request for up to 5,000."""
    try:
        listing = collect(client, insights.page)
    except DashwidgetsError as error:
        refused.append(str(error))
        return {}
    return {int(row["id"]): row.get("query") for row in listing.rows}


def _saved(detail: Mapping[str, Any], name: str) -> dict[str, Any]:
    """What is saved; older servers don't say what was merged on top."""
    # ``filters`` has the request's overrides merged in; only ``persisted_filters`` is what is
    # saved.
    key = f"persisted_{name}"
    return dict((detail[key] if key in detail else detail.get(name)) or {})


def tile_form(
    client: Client,
    tile: Mapping[str, Any],
    order: int,
    queries: Mapping[int, Any],
    refused: list[str],
) -> dict[str, Any]:
    """A tile as the template format has it, and what that format loses."""
    own: dict[str, Any] = {name: tile.get(name) for name in _TILE} | {"order": order}
    own["layouts"], own["filters_overrides"] = (
        own["layouts"] or {},
        own["filters_overrides"] or {},
    )
    if tile.get("text"):
        return own | {"type": "TEXT", "body": tile["text"].get("body")}
    if tile.get("button_tile"):
        button = {name: tile["button_tile"].get(name) for name in ("url", "text", "placement")}
        return own | {
            "type": "BUTTON",
            "button": button | {"style": tile["button_tile"].get("style")},
        }
    if tile.get("widget"):
        names = ("widget_type", "name", "description", "config")
        return own | {
            "type": "WIDGET",
            "widget": {name: tile["widget"].get(name) for name in names},
        }
    insight = inner(tile, "insight")
    # Said, because such a tile would be restored as an empty insight.
    if not insight or insight.get("user_access_level") == "none":
        refused.append(f"Tile {tile.get('id')}: the key may not see what is in it.")
    return own | {
        "type": "INSIGHT",
        "insight_id": insight.get("id"),
        "name": insight.get("name"),
        "derived_name": insight.get("derived_name"),
        "description": insight.get("description"),
        "tags": list(insight.get("tags") or []),
        "query": _query(client, insight, queries, refused),
    }


def _query(
    client: Client, insight: Mapping[str, Any], queries: Mapping[int, Any], refused: list[str]
) -> Any:
    key: int | None = insight.get("id")
    # Not the query in the tile: the dashboard's filters are merged into that one (8.10).
    if key is not None and key in queries:
        return queries[key]
    if key is None or insight.get("user_access_level") == "none":
        return None
    try:
        return client.send(insights.read(key)).get("query")
    except DashwidgetsError as error:
        refused.append(f"{error} Its query is kept with the dashboard's filters applied.")
        return insight.get("query")


def _invited(client: Client, key: int, refused: list[str]) -> list[str] | None:
    try:
        found = client.send(collaborators.listing(key))
    except DashwidgetsError as error:
        refused.append(str(error))
        return None
    # By email: uuids of users mean nothing in another organization.
    return sorted(str(inner(one, "user").get("email")) for one in found)


def _link(client: Client, key: int, refused: list[str]) -> dict[str, Any] | None:
    try:
        found = client.send(sharing.read(key))
    except NotFound as error:
        raise error from None
    except DashwidgetsError as error:
        refused.append(str(error))
        return None
    return {
        "enabled": bool(found.get("enabled")),
        "settings": found.get("settings"),
        "password_required": bool(found.get("password_required")),
    }
