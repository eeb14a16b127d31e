"""The user a key belongs to (contract 12.2)."""

from __future__ import annotations

from typing import Any

from dashwidgets.api.request import Request, read_object


def me() -> Request[dict[str, Any]]:
    """Read the key's own user. Scope ``user:read``; ``team.id`` is the current project."""
    return Request("GET", "/api/users/@me/", read_object, "user:read", "Checking the API key")
