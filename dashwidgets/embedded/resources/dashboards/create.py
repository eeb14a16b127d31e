"""Create a dashboard: empty, from a template, or as a copy (contract 8.2)."""

from __future__ import annotations

from typing import Any

from dashwidgets.embedded.clock import stamp
from dashwidgets.embedded.resources import templates
from dashwidgets.embedded.resources.dashboards import read as dashboards
from dashwidgets.embedded.resources.tiles.copies import place_copy
from dashwidgets.embedded.resources.tiles.read import Reading, in_order
from dashwidgets.embedded.server import fields
from dashwidgets.embedded.server.call import Answer, Call
from dashwidgets.embedded.server.errors import invalid
from dashwidgets.embedded.storage import Row

_COPIED = ("filters", "variables", "breakdown_colors", "data_color_theme_id", "quick_filter_ids")


def create(call: Call) -> Answer:
    """8.2: a new dashboard; tiles in the body are ignored."""
    body, context = call.body, call.context
    values = dashboards.writable(context, body)
    # Two truthy values only: PostHog accepts both keys as long as one is empty.
    if body.get("use_template") and body.get("use_dashboard"):
        raise invalid("`use_dashboard` and `use_template` cannot be used together")
    with context.storage.writing():
        if body.get("use_template"):
            key = _from_template(call, body["use_template"], values)
        elif body.get("use_dashboard"):
            key = _from_dashboard(call, body, values)
        else:
            key = context.storage.insert("dashboard", values | _made(call))
    row = dashboards.find(context, key, deleted=True)
    return Answer(dashboards.detail(context, call.actor, row, Reading()), 201)


def _from_template(call: Call, name: Any, values: Row) -> int:
    template = templates.named(name)
    key = templates.make(call.context.storage, call.actor, template, mode="template", given=values)
    ignored = ("name", "filters", "description", "tags")
    rest = {column: value for column, value in values.items() if column not in ignored}
    call.context.storage.change("dashboard", key, rest)
    return key


def _from_dashboard(call: Call, body: dict[str, Any], values: Row) -> int:
    storage = call.context.storage
    source_key = fields.integer(body["use_dashboard"], "use_dashboard")
    source = storage.one("SELECT * FROM dashboard WHERE id = ? AND NOT deleted", source_key)
    if source is None:
        raise invalid("Invalid value provided", "use_dashboard")
    copied = {name: source[name] for name in _COPIED}
    # The body wins over the source. Name, tags and description are not copied (contract 8.2).
    row = copied | values | _made(call) | {"creation_mode": "duplicate"}
    key = storage.insert("dashboard", row)
    deep = "duplicate_tiles" in body and fields.boolean(body["duplicate_tiles"], "duplicate_tiles")
    # By id, so that the copies have their ids in the order of the originals.
    for tile in sorted(in_order(storage, source["id"]), key=lambda tile: tile["id"]):
        place_copy(call.context, call.actor, tile, key, deep=deep)
    return key


def _made(call: Call) -> Row:
    return {"created_at": stamp(), "created_by": call.actor.id}
