"""The requests that make the changes of one dashboard, in the order the server takes them.

A link is closed before anything else. A dashboard is restricted before people are invited, and
opened after they were removed. Boxes are set before their tile moves away. Deleting comes last.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from dashwidgets.api.endpoints import collaborators, dashboards, insights, sharing, tiles
from dashwidgets.api.endpoints.dashboards import ANYONE
from dashwidgets.api.request import Request
from dashwidgets.frames.columns import inner_list
from dashwidgets.plans import fields
from dashwidgets.plans.change import Change, Key
from dashwidgets.plans.conflicts.server_state import MISSING, ServerState

Values = Mapping[Key, Any]


@dataclass(frozen=True)
class Step:
    """One request, what it changes, and how its answer shows that it did."""

    changes: tuple[Change, ...]
    request: Request[Any]
    shown: Callable[[Any], Values]


def steps(changes: Sequence[Change], now: ServerState) -> list[Step]:
    """Everything but deleting and bringing back, which take more than a request."""
    dashboard = changes[0].dashboard
    invited = [one for one in changes if fields.person_of(one.field)]
    board = [one for one in changes if one.field in (*fields.BOARD, *fields.BOX, fields.COLOR)]
    # People can only be added or removed while the dashboard is restricted (8.4).
    opens = any(one.field == "restriction_level" and one.new == ANYONE for one in board)
    patch = [_board(dashboard, board, now)] if board else []
    # Removals first: a person who is removed and invited again ends up invited.
    people = [_person(one, now) for one in sorted(invited, key=lambda one: bool(one.new))]
    return [
        # Closing first and opening late: text that is being corrected is never public in between.
        *(_public(one) for one in changes if one.field == fields.PUBLIC and not one.new),
        *(_rotate(one) for one in changes if one.field == fields.LINK),
        *((*people, *patch) if opens else (*patch, *people)),
        *(_query(one) for one in changes if fields.insight_of(one.field) is not None),
        *(_text(one) for one in changes if one.field == fields.TEXT),
        *(_public(one) for one in changes if one.field == fields.PUBLIC and one.new),
        *(_move(one) for one in changes if one.field == fields.PLACE),
    ]


def count(changes: Iterable[Change]) -> int:
    """Requests that `steps` would make of changes of any dashboards."""
    patched = set[int]()
    others = 0
    for one in changes:
        if one.field in (*fields.BOARD, *fields.BOX, fields.COLOR):
            patched.add(one.dashboard)
        else:
            others += 1
    # All fields of a dashboard travel in one PATCH; everything else is a request of its own.
    return len(patched) + others


def _board(dashboard: int, changes: Sequence[Change], now: ServerState) -> Step:
    """Every changed field of the dashboard and of its tiles' looks, in one PATCH (8.11)."""
    values = {one.field: one.new for one in changes if one.tile is None}
    if "name" in values or "description" in values:
        # A null description is refused with 400; an empty text clears it.
        values |= {n: values[n] or "" for n in ("name", "description") if n in values}
    patches: dict[int, dict[str, Any]] = {}
    for one in changes:
        if one.tile is None:
            continue
        patch = patches.setdefault(one.tile, {"id": one.tile})
        if one.field == fields.COLOR:
            patch[fields.COLOR] = one.new
            continue
        stored = dict((now.tile(dashboard, one.tile) or {}).get("layouts") or {})
        layouts = patch.setdefault("layouts", stored)  # the server replaces them as a whole
        layouts["sm"] = {**(layouts.get("sm") or {}), one.field: one.new}
    if patches:
        values["tiles"] = list(patches.values())

    def shown(answer: Mapping[str, Any]) -> Values:
        by_id = {tile["id"]: tile for tile in inner_list(answer, "tiles")}
        return {
            one.key: fields.board_value(answer, one.field)
            if one.tile is None
            else fields.tile_value(by_id[one.tile], one.field)
            if one.tile in by_id
            else MISSING
            for one in changes
        }

    return Step(tuple(changes), dashboards.update(dashboard, **values), shown)


def _public(one: Change) -> Step:
    request = sharing.change(one.dashboard, enabled=one.new)
    return Step((one,), request, lambda answer: {one.key: bool(answer.get("enabled"))})


def _rotate(one: Change) -> Step:
    # Tokens are secrets: that the link is another one is told by when it was made.
    return Step(
        (one,), sharing.rotate(one.dashboard), lambda answer: {one.key: answer.get("created_at")}
    )


def _person(one: Change, now: ServerState) -> Step:
    email = fields.person_of(one.field) or ""
    uuid = now.uuid_of(one.dashboard, email) or ""
    make = collaborators.add if one.new else collaborators.remove
    # An empty uuid fails in `checked_uuid`, before anything is sent.
    request: Request[Any] = make(one.dashboard, uuid)
    return Step((one,), request, lambda _: {one.key: one.new})


def _text(one: Change) -> Step:
    request = tiles.update_text(one.dashboard, one.tile or 0, body=one.new)
    return Step((one,), request, lambda answer: {one.key: fields.tile_value(answer, fields.TEXT)})


def _query(one: Change) -> Step:
    insight = fields.insight_of(one.field) or 0
    request = insights.update(insight, query=one.new)
    return Step((one,), request, lambda answer: {one.key: answer.get("query")})


def _move(one: Change) -> Step:
    def shown(answer: Mapping[str, Any]) -> Values:
        # The answer is the source dashboard: the tile must be gone from it.
        still = one.tile in [tile["id"] for tile in inner_list(answer, "tiles")]
        return {one.key: one.dashboard if still else one.new}

    return Step((one,), tiles.move(one.tile or 0, source=one.dashboard, to=one.new), shown)
