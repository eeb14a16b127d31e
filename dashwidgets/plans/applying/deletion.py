"""Delete and restore: a backup first, and no more tiles afterwards than before."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime
from typing import Any

import pandas as pd

from dashwidgets.api.client import Client
from dashwidgets.api.endpoints import dashboards, insights
from dashwidgets.api.errors import ConfigurationError, UnexpectedAnswer
from dashwidgets.api.paging import collect
from dashwidgets.backups.backup import backup_one
from dashwidgets.frames.columns import inner_list
from dashwidgets.plans.applying.requests import Values
from dashwidgets.plans.change import Change
from dashwidgets.plans.conflicts.server_state import ServerState
from dashwidgets.plans.journal.state_folder import place_of, state_folder

PENDING = "pending-deletion:"
Remember = Callable[[Change, Mapping[str, Any]], None]


def delete(client: Client, one: Change, now: ServerState, remember: Remember) -> Values:
    """Back a dashboard up, note its tiles, and hide it. Four requests, five when it is restricted.

    Raises `ConfigurationError` when the backup is incomplete; the dashboard is then not deleted.
    """
    folder = state_folder("backups", place_of(client.host, client.project_id))
    row, queries = now.rows[one.dashboard], now.queries
    path = backup_one(client, one.dashboard, folder, row=row, queries=queries)
    detail = client.send(dashboards.read(one.dashboard))
    tiles = [tile["id"] for tile in inner_list(detail, "tiles")]
    # Written to the journal before the deletion: a kill in between must not lose the way back.
    remember(one, {"tiles": tiles, "backup": str(path)})
    answer = client.send(dashboards.delete(one.dashboard))
    # ``is True``: an answer that lacks the field has not confirmed anything.
    return {one.key: answer.get("deleted") is True}


def bring_back(client: Client, one: Change, remember: Remember) -> Values:
    """Restore a dashboard as it was: tiles that had been removed earlier are removed again.

    Two to four requests. Insights that came back with such tiles are hidden again too.
    """
    # Remembered before the restore: afterwards nobody can tell which insights it revived.
    if "insights" not in one.memo:
        live = [row["id"] for row in collect(client, insights.page).rows]
        remember(one, {"insights": live})
    found = client.send(dashboards.restore(one.dashboard))
    if "tiles" in one.memo:
        before, live = set(one.memo["tiles"]), set(one.memo["insights"])
        # Restoring brings back every tile the dashboard ever had (8.11).
        revived = [tile for tile in inner_list(found, "tiles") if tile["id"] not in before]
        if revived:
            patches = [{"id": tile["id"], "deleted": True} for tile in revived]
            found = client.send(dashboards.update(one.dashboard, tiles=patches))
        held = {int(tile["insight"]["id"]) for tile in revived if tile.get("insight")}
        for insight in sorted(held - live):
            client.send(insights.delete(insight))
        # Read back, because unknown tile ids are skipped without an error.
        if still := {tile["id"] for tile in inner_list(found, "tiles")} - before:
            raise UnexpectedAnswer(f"Tiles {sorted(still)} came back and could not be removed.")
    return {one.key: found.get("deleted") is True}


def due_tag(grace: str) -> str:
    """The tag of a dashboard that is to be deleted after a while, such as ``"14D"``."""
    try:
        length = pd.Timedelta(grace)
        if pd.isna(length) or length <= pd.Timedelta(0):
            raise ValueError
    except ValueError:
        raise ConfigurationError(f'{grace!r} is not a duration: use one such as "14D".') from None
    return f"{PENDING}{(datetime.now(UTC) + length.to_pytimedelta()).date()}"


def due_on(tags: list[str]) -> date | None:
    """When a dashboard with these tags is to be deleted; None: it is not."""
    found = [tag[len(PENDING) :] for tag in tags if tag.startswith(PENDING)]
    days = [day for day in found if re.fullmatch(r"\d{4}-\d{2}-\d{2}", day)]
    try:
        # The latest of several: whoever tagged it again meant to give it more time.
        return max((date.fromisoformat(day) for day in days), default=None)
    except ValueError:
        return None
