"""Annotations: notes on a point in time, which charts mark."""

from __future__ import annotations

from typing import Any

from dashwidgets.api.paging import JsonPage, read_page
from dashwidgets.api.request import Request


def page(limit: int = 1000, offset: int = 0) -> Request[JsonPage]:
    """``GET annotations/``, the newest first. Scope ``annotation:read``."""
    params: dict[str, Any] = {"limit": limit, "offset": offset}
    return Request(
        "GET", "annotations/", read_page, "annotation:read", "Listing annotations", params=params
    )
