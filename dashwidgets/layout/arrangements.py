"""One-step layouts of a whole dashboard. Pure: boxes in, boxes out."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Literal, get_args

from dashwidgets.api.errors import ConfigurationError
from dashwidgets.layout.grid import COLUMNS, Box, Boxes, compacted, in_reading_order
from dashwidgets.layout.placement import lowest

Arrangement = Literal[
    "pack", "two_columns", "full_width", "by_name", "by_kind", "tidy_up", "align_heights"
]
ARRANGEMENTS: tuple[str, ...] = get_args(Arrangement)

HALF, TALL = 6, 5
"""Width of a column of two, and the height PostHog gives a tile in it."""


def arranged(
    boxes: Boxes,
    how: str,
    *,
    names: Mapping[int, str] | None = None,
    kinds: Mapping[int, str] | None = None,
) -> dict[int, Box]:
    """Lay out all tiles in one of `ARRANGEMENTS`."""
    order = in_reading_order(boxes)
    named, typed = names or {}, kinds or {}
    ways: dict[str, Callable[[], dict[int, Box]]] = {
        "pack": lambda: packed(boxes, order),
        "two_columns": lambda: in_columns(order, 2),
        "full_width": lambda: in_columns(order, 1),
        "by_name": lambda: packed(boxes, sorted(order, key=lambda key: _word(named, key))),
        "by_kind": lambda: packed(
            boxes, sorted(order, key=lambda key: (_word(typed, key), _word(named, key)))
        ),
        "tidy_up": lambda: tidied(boxes),
        "align_heights": lambda: aligned(boxes),
    }
    if how not in ways:
        raise ConfigurationError(f"There is no arrangement {how!r}: use {', '.join(ways)}.")
    new = ways[how]()
    # In the order of the board: in the grid the order of tiles decides ties.
    return {key: new[key] for key in boxes}


def packed(boxes: Boxes, order: Sequence[int]) -> dict[int, Box]:
    """Keep sizes; each tile goes to the lowest, leftmost place, as `reorder_tiles` does."""
    new: dict[int, Box] = {}
    for key in order:
        new[key] = lowest(boxes[key]["w"], boxes[key]["h"], new.values())
    return new


def in_columns(order: Sequence[int], columns: int) -> dict[int, Box]:
    """Tiles of one size, side by side in rows."""
    w = COLUMNS // columns
    return {
        key: {"x": w * (at % columns), "y": TALL * (at // columns), "w": w, "h": TALL}
        for at, key in enumerate(order)
    }


def tidied(boxes: Boxes) -> dict[int, Box]:
    """Close gaps: tiles slide left, then rise; nothing else moves."""
    new: dict[int, Box] = {}
    for key in in_reading_order(boxes):
        box = boxes[key]
        beside = [
            other["x"] + other["w"]
            for other in new.values()
            if other["y"] < box["y"] + box["h"]
            and box["y"] < other["y"] + other["h"]
            and other["x"] + other["w"] <= box["x"]
        ]
        new[key] = {**box, "x": max(beside, default=0)}
    return compacted(new)


def aligned(boxes: Boxes) -> dict[int, Box]:
    """Tiles that begin in the same row become as high as the highest of them."""
    tallest: dict[int, int] = {}
    for box in boxes.values():
        tallest[box["y"]] = max(tallest.get(box["y"], 0), box["h"])
    return compacted({key: {**box, "h": tallest[box["y"]]} for key, box in boxes.items()})


def _word(words: Mapping[int, str], key: int) -> tuple[bool, str]:
    """Sort key for names; tiles without one come last."""
    word = words.get(key, "")
    return not word, word.casefold()
