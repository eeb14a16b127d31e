"""Where tiles go when the server packs them (contract 10.3, 10.4). Pure functions over boxes."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, cast

COLUMNS = 12
WIDTH, HEIGHT = 6, 5
"""The size of a tile that has none."""

Box = dict[str, int]
Layouts = dict[str, Any]


def reordered(layouts: Sequence[Layouts], how: str) -> list[Layouts]:
    """New layouts for tiles in reading order: ``preserve``, ``two_column`` or ``full_width``."""
    if how == "two_column":
        wide = [_box(6 * (k % 2), 5 * (k // 2), WIDTH, HEIGHT) for k in range(len(layouts))]
    elif how == "full_width":
        wide = [_box(0, 5 * k, COLUMNS, HEIGHT) for k in range(len(layouts))]
    else:
        wide = packed([_size(one) for one in layouts])
    narrow = stacked([box["h"] for box in wide])
    return [{"sm": sm, "xs": xs} for sm, xs in zip(wide, narrow, strict=True)]


def packed(sizes: Sequence[tuple[int, int]]) -> list[Box]:
    """Put tiles of a width and height one after the other at the lowest, leftmost place."""
    heights = [0] * COLUMNS
    boxes: list[Box] = []
    for width, height in sizes:
        # A gap below a taller neighbour is never filled: of a column only the height is known
        # (10.3).
        levels = [max(heights[x : x + width]) for x in range(COLUMNS - width + 1)]
        y = min(levels)
        # The first of equals: the leftmost.
        x = levels.index(y)
        heights[x : x + width] = [y + height] * width
        boxes.append(_box(x, y, width, height))
    return boxes


def stacked(heights: Sequence[int]) -> list[Box]:
    """One column, each tile below the one before."""
    boxes: list[Box] = []
    y = 0
    for height in heights:
        boxes.append(_box(0, y, 1, height))
        y += height
    return boxes


def compacted(layouts: Sequence[Layouts]) -> list[Layouts]:
    """Let tiles drop upward, each breakpoint alone; columns and sizes stay."""
    found = [dict(one) for one in layouts]
    sizes = sorted({name for one in found for name, box in one.items() if isinstance(box, dict)})
    for name in sizes:
        # Each breakpoint alone: a tile may have a box on the desktop and none on a phone (10.4).
        holders = [one for one in found if isinstance(one.get(name), dict)]
        holders.sort(key=lambda one: (_side(one[name], "y", 0), _side(one[name], "x", 0)))
        placed: list[Box] = []
        for one in holders:
            box: dict[str, Any] = one[name]
            spot = _dropped(_whole(box), placed)
            placed.append(spot)
            if box.get("y") != spot["y"]:
                one[name] = box | {"y": spot["y"]}
    return found


def _dropped(box: Box, placed: Sequence[Box]) -> Box:
    box = box | {"y": 0}
    while True:
        under = [other for other in placed if _overlap(box, other)]
        if not under:
            return box
        # Below all it collides with, and look again: another tile may be there.
        box["y"] = max(other["y"] + other["h"] for other in under)


def _overlap(a: Box, b: Box) -> bool:
    return (
        a["x"] < b["x"] + b["w"]
        and b["x"] < a["x"] + a["w"]
        and a["y"] < b["y"] + b["h"]
        and b["y"] < a["y"] + a["h"]
    )


def _size(layouts: Layouts) -> tuple[int, int]:
    box = layouts.get("sm")
    stored = cast("dict[str, Any]", box) if isinstance(box, dict) else {}
    width, height = _positive(stored, "w", WIDTH), _positive(stored, "h", HEIGHT)
    return min(COLUMNS, width), height


def _positive(box: dict[str, Any], name: str, default: int) -> int:
    """A positive whole number; anything else counts as not there."""
    value = box.get(name)
    if isinstance(value, int) and not isinstance(value, bool) and value > 0:
        return value
    return default


def _whole(box: dict[str, Any]) -> Box:
    return _box(
        _side(box, "x", 0), _side(box, "y", 0), _side(box, "w", 1) or 1, _side(box, "h", 1) or 1
    )


def _side(box: dict[str, Any], name: str, missing: int) -> int:
    value = box.get(name)
    return int(value) if isinstance(value, int | float) and not isinstance(value, bool) else missing


def _box(x: int, y: int, w: int, h: int) -> Box:
    return {"x": x, "y": y, "w": w, "h": h}
