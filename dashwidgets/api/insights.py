"""Insights: list and read (contract 12.5)."""

from __future__ import annotations

from typing import Any

from dashwidgets.api.dashboards import Refresh, checked_id, overrides
from dashwidgets.api.paging import Page, read_page
from dashwidgets.api.request import Request, read_object


def page(limit: int = 100, offset: int = 0) -> Request[Page]:
    """List insights without results. Scope ``insight:read``; opens no dashboard.

    Each row names the dashboards and tiles it is on: the cheap way to every insight tile.
    """
    params: dict[str, Any] = {"basic": "true", "limit": limit, "offset": offset}
    return Request("GET", "insights/", read_page, "insight:read", "Listing insights", params=params)


def read(
    insight: int,
    *,
    from_dashboard: int | None = None,
    refresh: Refresh | None = None,
    timeout: float | None = None,
) -> Request[dict[str, Any]]:
    """Read one insight with its result (7.8). Scope ``insight:read``.

    ``from_dashboard`` applies that dashboard's filters: the result its tile shows.
    """
    params: dict[str, Any] = overrides(refresh, None, None)
    if from_dashboard is not None:
        params["from_dashboard"] = checked_id(from_dashboard)
    return Request(
        "GET",
        f"insights/{checked_id(insight, 'insight id')}/",
        read_object,
        "insight:read",
        f"Reading insight {insight}",
        params=params,
        timeout=timeout,
    )
