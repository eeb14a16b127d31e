"""The grid that PostHog lays boards out on: what moves aside for a tile that is moved or resized.

PostHog leaves this to react-grid-layout with vertical compaction; a board arranged here has to
look the same there, so its order of comparison and its ties are kept. The widget calls that
library itself (``js/src/arrange/board/moves.ts``), because a drag can't wait for Python. The two
share no code but their fixtures: both are tested on ``js/src/arrange/layouts.json``, which the
library made. Pure: boxes in, new boxes out.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TypedDict

COLUMNS = 12
ROW, GAP = 80, 16
"""Height of a row and of the space between tiles, in pixels of PostHog's own board."""


class Box(TypedDict):
    """A tile's place: column and row from 0, width in columns, height in rows."""

    x: int
    y: int
    w: int
    h: int


Boxes = Mapping[int, Box]
"""Tile id to place; the order of the tiles decides ties."""


@dataclass
class _Item:
    id: int
    x: int
    y: int
    w: int
    h: int

    @property
    def end(self) -> int:
        return self.y + self.h


def compacted(boxes: Boxes) -> dict[int, Box]:
    """Move every tile up until it meets another or the top."""
    return _boxes(_compact(_items(boxes)))


def moved(boxes: Boxes, tile: int, x: int, y: int) -> dict[int, Box]:
    """Drop a tile at a column and a row; others move down, then all move up."""
    return moved_together(boxes, [tile], x - boxes[tile]["x"], y - boxes[tile]["y"])


def moved_together(boxes: Boxes, tiles: Collection[int], dx: int, dy: int) -> dict[int, Box]:
    """Move several tiles by columns and rows, as far as the grid allows for all of them."""
    dx, dy = within(boxes, tiles, dx, dy)
    items = _items(boxes)
    group = [item for item in items if item.id in tiles]
    # Those of a group never push each other: they count as moved from the start.
    aside = {item.id for item in group} if len(group) > 1 else set[int]()
    targets = [(item, item.x + dx, item.y + dy) for item in _in_order(group)]
    for item, x, y in reversed(targets) if dy > 0 else targets:
        _move(items, item, x, y, aside, chosen=True)
    return _boxes(_compact(items))


def resized(
    boxes: Boxes, tile: int, w: int, h: int, smallest: tuple[int, int] = (1, 1)
) -> dict[int, Box]:
    """Resize a tile, within the grid and not below its minimum."""
    box = boxes[tile]
    width = min(max(w, smallest[0]), COLUMNS - box["x"])
    changed: Box = {**box, "w": max(1, width), "h": max(1, h, smallest[1])}
    return compacted({**boxes, tile: changed})


def within(boxes: Boxes, tiles: Collection[int], dx: int, dy: int) -> tuple[int, int]:
    """How far several tiles can move together within the grid."""
    held = [boxes[tile] for tile in tiles]
    left, top = min(box["x"] for box in held), min(box["y"] for box in held)
    right = max(box["x"] + box["w"] for box in held)
    return max(-left, min(dx, COLUMNS - right)), max(-top, dy)


def in_reading_order(boxes: Boxes) -> list[int]:
    """Tile ids from top to bottom, and from left to right within a row."""
    return [item.id for item in _in_order(_items(boxes))]


def overlap(a: Box, b: Box) -> bool:
    """Whether two boxes share a cell."""
    return (
        a["x"] < b["x"] + b["w"]
        and b["x"] < a["x"] + a["w"]
        and a["y"] < b["y"] + b["h"]
        and b["y"] < a["y"] + a["h"]
    )


def _compact(items: Sequence[_Item]) -> list[_Item]:
    order = _in_order(items)
    settled: dict[int, _Item] = {}
    bottom = 0
    for at, item in enumerate(order):
        # Not below the lowest tile so far: it would only rise again, row by row.
        spot = replace(item, x=max(0, item.x), y=min(bottom, max(0, item.y)))
        placed = list(settled.values())
        while spot.y > 0 and not _first_hit(placed, spot):
            spot.y -= 1
        while under := _first_hit(placed, spot):
            _push_down(order, at, spot, under.end)
        settled[item.id] = spot
        bottom = max(bottom, spot.end)
    return [settled[item.id] for item in items]


def _push_down(order: Sequence[_Item], at: int, item: _Item, y: int) -> None:
    """Put an item lower, and first whatever waits right below it, which has not settled yet."""
    item.y += 1
    for below in range(at + 1, len(order)):
        other = order[below]
        if other.y > item.end:
            break
        if _hit(item, other):
            _push_down(order, below, other, y + item.h)
    item.y = y


def _move(
    items: Sequence[_Item], item: _Item, x: int, y: int, aside: set[int], *, chosen: bool
) -> None:
    """Put an item somewhere and send what it meets away; ``aside`` have moved and stay."""
    if chosen and (item.x, item.y) == (x, y):
        return
    rises = item.y >= y
    item.x, item.y = x, y
    aside.add(item.id)
    order = _in_order(items)
    # The library's order: the nearest in the direction of the move gives way first.
    met = [other for other in (reversed(order) if rises else order) if _hit(other, item)]
    for other in met:
        if other.id in aside:
            continue
        # An id of no tile, so that the trial box also meets the tile it is made of.
        above = replace(other, id=0, y=max(0, item.y - other.h))
        # A tile that is dropped on goes above where there is room, so that two tiles swap places.
        goes_up = chosen and _first_hit(items, above) is None
        _move(items, other, other.x, above.y if goes_up else other.y + 1, aside, chosen=False)


def _first_hit(items: Iterable[_Item], item: _Item) -> _Item | None:
    return next((other for other in items if _hit(other, item)), None)


def _hit(a: _Item, b: _Item) -> bool:
    return (
        a.id != b.id and a.x < b.x + b.w and b.x < a.x + a.w and a.y < b.y + b.h and b.y < a.y + a.h
    )


def _in_order(items: Iterable[_Item]) -> list[_Item]:
    return sorted(items, key=lambda item: (item.y, item.x))


def _items(boxes: Boxes) -> list[_Item]:
    return [_Item(key, box["x"], box["y"], box["w"], box["h"]) for key, box in boxes.items()]


def _boxes(items: Iterable[_Item]) -> dict[int, Box]:
    return {item.id: {"x": item.x, "y": item.y, "w": item.w, "h": item.h} for item in items}
