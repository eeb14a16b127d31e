"""``ph.members()``, ``board.collaborators()`` and ``board.sharing()``."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import pandas as pd

from dashwidgets.frames.columns import Column, Table, fields_of, inner, inner_list
from dashwidgets.frames.dashboards import full_names

LEVELS = {1: "member", 8: "admin", 15: "owner"}

_PERSON = (
    Column("user_id", "integer", "user.id", "User id."),
    Column(
        "user_uuid", "text", "user.uuid", "The uuid by which collaborators are added and removed."
    ),
    Column("name", "text", "user", "Their name.", full_names),
    Column("email", "text", "user.email", "Their email."),
)

MEMBERS = Table(
    "members",
    (
        *_PERSON,
        Column("level", "text", lambda row: LEVELS.get(row.get("level") or 0), "Their level."),
        Column("joined_at", "time", "joined_at", "When they joined."),
        Column("last_login", "time", "last_login", "Last login; missing when unknown."),
        Column("two_factor", "boolean", "is_2fa_enabled", "Whether a second factor is on."),
    ),
)
COLLABORATORS = Table(
    "collaborators",
    (
        Column("dashboard_id", "integer", "dashboard_id", "Dashboard."),
        *_PERSON,
        Column("privilege_level", "integer", "level", "37: can edit."),
        Column("added_at", "time", "added_at", "When they were invited."),
    ),
)
SHARING = Table(
    "sharing",
    (
        Column("dashboard_id", "integer", "dashboard_id", "Dashboard."),
        Column("public", "boolean", "enabled", "Whether the public link is open."),
        Column("created_at", "time", "created_at", "When the link was created; missing: never."),
        Column(
            "password_required", "boolean", "password_required", "Whether a password is required."
        ),
        Column("passwords", "integer", "passwords", "Number of passwords that open it."),
        Column("password_since", "time", "password_since", "When the newest password was added."),
        Column("settings", "object", "settings", "Options of the page; missing: none set."),
        Column(
            "token", "object", "access_token", "The link's token, masked; .reveal() returns it."
        ),
    ),
)

SHARE_PASSWORDS = Table(
    "share_passwords",
    (
        Column("id", "integer", "id", "Password id, for `remove_share_password`."),
        Column("note", "text", "note", "Who it is for."),
        Column("created_at", "time", "created_at", "When it was added."),
        Column("created_by", "text", "created_by_email", "Email of who added it."),
    ),
)


def sharing_frame(links: Iterable[tuple[int, Mapping[str, Any]]], **attrs: Any) -> pd.DataFrame:
    """Links of dashboards, one row each; tokens are masked."""
    return SHARING.to_frame([_link(key, link) for key, link in links], **attrs)


def _link(dashboard: int, link: Mapping[str, Any]) -> dict[str, Any]:
    words = inner_list(link, "share_passwords")
    # Its order is the server's business: the newest is found here.
    made = fields_of(words, "created_at")
    return {
        **link,
        "dashboard_id": dashboard,
        "passwords": len(words),
        "password_since": max((at for at in made if isinstance(at, str)), default=None),
        # Null until something is set, an empty object afterwards: both mean none.
        "settings": dict(inner(link, "settings")) or None,
    }
