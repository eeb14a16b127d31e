"""A personal API key and the user it belongs to (contract 12.2)."""

from __future__ import annotations

from typing import Any

from dashwidgets.api.request import Request, reads_object


def me() -> Request[dict[str, Any]]:
    """Read the key's own user. Scope ``user:read``; ``team.id`` is the current project."""
    # The one endpoint that keys restricted to some projects may always call.
    return Request(
        "GET",
        "/api/users/@me/",
        reads_object("uuid", "email", "team"),
        "user:read",
        "Checking the API key",
    )


def key() -> Request[dict[str, Any]]:
    """Read the key's own label and scopes, never its value. Any key may."""
    return Request(
        "GET",
        "/api/personal_api_keys/@current/",
        reads_object("scopes", "id"),
        "",
        "Reading the key's scopes",
    )
