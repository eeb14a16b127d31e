"""Write down what a call changed, field by field, as PostHog's activity log does."""

from __future__ import annotations

import json
import uuid
from collections.abc import Callable
from dataclasses import replace
from functools import wraps
from typing import Any, Literal, cast

from dashwidgets.embedded.clock import stamp
from dashwidgets.embedded.server.call import Action, Answer, Call
from dashwidgets.embedded.storage import Row, Storage

Scope = Literal["Dashboard", "Insight"]

_FIELDS = {
    "Dashboard": (
        *("name", "description", "pinned", "restriction_level", "filters", "variables"),
        *("breakdown_colors", "data_color_theme_id", "tags", "deleted"),
    ),
    "Insight": ("name", "description", "query", "tags", "favorited", "saved", "deleted"),
}
"""What is logged. Never a whole row: what else it may hold one day is not for everyone."""
_JSON = {"filters", "variables", "breakdown_colors", "tags", "query", "layouts"}
_FLAGS = {"pinned", "deleted", "favorited", "saved"}
_TILES = (
    "SELECT id, insight_id, text_id, button_id, layouts, color FROM tile "
    "WHERE dashboard_id = ? AND NOT coalesce(deleted, 0) ORDER BY id"
)


def logged(scope: Scope, action: Action) -> Action:
    """An action that also writes down what it changed."""
    return replace(action, handler=_logging(scope, action.handler))


def record(
    storage: Storage, user: int | None, activity: str, scope: str, item: int, detail: Row
) -> None:
    """Add an entry."""
    storage.insert(
        "activity_log",
        {
            "id": str(uuid.uuid4()),
            "activity": activity,
            "scope": scope,
            "item_id": str(item),
            "detail": detail,
            "user_id": user,
            "created_at": stamp(),
        },
    )


def record_deletion(storage: Storage, user: int, insight: Row) -> None:
    """An insight that went with its dashboard."""
    change = {"type": "Insight", "action": "changed", "field": "deleted"}
    changes = [change | {"before": False, "after": True}]
    detail = {"name": insight["name"], "short_id": insight["short_id"], "changes": changes}
    record(storage, user, "deleted", "Insight", insight["id"], detail)


def _logging(scope: Scope, handler: Callable[[Call], Any]) -> Callable[[Call], Any]:
    @wraps(handler)
    def run(call: Call) -> Any:
        storage = call.context.storage
        # Read before and after, so that no handler has to say itself what it changed.
        before = _state(storage, scope, call.path.get("id") or call.path.get("insight_id"))
        answer = handler(call)
        made = cast("dict[str, Any]", answer.data if isinstance(answer, Answer) else answer)
        after = _state(storage, scope, before["id"] if before else made["id"])
        if after is not None:
            _compare(call, scope, before, after)
        return answer

    return run


def _compare(call: Call, scope: Scope, before: Row | None, after: Row) -> None:
    changes = [
        {"type": scope, "action": "changed", "field": name, "before": before[name], "after": value}
        for name, value in after.items()
        if before is not None and before[name] != value
    ]
    # PATCH with the values that are there already leaves no trace, as on the server.
    if before is not None and not changes:
        return
    activity = "created" if before is None else "updated"
    if before is not None and before["deleted"] != after["deleted"]:
        activity = "deleted" if after["deleted"] else "restored"
    detail = {"name": after["name"], "changes": changes, "type": None, "trigger": None}
    detail["short_id"] = after.get("short_id")
    record(call.context.storage, call.actor.id, activity, scope, after["id"], detail)


def _state(storage: Storage, scope: Scope, key: Any) -> Row | None:
    """The fields that are logged, as the API shows them."""
    column = "short_id" if scope == "Insight" and not str(key).isdecimal() else "id"
    row = storage.one(f"SELECT * FROM {scope.lower()} WHERE {column} = ?", key)  # noqa: S608
    if row is None:
        return None
    shown = {name: _shown(name, row[name]) for name in _FIELDS[scope]}
    if scope == "Dashboard":
        tiles = storage.all(_TILES, row["id"])
        shown["tiles"] = [{name: _shown(name, held) for name, held in t.items()} for t in tiles]
    else:
        shown["short_id"] = row["short_id"]
        placed = "SELECT dashboard_id FROM tile WHERE insight_id = ? AND NOT coalesce(deleted, 0)"
        shown["dashboards"] = [tile["dashboard_id"] for tile in storage.all(placed, row["id"])]
    return {"id": row["id"]} | shown


def _shown(name: str, value: Any) -> Any:
    if value is None:
        return None
    return json.loads(value) if name in _JSON else bool(value) if name in _FLAGS else value
