"""Compare changes with the server: what is ready, in conflict, refused, or done already."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from dashwidgets.api.endpoints.dashboards import ANYONE
from dashwidgets.api.errors import NOT_OFFERED
from dashwidgets.frames.columns import inner
from dashwidgets.plans import fields
from dashwidgets.plans.change import Change
from dashwidgets.plans.conflicts.permissions import (
    ADMIN,
    MAY_NOT_EDIT,
    MAY_NOT_RESTRICT,
    may_edit,
    may_restrict,
)
from dashwidgets.plans.conflicts.server_state import MISSING, ServerState


def find_conflicts(changes: Iterable[Change], now: ServerState) -> None:
    """Set the state of every change that is left; ``now`` has read what they are about."""
    left = [one for one in changes if one.is_left]
    # What the plan itself will set counts: inviting is fine once an earlier step restricts.
    levels = {one.dashboard: one.new for one in left if one.field == "restriction_level"}
    for one in left:
        if one.state == "ready" and one.reason in fields.NO_UNDO.values():
            one.reason = ""
        _find_conflict(one, now, levels)


def _find_conflict(one: Change, now: ServerState, levels: Mapping[int, int]) -> None:
    if unread := now.unread(one):
        return one.becomes("refused", unread)
    value = now.value(one.key)
    # Missing from an incomplete list is not deleted: it may only have slipped between two pages.
    if one.field == fields.DELETED and one.dashboard not in now.rows and not now.listing.complete:
        return one.becomes("failed", "the list was not complete: apply again")
    if value is MISSING:
        return one.becomes("conflict", "it no longer exists")
    if one.field == fields.LINK:
        if not fields.same(one.field, value, one.old):
            if one.sent:
                return one.becomes("done", fields.NO_UNDO[fields.LINK])
            return one.becomes("conflict", "somebody made a new link since")
    elif fields.same(one.field, value, one.new):
        # After a lost answer this is how a resumed run learns that the request did arrive. A
        # restored dashboard still needs its extra tiles removed, so it goes on.
        if one.sent and not (one.field == fields.DELETED and not one.new):
            return one.becomes("done", "it was done already")
        if not one.sent:
            return one.becomes("skipped", "it already has this value")
    elif not fields.same(one.field, value, one.old):
        now_is = "" if isinstance(value, dict) else f": it is {value!r} now"
        return one.becomes("conflict", f"somebody changed it since{now_is}")
    if one.field == fields.DELETED and one.new and (why := _not_due(one, now)):
        return one.becomes("conflict", why)
    if why := fields.refusal(one.field, one.new) or _not_allowed(one, now, levels):
        return one.becomes("refused", why)
    return one.becomes("ready", fields.NO_UNDO.get(one.field, ""))


def _not_due(one: Change, now: ServerState) -> str:
    """What speaks against a deletion whose day had come; empty when nothing does."""
    row = now.rows[one.dashboard]
    if "due" in one.memo and one.memo["due"] not in (row.get("tags") or []):
        return "its tag was taken away since"
    if "due" in one.memo and row.get("last_accessed_at") != one.memo["last_accessed_at"]:
        return "somebody opened it since"
    return ""


def _not_allowed(one: Change, now: ServerState, levels: Mapping[int, int]) -> str:
    """Why this user may not (contract 6, 8.4, 9.4); empty where nothing speaks against it."""
    if fields.insight_of(one.field) is not None:
        return ""  # the list of insights does not say who can edit one: the server decides
    row = now.rows.get(one.dashboard)
    if row is None:
        return ""  # it is deleted: the server decides who can restore it
    if not may_edit(row):
        return MAY_NOT_EDIT
    if one.field == "restriction_level" and not may_restrict(row, now.me):
        return MAY_NOT_RESTRICT
    if one.field == fields.TEXT and one.old is None:
        return "it is not a text tile"
    if one.field == fields.PLACE:
        there = now.rows.get(one.new)
        if there is None:
            return f"dashboard {one.new} is not in this project"
        if not may_edit(there):
            return f"you may view dashboard {one.new}, not edit it"
    person = fields.person_of(one.field)
    return _not_invitable(one, person, row, now, levels) if person else ""


def _not_invitable(
    one: Change, person: str, row: Mapping[str, Any], now: ServerState, levels: Mapping[int, int]
) -> str:
    level = levels.get(one.dashboard, row.get("restriction_level") or ANYONE)
    before = row.get("restriction_level") or ANYONE
    if max(level, before) == ANYONE or (one.new and level == ANYONE):
        return "everyone can edit it: restrict it first"
    if before > ANYONE and (row.get("effective_restriction_level") or ANYONE) == ANYONE:
        # It is stored as restricted, and effectively is not: the plan lacks access control
        # (contract 6).
        return "the organization's plan has no restricted dashboards"
    if not one.new:
        return ""
    try:
        member = now.members.get(person)
    except NOT_OFFERED as error:
        return str(error)
    if member is None:
        return "no member of the organization has this email"
    if (member.get("level") or 1) >= ADMIN or person == inner(row, "created_by").get("email"):
        return "owner and admins can edit it anyway"
    return ""
