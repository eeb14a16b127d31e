"""Projects (contract 12.1)."""

from __future__ import annotations

from typing import Any

from dashwidgets.api.paging import JsonPage, read_page
from dashwidgets.api.request import Request, reads_object


def page(limit: int = 100, offset: int = 0) -> Request[JsonPage]:
    """List the projects the key may see. Scope ``project:read``."""
    params: dict[str, Any] = {"limit": limit, "offset": offset}
    return Request(
        "GET", "/api/projects/", read_page, "project:read", "Listing projects", params=params
    )


def read(project: int | str) -> Request[dict[str, Any]]:
    """Read one project. Scope ``project:read``."""
    return Request(
        "GET",
        f"/api/projects/{project}/",
        reads_object("id"),
        "project:read",
        f"Opening project {project}",
    )
