"""Dashboards from templates (contract 8.2, 8.15, 12.6)."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any, cast

from dashwidgets.embedded.clock import stamp
from dashwidgets.embedded.resources.dashboards import read as dashboards
from dashwidgets.embedded.resources.tiles.copies import short_id
from dashwidgets.embedded.resources.tiles.patches import check_body
from dashwidgets.embedded.resources.tiles.read import Reading
from dashwidgets.embedded.server import fields
from dashwidgets.embedded.server.auth import Actor
from dashwidgets.embedded.server.call import Call
from dashwidgets.embedded.server.errors import invalid
from dashwidgets.embedded.server.pagination import envelope, window
from dashwidgets.embedded.storage import Row, Storage

_FOLDER = Path(__file__).parent
OLD_NAME, NEW_NAME = "DEFAULT_APP", "Product analytics"


@cache
def schema() -> dict[str, Any]:
    """The JSON schema of a template."""
    return json.loads((_FOLDER / "template_schema.json").read_text())


@cache
def known() -> list[dict[str, Any]]:
    """The templates every project has."""
    return json.loads((_FOLDER / "templates.json").read_text())


def listing(call: Call) -> dict[str, Any]:
    """12.6: the global templates; this project has none of its own."""
    found = known()
    words = call.query.get("search", "").lower()
    if words:
        found = [one for one in found if words in _searched(one)]
    if call.query.get("scope") == "feature_flag":
        found = []
    if "is_featured" in call.query:
        wanted = call.query["is_featured"].lower() == "true"
        found = [one for one in found if one["is_featured"] == wanted]
    backwards = call.query.get("ordering") == "-template_name"
    found = sorted(found, key=lambda one: str(one["template_name"]), reverse=backwards)
    limit, offset = window(call)
    return envelope(call, len(found), found[offset : offset + limit])


def json_schema(_call: Call) -> dict[str, Any]:
    """The schema that ``create_from_template_json`` checks with."""
    return schema()


def create_from_json(call: Call) -> dict[str, Any]:
    """8.15: creates everything or nothing; answers 200."""
    template = fields.need(call.json_body, "template")
    check(template)
    with call.context.storage.writing():
        key = make(call.context.storage, call.actor, template, mode="default")
    # Outside the transaction: a detail form computes nothing, but it reads a lot.
    row = dashboards.find(call.context, key)
    return dashboards.detail(call.context, call.actor, row, Reading())


def check(template: Any) -> None:
    """400 with the validator's report unless this is a template."""
    # Late: beside JupyterLab's own packages this import takes two seconds.
    from jsonschema import Draft202012Validator

    error = next(iter(Draft202012Validator(schema()).iter_errors(template)), None)  # pyright: ignore[reportUnknownMemberType]
    if error is not None:
        raise invalid(str(error))
    for tile in template["tiles"]:
        if tile.get("type") == "TEXT":
            check_body(tile.get("body"), "body")


def named(name: Any) -> dict[str, Any]:
    """A template by its exact name."""
    # PostHog renamed this template, and clients still ask for it by its old name (8.2).
    wanted = NEW_NAME if name == OLD_NAME else name
    found = next((one for one in known() if one["template_name"] == wanted), None)
    if found is None:
        raise invalid(f"Invalid template provided: {name}", "use_template")
    return found


def make(
    storage: Storage, actor: Actor, template: dict[str, Any], *, mode: str, given: Row | None = None
) -> int:
    """Create a dashboard from a template; a given name overrides the template's."""
    row: Row = {
        "name": template["template_name"],
        "description": template["dashboard_description"],
        "filters": template["dashboard_filters"],
        "tags": fields.tags(template.get("tags") or []),
        "creation_mode": mode,
        "created_at": stamp(),
        "created_by": actor.id,
    }
    if given and given.get("name"):
        row["name"] = given["name"]
    key = storage.insert("dashboard", row)
    for tile in cast("list[dict[str, Any]]", template["tiles"]):
        content = _content(storage, actor, tile)
        if content:
            place: Row = {"dashboard_id": key, "layouts": tile.get("layouts") or {}}
            storage.insert("tile", place | {"color": tile.get("color")} | content)
    return key


def _content(storage: Storage, actor: Actor, tile: dict[str, Any]) -> Row:
    moment = stamp()
    made = {"last_modified_at": moment}
    if tile.get("type") == "TEXT":  # tiles of templates have no author
        return {"text_id": storage.insert("text", made | {"body": tile.get("body")})}
    if tile.get("type") == "INSIGHT":
        insight: Row = {
            "created_by": actor.id,
            "short_id": short_id(),
            "name": tile.get("name"),
            "description": tile.get("description"),
            "query": tile.get("query"),
            "is_sample": 1,
            "created_at": moment,
            "updated_at": moment,
        }
        return {"insight_id": storage.insert("insight", made | insight)}
    # Kinds that this server does not know are skipped, as on PostHog (8.15).
    return {}


def _searched(template: dict[str, Any]) -> str:
    parts = (template["template_name"], template["dashboard_description"], template["tags"])
    return " ".join(str(part) for part in parts).lower()
