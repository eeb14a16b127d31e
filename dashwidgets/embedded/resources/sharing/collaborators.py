"""Who can edit a restricted dashboard (contract 8.3 to 8.5)."""

from __future__ import annotations

import uuid
from typing import Any

from dashwidgets.embedded.clock import stamp
from dashwidgets.embedded.resources import people
from dashwidgets.embedded.resources.access import check_view
from dashwidgets.embedded.server import fields
from dashwidgets.embedded.server.auth import ADMIN
from dashwidgets.embedded.server.call import Answer, Call
from dashwidgets.embedded.server.errors import invalid, not_found
from dashwidgets.embedded.storage import Row


def listing(call: Call) -> list[dict[str, Any]]:
    """8.3: a plain list."""
    row = board(call)
    storage = call.context.storage
    rows = storage.all("SELECT * FROM collaborator WHERE dashboard_id = ? ORDER BY id", row["id"])
    users = people.everyone(storage)
    return [_form(found, users[found["user_id"]]) for found in rows]


def add(call: Call) -> Answer:
    """8.4: the checks in PostHog's order."""
    storage = call.context.storage
    with storage.writing():
        row = board(call)
        people.check_edit(storage, call.actor, row)
        body = call.body
        # Both values pass the field's own check; 21 is refused further down, with other words.
        level = fields.choice(fields.need(body, "level"), "level", (21, 37))
        user_uuid = fields.unique_id(fields.need(body, "user_uuid"), "user_uuid")
        if row["restriction_level"] == people.ANYONE:
            raise invalid(
                "Cannot add collaborators to a dashboard on the lowest restriction level."
            )
        if level != people.CAN_EDIT:
            raise invalid("Only edit access can be explicitly specified currently.")
        user = storage.one("SELECT * FROM user WHERE uuid = ?", user_uuid)
        if user is None:
            raise invalid("User does not exist.")
        if not user["membership_uuid"]:
            raise invalid("Cannot add collaborators that have no access to the project.")
        if user["level"] >= ADMIN or row["created_by"] == user["id"]:
            raise invalid(
                "Cannot add collaborators that already have inherent access "
                "(the dashboard owner or a project admins)."
            )
        if _find(call, row["id"], user["id"]):
            raise invalid("User already is a collaborator.")
        moment = stamp()
        entry: Row = {
            "id": str(uuid.uuid4()),
            "dashboard_id": row["id"],
            "user_id": user["id"],
            "level": level,
            "added_at": moment,
            "updated_at": moment,
        }
        storage.insert("collaborator", entry)
    return Answer(_form(entry, people.user_basic(user)), 201)


def remove(call: Call) -> Answer:
    """8.5: by the user's uuid."""
    storage = call.context.storage
    with storage.writing():
        row = board(call)
        people.check_edit(storage, call.actor, row)
        user = storage.one("SELECT * FROM user WHERE uuid = ?", str(call.path["user_uuid"]).lower())
        entry = user and _find(call, row["id"], user["id"])
        if not entry:
            raise not_found()
        if row["restriction_level"] == people.ANYONE:
            raise invalid(
                "Cannot remove collaborators from a dashboard on the lowest restriction level."
            )
        storage.run("DELETE FROM collaborator WHERE id = ?", entry["id"])
    return Answer(None, 204)


def board(call: Call) -> Row:
    """The dashboard of the path; here its absence has words of its own."""
    text = str(call.path["id"])
    row = None
    if text.isdecimal() and len(text) <= 18:
        row = call.context.storage.one(
            "SELECT * FROM dashboard WHERE id = ? AND NOT deleted", int(text)
        )
    if row is None:
        raise not_found("Dashboard not found.")
    check_view(call.context.storage, call.actor, "dashboard", row["id"])
    return row


def _find(call: Call, dashboard: int, user: int) -> Row | None:
    return call.context.storage.one(
        "SELECT * FROM collaborator WHERE dashboard_id = ? AND user_id = ?", dashboard, user
    )


def _form(row: Row, user: dict[str, Any]) -> dict[str, Any]:
    return {
        "id": row["id"],
        "dashboard_id": row["dashboard_id"],
        "user": user,
        "level": row["level"],
        "added_at": row["added_at"],
        "updated_at": row["updated_at"],
    }
