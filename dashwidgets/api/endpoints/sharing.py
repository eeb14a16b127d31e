"""Public links and their passwords (contract 8.6 to 8.9, 9.1).

Tokens and passwords come back as `Secret`: nothing shows them but ``.reveal()``.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from dashwidgets.api.checks import checked_id, checked_json, scalar
from dashwidgets.api.errors import ConfigurationError, UnexpectedAnswer
from dashwidgets.api.request import (
    NOT_THIS_API,
    UNSET,
    Request,
    Unset,
    given,
    read_nothing,
    read_object,
)
from dashwidgets.api.secret import Secret

SHORTEST_PASSWORD, LONGEST_NOTE = 8, 100
# As PostHog names them; it drops others silently and answers 200 (contract 9.1).
SETTINGS = (
    "whitelabel", "noHeader", "showInspector", "legend", "detailed", "hideExtraDetails", "theme",
)  # fmt: skip


def read(dashboard: int) -> Request[dict[str, Any]]:
    """``GET dashboards/{id}/sharing/``. Scope ``sharing_configuration:read``.

    One object, whatever the public document says. Until something was saved (``created_at`` is
    None) the server invents a new token for every answer; the token is then None.
    """
    return Request(
        "GET",
        f"dashboards/{checked_id(dashboard)}/sharing/",
        read_link,
        "sharing_configuration:read",
        f"Reading the sharing of dashboard {dashboard}",
    )


def change(
    dashboard: int,
    *,
    enabled: bool | Unset = UNSET,
    password_required: bool | Unset = UNSET,
    settings: Mapping[str, Any] | Unset | None = UNSET,
) -> Request[dict[str, Any]]:
    """``PATCH dashboards/{id}/sharing/``. Scope ``sharing_configuration:write``.

    The only way to switch sharing on or off; ``settings`` replaces all of them. 403 when the
    organization forbids public sharing.
    """
    body = given(enabled=enabled, password_required=password_required, settings=settings)
    if not body:
        raise ConfigurationError(
            "Nothing to change: give enabled=, password_required= or settings=."
        )
    for name in ("enabled", "password_required"):
        body |= {name: scalar(body[name])} if name in body else {}
        if name in body and not isinstance(body[name], bool):
            raise ConfigurationError(f"{name} must be True or False, not {body[name]!r}.")
    if body.get("settings") is not None:
        body["settings"] = checked_json("settings", body["settings"])
        unknown = [name for name in body["settings"] if name not in SETTINGS]
        if unknown:
            raise ConfigurationError(
                f"PostHog drops unknown settings silently: {unknown[0]!r} is none of "
                f"{', '.join(SETTINGS)}."
            )
    return Request(
        "PATCH",
        f"dashboards/{checked_id(dashboard)}/sharing/",
        read_link,
        "sharing_configuration:write",
        f"Changing the sharing of dashboard {dashboard}",
        json=body,
    )


def rotate(dashboard: int) -> Request[dict[str, Any]]:
    """``POST dashboards/{id}/sharing/refresh/``. Scope ``sharing_configuration:write``.

    Creates a new token; the old one works for another five minutes. Passwords stay, under new ids.
    """
    return Request(
        "POST",
        f"dashboards/{checked_id(dashboard)}/sharing/refresh/",
        read_link,
        "sharing_configuration:write",
        f"Rotating the link of dashboard {dashboard}",
        # The documented fields are ignored here; `change` is what sets them (contract 8.9).
        json={},
    )


def add_password(
    dashboard: int, password: str | Secret | None = None, note: str = ""
) -> Request[dict[str, Any]]:
    """``POST dashboards/{id}/sharing/passwords/``. Scope ``sharing_configuration:write``.

    The server generates a password when none is given and returns it only this once. 400 until
    ``password_required`` was set.
    """
    # The server trims spaces, so a password of eight spaces would be refused: count what is left.
    raw = password.reveal() if isinstance(password, Secret) else password
    if raw is not None and len(raw.strip()) < SHORTEST_PASSWORD:
        raise ConfigurationError(
            f"A share password has at least {SHORTEST_PASSWORD} characters; "
            "leave it out and the server generates one."
        )
    if len(note) > LONGEST_NOTE:
        raise ConfigurationError(f"note has {len(note)} characters: PostHog allows {LONGEST_NOTE}.")
    return Request(
        "POST",
        f"dashboards/{checked_id(dashboard)}/sharing/passwords/",
        _read_password,
        "sharing_configuration:write",
        f"Adding a share password to dashboard {dashboard}",
        # The field is raw_password, not password as documented (8.7).
        json={"note": note} | ({} if raw is None else {"raw_password": raw}),
    )


def remove_password(dashboard: int, password_id: int) -> Request[None]:
    """``DELETE dashboards/{id}/sharing/passwords/{id}/``. Scope ``sharing_configuration:write``.

    Ends the sessions that were opened with it. 404 when it does not exist.
    """
    key = checked_id(password_id, "password id")
    return Request(
        "DELETE",
        f"dashboards/{checked_id(dashboard)}/sharing/passwords/{key}/",
        read_nothing,
        "sharing_configuration:write",
        f"Removing a share password of dashboard {dashboard}",
    )


def read_link(body: bytes) -> dict[str, Any]:
    """A sharing configuration, its token hidden."""
    link = read_object(body)
    if not isinstance(link.get("enabled"), bool):  # or an open link would pass for a closed one
        raise UnexpectedAnswer(NOT_THIS_API)
    token = link.get("access_token")
    # Nothing is stored yet without a date: the token would be another one next time (8.6).
    known = token and link.get("created_at")
    return link | {"access_token": Secret(str(token)) if known else None}


def _read_password(body: bytes) -> dict[str, Any]:
    made = read_object(body)
    if not isinstance(made.get("password"), str):
        raise UnexpectedAnswer(NOT_THIS_API)
    return made | {"password": Secret(made["password"])}
