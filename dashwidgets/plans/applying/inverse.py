"""The changes that undo others."""

from __future__ import annotations

from collections.abc import Iterable

from dashwidgets.plans import fields
from dashwidgets.plans.change import Change


def inverse(changes: Iterable[Change]) -> list[Change]:
    """What puts the old values back of all that was done, the last first."""
    done = [one for one in changes if one.state == "done"]
    # A tile that moved is found on its new dashboard, also by changes made before the move.
    moved = {one.tile: one.new for one in done if one.field == fields.PLACE}
    return [_undo(one, moved.get(one.tile, one.dashboard)) for one in reversed(done)]


def _undo(one: Change, where: int) -> Change:
    """``where`` is the dashboard its tile is on by now."""
    back = Change(where, one.dashboard_name, one.tile, one.field, one.new, one.old)
    # A copy: undoing the undo must still find what the first change remembered.
    back.memo = dict(one.memo)
    if one.field == "name" and back.new is None:
        # A plan's texts are strings; to `fields.same` an empty one equals none.
        back.new = ""
    if one.field in fields.NO_UNDO:
        back.old, back.new = one.new, one.old
        back.becomes("refused", fields.NO_UNDO[one.field])
    elif one.field in fields.BOX and one.old is None:
        back.becomes("refused", "the tile had no box, and boxes can't be taken away here")
    return back
