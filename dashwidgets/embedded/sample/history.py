"""What happened before: a board in the bin, alerts, event definitions, and who changed what."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from dashwidgets.embedded.clock import iso
from dashwidgets.embedded.sample.building_blocks import (
    GWEN,
    INES,
    MARA,
    PRIYA,
    TOM,
    SampleDashboard,
    again,
    insight,
    series,
    text,
    trends,
)
from dashwidgets.embedded.storage import Storage

BIN = SampleDashboard(
    "Spring campaign",
    "Deleted when the campaign ended",
    ("growth",),
    owner=TOM,
    created_days_ago=190,
    opened_days_ago=35,
    tiles=(
        text((0, 0, 12, 1), "## Spring campaign"),
        insight((0, 1, 6, 5), "Campaign signups", trends(series("signed_up"), by="channel")),
        again((6, 1, 6, 5), "Weekly actives"),
        # A restored board has its last tile again too.
        text((0, 6, 6, 2), "Taken off the board long before it was deleted"),
    ),
)
DELETED_DAYS_AGO = 20

LEFTOVER = ("Old marketing site", "Bounce rate (old)", trends(series("$pageview")))
"""An insight in the bin whose tile is still on a board."""


@dataclass(frozen=True)
class Change:
    """An entry of the activity log."""

    days_ago: float
    who: str
    board: str
    field: str
    before: Any
    after: Any


CHANGES = (
    Change(3, INES, "Growth overview", "description", "", "The numbers we look at on Mondays"),
    Change(6, PRIYA, "Sprint notes", "name", "Sprint notes (draft)", "Sprint notes"),
    Change(9, MARA, "Revenue", "tags", ["finance"], ["finance", "weekly"]),
    Change(41, GWEN, "Hiring plan", "description", "Draft", "Only collaborators may edit"),
    Change(52, TOM, "Board pack", "name", "Investors", "Board pack"),
)

ALERTS = (
    ("Actives fell", "Weekly actives", "Not firing", MARA),
    ("Exports stopped", "Exports, first draft", "Firing", PRIYA),
    ("Orders by plan can't be read", "Orders by plan", "Errored", MARA),
)
"""Name, insight, state, author."""

EVENTS = (
    ("signed_up", "Somebody made an account", ["activation"], True, None),
    ("created_board", "The first board of an account", ["activation"], True, None),
    ("upgraded_plan", "A larger plan was paid for", ["revenue"], True, None),
    ("viewed_tour", "The tour of the old start page", ["activation"], False, 127),
)
"""Name, description, tags, verified, and days since the last one where it arrives no more."""

VARIABLE = {"name": "Country", "type": "String", "default_value": '"NL"', "code_name": "country"}


def seed_past(storage: Storage, users: dict[str, int], today: datetime, board: int) -> None:
    """Fill in what the sample's people did; ``board`` is the id of the one in the bin."""

    def ago(days: float) -> str:
        return iso(today - timedelta(days=days))

    _delete(storage, board, users[TOM], ago(DELETED_DAYS_AGO))
    for number, change in enumerate(CHANGES):
        fields = {"field": change.field, "before": change.before, "after": change.after}
        detail = {"name": change.board, "changes": [_CHANGED | fields]}
        board_id, when = _named(storage, "dashboard", change.board), ago(change.days_ago)
        _entry(storage, number, "updated", board_id, detail, users[change.who], when)
    for number, (name, watched, state, who) in enumerate(ALERTS):
        alert = {"id": _id("alert", number), "name": name}
        alert |= {"insight_id": _named(storage, "insight", watched)}
        alert |= {"state": state, "created_by": users[who], "created_at": ago(100 - number)}
        alert |= {"condition": {"type": "absolute_value"}, "last_checked_at": ago(0.5)}
        bounds = {"configuration": {"type": "absolute", "bounds": {"lower": 10}}}
        storage.insert("alert", alert | {"threshold": bounds, "subscribed_users": [users[who]]})
    note = {"content": "The campaign began", "scope": "dashboard", "dashboard_id": board}
    moments = dict.fromkeys(("date_marker", "created_at", "updated_at"), ago(80))
    storage.insert("annotation", note | moments | {"created_by": users[TOM]})
    for name, description, tags, verified, silent in EVENTS:
        known = {"kind": "event", "name": name, "description": description, "tags": tags}
        seen = {"first_seen": ago(380), "last_seen": ago(silent)} if silent else {}
        known |= {"verified": verified, "updated_at": ago(60), "updated_by": users[MARA]}
        storage.insert("definition", known | seen)
    made = {"id": _id("variable", 0), "created_at": ago(80), "created_by": users[MARA]}
    storage.insert("insight_variable", VARIABLE | made)
    _leave_a_tile(storage, users[MARA], ago(500))


_CHANGED = {"type": "Dashboard", "action": "changed"}


def _delete(storage: Storage, board: int, who: int, moment: str) -> None:
    storage.run("UPDATE dashboard SET deleted = 1 WHERE id = ?", board)
    storage.run("UPDATE tile SET deleted = 1 WHERE dashboard_id = ?", board)
    # Only the insight that is on no other board, as PostHog does when it is asked to.
    storage.run("UPDATE insight SET deleted = 1 WHERE name = 'Campaign signups'")
    fields = {"field": "deleted", "before": False, "after": True}
    detail = {"name": BIN.name, "changes": [_CHANGED | fields]}
    _entry(storage, 1000, "deleted", board, detail, who, moment)
    gone = storage.one("SELECT id, name, short_id FROM insight WHERE name = 'Campaign signups'")
    assert gone is not None, "it comes with the board"
    detail = {"name": gone["name"], "short_id": gone["short_id"], "changes": detail["changes"]}
    _entry(storage, 1001, "deleted", gone["id"], detail, who, moment, scope="Insight")


def _entry(
    storage: Storage,
    number: int,
    activity: str,
    item: int,
    detail: dict[str, Any],
    who: int,
    moment: str,
    scope: str = "Dashboard",
) -> None:
    row = {"id": _id("change", number), "activity": activity, "scope": scope, "user_id": who}
    row |= {"item_id": str(item), "created_at": moment}
    storage.insert("activity_log", row | {"detail": detail})


def _leave_a_tile(storage: Storage, who: int, moment: str) -> None:
    board, name, query = LEFTOVER
    made = {"short_id": "oLdBncRt", "name": name, "query": query, "deleted": 1, "is_sample": 1}
    times = dict.fromkeys(("created_at", "updated_at", "last_modified_at"), moment)
    key = storage.insert("insight", made | times | {"created_by": who, "last_modified_by": who})
    box = {"sm": {"x": 0, "y": 5, "w": 6, "h": 5}}
    place = {"dashboard_id": _named(storage, "dashboard", board), "insight_id": key}
    storage.insert("tile", place | {"layouts": box})


def _named(storage: Storage, table: str, name: str) -> int:
    row = storage.one(f"SELECT id FROM {table} WHERE name = ?", name)  # noqa: S608
    assert row is not None, f"the sample has no {table} {name}"
    return row["id"]


def _id(kind: str, number: int) -> str:
    return str(uuid.uuid5(uuid.UUID(int=2026), f"{kind} {number}"))
