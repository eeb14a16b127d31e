"""The activity log: who changed what, and when."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any, cast

import pandas as pd

from dashwidgets.api.client import Client
from dashwidgets.frames.by_sql import HISTORY
from dashwidgets.frames.columns import inner_list
from dashwidgets.queries.events import checked_days
from dashwidgets.queries.system_tables import json_of, read_table

COLUMNS = ("id", "activity", "item_id", "scope", "detail", "created_at")


def read_history(
    client: Client, *, scopes: Sequence[str], days: int, item: str | None = None
) -> pd.DataFrame:
    """One row per changed field, the newest first; see ``ph.history``."""
    spent, began = client.requests_spent, datetime.now(UTC)
    where = f"scope IN {{scopes}} AND created_at > now() - INTERVAL {checked_days(days)} DAY"
    values: dict[str, Any] = {"scopes": list(scopes)}
    if item is not None:
        where += " AND item_id = {item}"
        # As text, because `item_id` is: some items are numbers, others UUIDs.
        values["item"] = item
    found = read_table(client, "activity_logs", COLUMNS, ("user_id",), where, **values)
    entries = sorted(found.rows, key=lambda row: str(row["created_at"]), reverse=True)
    return HISTORY.to_frame(
        [row for entry in entries for row in _fields(entry)],
        complete=not found.warnings,
        days=days,
        warnings=found.warnings,
        requests_spent=client.requests_spent - spent,
        taken_at=began.isoformat(timespec="seconds"),
        source="sql",
    )


def _fields(entry: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    """An entry as rows; one that names no field is one row."""
    read = json_of(entry["detail"])
    detail = cast("dict[str, Any]", read) if isinstance(read, dict) else {}
    row = {**entry, "item": detail.get("name")}
    changes: list[dict[str, Any]] = [
        cast("dict[str, Any]", change)
        for change in inner_list(detail, "changes")
        if isinstance(change, dict)
    ]
    for change in changes or [{}]:
        yield row | {name: change.get(name) for name in ("field", "before", "after")}
