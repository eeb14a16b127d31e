"""A personal API key and the user it belongs to (contract 12.2)."""

from __future__ import annotations

from typing import Any

from dashwidgets.api.errors import UnexpectedAnswer
from dashwidgets.api.request import NOT_THIS_API, Request, read_object


def me() -> Request[dict[str, Any]]:
    """Read the key's own user. Scope ``user:read``; ``team.id`` is the current project."""
    # The one endpoint that keys restricted to some projects may always call.
    return Request("GET", "/api/users/@me/", _read_user, "user:read", "Checking the API key")


def key() -> Request[dict[str, Any]]:
    """Read the key's own label and scopes, never its value. Any key may."""
    return Request(
        "GET", "/api/personal_api_keys/@current/", _read_key, "", "Reading the key's scopes"
    )


def _read_user(body: bytes) -> dict[str, Any]:
    return _having("uuid", body)


def _read_key(body: bytes) -> dict[str, Any]:
    return _having("scopes", body)


def _having(field: str, body: bytes) -> dict[str, Any]:
    # Any web page that speaks JSON would pass for a user without a name otherwise.
    found = read_object(body)
    if field not in found:
        raise UnexpectedAnswer(NOT_THIS_API)
    return found
