"""Definitions of events and properties: the names that arrive, with what people wrote of them."""

from __future__ import annotations

import json
import uuid
from datetime import UTC
from typing import Any

from dashwidgets.embedded.clock import iso, stamp
from dashwidgets.embedded.queries.schema import EVENT, PERSON
from dashwidgets.embedded.resources import people
from dashwidgets.embedded.server import fields
from dashwidgets.embedded.server.call import Call
from dashwidgets.embedded.server.errors import invalid, not_found
from dashwidgets.embedded.server.pagination import envelope, window
from dashwidgets.embedded.storage import Row

_SPACE = uuid.UUID("6f3c1f2e-8f6b-4a53-9d1b-6b2a7e0c4a10")
_SEEN = "SELECT event, min(timestamp) AS first, max(timestamp) AS last FROM events GROUP BY event"
PROPERTY_TYPES = ("event", "person", "group", "session")


def list_events(call: Call) -> dict[str, Any]:
    """Names of events in alphabetical order."""
    return _page(call, _events(call))


def read_event(call: Call) -> dict[str, Any]:
    """One of them."""
    return _one(call, _events(call))


def update_event(call: Call) -> dict[str, Any]:
    """Describe, tag, verify or hide an event."""
    return _update(call, "event", _one(call, _events(call)), lambda: _events(call))


def list_properties(call: Call) -> dict[str, Any]:
    """Names of properties, of events unless ``type`` says otherwise."""
    return _page(call, _properties(call))


def read_property(call: Call) -> dict[str, Any]:
    """One of them."""
    return _one(call, _both(call))


def update_property(call: Call) -> dict[str, Any]:
    """Describe, tag, verify or hide a property."""
    found = _one(call, _both(call))
    kind = "person_property" if found["type"] == 2 else "event_property"
    shown = _update(call, kind, found, lambda: _both(call))
    return {name: value for name, value in shown.items() if name != "type"}


def _events(call: Call) -> list[Row]:
    written = _written(call, "event")
    seen = {row[0]: row[1:] for row in call.context.queries.engine.database.rows(_SEEN)}
    made: list[Row] = []
    for name in sorted({*seen, *written}):
        first, last = seen.get(name, (None, None))
        before = written.get(name, {})
        times = {"created_at": before.get("first_seen") or _time(first)}
        # The events' own time first: what is stored is only as new as the sample.
        times |= {"last_seen_at": _time(last) or before.get("last_seen")}
        made.append(_form(call, "event", name, written.get(name)) | times)
    return made


def _properties(call: Call) -> list[Row]:
    kind = call.query.get("type") or "event"
    if kind not in PROPERTY_TYPES:
        raise invalid(f'"{kind}" is not a valid choice.', "type", "invalid_choice")
    return [
        {name: value for name, value in row.items() if name != "type"}
        for row in _both(call)
        if row["type"] == {"event": 1, "person": 2}.get(kind)
    ]


def _both(call: Call) -> list[Row]:
    columns = call.context.queries.engine.database.schema.columns
    made: list[Row] = []
    for kind, prefix, number in (("event_property", EVENT, 1), ("person_property", PERSON, 2)):
        written = _written(call, kind)
        names = {c.removeprefix(prefix) for c in columns if c.startswith(prefix)}
        for name in sorted({*names, *written}):
            form = _form(call, kind, name, written.get(name))
            # What arrives is text here; numbers are read where a query asks for them.
            known = {"is_numerical": False, "property_type": "String", "type": number}
            made.append(form | known | {"is_seen_on_filtered_events": None})
    return made


def _written(call: Call, kind: str) -> dict[str, Row]:
    rows = call.context.storage.all("SELECT * FROM definition WHERE kind = ?", kind)
    return {row["name"]: row for row in rows}


def _form(call: Call, kind: str, name: str, row: Row | None) -> Row:
    users = people.everyone(call.context.storage) if row else {}
    return {
        # Made of the name, so that names which only arrive have a lasting id without being stored.
        "id": str(uuid.uuid5(_SPACE, f"{kind} {name}")),
        "name": name,
        "description": row["description"] if row else None,
        "tags": json.loads(row["tags"]) if row else [],
        "verified": bool(row and row["verified"]),
        "hidden": bool(row and row["hidden"]),
        "updated_at": row["updated_at"] if row else None,
        "updated_by": users.get(row["updated_by"]) if row else None,
    }


def _page(call: Call, rows: list[Row]) -> dict[str, Any]:
    words = (call.query.get("search") or "").casefold()
    rows = [row for row in rows if words in row["name"].casefold()]
    limit, offset = window(call)
    return envelope(call, len(rows), rows[offset : offset + limit])


def _one(call: Call, rows: list[Row]) -> Row:
    key = str(call.path["definition_id"]).lower()
    for row in rows:
        if row["id"] == key:
            return row
    raise not_found()


def _update(call: Call, kind: str, found: Row, again: Any) -> Row:
    body, storage = call.body, call.context.storage
    values: Row = {}
    if "description" in body:
        given = body["description"]
        values["description"] = None if given is None else fields.text(given, "description")
    if "tags" in body:
        values["tags"] = fields.tags(body["tags"])
    for name in ("verified", "hidden"):
        if name in body:
            values[name] = fields.boolean(body[name], name)
    kept = {name: found[name] for name in ("description", "tags", "verified", "hidden")}
    row = {"kind": kind, "name": found["name"], "updated_by": call.actor.id}
    seen = _written(call, kind).get(found["name"], {})
    row |= {name: seen.get(name) for name in ("first_seen", "last_seen")}
    storage.replace("definition", kept | values | row | {"updated_at": stamp()})
    return _one(call, again())


def _time(moment: Any) -> str | None:
    return None if moment is None else iso(moment.replace(tzinfo=UTC))
