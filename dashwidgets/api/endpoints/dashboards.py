"""Dashboards: list, create, read, update (contract 8.1, 8.2, 8.10, 8.11)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Literal

import msgspec

from dashwidgets.api.checks import checked_id, checked_json, checked_tags, checked_text, scalar
from dashwidgets.api.errors import ConfigurationError
from dashwidgets.api.paging import JsonPage, read_page
from dashwidgets.api.request import UNSET, Request, Unset, given, read_dashboard

Refresh = Literal["force_cache", "blocking", "force_blocking", "async", "lazy_async", "force_async"]
REFRESH: tuple[str, ...] = (
    "force_cache",
    "blocking",
    "force_blocking",
    "async",
    "lazy_async",
    "force_async",
)
LONGEST_NAME = 400
LONGEST_SEARCH = 200
ANYONE, COLLABORATORS = 21, 37


def page(
    limit: int = 100,
    offset: int = 0,
    *,
    search: str | None = None,
    tags: Sequence[str] | None = None,
    creation_mode: str | None = None,
) -> Request[JsonPage]:
    """List dashboards (8.1). Scope ``dashboard:read``; does not change ``last_accessed_at``.

    Raises `ConfigurationError` before anything is sent when ``search`` is over 200 characters.
    """
    if search is not None and len(search) > LONGEST_SEARCH:
        raise ConfigurationError(
            f"search has {len(search)} characters: PostHog allows {LONGEST_SEARCH}."
        )
    params: dict[str, Any] = {"limit": limit, "offset": offset}
    params |= {"search": search} if search else {}
    # Repeated parameters here; the insights list wants a JSON array instead (contract 12.5).
    params |= {"tags": list(tags)} if tags else {}
    params |= {"creation_mode": creation_mode} if creation_mode else {}
    return Request(
        "GET", "dashboards/", read_page, "dashboard:read", "Listing dashboards", params=params
    )


def create(
    *,
    name: str | Unset | None = UNSET,
    description: str | Unset = UNSET,
    pinned: bool | Unset = UNSET,
    tags: Sequence[str] | Unset = UNSET,
    filters: Mapping[str, Any] | Unset = UNSET,
    restriction_level: int | Unset = UNSET,
) -> Request[dict[str, Any]]:
    """Create an empty dashboard (8.2): the detail form. Scope ``dashboard:write``; sent once.

    Raises `ConfigurationError` for a value PostHog would refuse, before anything is sent.
    """
    body = checked(
        given(
            name=name,
            description=description,
            pinned=pinned,
            tags=tags,
            filters=filters,
            restriction_level=restriction_level,
        )
    )
    return Request(
        "POST",
        "dashboards/",
        read_dashboard,
        "dashboard:write",
        "Creating a dashboard",
        json=body,
    )


def read(
    dashboard: int,
    *,
    refresh: Refresh | None = None,
    filters_override: Mapping[str, Any] | None = None,
    variables_override: Mapping[str, Any] | None = None,
    timeout: float | None = None,
) -> Request[dict[str, Any]]:
    """Read one dashboard with its tiles (8.10): the detail form. Scope ``dashboard:read``.

    Every read writes ``last_accessed_at`` on the server. With a blocking ``refresh`` it answers
    when the slowest tile is done.
    """
    return Request(
        "GET",
        f"dashboards/{checked_id(dashboard)}/",
        read_dashboard,
        "dashboard:read",
        f"Reading dashboard {dashboard}",
        params=overrides(refresh, filters_override, variables_override),
        timeout=timeout,
    )


def update(
    dashboard: int,
    *,
    name: str | Unset | None = UNSET,
    description: str | Unset = UNSET,
    pinned: bool | Unset = UNSET,
    tags: Sequence[str] | Unset = UNSET,
    filters: Mapping[str, Any] | Unset = UNSET,
    restriction_level: int | Unset = UNSET,
    data_color_theme_id: int | Unset | None = UNSET,
    breakdown_colors: Sequence[Mapping[str, Any]] | Unset = UNSET,
    tiles: Sequence[Mapping[str, Any]] | Unset = UNSET,
) -> Request[dict[str, Any]]:
    """Change only what is given (8.11): the detail form. Scope ``dashboard:write``.

    Raises `ConfigurationError` for a value PostHog would refuse or silently ignore.
    """
    body = checked(
        given(
            name=name,
            description=description,
            pinned=pinned,
            tags=tags,
            filters=filters,
            restriction_level=restriction_level,
            data_color_theme_id=data_color_theme_id,
            breakdown_colors=breakdown_colors,
            tiles=tiles,
        )
    )
    if not body:
        raise ConfigurationError("Nothing to change: give at least one field, such as name=.")
    # Servers ignore falsy filters and answer 200 with the old ones (contract 8.11).
    if body.get("filters") == {}:
        raise ConfigurationError(
            'PostHog ignores empty filters: to clear the date range send {"date_from": None}.'
        )
    return Request(
        "PATCH",
        f"dashboards/{checked_id(dashboard)}/",
        read_dashboard,
        "dashboard:write",
        f"Updating dashboard {dashboard}",
        json=body,
    )


def put_back(dashboard: int, last_accessed_at: str | None) -> Request[dict[str, Any]]:
    """Write ``last_accessed_at`` back as the list had it (8.2, 8.11). Scope ``dashboard:write``."""
    return Request(
        "PATCH",
        f"dashboards/{checked_id(dashboard)}/",
        read_dashboard,
        "dashboard:write",
        f"Putting back last_accessed_at of dashboard {dashboard}",
        # The field is writable although reading sets it: the only way to read without leaving a
        # trace.
        json={"last_accessed_at": last_accessed_at},
    )


def delete(dashboard: int, *, insights: bool = False) -> Request[dict[str, Any]]:
    """Hide a dashboard and its tiles (8.11). Scope ``dashboard:write``.

    A PATCH: PostHog refuses DELETE (8.12). ``insights`` also hides insights that are on no other
    dashboard.
    """
    # Absent rather than false: older servers do not know the field.
    body = {"deleted": True} | ({"delete_insights": True} if insights else {})
    return Request(
        "PATCH",
        f"dashboards/{checked_id(dashboard)}/",
        read_dashboard,
        "dashboard:write",
        f"Deleting dashboard {dashboard}",
        json=body,
    )


def restore(dashboard: int) -> Request[dict[str, Any]]:
    """Bring a dashboard back (8.11). Scope ``dashboard:write``.

    Sends exactly ``{"deleted": false}``: older servers find the dashboard only then. Every tile it
    ever had comes back with it, including those removed one by one.
    """
    return Request(
        "PATCH",
        f"dashboards/{checked_id(dashboard)}/",
        read_dashboard,
        "dashboard:write",
        f"Restoring dashboard {dashboard}",
        # Nothing beside it: V1 looks for deleted dashboards only when this is the single key.
        json={"deleted": False},
    )


def duplicate(
    dashboard: int, *, name: str | Unset | None = UNSET, deep: bool = False
) -> Request[dict[str, Any]]:
    """Copy a dashboard (8.2): the new one's detail form. Scope ``dashboard:write``; sent once.

    Without ``deep`` the copy shows the same insights and texts. Name, tags, description, sharing
    and collaborators are not copied.
    """
    body = checked(given(name=name)) | {"use_dashboard": checked_id(dashboard)}
    return Request(
        "POST",
        "dashboards/",
        read_dashboard,
        "dashboard:write",
        f"Duplicating dashboard {dashboard}",
        json=body | ({"duplicate_tiles": True} if deep else {}),
    )


def checked(body: dict[str, Any]) -> dict[str, Any]:
    """Check the body of a write and return it as plain JSON values."""
    body = {field: scalar(value) for field, value in body.items()}
    name = body.get("name")
    if name is not None:
        checked_text("name", name)
        if len(name) > LONGEST_NAME:
            raise ConfigurationError(
                f"name has {len(name)} characters: PostHog allows {LONGEST_NAME}."
            )
    if "description" in body:
        checked_text("description", body["description"])
    if "pinned" in body and not isinstance(body["pinned"], bool):
        raise ConfigurationError(f"pinned must be True or False, not {body['pinned']!r}.")
    if "tags" in body:
        body["tags"] = checked_tags(body["tags"])
    if "restriction_level" in body and body["restriction_level"] not in (ANYONE, COLLABORATORS):
        raise ConfigurationError(
            f"restriction_level must be {ANYONE} (everyone can edit) or {COLLABORATORS} "
            f"(collaborators only), not {body['restriction_level']!r}."
        )
    if "filters" in body:
        body["filters"] = checked_json("filters", body["filters"])
    if body.get("data_color_theme_id") is not None:
        body["data_color_theme_id"] = checked_id(body["data_color_theme_id"], "color theme id")
    if "breakdown_colors" in body:
        body["breakdown_colors"] = [
            checked_json("a breakdown color", entry) for entry in body["breakdown_colors"]
        ]
    if "tiles" in body:
        body["tiles"] = [checked_json("a tile", tile) for tile in body["tiles"]]
    return body


def overrides(
    refresh: str | None,
    filters_override: Mapping[str, Any] | None,
    variables_override: Mapping[str, Any] | None,
) -> dict[str, str]:
    """Query parameters shared by reading and streaming; objects travel as JSON text."""
    if refresh is not None and refresh not in REFRESH:
        raise ConfigurationError(f"refresh must be one of {', '.join(REFRESH)}, not {refresh!r}.")
    params = {"refresh": refresh} if refresh else {}
    for name, value in (
        ("filters_override", filters_override),
        ("variables_override", variables_override),
    ):
        if value is not None:
            # Checked to be an object first: PostHog answers 500 to valid JSON that is not one
            # (8.10).
            params[name] = msgspec.json.encode(checked_json(name, value)).decode()
    return params
