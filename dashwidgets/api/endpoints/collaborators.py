"""Who can edit a restricted dashboard (contract 8.3 to 8.5)."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from dashwidgets.api.checks import checked_id
from dashwidgets.api.errors import ConfigurationError
from dashwidgets.api.request import Request, read_list, read_nothing, reads_object

EDIT = 37
"""The only level PostHog accepts."""


def listing(dashboard: int) -> Request[list[dict[str, Any]]]:
    """``GET dashboards/{id}/collaborators/``. Scope ``dashboard:read``.

    A plain list: ``id``, ``dashboard_id``, ``user``, ``level``, ``added_at``, ``updated_at``.
    """
    return Request(
        "GET",
        f"dashboards/{checked_id(dashboard)}/collaborators/",
        read_list,
        "dashboard:read",
        f"Listing collaborators of dashboard {dashboard}",
    )


def add(dashboard: int, user: UUID | str, level: int = EDIT) -> Request[dict[str, Any]]:
    """``POST dashboards/{id}/collaborators/``. Scope ``dashboard:write``.

    400 with the server's reason: the dashboard is not restricted, the user has access already,
    is a collaborator already, or does not exist.
    """
    if level != EDIT:
        raise ConfigurationError(f"level must be {EDIT} (may edit): PostHog accepts no other.")
    return Request(
        "POST",
        f"dashboards/{checked_id(dashboard)}/collaborators/",
        reads_object("user", "level"),
        "dashboard:write",
        f"Adding a collaborator to dashboard {dashboard}",
        json={"user_uuid": checked_uuid(user), "level": level},
    )


def remove(dashboard: int, user: UUID | str) -> Request[None]:
    """``DELETE dashboards/{id}/collaborators/{user_uuid}/``. Scope ``dashboard:write``.

    Takes the user's uuid, not the entry's id; 404 when the user is not a collaborator.
    """
    return Request(
        "DELETE",
        # Checked as a UUID because it becomes part of the path.
        f"dashboards/{checked_id(dashboard)}/collaborators/{checked_uuid(user)}/",
        read_nothing,
        "dashboard:write",
        f"Removing a collaborator of dashboard {dashboard}",
    )


def checked_uuid(value: UUID | str) -> str:
    """A user's uuid."""
    try:
        return str(UUID(str(value)))
    except ValueError:
        raise ConfigurationError(
            f"{value!r} is not a user's uuid: take it from ph.members()."
        ) from None
