"""Events: how many arrive, and their definitions."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pandas as pd

from dashwidgets.api.client import Client
from dashwidgets.api.endpoints import definitions
from dashwidgets.api.errors import NOT_OFFERED, ConfigurationError
from dashwidgets.api.paging import collect
from dashwidgets.frames.by_sql import EVENTS
from dashwidgets.queries.sql import paged

DEFINED = ("description", "tags", "verified", "hidden")
USES = ("dashboards", "insights")
LONGEST = 3650
_COUNTED = """SELECT event, count() AS count, min(timestamp) AS first_seen,
max(timestamp) AS last_seen FROM events"""


def checked_days(days: Any) -> int:
    """A number of days; raises `ConfigurationError` for anything else."""
    if isinstance(days, bool) or not isinstance(days, int) or not 0 < days <= LONGEST:
        raise ConfigurationError(f"days must be 1 to {LONGEST}, not {days!r}; nothing was sent.")
    return days


def read_events(client: Client, days: int, used: pd.DataFrame | None = None) -> pd.DataFrame:
    """Every event name that arrived or is defined, and with ``used`` those that insights name.

    ``used`` are references to events; see ``ph.events``.
    """
    spent, began = client.requests_spent, datetime.now(UTC)
    # A checked number in the text: an INTERVAL takes no placeholder.
    since = f"now() - INTERVAL {checked_days(days)} DAY"
    statement = f"{_COUNTED} WHERE timestamp > {since} GROUP BY event"
    rows: dict[str, dict[str, Any]] = {}
    warnings: list[Any] = []
    for page in paged(client, statement, {}):
        for row in page.rows:
            found = dict(zip(page.columns, row, strict=True))
            rows[found["event"]] = found
        warnings += [each for each in page.warnings if each not in warnings]
    not_covered: dict[str, str] = {}
    complete = not warnings
    try:
        listed = collect(client, definitions.events)
    except NOT_OFFERED as error:
        not_covered = dict.fromkeys(DEFINED, str(error))
    else:
        complete = complete and listed.complete
        for known in listed.rows:
            name = known["name"]
            row = rows.setdefault(
                # Defined but not seen in the window: zero, not missing.
                name,
                {"event": name, "count": 0, "last_seen": known.get("last_seen_at")},
            )
            row |= {field: known.get(field) for field in DEFINED}
    if used is not None:
        complete = complete and used.attrs["complete"]
        for name, own in used.groupby("name"):
            row = rows.setdefault(str(name), {"event": name, "count": 0})
            row |= {what: own[f"{what[:-1]}_id"].nunique() for what in USES}
        rows = {name: dict.fromkeys(USES, 0) | row for name, row in rows.items()}
    return EVENTS.to_frame(
        sorted(rows.values(), key=lambda row: (-row["count"], row["event"])),
        complete=complete,
        days=days,
        not_covered=not_covered,
        warnings=warnings,
        requests_spent=client.requests_spent - spent,
        taken_at=began.isoformat(timespec="seconds"),
        source="sql",
    )
