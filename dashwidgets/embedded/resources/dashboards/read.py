"""Dashboards: list, read, refuse to delete (contract 8.1, 8.10, 8.12)."""

from __future__ import annotations

import json
from typing import Any

from starlette.responses import Response

from dashwidgets.embedded.clock import stamp
from dashwidgets.embedded.resources import people
from dashwidgets.embedded.resources import serializers as forms
from dashwidgets.embedded.resources.access import check_view, hidden
from dashwidgets.embedded.resources.dashboards import search
from dashwidgets.embedded.resources.tiles.read import Reading, TileForms, in_order
from dashwidgets.embedded.server import fields
from dashwidgets.embedded.server.auth import Actor
from dashwidgets.embedded.server.call import Call
from dashwidgets.embedded.server.context import Context
from dashwidgets.embedded.server.errors import invalid, not_found
from dashwidgets.embedded.server.pagination import envelope, window
from dashwidgets.embedded.storage import Row, dump

LONGEST_SEARCH = 200
LONGEST_NAME = 400


def listing(call: Call) -> dict[str, Any]:
    """8.1: a page of dashboards; ``last_accessed_at`` stays as it is."""
    words = call.query.get("search", "")
    if len(words) > LONGEST_SEARCH:
        raise invalid(f"Search query must be {LONGEST_SEARCH} characters or fewer.", "search")
    storage = call.context.storage
    mode = call.query.get("creation_mode") or None
    rows = storage.all(
        "SELECT * FROM dashboard WHERE NOT deleted "
        # Unlisted ones are in no list unless they are asked for by their mode.
        "AND ((? IS NULL AND creation_mode != 'unlisted') OR creation_mode = ?) "
        # Not unique, as on the server: pages of one name may repeat and lose rows, which clients
        # must notice.
        "ORDER BY pinned DESC, name IS NULL, name",
        mode,
        mode,
    )
    unseen = hidden(storage, call.actor, "dashboard")
    rows = [row for row in rows if row["id"] not in unseen]
    tags = set(call.query.getlist("tags")) - {""}
    if tags:
        rows = [row for row in rows if tags & set(json.loads(row["tags"]))]
    if call.query.get("exclude_generated") == "true":
        rows = [r for r in rows if not (r["name"] or "").startswith("Generated Dashboard")]
    matches: dict[int, str] = {}
    if words.strip():
        rows, matches = search.ranked(rows, words.strip())

    limit, offset = window(call)
    users, invitations = people.everyone(storage), people.invited(storage, call.actor)
    open_links = forms.shared(storage)
    page = [
        forms.dashboard_basic(
            row, call.actor, users, invitations, is_shared=row["id"] in open_links
        )
        for row in rows[offset : offset + limit]
    ]
    if matches:
        page = [form | {"search_match_type": matches[form["id"]]} for form in page]
    return envelope(call, len(rows), page)


def read(call: Call) -> dict[str, Any]:
    """8.10: one dashboard with its tiles; writes ``last_accessed_at``."""
    row = visible(call, call.number("id"))
    reading = read_parameters(call)
    return detail(call.context, call.actor, opened(call.context, row), reading)


def refuse_delete(_call: Call) -> Response:
    """8.12: always 405 with an empty body; the id is not even looked up."""
    answer = Response(status_code=405)
    # Starlette leaves it out of an empty 405, and a kept-alive client would wait for a body.
    del answer.headers["content-length"]
    answer.headers["content-length"] = "0"
    return answer


def find(context: Context, key: int, *, deleted: bool = False) -> Row:
    """A dashboard's row, or 404."""
    row = context.storage.one("SELECT * FROM dashboard WHERE id = ?", key)
    if row is None or (row["deleted"] and not deleted):
        raise not_found()
    return row


def visible(call: Call, key: int) -> Row:
    """A dashboard's row; 404 where there is none, 403 where the actor may not see it."""
    row = find(call.context, key)
    check_view(call.context.storage, call.actor, "dashboard", key)
    return row


def opened(context: Context, row: Row) -> Row:
    """Record that a dashboard was read, and return its row with the new time."""
    moment = stamp()
    context.storage.run("UPDATE dashboard SET last_accessed_at = ? WHERE id = ?", moment, row["id"])
    return row | {"last_accessed_at": moment}


def detail(context: Context, actor: Actor, row: Row, reading: Reading) -> dict[str, Any]:
    """The full form with its tiles; a deleted dashboard shows none."""
    rows = [] if row["deleted"] else in_order(context.storage, row["id"])
    tiles = TileForms(context, actor, row, reading, rows).all()
    return forms.dashboard_detail(
        context.storage,
        row,
        actor,
        tiles,
        filters_override=reading.filters,
        variables_override=reading.variables,
    )


def read_parameters(call: Call) -> Reading:
    """The query parameters of 8.10."""
    overrides: dict[str, dict[str, Any] | None] = {}
    for name in ("filters_override", "variables_override", "tile_filters_override"):
        overrides[name] = None
        text = call.query.get(name)
        if text:
            try:
                value = json.loads(text)
            except ValueError:
                value = None
            if not isinstance(value, dict):
                raise invalid(f"Invalid JSON passed in {name} parameter", name)
            overrides[name] = value  # pyright: ignore[reportUnknownArgumentType]
    return Reading(
        refresh=call.query.get("refresh"),
        filters=overrides["filters_override"],
        variables=overrides["variables_override"],
        tile_filters=overrides["tile_filters_override"] or {},
        query_id=call.query.get("client_query_id"),
    )


def writable(context: Context, body: dict[str, Any]) -> Row:
    """The columns a body may set, checked in the order of the serializer (8.2)."""
    values: Row = {}
    if "name" in body:
        name = body["name"]
        values["name"] = None if name is None else fields.text(name, "name", longest=LONGEST_NAME)
    if "description" in body:
        values["description"] = fields.text(body["description"], "description")
    if "pinned" in body:
        values["pinned"] = fields.boolean(body["pinned"], "pinned")
    for name in ("last_accessed_at", "last_refresh"):
        if name in body:
            values[name] = fields.moment(body[name], name)
    if "deleted" in body:
        values["deleted"] = fields.boolean(body["deleted"], "deleted")
    if "breakdown_colors" in body:
        values["breakdown_colors"] = dump(body["breakdown_colors"] or [])
    if "data_color_theme_id" in body:
        values["data_color_theme_id"] = _theme(body["data_color_theme_id"])
    if "tags" in body:
        values["tags"] = fields.tags(body["tags"])
    if "restriction_level" in body:
        values["restriction_level"] = fields.choice(
            body["restriction_level"],
            "restriction_level",
            (people.ANYONE, people.COLLABORATORS),
        )
    # Falsy filters are ignored, as on the server (contract 8.11).
    if body.get("filters"):
        if not isinstance(body["filters"], dict):
            raise invalid("Filters must be a dictionary")
        values["filters"] = body["filters"]
    if body.get("quick_filter_ids"):
        values["quick_filter_ids"] = _quick_filters(body["quick_filter_ids"])
    elif "quick_filter_ids" in body:
        values["quick_filter_ids"] = []
    return values


def _theme(value: Any) -> int | None:
    if value is None:
        return None
    theme = fields.integer(value, "data_color_theme_id")
    # The real server answers 500 to an unknown theme; a client can do more with a 400.
    if theme != 1:
        raise invalid(
            f'Invalid pk "{theme}" - object does not exist.',
            "data_color_theme_id",
            "does_not_exist",
        )
    return theme


def _quick_filters(value: Any) -> list[str]:
    """No quick filter exists here, so every id that is well formed is unknown."""
    ids = [str(item) for item in fields.items(value, "quick_filter_ids")]
    for item in ids:
        try:
            fields.unique_id(item, "quick_filter_ids")
        except Exception:
            raise invalid(f"Invalid UUID: {item}", "quick_filter_ids") from None
    raise invalid(f"Quick filters not found: {', '.join(ids)}", "quick_filter_ids")
