"""Insights: list and read (contract 12.5)."""

from __future__ import annotations

import json
from typing import Any

from dashwidgets.embedded.resources import people
from dashwidgets.embedded.resources import serializers as forms
from dashwidgets.embedded.resources.access import check_view, hidden
from dashwidgets.embedded.resources.dashboards import read as dashboards
from dashwidgets.embedded.resources.insights.filters import narrowed
from dashwidgets.embedded.resources.insights.results import Wanted
from dashwidgets.embedded.resources.tiles.read import insight_form
from dashwidgets.embedded.server.call import Call
from dashwidgets.embedded.server.context import Context
from dashwidgets.embedded.server.errors import invalid, not_found
from dashwidgets.embedded.server.pagination import envelope, window
from dashwidgets.embedded.storage import Row


def listing(call: Call) -> dict[str, Any]:
    """A page of insights; with ``basic`` nothing but what is stored."""
    context, storage = call.context, call.context.storage
    unseen = hidden(storage, call.actor, "insight")
    rows = storage.all("SELECT * FROM insight WHERE NOT deleted ORDER BY id")
    rows = [row for row in rows if row["id"] not in unseen]
    places: dict[int, list[Row]] = {}
    for tile in storage.all(
        "SELECT tile.* FROM tile JOIN dashboard ON dashboard.id = dashboard_id "
        "WHERE insight_id IS NOT NULL AND NOT dashboard.deleted ORDER BY tile.id"
    ):
        places.setdefault(tile["insight_id"], []).append(tile)
    rows = narrowed(call, rows, places)
    limit, offset = window(call)
    users = people.everyone(storage)
    page: list[dict[str, Any]] = []
    for row in rows[offset : offset + limit]:
        if call.query.get("basic") == "true":
            page.append(forms.insight_basic(row, places.get(row["id"], []), call.actor, users))
        else:
            refresh = call.query.get("refresh", "force_cache")
            result, _ = context.results.get(Wanted(row, None, {}, {}, refresh))
            page.append(insight_form(context, call.actor, row, users, result))
    return envelope(call, len(rows), page)


def read(call: Call) -> dict[str, Any]:
    """One insight by id or short id, as one dashboard shows it if that is asked for."""
    context = call.context
    row = find(context, str(call.path["insight_id"]))
    check_view(context.storage, call.actor, "insight", row["id"])
    reading = dashboards.read_parameters(call)
    filters: dict[str, Any] = reading.filters or {}
    variables: dict[str, Any] = reading.variables or {}
    asked = call.query.get("from_dashboard", "")
    dashboard = int(asked) if asked.isdecimal() else None
    if dashboard is not None:
        board = dashboards.visible(call, dashboard)
        tile = context.storage.one(
            "SELECT * FROM tile WHERE dashboard_id = ? AND insight_id = ? "
            "AND NOT coalesce(deleted, 0)",
            dashboard,
            row["id"],
        )
        own: dict[str, Any] = json.loads(tile["filters_overrides"]) if tile else {}
        filters = own or json.loads(board["filters"]) | filters
        variables = json.loads(board["variables"]) | variables
    result, error = context.results.get(
        Wanted(row, dashboard, filters, variables, reading.refresh, reading.query_id)
    )
    if error:
        raise invalid(error["message"])
    return insight_form(context, call.actor, row, people.everyone(context.storage), result)


def find(context: Context, key: str, *, deleted: bool = False) -> Row:
    """An insight by id or short id, or 404."""
    row = context.storage.one("SELECT * FROM insight WHERE short_id = ?", key)
    if row is None and key.isdecimal() and len(key) <= 18:
        row = context.storage.one("SELECT * FROM insight WHERE id = ?", int(key))
    if row is None or (row["deleted"] and not deleted):
        raise not_found()
    return row
