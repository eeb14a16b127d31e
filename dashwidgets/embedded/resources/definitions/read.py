"""List and read actions and cohorts. They can't be changed here."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from dashwidgets.embedded.resources import people
from dashwidgets.embedded.resources.definitions import stored
from dashwidgets.embedded.server.call import Call
from dashwidgets.embedded.server.errors import not_found
from dashwidgets.embedded.server.pagination import envelope, window
from dashwidgets.embedded.storage import Row

Serializer = Callable[[Row, stored.Users], dict[str, Any]]


def list_actions(call: Call) -> dict[str, Any]:
    """Actions by name."""
    return _page(call, stored.ACTIONS, stored.action)


def read_action(call: Call) -> dict[str, Any]:
    """One action."""
    return _one(call, stored.ACTIONS, stored.action)


def list_cohorts(call: Call) -> dict[str, Any]:
    """Cohorts, the newest first."""
    return _page(call, stored.COHORTS, stored.cohort)


def read_cohort(call: Call) -> dict[str, Any]:
    """One cohort."""
    return _one(call, stored.COHORTS, stored.cohort)


def _page(call: Call, sql: str, serializer: Serializer) -> dict[str, Any]:
    storage = call.context.storage
    words = (call.query.get("search") or "").casefold()
    rows = [row for row in storage.all(sql) if words in row["name"].casefold()]
    limit, offset = window(call)
    users = people.everyone(storage)
    page = [serializer(row, users) for row in rows[offset : offset + limit]]
    return envelope(call, len(rows), page)


def _one(call: Call, sql: str, serializer: Serializer) -> dict[str, Any]:
    key, storage = call.number("id"), call.context.storage
    for row in storage.all(sql):
        if row["id"] == key:
            return serializer(row, people.everyone(storage))
    raise not_found()
