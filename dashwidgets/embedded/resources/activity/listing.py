"""``GET activity_log/``: the newest entries first."""

from __future__ import annotations

import json
from typing import Any

from dashwidgets.embedded.resources import people
from dashwidgets.embedded.resources.access import hidden
from dashwidgets.embedded.server.call import Call
from dashwidgets.embedded.server.pagination import envelope, window


def listing(call: Call) -> dict[str, Any]:
    """Entries, of one scope, item or user if that is asked for."""
    storage = call.context.storage
    wanted = {name: call.query.get(name) or None for name in ("scope", "item_id", "user")}
    rows = storage.all(
        "SELECT * FROM activity_log WHERE (? IS NULL OR scope = ?) "
        "AND (? IS NULL OR item_id = ?) AND (? IS NULL OR user_id = ?) "
        "ORDER BY created_at DESC, id",
        *(value for value in wanted.values() for _ in range(2)),
    )
    unseen = {
        scope: hidden(storage, call.actor, scope.lower()) for scope in ("Dashboard", "Insight")
    }
    # An entry would tell the name and the content of what the member may not see.
    rows = [row for row in rows if int(row["item_id"]) not in unseen[row["scope"]]]
    limit, offset = window(call)
    users = people.everyone(storage)
    page = [
        {
            "id": row["id"],
            "user": users.get(row["user_id"]),
            "is_system": row["user_id"] is None,
            "unread": False,
            "activity": row["activity"],
            "scope": row["scope"],
            "item_id": row["item_id"],
            "detail": json.loads(row["detail"]),
            "created_at": row["created_at"],
        }
        for row in rows[offset : offset + limit]
    ]
    return envelope(call, len(rows), page)
