"""A handful of events, so that expectations can be counted by hand."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import duckdb
import pandas as pd

from dashwidgets.embedded.events.engine import Engine, open_events

NOW = datetime(2026, 3, 20, 12, tzinfo=UTC)
TEXTS = (
    "event", "distinct_id", "person_id", "uuid", "$session_id", "elements_chain",
    "properties.$browser", "properties.$current_url", "properties.$pathname",
    "person.properties.plan",
)  # fmt: skip


def event(who: str, when: str, name: str = "$pageview", **properties: Any) -> dict[str, Any]:
    """An event of March 2026: ``"05 10:30"``; properties without their prefix."""
    row: dict[str, Any] = {
        "event": name,
        "timestamp": datetime.fromisoformat(f"2026-03-{when}"),
        "distinct_id": f"{who}-device",
        "person_id": who,
    }
    for key, value in properties.items():
        row[{"session": "$session_id", "chain": "elements_chain"}.get(key, key)] = value
    return row


def write(folder: Path, rows: list[dict[str, Any]]) -> Path:
    """The events as Parquet."""
    names = {
        "browser": "properties.$browser",
        "url": "properties.$current_url",
        "pathname": "properties.$pathname",
        "amount": "properties.amount",
        "plan": "person.properties.plan",
    }
    made = [{names.get(key, key): value for key, value in row.items()} for row in rows]
    frame = pd.DataFrame(made)
    frame["uuid"] = [f"u{at:03}" for at in range(len(frame))]
    for column in TEXTS:
        frame[column] = frame[column].astype("string") if column in frame else None
    if "properties.amount" not in frame:
        frame["properties.amount"] = 0.0
    text = ", ".join(f'CAST("{column}" AS VARCHAR) AS "{column}"' for column in TEXTS)
    number = 'CAST("properties.amount" AS DOUBLE) AS "properties.amount"'
    path = folder / "events.parquet"
    with duckdb.connect() as database:
        database.register("frame", frame)
        database.execute(
            f"COPY (SELECT {text}, {number}, CAST(timestamp AS TIMESTAMP) AS timestamp "
            f"FROM frame) TO '{path}' (FORMAT parquet)"
        )
    return path


def engine(folder: Path, rows: list[dict[str, Any]]) -> Engine:
    """Queries over a few events, asked at noon of March 20."""
    return Engine(open_events(write(folder, rows), lambda: NOW))
