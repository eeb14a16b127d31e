"""``ph.dashboards()``: one row a dashboard."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from operator import attrgetter
from typing import Any

import pandas as pd

from dashwidgets.api.paging import Listing, Reading
from dashwidgets.frames.columns import Column, Table
from dashwidgets.frames.rows import DashboardRow, Row, reader

_NAMES = attrgetter("first_name", "last_name", "email")


def full_name(user: Mapping[str, Any] | Row | None) -> str | None:
    """A person's name, or the e-mail of one who gave none; None for nobody."""
    if not user:
        return None
    if isinstance(user, Row):
        parts = _NAMES(user)
    else:
        parts = tuple(user.get(name) for name in ("first_name", "last_name", "email"))
    try:
        return _called(*parts)
    except TypeError:  # no text: nobody's name
        return None


@lru_cache(4096)  # a few people own most dashboards
def _called(first: Any, last: Any, email: Any) -> str | None:
    return f"{first or ''} {last or ''}".strip() or email


DASHBOARDS = Table(
    "dashboards",
    (
        Column("id", "id", "id", "Dashboard id."),
        Column("name", "text", "name", "Name; missing when none was given."),
        Column("description", "text", "description", "Description; empty when none was given."),
        Column("owner", "text", "created_by", "Who made it.", full_name),
        Column("owner_id", "integer", "created_by.id", "User id; missing if the account is gone."),
        Column("owner_email", "text", "created_by.email", "E-mail of the owner."),
        Column("tags", "list", "tags", "List of tags, in small letters."),
        Column("pinned", "boolean", "pinned", "Whether it is pinned."),
        Column("public", "boolean", "is_shared", "Whether a public link is open."),
        Column("creation_mode", "text", "creation_mode", "default, template, duplicate, unlisted."),
        Column("created_at", "time", "created_at", "When it was made."),
        Column(
            "last_accessed_at",
            "time",
            "last_accessed_at",
            "Last opened by anyone; missing: never. Listing does not count as opening.",
        ),
        Column("last_viewed_at", "time", "last_viewed_at", "Last viewed by you in the web app."),
        Column("last_refresh", "time", "last_refresh", "Last refresh; mostly unused."),
        Column(
            "restriction_level",
            "integer",
            "restriction_level",
            "21: everyone may edit; 37: collaborators only.",
        ),
        Column(
            "privilege_level",
            "integer",
            "effective_privilege_level",
            "What you may do: 21 view, 37 edit.",
        ),
        Column("access_level", "text", "user_access_level", "The same, in the newer words."),
        Column("access_control", "text", "access_control_version", "v1 or v2: which rules hold."),
    ),
)


read_dashboards = reader(DashboardRow)
"""Reads a page of the list for `DASHBOARDS`."""


def dashboards_frame(listing: Listing, **attrs: Any) -> pd.DataFrame:
    """A listing as a frame; ``attrs`` tells whether it is complete and what it cost."""
    return DASHBOARDS.to_frame(listing.rows, **provenance(listing), **attrs)


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
