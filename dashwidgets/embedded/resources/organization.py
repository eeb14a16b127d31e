"""Users, projects and members (contract 12.1 to 12.3)."""

from __future__ import annotations

from typing import Any

from dashwidgets.embedded.clock import stamp
from dashwidgets.embedded.project import ORGANIZATION, PROJECT
from dashwidgets.embedded.resources import people
from dashwidgets.embedded.server.auth import check_project
from dashwidgets.embedded.server.call import Call
from dashwidgets.embedded.server.pagination import envelope, window


def me(call: Call) -> dict[str, Any]:
    """The key's own user."""
    row = call.context.storage.one("SELECT * FROM user WHERE id = ?", call.actor.id)
    assert row is not None, "an actor is a user"
    membership = {"membership_level": row["level"]}
    features = [{"key": "access_control", "name": "Access control"}]
    organization = ORGANIZATION | membership
    return {
        **people.user_basic(row),
        "date_joined": row["joined_at"],
        "is_staff": False,
        "team": PROJECT,
        "organization": organization
        | {"teams": [PROJECT], "projects": [PROJECT], "available_product_features": features},
        "organizations": [
            organization | {"logo_media_id": None, "members_can_use_personal_api_keys": True}
        ],
        "theme_mode": None,
    }


def key(call: Call) -> dict[str, Any]:
    """The key itself, never its value."""
    stored = call.context.storage.one("SELECT * FROM api_key WHERE digest = ?", call.actor.key)
    return {
        # Of the digest; the key itself is stored nowhere.
        "id": call.actor.key[:16],
        "label": stored["label"] if stored else "This run",
        "value": None,
        "mask_value": "phx_...",
        "created_at": stored["created_at"] if stored else None,
        "last_used_at": stamp(),
        "user_id": call.actor.id,
        "scopes": sorted(call.actor.scopes),
        "scoped_teams": [],
        "scoped_organizations": [],
    }


def projects(call: Call) -> dict[str, Any]:
    """The one project."""
    limit, offset = window(call)
    return envelope(call, 1, [PROJECT][offset : offset + limit])


def project(call: Call) -> dict[str, Any]:
    """The project by id."""
    check_project(str(call.path["id"]), call.context.project_id)
    return PROJECT


def members(call: Call) -> dict[str, Any]:
    """Who is in the organization."""
    rows = call.context.storage.all("SELECT * FROM user WHERE membership_uuid != '' ORDER BY id")
    limit, offset = window(call)
    page = [
        {
            "id": row["membership_uuid"],
            "user": people.user_basic(row),
            "level": row["level"],
            "joined_at": row["joined_at"],
            "updated_at": row["joined_at"],
            "is_2fa_enabled": False,
            "has_social_auth": False,
            "last_login": stamp() if row["id"] == call.actor.id else None,
        }
        for row in rows[offset : offset + limit]
    ]
    return envelope(call, len(rows), page)
