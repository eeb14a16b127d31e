"""Unlisted dashboards and tags in bulk (contract 9.7)."""

from __future__ import annotations

import json
from typing import Any

from dashwidgets.embedded.clock import stamp
from dashwidgets.embedded.resources import people
from dashwidgets.embedded.resources.dashboards import read as dashboards
from dashwidgets.embedded.resources.tiles.read import Reading
from dashwidgets.embedded.server import fields
from dashwidgets.embedded.server.call import Answer, Call
from dashwidgets.embedded.server.errors import by_hand

_NAMES = {"llm-analytics": "LLM analytics", "mcp-analytics": "MCP analytics"}
_ACTIONS = ("add", "remove", "set")


def create(call: Call) -> Answer:
    """One unlisted dashboard a tag."""
    tag = call.body.get("tag")
    if not tag:
        raise by_hand(400, error="tag is required")
    if tag not in _NAMES:
        raise by_hand(400, error=f"Unknown template tag: {tag}")
    storage = call.context.storage
    with storage.writing():
        rows = storage.all("SELECT tags FROM dashboard WHERE creation_mode = 'unlisted'")
        if any(tag in json.loads(row["tags"]) for row in rows):
            raise by_hand(409, error=f"Unlisted dashboard with tag '{tag}' already exists")
        row = {"name": _NAMES[tag], "tags": [tag], "creation_mode": "unlisted"}
        made = {"created_at": stamp(), "created_by": call.actor.id}
        key = storage.insert("dashboard", row | made)
    found = dashboards.find(call.context, key)
    return Answer(dashboards.detail(call.context, call.actor, found, Reading()), 201)


def change_tags(call: Call) -> dict[str, Any]:
    """Add, remove or set tags of many dashboards."""
    body, storage = call.body, call.context.storage
    keys = [
        fields.integer(key, f"ids__{at}")
        for at, key in enumerate(fields.items(fields.need(body, "ids"), "ids", fewest=1))
    ]
    action = fields.choice(fields.need(body, "action"), "action", _ACTIONS)
    tags = fields.tags(fields.need(body, "tags"))
    updated: list[dict[str, Any]] = []
    skipped: list[dict[str, Any]] = []
    with storage.writing():
        for key in keys:
            row = storage.one("SELECT * FROM dashboard WHERE id = ? AND NOT deleted", key)
            if row is None:
                skipped.append({"id": key, "reason": "Not found"})
            elif not people.may_edit(storage, call.actor, row):
                skipped.append({"id": key, "reason": "No edit permission"})
            else:
                after = _after(json.loads(row["tags"]), action, tags)
                storage.change("dashboard", key, {"tags": after})
                updated.append({"id": key, "tags": after})
    return {"updated": updated, "skipped": skipped}


def _after(now: list[str], action: str, tags: list[str]) -> list[str]:
    if action == "set":
        return tags
    if action == "remove":
        return [tag for tag in now if tag not in tags]
    return list(dict.fromkeys([*now, *tags]))
