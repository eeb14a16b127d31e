"""Move, copy, reorder, remove and write tiles (contract 8.13, 9.2 to 9.5)."""

from __future__ import annotations

import json
from typing import Any

from dashwidgets.embedded.clock import stamp
from dashwidgets.embedded.resources import people
from dashwidgets.embedded.resources.dashboards import read as dashboards
from dashwidgets.embedded.resources.tiles import grid
from dashwidgets.embedded.resources.tiles.copies import CONTENTS, place_copy
from dashwidgets.embedded.resources.tiles.patches import LONGEST_BODY, LONGEST_COLOR
from dashwidgets.embedded.resources.tiles.read import Reading, TileForms, in_order
from dashwidgets.embedded.server import fields
from dashwidgets.embedded.server.call import Answer, Call
from dashwidgets.embedded.server.context import Context
from dashwidgets.embedded.server.errors import by_hand, invalid, not_found, required
from dashwidgets.embedded.storage import Row

_LAYOUTS = ("preserve", "two_column", "full_width")


def move(call: Call) -> dict[str, Any]:
    """8.13: to another dashboard; either spelling of the destination."""
    body, context = call.body, call.context
    target = fields.integer(_destination(body), "to_dashboard")
    if fields.need(body, "tile") is None:
        raise fields.null("tile")
    tile = fields.mapping(body["tile"], "tile__non_field_errors")
    key = fields.integer(fields.need(tile, "id", "tile__id"), "tile__id")
    with context.storage.writing():
        source = editable(call)
        row = live_tile(context, source["id"], key)
        there = dashboards.find(context, target)
        # Both boards are checked: V1 forgot the destination, so that a tile could be pushed onto
        # any board (8.13).
        people.check_edit(context.storage, call.actor, there, "the destination dashboard")
        # A move to the same board succeeds and changes nothing (8.13).
        if there["id"] != source["id"]:
            _make_room(context, row, there["id"])
            context.storage.change("tile", row["id"], {"dashboard_id": there["id"]})
    return shown(call, source)


def _destination(body: dict[str, Any]) -> Any:
    if "to_dashboard" not in body and "toDashboard" not in body:
        raise required("to_dashboard")
    # V1 knows only toDashboard, V2 only to_dashboard; here either will do (8.13).
    return body["to_dashboard"] if "to_dashboard" in body else body["toDashboard"]


def _make_room(context: Context, row: Row, dashboard: int) -> None:
    """A removed twin at the destination is erased; a live one refuses the move."""
    twin = twin_of(context, row, dashboard)
    if twin is None:
        return
    # An insight can be on a dashboard only once, removed tiles included.
    if not twin["deleted"]:
        raise invalid("Invalid request data for moving tile.")
    context.storage.run("DELETE FROM tile WHERE id = ?", twin["id"])


def copy(call: Call) -> dict[str, Any]:
    """9.3: the same insight or text on a second dashboard."""
    body, context = call.body, call.context
    from_key = fields.integer(fields.need(body, "fromDashboardId"), "fromDashboardId")
    tile_key = fields.integer(fields.need(body, "tileId"), "tileId")
    with context.storage.writing():
        there = editable(call)
        source = dashboards.visible(call, from_key)
        if source["id"] == there["id"]:
            raise invalid("Destination must be a different dashboard than the source.")
        row = live_tile(context, source["id"], tile_key)
        if row["insight_id"] is None and row["text_id"] is None:
            raise invalid("Only insight, text, and widget tiles can be copied between dashboards.")
        twin = twin_of(context, row, there["id"])
        if twin is not None and not twin["deleted"]:
            what = "insight" if row["insight_id"] is not None else "text card"
            raise invalid(f"This {what} is already on the destination dashboard.")
        if twin is not None:
            context.storage.run("DELETE FROM tile WHERE id = ?", twin["id"])
        place_copy(context, call.actor, row, there["id"], deep=False)
    return shown(call, there)


def reorder(call: Call) -> dict[str, Any]:
    """9.2: new places for the listed tiles."""
    body, context = call.body, call.context
    listed = fields.items(fields.need(body, "tile_order"), "tile_order", fewest=1)
    order = [fields.integer(key, f"tile_order__{at}") for at, key in enumerate(listed)]
    how = fields.choice(body.get("layout", "preserve"), "layout", _LAYOUTS)
    with context.storage.writing():
        dashboard = editable(call)
        if len(set(order)) != len(order):
            raise by_hand(400, detail="tile_order must contain unique tile IDs")
        rows = {row["id"]: row for row in in_order(context.storage, dashboard["id"])}
        unknown = sorted(set(order) - set(rows))
        if unknown:
            raise by_hand(404, detail=f"Tile IDs not found on this dashboard: {unknown}")
        stored = [_layouts(rows[key]) for key in order]
        for key, layouts in zip(order, grid.reordered(stored, how), strict=True):
            context.storage.change("tile", key, {"layouts": layouts})
    return shown(call, dashboard)


def remove(call: Call) -> Answer:
    """9.5: hide a tile and let the others drop into its place."""
    body, context = call.body, call.context
    key = fields.integer(fields.need(body, "tile_id"), "tile_id")
    with context.storage.writing():
        dashboard = editable(call)
        row = live_tile(context, dashboard["id"], key)
        context.storage.change("tile", row["id"], {"deleted": 1})
        rest = in_order(context.storage, dashboard["id"])
        # Only this action closes the gap: a PATCH with `deleted` leaves the others in place (8.11).
        before = [_layouts(one) for one in rest]
        for one, old, new in zip(rest, before, grid.compacted(before), strict=True):
            if old != new:
                context.storage.change("tile", one["id"], {"layouts": new})
    return Answer(None, 204)


def create_text(call: Call) -> Answer:
    """9.4: a text tile; without layouts the web app chooses a place when it draws."""
    body, context = call.body, call.context
    row = {
        "body": _text(fields.need(body, "body")),
        "created_by": call.actor.id,
        "last_modified_at": stamp(),
    }
    columns = _columns(body)
    with context.storage.writing():
        dashboard = editable(call)
        text = context.storage.insert("text", row)
        placed = {"dashboard_id": dashboard["id"], "text_id": text}
        key = context.storage.insert("tile", placed | columns)
    return Answer(_one(call, dashboard, key), 201)


def update_text(call: Call) -> dict[str, Any]:
    """9.4: change a text tile."""
    body, context = call.body, call.context
    key = fields.integer(fields.need(body, "tile_id"), "tile_id")
    written = {"body": _text(body["body"])} if "body" in body else {}
    columns = _columns(body)
    with context.storage.writing():
        dashboard = editable(call)
        row = live_tile(context, dashboard["id"], key)
        if row["text_id"] is None:
            raise invalid("Tile is not a text tile.")
        if written:
            changed = {"last_modified_by": call.actor.id, "last_modified_at": stamp()}
            context.storage.change("text", row["text_id"], written | changed)
        context.storage.change("tile", row["id"], columns)
    return _one(call, dashboard, key)


def run_insights(call: Call) -> dict[str, Any]:
    """9.6: every result in one answer; does not count as opening."""
    dashboard = dashboards.visible(call, call.number("id"))
    reading = dashboards.read_parameters(call)
    kept = ("id", "short_id", "name", "derived_name", "result")
    rows = in_order(call.context.storage, dashboard["id"])
    tiles = TileForms(call.context, call.actor, dashboard, reading, rows).all()
    return {
        "results": [
            {"id": tile["id"], "insight": {name: tile["insight"][name] for name in kept}}
            for tile in tiles
            if tile["insight"] and tile["insight"]["query"]
        ]
    }


def editable(call: Call) -> Row:
    """The dashboard of the path, if the actor may change it."""
    row = dashboards.find(call.context, call.number("id"))
    people.check_edit(call.context.storage, call.actor, row)
    return row


def live_tile(context: Context, dashboard: int, tile: int) -> Row:
    """A tile that is on a dashboard and not removed, or 404."""
    found = next((r for r in in_order(context.storage, dashboard) if r["id"] == tile), None)
    if found is None:
        raise not_found()
    return found


def twin_of(context: Context, row: Row, dashboard: int) -> Row | None:
    """A tile of a dashboard, removed or not, that holds the same thing."""
    column = next((name for name in CONTENTS if row[name] is not None), None)
    if column is None:  # a widget, which is on one dashboard only
        return None
    return context.storage.one(
        f"SELECT * FROM tile WHERE dashboard_id = ? AND {column} = ?",  # noqa: S608
        dashboard,
        row[column],
    )


def shown(call: Call, row: Row) -> dict[str, Any]:
    """The detail form as it is now, from the cache."""
    found = dashboards.find(call.context, row["id"])
    return dashboards.detail(call.context, call.actor, found, Reading())


def _one(call: Call, dashboard: Row, key: int) -> dict[str, Any]:
    row = live_tile(call.context, dashboard["id"], key)
    # A tile by itself has no place in an order: `order` is null (9.4).
    return TileForms(call.context, call.actor, dashboard, Reading(), [row]).one(row, None)


def _layouts(row: Row) -> dict[str, Any]:
    return json.loads(row["layouts"])


def _text(value: Any) -> str:
    body = fields.text(value, "body", blank=False, trim=False)
    if len(body) > LONGEST_BODY:
        raise invalid(f"Text body cannot exceed {LONGEST_BODY} characters", "body", "max_length")
    return body


def _columns(body: dict[str, Any]) -> Row:
    values: Row = {}
    if "layouts" in body:
        values["layouts"] = _checked_layouts(body["layouts"])
    if "color" in body:
        color = body["color"]
        values["color"] = None if color is None else fields.text(color, "color")
        if len(values["color"] or "") > LONGEST_COLOR:
            raise invalid(f"Color cannot exceed {LONGEST_COLOR} characters", "color")
    return values


def _checked_layouts(value: Any) -> dict[str, dict[str, int]]:
    """Only ``sm`` and ``xs``, only whole numbers; everything else is dropped."""
    # A PATCH stores boxes as they are sent; only the actions for text tiles check them (9.4).
    given = fields.mapping(value or {}, "layouts")
    checked: dict[str, dict[str, int]] = {}
    for size in ("sm", "xs"):
        if given.get(size) is not None:
            box = fields.mapping(given[size], f"layouts__{size}")
            checked[size] = {
                side: fields.integer(box[side], f"layouts__{size}__{side}")
                for side in "xywh"
                if box.get(side) is not None
            }
    return checked
