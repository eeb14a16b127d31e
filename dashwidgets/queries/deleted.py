"""Deleted dashboards and insights, and restoring them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection
from datetime import UTC, datetime
from typing import Any

import pandas as pd

from dashwidgets.api.checks import checked_id
from dashwidgets.api.client import Client
from dashwidgets.api.endpoints import dashboards, insights, organization
from dashwidgets.api.errors import NOT_OFFERED, BadRequest, ConfigurationError
from dashwidgets.api.paging import collect
from dashwidgets.frames.by_sql import DELETED
from dashwidgets.frames.columns import inner, inner_list
from dashwidgets.frames.tiles import tiles_of_details
from dashwidgets.queries.system_tables import Found, read_table

NOT_READ = (BadRequest, *NOT_OFFERED)
OF_DELETED = "dashboard_id IN (SELECT id FROM system.dashboards WHERE deleted = 1)"
DELETIONS = "activity = 'deleted' AND scope IN ('Dashboard', 'Insight')"


def read_deleted(client: Client) -> pd.DataFrame:
    """Dashboards and insights that are deleted; see ``ph.deleted``."""
    spent, began = client.requests_spent, datetime.now(UTC)
    not_covered: dict[str, str] = {}
    warnings: list[Any] = []

    def read(table: str, columns: tuple[str, ...], where: str, *optional: str) -> Found:
        found = read_table(client, table, columns, optional, where)
        warnings.extend(each for each in found.warnings if each not in warnings)
        return found

    def attempt(what: str, *asked: Any) -> Found:
        try:
            return read(*asked)
        except NOT_READ as error:
            not_covered[what] = str(error)
            return Found()

    boards = read("dashboards", ("id", "name", "description", "created_at"), "deleted = 1")
    columns = ("id", "short_id", "name", "description", "created_at")
    gone = attempt("insights", "insights", columns, "deleted = 1")
    tiles = attempt("tiles", "dashboard_tiles", ("id", "dashboard_id"), OF_DELETED)
    log = ("id", "item_id", "scope", "created_at")
    done = attempt("deleted_at", "activity_logs", log, DELETIONS, "user_id")
    last: dict[tuple[str, str], dict[str, Any]] = {}
    # The last deletion wins: a dashboard may have been restored and deleted again.
    for entry in sorted(done.rows, key=lambda entry: str(entry["created_at"])):
        last[entry["scope"], str(entry["item_id"])] = entry
    # Another request and another scope, so only where the log names anybody.
    emails = _emails(client, not_covered) if any(e.get("user_id") for e in last.values()) else {}
    counted = Counter(row["dashboard_id"] for row in tiles.rows)
    rows: list[dict[str, Any]] = []
    for kind, scope, found in (("dashboard", "Dashboard", boards), ("insight", "Insight", gone)):
        for row in found.rows:
            entry = last.get((scope, str(row["id"])), {})
            held = (
                counted[row["id"]] if kind == "dashboard" and "tiles" not in not_covered else None
            )
            rows.append(
                row
                | {"kind": kind, "tiles": held, "deleted_at": entry.get("created_at")}
                | {"deleted_by": emails.get(entry.get("user_id"))}
            )
    return DELETED.to_frame(
        rows,
        complete=not warnings and "insights" not in not_covered,
        not_covered=not_covered,
        warnings=warnings,
        requests_spent=client.requests_spent - spent,
        taken_at=began.isoformat(timespec="seconds"),
        source="sql",
    )


def _emails(client: Client, not_covered: dict[str, str]) -> dict[Any, str | None]:
    try:
        members = collect(client, organization.members).rows
    except NOT_READ as error:
        not_covered["deleted_by"] = str(error)
        return {}
    return {inner(row, "user").get("id"): inner(row, "user").get("email") for row in members}


def undelete(client: Client, dashboard: int, keep: Collection[int] | None) -> pd.DataFrame:
    """Restore a dashboard, and remove again the tiles that are not to be kept."""
    dashboard = checked_id(dashboard)
    wanted = None if keep is None else {checked_id(tile, "tile id") for tile in keep}
    spent = client.requests_spent
    # Read before restoring, which revives insights: afterwards nobody can tell which were live.
    live = None if wanted is None else {row["id"] for row in collect(client, insights.page).rows}
    found = client.send(dashboards.restore(dashboard))
    back = inner_list(found, "tiles")
    unwanted = [] if wanted is None else [tile for tile in back if tile["id"] not in wanted]
    if unwanted:
        patches = [{"id": tile["id"], "deleted": True} for tile in unwanted]
        found = client.send(dashboards.update(dashboard, tiles=patches))
    # Restoring also revives the insights of its tiles: hide those that were not there before.
    shown = {inner(tile, "insight").get("id") for tile in inner_list(found, "tiles")}
    held = {inner(tile, "insight").get("id") for tile in unwanted} - (live or set[Any]())
    hidden: list[int] = sorted(one for one in held - shown if one is not None)
    for insight in hidden:
        client.send(insights.delete(insight))
    there = {tile["id"] for tile in back}
    if wanted is not None and (missing := sorted(wanted - there)):
        raise ConfigurationError(
            f"Dashboard {dashboard} was restored, but it never had the tiles {missing}."
        )
    return tiles_of_details(
        [found],
        removed_again=[tile["id"] for tile in unwanted],
        hidden_again=hidden,
        requests_spent=client.requests_spent - spent,
    )
