"""Dashboard templates (contract 8.15, 12.6)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from dashwidgets.api.checks import checked_json
from dashwidgets.api.errors import ConfigurationError
from dashwidgets.api.paging import JsonPage, read_page
from dashwidgets.api.request import Request, read_dashboard

REQUIRED = ("template_name", "dashboard_description", "dashboard_filters", "tiles")


def page(limit: int = 100, offset: int = 0, *, search: str | None = None) -> Request[JsonPage]:
    """``GET dashboard_templates/``. Scope ``dashboard_template:read``."""
    params: dict[str, Any] = {"limit": limit, "offset": offset}
    params |= {"search": search} if search else {}
    return Request(
        "GET",
        "dashboard_templates/",
        read_page,
        "dashboard_template:read",
        "Listing templates",
        params=params,
    )


def create_dashboard(template: Mapping[str, Any]) -> Request[dict[str, Any]]:
    """``POST dashboards/create_from_template_json/``: the detail form, status 200.

    No scope allows it: PostHog refuses keys with the 403 of contract 1.1; browser sessions and
    the embedded project accept it.
    """
    return Request(
        "POST",
        "dashboards/create_from_template_json/",
        read_dashboard,
        "",
        "Creating a dashboard from a template",
        json={"template": checked_template(template)},
    )


def checked_template(template: Mapping[str, Any]) -> dict[str, Any]:
    """Check that a template has what PostHog's schema requires."""
    checked = checked_json("template", template)
    # PostHog answers a body without them with 500, or with a validator's report of many lines.
    missing = [name for name in REQUIRED if name not in checked]
    if missing:
        raise ConfigurationError(f"The template has no {', '.join(missing)}.")
    tiles = checked["tiles"]
    if not isinstance(tiles, list) or not tiles:
        raise ConfigurationError("A template needs at least one tile.")
    return checked
