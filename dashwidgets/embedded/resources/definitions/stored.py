"""Actions and cohorts as they are stored, as the API shows them, and as queries need them."""

from __future__ import annotations

import json
from typing import Any

from dashwidgets.embedded.project import PROJECT
from dashwidgets.embedded.queries.schema import Definitions
from dashwidgets.embedded.storage import Row, Storage

Users = dict[int | None, dict[str, Any]]

ACTIONS = "SELECT * FROM action WHERE NOT deleted ORDER BY name, id"
COHORTS = "SELECT * FROM cohort WHERE NOT deleted ORDER BY created_at DESC, id"


def definitions(storage: Storage) -> Definitions:
    """What the project's queries may refer to; a static cohort has its people."""
    people_of = {row["id"]: json.loads(row["distinct_ids"]) for row in storage.all(COHORTS)}
    return Definitions(
        actions={row["id"]: action(row, {}) for row in storage.all(ACTIONS)},
        cohorts={
            row["id"]: cohort(row, {}) | {"distinct_ids": people_of[row["id"]]}
            for row in storage.all(COHORTS)
        },
    )


def action(row: Row, users: Users) -> dict[str, Any]:
    """An action as the API shows it."""
    return {
        "id": row["id"],
        "name": row["name"],
        "description": row["description"],
        "tags": json.loads(row["tags"]),
        "post_to_slack": False,
        "slack_message_format": "",
        "steps": [_STEP | step for step in json.loads(row["steps"])],
        "created_at": row["created_at"],
        "created_by": users.get(row["created_by"]),
        "deleted": False,
        "is_calculating": False,
        "last_calculated_at": row["created_at"],
        "team_id": PROJECT["id"],
        "is_action": True,
        "bytecode_error": None,
        "pinned_at": None,
        "creation_context": None,
        "user_access_level": "editor",
    }


_STEP: dict[str, Any] = {
    "event": None,
    "properties": None,
    "selector": None,
    "tag_name": None,
    "text": None,
    "text_matching": None,
    "href": None,
    "href_matching": None,
    "url": None,
    "url_matching": None,
}


def cohort(row: Row, users: Users) -> dict[str, Any]:
    """A cohort as the API shows it."""
    is_static = bool(row["is_static"])
    return {
        "id": row["id"],
        "name": row["name"],
        "description": row["description"],
        "groups": [],
        "deleted": False,
        "filters": json.loads(row["filters"]),
        "query": None,
        "version": None,
        "pending_version": None,
        "is_calculating": False,
        "created_by": users.get(row["created_by"]),
        "created_at": row["created_at"],
        "last_calculation": row["created_at"],
        "errors_calculating": 0,
        # Counted when a query asks for it: only a list is known beforehand.
        "count": len(json.loads(row["distinct_ids"])) if is_static else None,
        "is_static": is_static,
        "cohort_type": "static" if is_static else None,
        "experiment_set": [],
    }
