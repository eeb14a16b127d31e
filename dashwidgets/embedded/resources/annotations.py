"""Annotations: notes on a point in time. Deleted by PATCH, as in PostHog."""

from __future__ import annotations

from typing import Any

from dashwidgets.embedded.clock import stamp
from dashwidgets.embedded.resources import people
from dashwidgets.embedded.server import fields
from dashwidgets.embedded.server.call import Answer, Call
from dashwidgets.embedded.server.errors import invalid, not_found
from dashwidgets.embedded.server.pagination import envelope, window
from dashwidgets.embedded.storage import Row

LONGEST = 8192
SCOPES = ("dashboard_item", "dashboard", "project", "organization", "recording")
_CREATORS = ("USR", "GIT")
_ROWS = (
    "SELECT annotation.*, dashboard.name AS dashboard_name, insight.name AS insight_name, "
    "insight.short_id AS insight_short_id, insight.derived_name AS insight_derived_name "
    "FROM annotation LEFT JOIN dashboard ON dashboard.id = annotation.dashboard_id "
    "LEFT JOIN insight ON insight.id = annotation.insight_id "
)


def listing(call: Call) -> dict[str, Any]:
    """Annotations, the newest moment first."""
    storage = call.context.storage
    rows = storage.all(
        f"{_ROWS} WHERE NOT annotation.deleted ORDER BY date_marker DESC, annotation.id DESC"
    )
    words = (call.query.get("search") or "").casefold()
    rows = [row for row in rows if words in (row["content"] or "").casefold()]
    if scope := call.query.get("scope"):
        rows = [row for row in rows if row["scope"] == scope]
    limit, offset = window(call)
    users = people.everyone(storage)
    page = [_form(row, users) for row in rows[offset : offset + limit]]
    return envelope(call, len(rows), page)


def read(call: Call) -> dict[str, Any]:
    """One annotation."""
    return _form(_find(call, call.number("id")), people.everyone(call.context.storage))


def create(call: Call) -> Answer:
    """Create an annotation."""
    moment = stamp()
    made = {"created_at": moment, "updated_at": moment, "created_by": call.actor.id}
    key = call.context.storage.insert("annotation", made | _columns(call))
    return Answer(_form(_find(call, key), people.everyone(call.context.storage)), 201)


def update(call: Call) -> dict[str, Any]:
    """Change an annotation, or hide it with ``deleted``."""
    storage, key = call.context.storage, call.number("id")
    _find(call, key)
    storage.change("annotation", key, _columns(call) | {"updated_at": stamp()})
    # Found even if this call has just hidden it: the answer shows ``deleted: true``.
    return _form(_find(call, key, deleted=True), people.everyone(storage))


def _find(call: Call, key: int, *, deleted: bool = False) -> Row:
    row = call.context.storage.one(f"{_ROWS} WHERE annotation.id = ?", key)
    if row is None or (row["deleted"] and not deleted):
        raise not_found()
    return row


def _columns(call: Call) -> Row:
    body, values = call.body, Row()
    if "content" in body:
        given = body["content"]
        values["content"] = (
            None if given is None else fields.text(given, "content", longest=LONGEST)
        )
    if "date_marker" in body:
        values["date_marker"] = fields.moment(body["date_marker"], "date_marker")
    if "scope" in body:
        values["scope"] = fields.choice(body["scope"], "scope", SCOPES)
    if "creation_type" in body:
        values["creation_type"] = fields.choice(body["creation_type"], "creation_type", _CREATORS)
    if "deleted" in body:
        values["deleted"] = fields.boolean(body["deleted"], "deleted")
    for name, table, column in (
        ("dashboard_item", "insight", "insight_id"),
        ("dashboard_id", "dashboard", "dashboard_id"),
    ):
        if name in body:
            values[column] = _reference(call, body[name], name, table)
    return values


def _reference(call: Call, value: Any, name: str, table: str) -> int | None:
    if value is None:
        return None
    key = fields.integer(value, name)
    if call.context.storage.one(f"SELECT id FROM {table} WHERE id = ?", key) is None:  # noqa: S608
        raise invalid(f'Invalid pk "{key}" - object does not exist.', name, "does_not_exist")
    return key


def _form(row: Row, users: dict[int | None, dict[str, Any]]) -> dict[str, Any]:
    return {
        "id": row["id"],
        "content": row["content"],
        "date_marker": row["date_marker"],
        "creation_type": row["creation_type"],
        "dashboard_item": row["insight_id"],
        "dashboard_id": row["dashboard_id"],
        "dashboard_name": row["dashboard_name"],
        "insight_short_id": row["insight_short_id"],
        "insight_name": row["insight_name"],
        "insight_derived_name": row["insight_derived_name"],
        "created_by": users.get(row["created_by"]),
        "created_at": row["created_at"],
        "updated_at": row["updated_at"],
        "deleted": bool(row["deleted"]),
        "scope": row["scope"],
    }
