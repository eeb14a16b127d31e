"""Merge a draft with what others saved in the meantime."""

from __future__ import annotations

from typing import Any

from dashwidgets.layout.board import (
    FIELDS,
    Board,
    DraftTile,
    Tiles,
    boxes_of,
    by_id,
    layout_changed,
    with_boxes,
)
from dashwidgets.layout.grid import compacted
from dashwidgets.layout.placement import lowest


def merged(base: Board, fresh: Board, draft: Tiles) -> tuple[list[DraftTile], bool]:
    """Rebase a draft on a dashboard that was read again; also whether the two disagree.

    What only one side changed is taken from that side. Places are one arrangement: they disagree
    when both sides changed any of them.
    """
    before, now = by_id(base.tiles), by_id(fresh.tiles)
    rearranged = layout_changed(base, draft)
    disagree = False
    new: list[DraftTile] = []
    unclaimed = {key: tile for key, tile in now.items() if key not in before}
    for mine in draft:
        was, is_now = before.get(mine["id"]), now.get(mine["id"])
        if was is None and is_now is None and mine["id"] < 0:
            made = next((t for t in unclaimed.values() if t["body"] == mine["body"]), None)
            if made:  # it was made, and only the answer was lost
                del unclaimed[made["id"]]
            new.append({**mine, "id": made["id"]} if made else mine)
        elif is_now is None and was is not None:
            # Gone: moved away by us before an answer was lost, or removed by somebody else.
            disagree |= rearranged and mine["to"] is None
        elif was is None or is_now is None:
            unclaimed.pop(mine["id"], None)
            new.append(mine)
        else:
            tile, differs = _both(was, is_now, mine, rearranged)
            disagree |= differs
            new.append(tile)
    for tile in unclaimed.values():
        disagree |= rearranged
        places = boxes_of(new).values()
        # Somebody else's new tile keeps its place, unless ours may lie there by now.
        box = lowest(tile["box"]["w"], tile["box"]["h"], places) if rearranged else tile["box"]
        new.append({**tile, "box": box})
    return with_boxes(new, compacted(boxes_of(new))), disagree


def _both(
    was: DraftTile, is_now: DraftTile, mine: DraftTile, rearranged: bool
) -> tuple[DraftTile, bool]:
    tile: dict[str, Any] = dict(mine)
    disagree = False
    for name in FIELDS:
        # Unchanged by them, or changed to the same: no conflict in either case.
        if is_now[name] in (was[name], mine[name]):
            continue
        if mine[name] == was[name] and not (name == "box" and rearranged):
            tile[name] = is_now[name]
        else:
            disagree = True
    return tile, disagree  # pyright: ignore[reportReturnType]
