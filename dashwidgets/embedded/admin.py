"""Add users, keys and dashboards to a project that is kept in a folder.

Works beside a running server: SQLite lets both write, and keys are looked up at every request.
"""

from __future__ import annotations

import json
import uuid
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path
from typing import Any

from dashwidgets.embedded.clock import stamp
from dashwidgets.embedded.resources import templates
from dashwidgets.embedded.sample import dashboards
from dashwidgets.embedded.sample.seed import PEOPLE, seed
from dashwidgets.embedded.server import auth
from dashwidgets.embedded.server.auth import Actor
from dashwidgets.embedded.server.errors import Problem
from dashwidgets.embedded.storage import Storage

LEVELS = {"member": 1, "admin": 8, "owner": 15}


def open_project(folder: Path, sample: str = "product") -> Storage:
    """Open the project in a folder; a folder without one gets a new project with the sample."""
    filled_with = dashboards(sample)
    storage = Storage(folder)
    if storage.is_new():
        storage.create()
        seed(storage, filled_with)
    storage.migrate()
    return storage


def add_user(
    folder: Path, email: str, first_name: str, last_name: str = "", *, level: str = "member"
) -> str:
    """Add a user and return a key with all of their rights.

    Parameters
    ----------
    folder : Path
        The project's ``data_dir``.
    level : {"member", "admin", "owner"}

    Raises
    ------
    ValueError
        The email is taken, or the level is not one of these.
    """
    if level not in LEVELS:
        raise ValueError(f"{level!r} is not a level: choose from {', '.join(LEVELS)}.")
    with closing(open_project(folder)) as storage:
        if storage.one("SELECT id FROM user WHERE email = ?", email):
            raise ValueError(f"{email} is already in this project.")
        _insert_user(storage, email, first_name, last_name, LEVELS[level])
    return add_key(folder, email, "First key")


def _insert_user(storage: Storage, email: str, first_name: str, last_name: str, level: int) -> None:
    storage.insert(
        "user",
        {
            "uuid": str(uuid.uuid4()),
            "distinct_id": uuid.uuid4().hex,
            "first_name": first_name,
            "last_name": last_name,
            "email": email,
            "role": "other",
            "level": level,
            "joined_at": stamp(),
            "membership_uuid": str(uuid.uuid4()),
        },
    )


def add_key(folder: Path, email: str, label: str, scopes: Sequence[str] = ("*",)) -> str:
    """Create a key for a user. It is shown only now: the project stores a digest.

    Raises `ValueError` when nobody has this email.
    """
    try:
        with closing(open_project(folder)) as storage:
            return auth.add_key(storage, email, label, tuple(scopes), stamp())
    except LookupError as error:
        raise ValueError(str(error)) from error


def deny(folder: Path, email: str, resource: str, key: int | None = None) -> None:
    """Hide a dashboard or an insight from a member; without an id, all of them.

    Parameters
    ----------
    folder : Path
        The project's ``data_dir``.
    resource : {"dashboard", "insight"}

    Raises
    ------
    ValueError
        Nobody has this email, or the resource is none of those.
    """
    if resource not in ("dashboard", "insight"):
        raise ValueError(f"{resource!r} can't be hidden: choose dashboard or insight.")
    with closing(open_project(folder)) as storage:
        user = storage.one("SELECT id FROM user WHERE email = ?", email)
        if user is None:
            raise ValueError(f"No user has the email {email}.")
        row = {"user_id": user["id"], "resource": resource, "resource_id": key}
        storage.insert("access_denied", row)


def import_dashboards(storage: Storage, path: Path) -> list[str]:
    """Load dashboards from JSON: files of template JSON (8.15) or of the detail form (7.3).

    Parameters
    ----------
    path : Path
        A file, or a folder of ``*.json``.

    Raises
    ------
    ValueError
        A file is neither; nothing was loaded.
    """
    files = sorted(path.glob("*.json")) if path.is_dir() else [path]
    owner = storage.one("SELECT * FROM user WHERE email = ?", PEOPLE[0][2])
    assert owner is not None, "the first person comes with every project"
    actor = Actor(owner["id"], owner["level"], frozenset({"*"}), "")
    loaded: list[dict[str, Any]] = []
    for file in files:
        try:
            template = as_template(json.loads(file.read_text(encoding="utf-8")))
            templates.check(template)
        except (ValueError, KeyError, TypeError, Problem) as error:
            reason = str(error).splitlines()[0] if str(error) else "it is empty"
            # All files are checked before the first is written: an import is whole or nothing.
            raise ValueError(f"{file} does not contain a dashboard: {reason}.") from error
        loaded.append(template)
    with storage.writing():
        for template in loaded:
            templates.make(storage, actor, template, mode="default")
    return [str(template["template_name"]) for template in loaded]


def as_template(read: dict[str, Any]) -> dict[str, Any]:
    """Turn either form into a template."""
    if "template_name" in read:
        return read
    dashboard: dict[str, Any] = read.get("dashboard", read)
    return {
        "template_name": dashboard["name"] or "Unnamed",
        "dashboard_description": dashboard.get("description") or "",
        "dashboard_filters": dashboard.get("persisted_filters") or {},
        "tags": dashboard.get("tags") or [],
        "tiles": [_tile(tile) for tile in dashboard["tiles"]],
    }


def _tile(tile: dict[str, Any]) -> dict[str, Any]:
    place: dict[str, Any] = {"layouts": tile.get("layouts") or {}, "color": tile.get("color")}
    if tile.get("text"):
        return place | {"type": "TEXT", "body": tile["text"].get("body")}
    insight: dict[str, Any] = tile.get("insight") or {}
    kept = {name: insight.get(name) for name in ("name", "description", "query")}
    return place | {"type": "INSIGHT"} | kept
