"""Move, copy, reorder, write and remove tiles (contract 8.13, 9.2 to 9.6)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Literal

from dashwidgets.api.checks import checked_id, checked_json, checked_text
from dashwidgets.api.endpoints.dashboards import Refresh, overrides
from dashwidgets.api.errors import ConfigurationError
from dashwidgets.api.request import (
    UNSET,
    Request,
    Unset,
    given,
    read_dashboard,
    read_nothing,
    read_object,
    read_tile,
)

Arrangement = Literal["preserve", "two_column", "full_width"]
ARRANGEMENTS = ("preserve", "two_column", "full_width")
LONGEST_TEXT, LONGEST_COLOR = 4000, 400


def move(tile: int, *, source: int, to: int) -> Request[dict[str, Any]]:
    """``PATCH dashboards/{source}/move_tile/``: the source's detail form. ``dashboard:write``.

    Sends both spellings of the destination: older and newer servers each know only one. 404 when
    the tile is not on the source, 400 when the destination has the same insight or text already.
    """
    there = checked_id(to)
    return Request(
        "PATCH",
        f"dashboards/{checked_id(source)}/move_tile/",
        read_dashboard,
        "dashboard:write",
        f"Moving tile {tile} to dashboard {to}",
        json={
            # V1 reads toDashboard, V2 to_dashboard; each ignores the other spelling (contract
            # 8.13).
            "to_dashboard": there,
            "toDashboard": there,
            "tile": {"id": checked_id(tile, "tile id")},
        },
    )


def copy(tile: int, *, source: int, to: int) -> Request[dict[str, Any]]:
    """``POST dashboards/{to}/copy_tile/``: the destination's detail form. ``dashboard:write``.

    The copy shows the same insight or text. 400 for buttons, and when it is already there.
    """
    return Request(
        "POST",
        f"dashboards/{checked_id(to)}/copy_tile/",
        read_dashboard,
        "dashboard:write",
        f"Copying tile {tile} to dashboard {to}",
        # Camel case, unlike every other endpoint (contract 9.3).
        json={"fromDashboardId": checked_id(source), "tileId": checked_id(tile, "tile id")},
    )


def reorder(
    dashboard: int, order: Sequence[int], layout: Arrangement = "preserve"
) -> Request[dict[str, Any]]:
    """``POST dashboards/{id}/reorder_tiles/``: the detail form. ``dashboard:write``.

    Packs the listed tiles in reading order; tiles that are not listed stay and may overlap. 404
    names the ids that are not on the dashboard.
    """
    if not isinstance(order, Iterable):  # pyright: ignore[reportUnnecessaryIsInstance]
        raise ConfigurationError(f"Give a list of tile ids, not {order!r}.")
    tiles = [checked_id(tile, "tile id") for tile in order]
    if not tiles:
        raise ConfigurationError("Give at least one tile to reorder.")
    # Refused here because the server's own refusal has a body of another shape (contract 3.2).
    if len(set(tiles)) != len(tiles):
        raise ConfigurationError("Each tile can be listed only once.")
    if layout not in ARRANGEMENTS:
        raise ConfigurationError(
            f"layout must be one of {', '.join(ARRANGEMENTS)}, not {layout!r}."
        )
    return Request(
        "POST",
        f"dashboards/{checked_id(dashboard)}/reorder_tiles/",
        read_dashboard,
        "dashboard:write",
        f"Reordering tiles of dashboard {dashboard}",
        json={"tile_order": tiles, "layout": layout},
    )


def create_text(
    dashboard: int,
    body: str,
    *,
    layouts: Mapping[str, Any] | Unset = UNSET,
    color: str | Unset | None = UNSET,
) -> Request[dict[str, Any]]:
    """``POST dashboards/{id}/create_text_tile/``: the tile, ``order`` None. ``dashboard:write``."""
    return Request(
        "POST",
        f"dashboards/{checked_id(dashboard)}/create_text_tile/",
        read_tile,
        "dashboard:write",
        f"Adding a text to dashboard {dashboard}",
        json=_text_body(given(body=body, layouts=layouts, color=color)),
    )


def update_text(
    dashboard: int,
    tile: int,
    *,
    body: str | Unset = UNSET,
    layouts: Mapping[str, Any] | Unset = UNSET,
    color: str | Unset | None = UNSET,
) -> Request[dict[str, Any]]:
    """``POST dashboards/{id}/update_text_tile/``: the tile. ``dashboard:write``.

    400 when the tile holds something else.
    """
    changes = _text_body(given(body=body, layouts=layouts, color=color))
    return Request(
        "POST",
        f"dashboards/{checked_id(dashboard)}/update_text_tile/",
        read_tile,
        "dashboard:write",
        f"Changing the text of tile {tile}",
        json={"tile_id": checked_id(tile, "tile id")} | changes,
    )


def remove(dashboard: int, tile: int) -> Request[None]:
    """``POST dashboards/{id}/delete_tile/``. Scope ``dashboard:write``.

    The insight or text survives; the other tiles drop into the gap. 404 when it is not there.
    """
    return Request(
        "POST",
        f"dashboards/{checked_id(dashboard)}/delete_tile/",
        read_nothing,
        "dashboard:write",
        f"Removing tile {tile} of dashboard {dashboard}",
        json={"tile_id": checked_id(tile, "tile id")},
    )


def run_insights(
    dashboard: int, *, refresh: Refresh = "force_cache", timeout: float | None = None
) -> Request[dict[str, Any]]:
    """``GET dashboards/{id}/run_insights/``: every result at once. Scope ``query:read``.

    Does not count as opening. Requests JSON: the server's default is plain text for language
    models.
    """
    return Request(
        "GET",
        f"dashboards/{checked_id(dashboard)}/run_insights/",
        read_object,
        "query:read",
        f"Running the insights of dashboard {dashboard}",
        params=overrides(refresh, None, None) | {"output_format": "json"},
        timeout=timeout,
    )


def _text_body(body: dict[str, Any]) -> dict[str, Any]:
    if "body" in body:
        text = checked_text("text", body["body"])
        if not text.strip():
            raise ConfigurationError("A text tile needs a non-empty text.")
        if len(text) > LONGEST_TEXT:
            raise ConfigurationError(
                f"The text has {len(text)} characters: PostHog allows {LONGEST_TEXT}."
            )
    if body.get("color") is not None and len(str(body["color"])) > LONGEST_COLOR:
        raise ConfigurationError(f"color is too long: PostHog allows {LONGEST_COLOR} characters.")
    if "layouts" in body:
        body["layouts"] = checked_json("layouts", body["layouts"])
    return body
