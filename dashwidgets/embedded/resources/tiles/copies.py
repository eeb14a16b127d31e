"""Copy what a tile holds: insights, texts, buttons (contract 8.2, 8.11, 9.3)."""

from __future__ import annotations

import secrets
import string
import uuid
from typing import Any

from dashwidgets.embedded.clock import stamp
from dashwidgets.embedded.server import fields
from dashwidgets.embedded.server.auth import Actor
from dashwidgets.embedded.server.context import Context
from dashwidgets.embedded.storage import Row

_KEPT = ("layouts", "color", "filters_overrides", "show_description", "transparent_background")
CONTENTS = ("insight_id", "text_id", "button_id")


def duplicate_tile(context: Context, actor: Actor, dashboard: int, copy: dict[str, Any]) -> None:
    """Clone one tile inside its dashboard; an unknown id is skipped as in a patch."""
    row = context.storage.one(
        "SELECT * FROM tile WHERE id = ? AND dashboard_id = ? AND NOT coalesce(deleted, 0)",
        copy.get("id"),
        dashboard,
    )
    if row is not None:
        layouts = fields.mapping(copy.get("layouts") or {}, "layouts")
        place_copy(context, actor, row, dashboard, deep=True, layouts=layouts)


def place_copy(
    context: Context,
    actor: Actor,
    tile: Row,
    dashboard: int,
    *,
    deep: bool,
    layouts: dict[str, Any] | None = None,
) -> int:
    """Put a copy of a tile on a dashboard and return its id.

    A deep copy has content of its own; otherwise both tiles show the same insight, text or button.
    """
    content = {name: tile[name] for name in CONTENTS}
    if deep:
        content = _cloned(context, actor, content)
    row = {name: tile[name] for name in _KEPT} | content
    if layouts is not None:
        row["layouts"] = layouts
    return context.storage.insert("tile", {"dashboard_id": dashboard} | row)


def short_id() -> str:
    """A new insight's short id."""
    return "".join(secrets.choice(string.ascii_letters + string.digits) for _ in range(8))


def _cloned(context: Context, actor: Actor, content: Row) -> Row:
    storage, moment = context.storage, stamp()
    made = {"created_by": actor.id, "last_modified_by": None, "last_modified_at": moment}
    for name in CONTENTS:
        if content[name] is None:
            continue
        table = name.removesuffix("_id")
        row = storage.one(f"SELECT * FROM {table} WHERE id = ?", content[name])  # noqa: S608
        assert row is not None, "a tile's content is never erased"
        del row["id"]
        if table == "insight":
            # An insight without a name is shown by a derived one, which has no copy.
            copied = f"{row['name']} (Copy)" if row["name"] else row["name"]
            made |= {"name": copied, "short_id": short_id()}
            made |= {"created_at": moment, "updated_at": moment}
        if table == "button":
            # Buttons have UUIDs; texts and insights get their numbers from SQLite.
            made |= {"id": str(uuid.uuid4())}
        key = storage.insert(table, row | made)
        content = content | {name: made["id"] if table == "button" else key}
    return content
