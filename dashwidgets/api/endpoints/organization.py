"""Members and color themes (contract 12.3, 12.4)."""

from __future__ import annotations

from typing import Any

from dashwidgets.api.paging import JsonPage, read_page
from dashwidgets.api.request import Request, read_list


def members(
    limit: int = 100, offset: int = 0, *, organization: str = "@current"
) -> Request[JsonPage]:
    """``GET /api/organizations/{id}/members/``. Scope ``organization_member:read``."""
    params: dict[str, Any] = {"limit": limit, "offset": offset}
    return Request(
        "GET",
        f"/api/organizations/{organization}/members/",
        read_page,
        "organization_member:read",
        "Listing members",
        params=params,
    )


def themes() -> Request[list[dict[str, Any]]]:
    """``GET data_color_themes/``: a plain list. Scope ``project:read``."""
    return Request(
        "GET", "data_color_themes/", read_list, "project:read", "Listing data color themes"
    )
