"""Event definitions: descriptions, tags, whether they are verified or hidden."""

from __future__ import annotations

from typing import Any

from dashwidgets.api.paging import JsonPage, read_page
from dashwidgets.api.request import Request


def events(limit: int = 1000, offset: int = 0) -> Request[JsonPage]:
    """``GET event_definitions/``. Scope ``event_definition:read``."""
    params: dict[str, Any] = {"limit": limit, "offset": offset}
    return Request(
        "GET",
        "event_definitions/",
        read_page,
        "event_definition:read",
        "Listing event definitions",
        params=params,
    )
