"""Dashboards that were tagged for deletion and are due."""

from __future__ import annotations

from datetime import UTC, datetime

import pandas as pd

from dashwidgets.api.client import Client
from dashwidgets.api.errors import ConfigurationError
from dashwidgets.plans import fields
from dashwidgets.plans.applying import deletion
from dashwidgets.plans.conflicts.server_state import ServerState
from dashwidgets.plans.plan import Plan

LONGEST_QUIET = "14D"


def plan_due(client: Client, *, unopened_for: str = LONGEST_QUIET) -> Plan:
    """Plan to delete what is due; pinned and recently opened dashboards are refused."""
    try:
        quiet = pd.Timedelta(unopened_for)
    except ValueError as error:
        raise ConfigurationError(
            f'{unopened_for!r} is not a duration: use one such as "14D".'
        ) from error
    today = datetime.now(UTC)
    now = ServerState(client)
    plan = Plan(client)
    for key, row in now.rows.items():
        tags: list[str] = fields.board_value(row, "tags")
        day = deletion.due_on(tags)
        # Day and today in UTC, as the tag was written.
        if day is None or day > today.date():
            continue
        opened = row.get("last_accessed_at")
        memo = {"due": f"{deletion.PENDING}{day}", "last_accessed_at": opened}
        spared = ""
        if row.get("pinned"):
            spared = "it is pinned"
        # Somebody looked at it during the grace period: that is the objection the period is for.
        elif opened and pd.Timestamp(opened) > pd.Timestamp(today) - quiet:
            spared = f"it was opened on {opened[:10]}"
        plan.delete_if(key, memo, spared)
    return plan
