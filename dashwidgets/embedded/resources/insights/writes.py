"""Create, change and hide insights (contract 12.5)."""

from __future__ import annotations

from typing import Any

from dashwidgets.embedded.clock import stamp
from dashwidgets.embedded.resources import people
from dashwidgets.embedded.resources.access import check_view
from dashwidgets.embedded.resources.insights import read as insights
from dashwidgets.embedded.resources.insights.places import placed
from dashwidgets.embedded.resources.insights.results import Wanted
from dashwidgets.embedded.resources.tiles.copies import short_id
from dashwidgets.embedded.resources.tiles.read import insight_form
from dashwidgets.embedded.server import fields
from dashwidgets.embedded.server.call import Answer, Call
from dashwidgets.embedded.server.errors import forbidden, invalid, standard
from dashwidgets.embedded.storage import Row

KINDS = {
    "InsightVizNode", "DataVisualizationNode", "DataTableNode", "HogQuery", "HogQLQuery",
    "TrendsQuery", "FunnelsQuery", "RetentionQuery", "PathsQuery", "StickinessQuery",
    "LifecycleQuery", "EventsQuery", "ActorsQuery",
}  # fmt: skip


def create(call: Call) -> Answer:
    """Create an insight, with a tile on each dashboard named."""
    body, storage = call.body, call.context.storage
    values, moment = _writable(body), stamp()
    with storage.writing():
        made = {"created_at": moment, "updated_at": moment, "last_modified_at": moment}
        by = {"created_by": call.actor.id, "last_modified_by": call.actor.id}
        key = storage.insert("insight", made | by | {"short_id": short_id()} | values)
        if body.get("dashboards") is not None:
            _place(call, key, _ids(body))
    return Answer(_form(call, key), 201)


def update(call: Call) -> dict[str, Any]:
    """Change the given fields; ``dashboards`` is the complete set."""
    body, storage = call.body, call.context.storage
    restores = body.get("deleted") is False
    with storage.writing():
        # A deleted insight is found only by the request that restores it, as with dashboards
        # (8.11).
        row = insights.find(call.context, str(call.path["insight_id"]), deleted=restores)
        check_view(storage, call.actor, "insight", row["id"])
        values = _writable(body)
        moment = stamp()
        changed = {"updated_at": moment, "last_modified_at": moment}
        storage.change("insight", row["id"], values | changed | {"last_modified_by": call.actor.id})
        if values.get("deleted"):
            # Its tiles go with it, on every board; restoring the insight does not bring them back.
            storage.run("UPDATE tile SET deleted = 1 WHERE insight_id = ?", row["id"])
        elif body.get("dashboards") is not None:
            _place(call, row["id"], _ids(body))
    return _form(call, row["id"])


def _form(call: Call, key: int) -> dict[str, Any]:
    row = call.context.storage.one("SELECT * FROM insight WHERE id = ?", key)
    assert row is not None
    result, _ = call.context.results.get(Wanted(row, None, {}, {}, None))
    return insight_form(call.actor, row, placed(call.context.storage, call.actor, [key]), result)


def _writable(body: dict[str, Any]) -> Row:
    values: Row = {}
    for name, longest in (("name", 400), ("derived_name", 400), ("description", 400)):
        if name in body:
            value = body[name]
            values[name] = None if value is None else fields.text(value, name, longest=longest)
    for name in ("favorited", "saved", "deleted"):
        if name in body:
            values[name] = fields.boolean(body[name], name)
    if "tags" in body:
        values["tags"] = fields.tags(body["tags"])
    if body.get("query") is not None:
        query = body["query"]
        if not isinstance(query, dict):
            raise invalid("Query must be a valid JSON object", "query")
        kind: Any = query.get("kind")  # pyright: ignore[reportUnknownMemberType, reportUnknownVariableType]
        # PostHog checks the whole query against its schema; here only the kind, whose mistake is
        # the usual one.
        if kind not in KINDS:
            detail = (
                f"Input tag {kind!r} found using 'kind' does not match any of the expected tags"
            )
            raise standard(400, "invalid_request", "parse_error", detail)
        values["query"] = query
    return values


def _ids(body: dict[str, Any]) -> list[int]:
    listed = fields.items(body["dashboards"], "dashboards")
    return [fields.integer(key, f"dashboards__{at}") for at, key in enumerate(listed)]


def _place(call: Call, key: int, wanted: list[int]) -> None:
    """Put an insight on exactly these dashboards."""
    storage = call.context.storage
    tiles = storage.all(
        "SELECT tile.* FROM tile JOIN dashboard ON dashboard.id = dashboard_id "
        "WHERE insight_id = ? AND NOT dashboard.deleted",
        key,
    )
    for dashboard in wanted:
        row = storage.one("SELECT * FROM dashboard WHERE id = ? AND NOT deleted", dashboard)
        if row is None:
            raise invalid("Dashboard not found")
        found = next((tile for tile in tiles if tile["dashboard_id"] == dashboard), None)
        if found is not None and not found["deleted"]:
            continue
        if not people.may_edit(storage, call.actor, row):
            raise forbidden(f"You don't have permission to add insights to dashboard: {dashboard}")
        if found is None:
            storage.insert("tile", {"dashboard_id": dashboard, "insight_id": key})
        else:
            # A board holds an insight once, removed tiles included: the old tile comes back at its
            # old place.
            storage.change("tile", found["id"], {"deleted": 0})
    for tile in tiles:
        if tile["deleted"] or tile["dashboard_id"] in wanted:
            continue
        row = storage.one("SELECT * FROM dashboard WHERE id = ?", tile["dashboard_id"])
        # The list is the complete set, so leaving a board out removes the insight there: that needs
        # rights too.
        if row is not None and not people.may_edit(storage, call.actor, row):
            raise forbidden(
                "You don't have permission to remove insights from dashboard: "
                f"{tile['dashboard_id']}"
            )
        storage.change("tile", tile["id"], {"deleted": 1})
