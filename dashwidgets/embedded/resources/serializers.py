"""A dashboard, a tile and an insight as the API shows them (contract 7)."""

from __future__ import annotations

from typing import Any

from dashwidgets.embedded.project import PROJECT
from dashwidgets.embedded.resources import people
from dashwidgets.embedded.server.auth import Actor
from dashwidgets.embedded.storage import Row, Storage, load


def dashboard_basic(
    row: Row,
    actor: Actor,
    users: dict[int | None, dict[str, Any]],
    invitations: dict[int, int],
    *,
    is_shared: bool,
) -> dict[str, Any]:
    """A row of the list (7.2)."""
    level = people.privilege(row, actor, invitations)
    return {
        "id": row["id"],
        "name": row["name"],
        "description": row["description"],
        "pinned": bool(row["pinned"]),
        "created_at": row["created_at"],
        "created_by": users.get(row["created_by"]),
        "last_accessed_at": row["last_accessed_at"],
        "last_viewed_at": None,
        "is_shared": is_shared,
        "deleted": bool(row["deleted"]),
        "creation_mode": row["creation_mode"],
        "tags": load(row["tags"]),
        "restriction_level": row["restriction_level"],
        # The sample's plan includes access control, so the stored level is in force.
        "effective_restriction_level": row["restriction_level"],
        "effective_privilege_level": level,
        "user_access_level": people.access_level(row, actor, level),
        "access_control_version": "v2" if row["restriction_level"] == people.ANYONE else "v1",
        "last_refresh": row["last_refresh"],
        "team_id": PROJECT["id"],
    }


def dashboard_detail(
    storage: Storage,
    row: Row,
    actor: Actor,
    tiles: list[dict[str, Any]],
    *,
    filters_override: dict[str, Any] | None = None,
    variables_override: dict[str, Any] | None = None,
) -> dict[str, Any]:
    """The full form (7.3)."""
    saved_filters, saved_variables = load(row["filters"]), load(row["variables"])
    basic = dashboard_basic(
        row,
        actor,
        people.everyone(storage),
        people.invited(storage, actor),
        is_shared=row["id"] in shared(storage, row["id"]),
    )
    return basic | {
        "filters": saved_filters | (filters_override or {}),
        "variables": saved_variables | (variables_override or {}),
        "breakdown_colors": load(row["breakdown_colors"]),
        "data_color_theme_id": row["data_color_theme_id"],
        "persisted_filters": saved_filters or None,
        "persisted_variables": saved_variables or None,
        "quick_filter_ids": load(row["quick_filter_ids"]),
        "tiles": tiles,
    }


def shared(storage: Storage, dashboard: int | None = None) -> set[int]:
    """Ids of dashboards whose public link is open."""
    narrowed = "" if dashboard is None else "AND dashboard_id = ?"
    values = [] if dashboard is None else [dashboard]
    rows = storage.all(
        f"SELECT dashboard_id FROM sharing WHERE enabled AND expires_at IS NULL {narrowed}",  # noqa: S608
        *values,
    )
    return {row["dashboard_id"] for row in rows}


def tile_form(
    row: Row,
    *,
    order: int | None,
    insight: dict[str, Any] | None = None,
    text: dict[str, Any] | None = None,
    button: dict[str, Any] | None = None,
) -> dict[str, Any]:
    """A tile (7.4) with its content."""
    return {
        "id": row["id"],
        "insight": insight,
        "text": text,
        "button_tile": button,
        "widget": None,
        "layouts": load(row["layouts"]),
        "color": row["color"],
        "filters_overrides": load(row["filters_overrides"]),
        "show_description": flag(row["show_description"]),
        "transparent_background": flag(row["transparent_background"]),
        "order": order,
        "last_refresh": insight.get("last_refresh") if insight else None,
        "is_cached": bool(insight and insight.get("is_cached")),
    }


def insight_basic(
    row: Row, tiles: list[Row], actor: Actor, users: dict[int | None, dict[str, Any]]
) -> dict[str, Any]:
    """A row of the insights list (12.5): no result, nothing computed."""
    live = [tile for tile in tiles if not tile["deleted"]]
    return {
        "id": row["id"],
        "short_id": row["short_id"],
        "name": row["name"],
        "derived_name": row["derived_name"],
        "filters": {},
        "query": load(row["query"]) if row["query"] else None,
        "dashboards": [tile["dashboard_id"] for tile in live],
        "dashboard_tiles": [tile_reference(tile) for tile in live],
        "description": row["description"],
        "last_refresh": None,
        "refreshing": False,
        "saved": bool(row["saved"]),
        "tags": load(row["tags"]),
        "updated_at": row["updated_at"],
        "created_by": users.get(row["created_by"]),
        "created_at": row["created_at"],
        "last_modified_at": row["last_modified_at"],
        "favorited": bool(row["favorited"]),
        "user_access_level": "manager" if actor.is_admin else "editor",
        "last_viewed_at": None,
    }


def tile_reference(tile: Row) -> dict[str, Any]:
    """Where something is placed."""
    return {
        "id": tile["id"],
        "dashboard_id": tile["dashboard_id"],
        "deleted": flag(tile["deleted"]),
    }


def flag(value: int | None) -> bool | None:
    """A nullable boolean from the storage."""
    return None if value is None else bool(value)
