"""Where PostHog draws the tiles of a board that was read (contract 10.5)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from dashwidgets.frames.columns import inner, inner_list
from dashwidgets.frames.tiles import tile_kind
from dashwidgets.layout.grid import COLUMNS, Box, compacted

Size = tuple[int, int]

_USUAL: dict[str, Size] = {
    "text": (2, 2),
    "button": (3, 1),
    "FunnelsQuery": (4, 4),
    "RetentionQuery": (6, 7),
    "PathsQuery": (COLUMNS, 7),
    "BoldNumber": (2, 2),
    "Metric": (3, 3),
}
_SMALLEST: dict[str, Size] = {"text": (1, 1), "button": (1, 1), "widget": (3, 4)}


def usual_size(tile: Mapping[str, Any]) -> Size:
    """Width and height of a tile that has none stored, by what it holds."""
    query = inner(inner(tile, "insight"), "query")
    source = inner(query, "source") or query
    display = inner(source, "trendsFilter").get("display")
    names = (display, source.get("kind"), tile_kind(tile))
    return next((_USUAL[name] for name in names if name in _USUAL), (6, 5))


def smallest_size(kind: str) -> Size:
    """Width and height below which PostHog does not let a tile of a kind be made."""
    return _SMALLEST.get(kind, (2, 2))


def stored_box(tile: Mapping[str, Any]) -> Box | None:
    """The box on the 12-column grid that the server keeps; None unless all sides are there."""
    sides = _sides(tile)
    if len(sides) < 4:
        return None
    return {"x": sides["x"], "y": sides["y"], "w": sides["w"], "h": sides["h"]}


def drawn(detail: Mapping[str, Any]) -> dict[int, Box]:
    """Every tile's box as PostHog draws it: cleaned, the rest packed below, all risen."""
    tiles: list[Mapping[str, Any]] = inner_list(detail, "tiles")
    boxes: dict[int, Box] = {}
    for tile in tiles:
        sides, usual = _sides(tile), usual_size(tile)
        w = min(COLUMNS, max(1, sides.get("w", usual[0])))
        h = max(1, sides.get("h", usual[1]))
        x = sides.get("x", 0)
        # As PostHog draws it (contract 10.5), although the stored box stays as it is.
        x = x if x >= 0 and x + w <= COLUMNS else 0
        boxes[tile["id"]] = {"x": x, "y": sides.get("y", -1), "w": w, "h": h}
    loose = [tile["id"] for tile in tiles if "y" not in _sides(tile)]
    placed = {key: box for key, box in boxes.items() if key not in loose}
    for key in loose:
        boxes[key] = placed[key] = lowest(boxes[key]["w"], boxes[key]["h"], placed.values())
    return compacted(boxes)


def lowest(w: int, h: int, others: Iterable[Box]) -> Box:
    """The place under some boxes that is highest up, leftmost on ties."""
    ends = [0] * COLUMNS
    for box in others:
        for column in range(max(0, box["x"]), min(COLUMNS, box["x"] + box["w"])):
            ends[column] = max(ends[column], box["y"] + box["h"])
    levels = [max(ends[x : x + w]) for x in range(COLUMNS - w + 1)]
    y = min(levels)
    return {"x": levels.index(y), "y": y, "w": w, "h": h}


def _sides(tile: Mapping[str, Any]) -> dict[str, int]:
    box = inner(inner(tile, "layouts"), "sm")
    return {
        side: box[side] for side in "xywh" if isinstance(box.get(side), int)
    }  # anything else counts as not stored
