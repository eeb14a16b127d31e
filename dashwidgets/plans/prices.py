"""What applying changes costs."""

from __future__ import annotations

from collections.abc import Iterable

from dashwidgets.api.client import Client
from dashwidgets.bulk import progress
from dashwidgets.plans import fields
from dashwidgets.plans.applying.requests import count
from dashwidgets.plans.change import Change

LOOK, READ_BACK = 1, 1
DELETE, BRING_BACK, QUERIES = 3, 2, 1
"""Requests beyond the PATCH itself: backup and tiles before; insights and tiles after. The
stored queries are listed once for all backups."""


def requests(changes: Iterable[Change]) -> int:
    """Requests for everything that is left: checking, sending, reading back."""
    left = [one for one in changes if one.is_left]
    if not left:
        return 0
    more = sum((DELETE if one.new else BRING_BACK) for one in left if one.field == fields.DELETED)
    rights = any(one.field == "restriction_level" for one in left)
    people = any(fields.person_of(one.field) and one.new for one in left)
    more += 2 * QUERIES * any(fields.insight_of(one.field) is not None for one in left)
    more += QUERIES * any(one.field == fields.DELETED and one.new for one in left)
    looks = LOOK + rights + people + len(_looked_into(left))
    invited = {one.dashboard for one in left if fields.person_of(one.field)}
    return looks + count(left) + more + READ_BACK + len(invited)


def price(client: Client, changes: Iterable[Change]) -> str:
    """The same in words."""
    left = [one for one in changes if one.is_left]
    if not left:
        return "nothing to send"
    opened = {key for key, kind in _looked_into(left) if kind == "tiles"}
    words = progress.price(client, requests(left))
    words += f" ({LOOK} to check again, {READ_BACK} to read back)"
    if opened:
        words += f"; {len(opened)} dashboards will count as opened"
    return words


def _looked_into(changes: Iterable[Change]) -> set[tuple[int, str]]:
    """What must be read because the list does not show it: dashboard and kind."""
    found = set[tuple[int, str]]()
    for one in changes:
        if one.tile is not None:
            found.add((one.dashboard, "tiles"))
            if one.field == fields.PLACE:
                found.add((one.new, "tiles"))
        elif one.field == fields.LINK:
            found.add((one.dashboard, "link"))
        elif fields.person_of(one.field):
            found.add((one.dashboard, "people"))
    return found
