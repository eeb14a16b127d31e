"""Change a dashboard: metadata, tiles, delete, restore (contract 8.11)."""

from __future__ import annotations

from typing import Any

from dashwidgets.embedded.resources import people
from dashwidgets.embedded.resources.activity.record import record_deletion
from dashwidgets.embedded.resources.dashboards import read as dashboards
from dashwidgets.embedded.resources.tiles.copies import duplicate_tile
from dashwidgets.embedded.resources.tiles.patches import apply_patch
from dashwidgets.embedded.resources.tiles.read import Reading
from dashwidgets.embedded.server import fields
from dashwidgets.embedded.server.auth import Actor
from dashwidgets.embedded.server.call import Call
from dashwidgets.embedded.server.context import Context
from dashwidgets.embedded.server.errors import invalid
from dashwidgets.embedded.storage import Row


def update(call: Call) -> dict[str, Any]:
    """8.11: PATCH and PUT are the same, no field is required."""
    body = call.body
    context, storage = call.context, call.context.storage
    restores = (
        "deleted" in body
        and body["deleted"] is not None
        and not fields.boolean(body["deleted"], "deleted")
    )
    # A deleted dashboard is only found by a body that restores it; any other gets 404.
    row = dashboards.find(context, call.number("id"), deleted=restores)
    people.check_edit(storage, call.actor, row)
    values = dashboards.writable(context, body)
    if "restriction_level" in values:
        people.check_restrict(call.actor, row)
    if body.get("variables"):
        if not isinstance(body["variables"], dict):
            # About variables, and yet these words: the server has copied its own message.
            raise invalid("Filters must be a dictionary")
        values["variables"] = body["variables"]

    # The real server is not atomic: a failing tile patch leaves the ones before it in place.
    with storage.writing():
        if values.get("deleted") and not row["deleted"]:
            delete(context, call.actor, row, insights=bool(body.get("delete_insights")))
        elif restores and row["deleted"]:
            restore(context, row)
        storage.change("dashboard", row["id"], values)
    # In the order of the body: a later patch sees what an earlier one did.
    for patch in _objects(body.get("tiles"), "tiles"):
        with storage.writing():
            apply_patch(context, call.actor, row["id"], patch)
    for copy in _objects(body.get("duplicate_tiles"), "duplicate_tiles"):
        with storage.writing():
            duplicate_tile(context, call.actor, row["id"], copy)
    found = dashboards.find(context, row["id"], deleted=True)
    return dashboards.detail(context, call.actor, found, Reading())


def delete(context: Context, actor: Actor, row: Row, *, insights: bool) -> None:
    """Hide a dashboard and all of its tiles."""
    storage = context.storage
    if insights:
        only_here = storage.all(
            "SELECT DISTINCT insight.id, insight.name, short_id FROM tile AS here "
            "JOIN insight ON insight.id = insight_id WHERE dashboard_id = ? "
            "AND NOT coalesce(here.deleted, 0) AND NOT EXISTS ("
            "  SELECT 1 FROM tile AS there WHERE there.insight_id = here.insight_id "
            "  AND there.dashboard_id != here.dashboard_id AND NOT coalesce(there.deleted, 0))",
            row["id"],
        )
        for found in only_here:
            storage.change("insight", found["id"], {"deleted": 1})
            record_deletion(storage, actor.id, found)
    storage.run("UPDATE tile SET deleted = 1 WHERE dashboard_id = ?", row["id"])


def restore(context: Context, row: Row) -> None:
    """Restore a dashboard, with every tile it ever had and their insights."""
    storage = context.storage
    storage.run("UPDATE tile SET deleted = 0 WHERE dashboard_id = ?", row["id"])
    storage.run(
        "UPDATE insight SET deleted = 0 WHERE id IN "
        "(SELECT insight_id FROM tile WHERE dashboard_id = ?)",
        row["id"],
    )


def _objects(value: Any, attr: str) -> list[dict[str, Any]]:
    if not value:
        return []
    return [fields.mapping(item, attr) for item in fields.items(value, attr)]
