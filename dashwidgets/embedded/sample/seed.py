"""Fill a new project with the sample."""

from __future__ import annotations

import random
import string
import uuid
from datetime import datetime, timedelta
from typing import Any

from dashwidgets.embedded.clock import iso, now
from dashwidgets.embedded.resources.sharing.links import new_token
from dashwidgets.embedded.sample import LOOSE, SAMPLE, SampleDashboard, SampleTile
from dashwidgets.embedded.sample.definitions import ACTIONS, ANNOTATIONS, COHORTS
from dashwidgets.embedded.sample.history import BIN, seed_past
from dashwidgets.embedded.storage import Storage

OWNER, ADMIN, MEMBER = 15, 8, 1
PEOPLE = (
    ("Mara", "Oduya", "mara@example.com", "data", OWNER),
    ("Ines", "Falk", "ines@example.com", "product", MEMBER),
    ("Tom", "Kern", "tom@example.com", "marketing", ADMIN),
    ("Priya", "Nair", "priya@example.com", "engineering", MEMBER),
)
LEFT = ("Gwen", "Abara", "gwen@example.com", "product", MEMBER)
"""The account exists, but is not a member any more."""
_JOINED_DAYS_AGO = 400


def seed(storage: Storage, dashboards: tuple[SampleDashboard, ...] = SAMPLE) -> None:
    """Fill a new project: people, dashboards, tiles, insights. All of it is synthetic.

    The same ids every time; only times differ, which are counted back from now.
    """
    today = now().replace(microsecond=0)
    chance = random.Random(2026)  # noqa: S311 - ids that are the same in every sample
    with storage.writing():
        users = {person[2]: _user(storage, person, today, chance) for person in PEOPLE}
        # What was added later draws from a generator of its own: else every id after it would
        # change.
        gone = _user(storage, LEFT, today, random.Random(2025))  # noqa: S311
        storage.run("UPDATE user SET membership_uuid = '' WHERE id = ?", gone)
        users[LEFT[2]] = gone
        placed: dict[str, int] = {}
        for board in dashboards:
            _dashboard(storage, board, users, today, chance, placed)
        for tile in LOOSE:
            made = iso(today - timedelta(days=100))
            _content(storage, tile, users[PEOPLE[0][2]], made, chance, placed)
        _definitions(storage, users[PEOPLE[0][2]], today)
        _annotations(storage, users, today)
        # Last, so that every board before it keeps its id.
        binned = _dashboard(storage, BIN, users, today, random.Random(2027), placed)  # noqa: S311
        seed_past(storage, users, today, binned)


def _definitions(storage: Storage, author: int, today: datetime) -> None:
    made = {"created_by": author, "created_at": iso(today - timedelta(days=_JOINED_DAYS_AGO))}
    for table, rows in (("action", ACTIONS), ("cohort", COHORTS)):
        for row in rows:
            storage.insert(table, made | row)


def _annotations(storage: Storage, users: dict[str, int], today: datetime) -> None:
    for one in ANNOTATIONS:
        moment = iso(today - timedelta(days=one.days_ago))
        board = storage.one("SELECT id FROM dashboard WHERE name = ?", one.dashboard)
        row = {
            "content": one.content,
            "date_marker": moment,
            "scope": "dashboard" if board else "project",
            "dashboard_id": board["id"] if board else None,
            "created_by": users[one.author],
            "created_at": moment,
            "updated_at": moment,
        }
        storage.insert("annotation", row)


def _user(
    storage: Storage,
    person: tuple[str, str, str, str, int],
    today: datetime,
    chance: random.Random,
) -> int:
    first, last, email, role, level = person
    row = {
        "uuid": _uuid(chance),
        "distinct_id": f"{first.lower()}-{chance.randrange(1000, 9999)}",
        "first_name": first,
        "last_name": last,
        "email": email,
        "role": role,
        "level": level,
        "joined_at": iso(today - timedelta(days=_JOINED_DAYS_AGO)),
        "membership_uuid": _uuid(chance),
    }
    return storage.insert("user", row)


def _dashboard(
    storage: Storage,
    board: SampleDashboard,
    users: dict[str, int],
    today: datetime,
    chance: random.Random,
    placed: dict[str, int],
) -> int:
    created = iso(today - timedelta(days=board.created_days_ago))
    opened = board.opened_days_ago
    owner = users.get(board.owner) if board.owner else None
    key = storage.insert(
        "dashboard",
        {
            "name": board.name,
            "description": board.description,
            "pinned": board.pinned,
            "created_at": created,
            "created_by": owner,
            "last_accessed_at": None if opened is None else iso(today - timedelta(days=opened)),
            "creation_mode": board.creation_mode,
            "restriction_level": board.restriction_level,
            "tags": list(board.tags),
        },
    )
    if board.public:
        link = {"dashboard_id": key, "enabled": 1, "created_at": created}
        # A share token opens a page: it is not the same on every machine.
        shared = storage.insert(
            "sharing",
            link
            | {
                "access_token": new_token(),
                "password_required": board.password_days_ago is not None,
            },
        )
        if board.password_days_ago is not None:
            made = iso(today - timedelta(days=board.password_days_ago))
            _unknown_password(storage, shared, made, owner)
    for tile in board.tiles:
        content = _content(storage, tile, owner, created, chance, placed)
        layouts = {"sm": dict(zip("xywh", tile.layout, strict=True))} if tile.layout else {}
        row = {"dashboard_id": key, "layouts": layouts, "color": tile.color}
        storage.insert("tile", row | content)
    return key


def _content(
    storage: Storage,
    tile: SampleTile,
    owner: int | None,
    created: str,
    chance: random.Random,
    placed: dict[str, int],
) -> dict[str, Any]:
    if tile.again is not None:
        return {"insight_id": placed[tile.again]}
    made = {"created_by": owner, "last_modified_by": owner, "last_modified_at": created}
    if tile.text is not None:
        return {"text_id": storage.insert("text", made | {"body": tile.text})}
    insight = {
        "short_id": "".join(chance.choices(string.ascii_letters + string.digits, k=8)),
        "name": tile.name,
        "description": tile.description,
        "query": tile.query,
        "is_sample": 1,
        "created_at": created,
        "updated_at": created,
    }
    key = storage.insert("insight", made | insight)
    # The first of a name: the copied board has the same names again.
    placed.setdefault(tile.name or "", key)
    return {"insight_id": key}


def _unknown_password(storage: Storage, shared: int, made: str, owner: int | None) -> None:
    """A password that nobody knows: the digest is random."""
    import os

    row = {"sharing_id": shared, "salt": os.urandom(16), "digest": os.urandom(32)}
    storage.insert("share_password", row | {"created_at": made, "created_by": owner})


def _uuid(chance: random.Random) -> str:
    return str(uuid.UUID(int=chance.getrandbits(128), version=4))
