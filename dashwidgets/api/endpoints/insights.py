"""Insights: list, read, create, update, delete (contract 12.5)."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from dashwidgets.api.checks import checked_id, checked_json, checked_tags, checked_text
from dashwidgets.api.endpoints.dashboards import Refresh, overrides
from dashwidgets.api.errors import ConfigurationError
from dashwidgets.api.paging import JsonPage, read_page
from dashwidgets.api.request import UNSET, Request, Unset, given, reads_object


def page(limit: int = 100, offset: int = 0) -> Request[JsonPage]:
    """List insights without results. Scope ``insight:read``; opens no dashboard.

    Each row names its dashboards and tiles: the cheapest way to list every insight tile.
    """
    # Without ``basic`` every row carries its result, megabytes of which a list needs none.
    params: dict[str, Any] = {"basic": "true", "limit": limit, "offset": offset}
    return Request("GET", "insights/", read_page, "insight:read", "Listing insights", params=params)


def read(
    insight: int | str,
    *,
    from_dashboard: int | None = None,
    refresh: Refresh | None = None,
    filters_override: Mapping[str, Any] | None = None,
    variables_override: Mapping[str, Any] | None = None,
    timeout: float | None = None,
) -> Request[dict[str, Any]]:
    """Read one insight, by id or short id, with its result (7.8). Scope ``insight:read``.

    ``from_dashboard`` applies that dashboard's filters: the result its tile shows.
    """
    params: dict[str, Any] = overrides(refresh, filters_override, variables_override)
    if from_dashboard is not None:
        # Only with it does the server merge the dashboard's filters, as the tile does.
        params["from_dashboard"] = checked_id(from_dashboard)
    return Request(
        "GET",
        f"insights/{_key(insight)}/",
        reads_object("id"),
        "insight:read",
        f"Reading insight {insight}",
        params=params,
        timeout=timeout,
    )


def create(
    *,
    query: Mapping[str, Any],
    name: str | Unset | None = UNSET,
    description: str | Unset | None = UNSET,
    dashboards: Sequence[int] | Unset = UNSET,
    tags: Sequence[str] | Unset = UNSET,
) -> Request[dict[str, Any]]:
    """Create an insight, with a tile on each dashboard named. Scope ``insight:write``; sent once.

    400 when the query is not valid or a dashboard does not exist; 403 without the right
    to edit a dashboard.
    """
    fields = given(
        query=query, name=name, description=description, dashboards=dashboards, tags=tags
    )
    body = _checked(fields)
    return Request(
        "POST", "insights/", reads_object("id"), "insight:write", "Creating an insight", json=body
    )


def update(
    insight: int | str,
    *,
    query: Mapping[str, Any] | Unset = UNSET,
    name: str | Unset | None = UNSET,
    description: str | Unset | None = UNSET,
    dashboards: Sequence[int] | Unset = UNSET,
    tags: Sequence[str] | Unset = UNSET,
) -> Request[dict[str, Any]]:
    """Change only what is given. Scope ``insight:write``.

    ``dashboards`` is the complete set: the insight leaves those that are not in it.
    """
    fields = given(
        query=query, name=name, description=description, dashboards=dashboards, tags=tags
    )
    return _patch(insight, _checked(fields), "Updating")


def delete(insight: int | str) -> Request[dict[str, Any]]:
    """Hide an insight and its tiles everywhere: a PATCH. Scope ``insight:write``."""
    # DELETE is answered with 405, as for dashboards.
    return _patch(insight, {"deleted": True}, "Deleting")


def _patch(insight: int | str, body: dict[str, Any], verb: str) -> Request[dict[str, Any]]:
    return Request(
        "PATCH",
        f"insights/{_key(insight)}/",
        reads_object("id"),
        "insight:write",
        f"{verb} insight {insight}",
        json=body,
    )


def _checked(body: dict[str, Any]) -> dict[str, Any]:
    if "query" in body:
        body["query"] = checked_json("query", body["query"])
        if not isinstance(body["query"].get("kind"), str):
            raise ConfigurationError('A query needs a kind, such as {"kind": "InsightVizNode", …}.')
    for field in body.keys() & {"name", "description"}:
        if body[field] is not None:
            checked_text(field, body[field])
    if "dashboards" in body:
        body["dashboards"] = [checked_id(board) for board in body["dashboards"]]
    if "tags" in body:
        body["tags"] = checked_tags(body["tags"])
    if not body:
        raise ConfigurationError("Nothing to change: give at least one field, such as name=.")
    return body


def _key(insight: int | str) -> str:
    """An id, or a short id of letters and digits: nothing else may get into the path."""
    if isinstance(insight, str) and re.fullmatch(r"[A-Za-z0-9_-]{1,20}", insight):
        return insight
    return str(checked_id(insight, "insight id"))
