"""Alerts on insights: list, make, change, delete. Nothing here computes them."""

from __future__ import annotations

import json
import uuid
from typing import Any

from dashwidgets.embedded.clock import stamp
from dashwidgets.embedded.resources import people
from dashwidgets.embedded.resources.access import check_view, hidden
from dashwidgets.embedded.server import fields
from dashwidgets.embedded.server.call import Answer, Call
from dashwidgets.embedded.server.errors import invalid, not_found
from dashwidgets.embedded.server.pagination import envelope, window
from dashwidgets.embedded.storage import Row

INTERVALS = ("hourly", "daily", "weekly", "monthly")
LONGEST_NAME = 255
FIRING, QUIET = "Firing", "Not firing"


def listing(call: Call) -> dict[str, Any]:
    """Alerts, the newest first; of one insight if that is asked for."""
    storage = call.context.storage
    rows = storage.all("SELECT * FROM alert ORDER BY created_at DESC, id")
    unseen = hidden(storage, call.actor, "insight")
    rows = [row for row in rows if row["insight_id"] not in unseen]
    if insight := call.query.get("insight_id") or call.query.get("insight"):
        rows = [row for row in rows if str(row["insight_id"]) == insight]
    limit, offset = window(call)
    page = [_form(call, row) for row in rows[offset : offset + limit]]
    return envelope(call, len(rows), page)


def read(call: Call) -> dict[str, Any]:
    """One alert."""
    return _form(call, _find(call, str(call.path["alert_id"])))


def create(call: Call) -> Answer:
    """A new alert: its insight, its threshold and its subscribers are needed."""
    body, storage = call.body, call.context.storage
    for name in ("insight", "threshold", "subscribed_users"):
        fields.need(body, name)
    key = str(uuid.uuid4())
    made = {"id": key, "created_at": stamp(), "created_by": call.actor.id}
    storage.insert("alert", made | _columns(call, body))
    return Answer(_form(call, _find(call, key)), 201)


def update(call: Call) -> dict[str, Any]:
    """Change what is given; another condition resets its state."""
    row = _find(call, str(call.path["alert_id"]))
    values = _columns(call, call.body)
    if {"condition", "threshold"} & set(values):
        # A state that was computed for another condition would be wrong now.
        values["state"] = QUIET
    call.context.storage.change("alert", row["id"], values)
    return _form(call, _find(call, row["id"]))


def delete(call: Call) -> Answer:
    """Unlike dashboards, an alert is really deleted."""
    row = _find(call, str(call.path["alert_id"]))
    call.context.storage.run("DELETE FROM alert WHERE id = ?", row["id"])
    return Answer(None, 204)


def _find(call: Call, key: str) -> Row:
    row = call.context.storage.one("SELECT * FROM alert WHERE id = ?", key)
    if row is None:
        raise not_found()
    check_view(call.context.storage, call.actor, "insight", row["insight_id"])
    return row


def _columns(call: Call, body: dict[str, Any]) -> Row:
    values = Row()
    if "insight" in body:
        values["insight_id"] = _insight(call, body["insight"])
    if "name" in body:
        values["name"] = fields.text(body["name"], "name", longest=LONGEST_NAME)
    for name in ("enabled", "skip_weekend"):
        if name in body:
            values[name] = fields.boolean(body[name], name)
    if "calculation_interval" in body:
        given = body["calculation_interval"]
        values["calculation_interval"] = fields.choice(given, "calculation_interval", INTERVALS)
    for name in ("condition", "threshold"):
        if name in body:
            values[name] = fields.mapping(body[name], f"{name}__non_field_errors")
    if "config" in body:
        given = body["config"]
        values["config"] = None if given is None else fields.mapping(given, "config")
    if "snoozed_until" in body:
        values["snoozed_until"] = fields.moment(body["snoozed_until"], "snoozed_until")
    if "subscribed_users" in body:
        given = fields.items(body["subscribed_users"], "subscribed_users")
        values["subscribed_users"] = [
            _user(call, key, f"subscribed_users__{at}") for at, key in enumerate(given)
        ]
    return values


def _insight(call: Call, value: Any) -> int:
    key, storage = fields.integer(value, "insight"), call.context.storage
    if storage.one("SELECT id FROM insight WHERE id = ? AND NOT deleted", key) is None:
        raise invalid(f'Invalid pk "{key}" - object does not exist.', "insight", "does_not_exist")
    check_view(storage, call.actor, "insight", key)
    return key


def _user(call: Call, value: Any, attr: str) -> int:
    key = fields.integer(value, attr)
    if call.context.storage.one("SELECT id FROM user WHERE id = ?", key) is None:
        raise invalid(f'Invalid pk "{key}" - object does not exist.', attr, "does_not_exist")
    return key


def _form(call: Call, row: Row) -> dict[str, Any]:
    users = people.everyone(call.context.storage)
    as_stored = ("id", "name", "state", "calculation_interval", "created_at", "last_notified_at")
    times = ("last_checked_at", "next_check_at", "snoozed_until")
    return {name: row[name] for name in (*as_stored, *times)} | {
        "insight": row["insight_id"],
        "enabled": bool(row["enabled"]),
        "skip_weekend": bool(row["skip_weekend"]),
        "condition": json.loads(row["condition"]),
        "config": json.loads(row["config"]) if row["config"] else None,
        "threshold": json.loads(row["threshold"]),
        "subscribed_users": [users.get(key) for key in json.loads(row["subscribed_users"])],
        "created_by": users.get(row["created_by"]),
        "checks": [],
    }
