"""``ph.dashboards()``: one row per dashboard."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, cast

import pandas as pd

from dashwidgets.api.paging import Listing, Page, Reading
from dashwidgets.frames.columns import Column, Table, fields_of
from dashwidgets.frames.rows import DashboardRow, Row, reader


def full_name(user: Mapping[str, Any] | Row | None) -> str | None:
    """A user's full name, else their email; None without a user."""
    if not user:
        return None
    name = f"{user.get('first_name') or ''} {user.get('last_name') or ''}".strip()
    return name or user.get("email")


def full_names(users: list[Any]) -> list[str | None]:
    """Names of many users. A few people own most dashboards, so each is looked up once."""
    ids = fields_of(users, "id")
    known = {key: full_name(user) for key, user in dict(zip(ids, users, strict=True)).items()}
    # Users without an id are never looked up: two of them need not be the same person.
    return [
        full_name(user) if key is None else known[key] for key, user in zip(ids, users, strict=True)
    ]


DASHBOARDS = Table(
    "dashboards",
    (
        Column("id", "id", "id", "Dashboard id."),
        Column("name", "text", "name", "Name; missing when none was given."),
        Column("description", "text", "description", "Description; empty when none was given."),
        Column("owner", "text", "created_by", "Name of its creator.", full_names),
        Column("owner_id", "integer", "created_by.id", "User id; missing if the account is gone."),
        Column("owner_email", "text", "created_by.email", "Email of its creator."),
        Column("tags", "list", "tags", "List of tags, in lower case."),
        Column("pinned", "boolean", "pinned", "Whether it is pinned."),
        Column("public", "boolean", "is_shared", "Whether a public link is open."),
        Column("creation_mode", "text", "creation_mode", "default, template, duplicate, unlisted."),
        Column("created_at", "time", "created_at", "When it was created."),
        Column(
            "last_accessed_at",
            "time",
            "last_accessed_at",
            "Last opened by anyone; missing: never. Listing does not count as opening.",
        ),
        Column(
            "last_viewed_at", "time", "last_viewed_at", "When you last viewed it in the web app."
        ),
        Column("last_refresh", "time", "last_refresh", "Last refresh; mostly unused."),
        Column(
            "restriction_level",
            "integer",
            "restriction_level",
            "21: everyone can edit; 37: collaborators only.",
        ),
        Column(
            "privilege_level",
            "integer",
            "effective_privilege_level",
            "What you may do: 21 view, 37 edit.",
        ),
        Column(
            "access_level", "text", "user_access_level", "The same under the newer access control."
        ),
        Column(
            "access_control",
            "text",
            "access_control_version",
            "v1 or v2: which access rules apply.",
        ),
    ),
)


read_dashboards: Callable[[bytes], Page[Any]] = reader(Page[DashboardRow])
"""Reads a page of the list for `DASHBOARDS`."""


def dashboards_frame(listing: Listing, **attrs: Any) -> pd.DataFrame:
    """A listing as a frame; ``attrs`` tells whether it is complete and what it cost."""
    return DASHBOARDS.to_frame(listing.rows, **provenance(listing), **attrs)


TAGS = Table(
    "tags",
    (
        Column("dashboard_id", "id", "dashboard_id", "Dashboard."),
        Column("dashboard", "text", "dashboard", "Its name."),
        Column("tag", "text", "tag", "One of its tags."),
    ),
)


def tags_frame(dashboards: pd.DataFrame) -> pd.DataFrame:
    """The tags of a dashboards frame in long form: one row per dashboard and tag."""
    columns = (dashboards[name] for name in ("id", "name", "tags"))
    rows = (
        {"dashboard_id": key, "dashboard": None if pd.isna(name) else name, "tag": tag}
        for key, name, tags in zip(*columns, strict=True)
        for tag in tags
    )
    return TAGS.to_frame(rows, **cast("dict[str, Any]", dashboards.attrs))


def provenance(listing: Reading) -> dict[str, Any]:
    """What a frame says about its own reading."""
    return {
        "complete": listing.complete,
        "expected": listing.expected,
        "duplicates": listing.duplicates,
        "requests_spent": listing.requests_spent,
        "seconds": round(listing.seconds, 3),
        "taken_at": listing.taken_at.isoformat(timespec="seconds"),
    }
