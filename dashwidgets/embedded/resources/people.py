"""Users as the API shows them, and their rights on a dashboard (contract 6, 7.1)."""

from __future__ import annotations

from typing import Any

from dashwidgets.embedded.resources.access import check_view
from dashwidgets.embedded.server.auth import Actor
from dashwidgets.embedded.server.errors import forbidden
from dashwidgets.embedded.storage import Row, Storage

ANYONE, COLLABORATORS = 21, 37
CAN_VIEW, CAN_EDIT = 21, 37


def user_basic(row: Row) -> dict[str, Any]:
    """The short form of a user."""
    return {
        "id": row["id"],
        "uuid": row["uuid"],
        "distinct_id": row["distinct_id"],
        "first_name": row["first_name"],
        "last_name": row["last_name"],
        "email": row["email"],
        "is_email_verified": True,
        "hedgehog_config": None,
        "role_at_organization": row["role"],
    }


def everyone(storage: Storage) -> dict[int | None, dict[str, Any]]:
    """Every user by id."""
    return {row["id"]: user_basic(row) for row in storage.all("SELECT * FROM user")}


def invited(storage: Storage, actor: Actor) -> dict[int, int]:
    """The dashboards an actor was invited to, with the level given."""
    rows = storage.all("SELECT dashboard_id, level FROM collaborator WHERE user_id = ?", actor.id)
    return {row["dashboard_id"]: row["level"] for row in rows}


def privilege(dashboard: Row, actor: Actor, invitations: dict[int, int]) -> int:
    """An actor's rights on a dashboard."""
    inherent = (
        dashboard["restriction_level"] == ANYONE
        or dashboard["created_by"] == actor.id
        or actor.is_admin
    )
    # Invitations only count while it is restricted; opened again, everybody may edit.
    return CAN_EDIT if inherent else invitations.get(dashboard["id"], CAN_VIEW)


def may_edit(storage: Storage, actor: Actor, dashboard: Row) -> bool:
    """Whether an actor may change a dashboard."""
    return privilege(dashboard, actor, invited(storage, actor)) >= CAN_EDIT


def check_edit(
    storage: Storage, actor: Actor, dashboard: Row, which: str = "this dashboard"
) -> None:
    """403 unless an actor may change a dashboard, and see it at all."""
    check_view(storage, actor, "dashboard", dashboard["id"])
    if not may_edit(storage, actor, dashboard):
        raise forbidden(f"You don't have edit permissions for {which}.")


def check_restrict(actor: Actor, dashboard: Row) -> None:
    """403 unless an actor may change who can edit."""
    if not actor.is_admin and dashboard["created_by"] != actor.id:
        raise forbidden(
            "Only the dashboard owner and project admins have the restriction rights required "
            "to change the dashboard's restriction level."
        )


def access_level(dashboard: Row, actor: Actor, level: int) -> str:
    """The same rights in terms of the newer access control."""
    if actor.is_admin or dashboard["created_by"] == actor.id:
        return "manager"
    return "editor" if level >= CAN_EDIT else "viewer"
