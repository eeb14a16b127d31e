"""What the key's user may do to a dashboard, before the server is asked (contract 6)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from dashwidgets.api.endpoints.dashboards import ANYONE
from dashwidgets.frames.columns import inner

ADMIN = 8
EDIT = 37
MAY_NOT_EDIT = "You may view this dashboard, not edit it: ask its owner."
MAY_NOT_RESTRICT = "Only its owner and project admins may change who can edit."


def may_edit(board: Mapping[str, Any]) -> bool:
    """Whether the server would let this user write."""
    # New access control; the restriction below is the older system, and both may apply.
    if board.get("user_access_level") in ("none", "viewer"):
        return False
    restricted = (board.get("effective_restriction_level") or ANYONE) > ANYONE
    return not restricted or (board.get("effective_privilege_level") or ANYONE) >= EDIT


def may_restrict(board: Mapping[str, Any], me: Mapping[str, Any]) -> bool:
    """Whether this user may change who can edit; what is not known is left to the server."""
    level = inner(me, "organization").get("membership_level")
    owner = inner(board, "created_by").get("id")
    return level is None or level >= ADMIN or owner == me.get("id")
