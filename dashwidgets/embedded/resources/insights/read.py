"""Insights: list and read (contract 12.5)."""

from __future__ import annotations

import json
from typing import Any

from dashwidgets.embedded.resources import serializers as forms
from dashwidgets.embedded.resources.access import NOTHING, check_view, hidden
from dashwidgets.embedded.resources.dashboards import read as dashboards
from dashwidgets.embedded.resources.insights.filters import is_narrowed, narrowed
from dashwidgets.embedded.resources.insights.places import placed
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
    limit, offset = window(call)
    # Most calls narrow nothing: those take one page from the database instead of every row.
    if is_narrowed(call) or unseen != NOTHING:
        rows = storage.all("SELECT * FROM insight WHERE NOT deleted ORDER BY id")
        rows = narrowed(call, [row for row in rows if row["id"] not in unseen])
        count, rows = len(rows), rows[offset : offset + limit]
    else:
        found = storage.one("SELECT count(*) AS count FROM insight WHERE NOT deleted")
        count = found["count"] if found else 0
        rows = storage.all(
            "SELECT * FROM insight WHERE NOT deleted ORDER BY id LIMIT ? OFFSET ?", limit, offset
        )
    places = placed(storage, call.actor, (row["id"] for row in rows))
    if call.query.get("basic") == "true":
        page = [
            forms.insight_basic(row, places.on_live_dashboards(row["id"]), call.actor, places.users)
            for row in rows
        ]
        return envelope(call, count, page)
    refresh = call.query.get("refresh", "force_cache")
    wanted = [Wanted(row, None, {}, {}, refresh) for row in rows]
    kept = context.results.kept(wanted)
    results = (context.results.get(one, kept)[0] for one in wanted)
    page = [
        insight_form(call.actor, row, places, result)
        for row, result in zip(rows, results, strict=True)
    ]
    return envelope(call, count, page)


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
        # A tile's own filters replace the dashboard's; they are not merged (contract 8.10).
        filters = own or json.loads(board["filters"]) | filters
        variables = json.loads(board["variables"]) | variables
    result, error = context.results.get(
        Wanted(row, dashboard, filters, variables, reading.refresh, reading.query_id)
    )
    if error:
        raise invalid(error["message"])
    places = placed(context.storage, call.actor, [row["id"]])
    return insight_form(call.actor, row, places, result)


def find(context: Context, key: str, *, deleted: bool = False) -> Row:
    """An insight by id or short id, or 404."""
    row = context.storage.one("SELECT * FROM insight WHERE short_id = ?", key)
    # SQLite's integers end at 19 digits; beyond, Python would raise.
    if row is None and key.isdecimal() and len(key) <= 18:
        row = context.storage.one("SELECT * FROM insight WHERE id = ?", int(key))
    if row is None or (row["deleted"] and not deleted):
        raise not_found()
    return row
