"""Read what a project knows about its events, cohorts and actions, by SQL: nothing is opened."""

from __future__ import annotations

import pandas as pd

from dashwidgets.api.client import Client
from dashwidgets.audit.evidence.definitions import CARRIED
from dashwidgets.queries.events import LONGEST, read_events
from dashwidgets.queries.sql import run_sql
from dashwidgets.references.reference import ACTION, COHORT, EVENT, EVENT_PROPERTY

WINDOW = 90
CARRIED_WINDOW = 30
"""Days of events looked into. Properties are read off the events themselves, so it is short."""
_PROPERTIES = f"""SELECT DISTINCT event, arrayJoin(JSONExtractKeys(properties)) AS property
FROM events WHERE event IN {{names}} AND timestamp > now() - INTERVAL {CARRIED_WINDOW} DAY"""  # noqa: S608
_OBJECTS = f"""SELECT kind, name, deleted FROM (
SELECT '{COHORT}' AS kind, toString(id) AS name, deleted FROM system.cohorts
UNION ALL SELECT '{ACTION}' AS kind, toString(id) AS name, deleted FROM system.actions)"""  # noqa: S608


def read_arriving(client: Client) -> pd.DataFrame:
    """Every event name, when it last arrived, and the mean gap between two. Two requests or more.

    Where the key may not read definitions, a name that did not arrive lately may still have existed
    before: then all events are looked into, not only the latest.
    """
    found = read_events(client, WINDOW)
    if found.attrs["not_covered"]:
        found = read_events(client, LONGEST)
    seconds = (found["last_seen"] - found["first_seen"]).dt.total_seconds()
    # n events have n - 1 gaps; of a single one nothing is known, hence missing and not zero.
    gap = seconds / (found["count"].astype("Float64") - 1).where(found["count"] > 1)
    return found[["event", "last_seen"]].assign(usual_gap=gap)


def read_carried(client: Client, references: pd.DataFrame) -> pd.DataFrame:
    """Which event carries which property, for the events of tiles that read one. One request."""
    reading = references.loc[references["kind"].eq(EVENT_PROPERTY), "tile_id"].dropna()
    counted = references["kind"].eq(EVENT) & references["tile_id"].isin(reading)
    names = sorted(set(references.loc[counted & references["certain"].fillna(False), "name"]))
    if not names:
        return CARRIED.empty()
    return run_sql(client, _PROPERTIES, {"names": names}, limit=None)


def read_objects(client: Client) -> pd.DataFrame:
    """Cohorts and actions, those deleted among them. One request."""
    return run_sql(client, _OBJECTS, {}, limit=None)
