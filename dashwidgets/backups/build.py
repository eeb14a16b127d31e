"""Create dashboards: from a template in one request, or piece by piece where keys are refused."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from dashwidgets.api.checks import checked_id, checked_json
from dashwidgets.api.client import Client
from dashwidgets.api.endpoints import dashboards, insights, templates
from dashwidgets.api.errors import (
    NOT_OFFERED,
    ConfigurationError,
    DashwidgetsError,
)
from dashwidgets.api.request import Request, read_dashboard

Tile = Mapping[str, Any]
IN_TEMPLATES = ("INSIGHT", "TEXT")


def patch(dashboard: int, body: Mapping[str, Any]) -> Request[dict[str, Any]]:
    """``PATCH dashboards/{id}/`` with fields that only a restore writes. ``dashboard:write``."""
    return Request(
        "PATCH",
        f"dashboards/{checked_id(dashboard)}/",
        read_dashboard,
        "dashboard:write",
        f"Restoring dashboard {dashboard}",
        json=checked_json("a dashboard", body),
    )


def from_template(client: Client, template: Mapping[str, Any]) -> dict[str, Any]:
    """A dashboard from a template, in detail form as it was read back.

    Two requests where the server takes templates. Where it refuses keys: one for the board, one
    for each insight, one for texts and places.

    Raises
    ------
    ConfigurationError
        The template is not valid; nothing was sent.
    DashwidgetsError
        With a note of the dashboard that was begun, when it stopped in the middle.
    """
    checked = templates.checked_template(template)
    # The server would only write a line into its own log, and answer 200.
    unknown = [t.get("type") for t in checked["tiles"] if t.get("type") not in IN_TEMPLATES]
    if unknown:
        raise ConfigurationError(
            f"PostHog skips tiles of type {unknown[0]!r} silently: use INSIGHT or TEXT."
        )
    try:
        key = int(client.send(templates.create_dashboard(checked))["id"])
    except NOT_OFFERED:  # whether the key may create a dashboard at all, the pieces will show
        key = _piece_by_piece(client, checked)
    # Read back: servers that fail half-way through a template leave an incomplete dashboard (8.2).
    return client.send(dashboards.read(key))


def _piece_by_piece(client: Client, template: Mapping[str, Any]) -> int:
    made = client.send(
        dashboards.create(
            name=template["template_name"],
            description=template["dashboard_description"],
            filters=template["dashboard_filters"],
            tags=template.get("tags") or [],
        )
    )
    key = int(made["id"])
    try:
        add_tiles(client, key, template["tiles"])
    except DashwidgetsError as error:
        error.add_note(f"Dashboard {key} was created but is not complete.")
        raise
    return key


def add_tiles(client: Client, dashboard: int, tiles: Sequence[Tile]) -> None:
    """Put tiles on a dashboard: insights one by one, then texts, buttons and places at once."""
    patches: list[dict[str, Any]] = []
    for tile in tiles:
        if tile["type"] != "INSIGHT":
            patches.append(written(tile))
            continue
        answer = client.send(
            insights.create(
                # An insight is put on the dashboard by its own creation: tiles can't be added from
                # that side.
                query=tile.get("query") or {},
                name=tile.get("name"),
                description=tile.get("description") or "",
                dashboards=[dashboard],
                tags=tile.get("tags") or [],
            )
        )
        places: list[dict[str, Any]] = answer.get("dashboard_tiles") or []
        here = [place["id"] for place in places if place["dashboard_id"] == dashboard]
        if here:
            patches.append({"id": here[0]} | looks(tile))
    if patches:
        client.send(patch(dashboard, {"tiles": patches}))


def written(tile: Tile) -> dict[str, Any]:
    """A tile patch that makes a text, a button or a widget."""
    if tile["type"] == "TEXT":
        return {"text": {"body": tile.get("body")}} | looks(tile)
    kind = "button_tile" if tile["type"] == "BUTTON" else "widget"
    return {kind: dict(tile.get(kind.removesuffix("_tile")) or {})} | looks(tile)


def looks(tile: Tile) -> dict[str, Any]:
    """Where a tile stands and how it looks."""
    names = (
        *("layouts", "color", "filters_overrides"),
        *("show_description", "transparent_background"),
    )
    return {name: tile[name] for name in names if name in tile}
