"""Variables of SQL insights. A variable keeps the code name that it was created with."""

from __future__ import annotations

import json
import uuid
from typing import Any

from dashwidgets.embedded.clock import stamp
from dashwidgets.embedded.server import fields
from dashwidgets.embedded.server.call import Answer, Call
from dashwidgets.embedded.server.errors import invalid, not_found
from dashwidgets.embedded.storage import Row

TYPES = ("String", "Number", "Boolean", "List", "Date")
LONGEST = 400
# PostHog pages this list alone by `?page=`, not by limit and offset.
PAGE = 500


def listing(call: Call) -> dict[str, Any]:
    """Variables, the oldest first. Unlike other lists it is asked for by page."""
    rows = call.context.storage.all("SELECT * FROM insight_variable ORDER BY created_at, id")
    # Django's paginator takes digits only, and answers 404 to a page that is not there.
    asked = call.query.get("page") or "1"
    page = int(asked) if asked.isdecimal() and len(asked) < 10 else 0
    if page != 1 and not 0 <= (page - 1) * PAGE < len(rows):
        raise not_found()
    more = page * PAGE < len(rows)
    return {
        "count": len(rows),
        "next": f"{call.url}?page={page + 1}" if more else None,
        "previous": f"{call.url}?page={page - 1}" if page > 1 else None,
        "results": [_form(row) for row in rows[(page - 1) * PAGE : page * PAGE]],
    }


def read(call: Call) -> dict[str, Any]:
    """One variable."""
    return _form(_find(call))


def create(call: Call) -> Answer:
    """Create a variable; its code name is made from its name."""
    for name in ("name", "type"):
        fields.need(call.body, name)
    values = _columns(call)
    # Letters of any alphabet stay, as in PostHog: a name in Greek has a code name too.
    kept = (letter for letter in str(values["name"]) if letter.isalnum() or letter in " _")
    code_name = "".join(kept).replace(" ", "_").lower()
    storage = call.context.storage
    if storage.one("SELECT id FROM insight_variable WHERE code_name = ?", code_name):
        raise invalid("Variable with this code name already exists")
    made = {"id": str(uuid.uuid4()), "code_name": code_name}
    storage.insert(
        "insight_variable", values | made | {"created_at": stamp(), "created_by": call.actor.id}
    )
    row = storage.one("SELECT * FROM insight_variable WHERE id = ?", made["id"])
    return Answer(_form(row or Row()), 201)


def update(call: Call) -> dict[str, Any]:
    """Change a variable."""
    call.context.storage.change("insight_variable", _find(call)["id"], _columns(call))
    return _form(_find(call))


def delete(call: Call) -> Answer:
    """Delete a variable."""
    call.context.storage.run("DELETE FROM insight_variable WHERE id = ?", _find(call)["id"])
    return Answer(None, 204)


def _find(call: Call) -> Row:
    key = call.path["variable_id"]
    row = call.context.storage.one("SELECT * FROM insight_variable WHERE id = ?", key)
    if row is None:
        raise not_found()
    return row


def _columns(call: Call) -> Row:
    body, values = call.body, Row()
    if "name" in body:
        values["name"] = fields.text(body["name"], "name", longest=LONGEST, blank=False)
    if "type" in body:
        values["type"] = fields.choice(body["type"], "type", TYPES)
    if "default_value" in body:
        values["default_value"] = json.dumps(body["default_value"])
    return values


def _form(row: Row) -> dict[str, Any]:
    given = row["default_value"]
    return {
        "id": row["id"],
        "name": row["name"],
        "type": row["type"],
        "default_value": None if given is None else json.loads(given),
        "created_by": row["created_by"],
        "created_at": row["created_at"],
        "code_name": row["code_name"],
    }
