"""What a reload, a late view or a saved notebook shows of a board: packed and capped."""

from __future__ import annotations

import gzip
from collections.abc import Sequence
from typing import Any

import msgspec

from dashwidgets.frames.columns import inner
from dashwidgets.widgets.shared.state.watch import Snapshot, TileState

PACKED_BYTES = 180_000
"""What a saved notebook may carry of results; base64 makes a third more of it."""
READ_BYTES = 8_000_000
"""Its maximum size when unpacked."""


def packed(seq: int, sections: Sequence[Sequence[TileState]], most: int = PACKED_BYTES) -> bytes:
    """Every tile, gzipped JSON of `Snapshot`; the largest results are left out if need be."""
    room = READ_BYTES * most // PACKED_BYTES
    while True:
        left_out = _too_large(sections, room)
        snapshot: Snapshot = {
            "seq": seq,
            "sections": [
                [_without_result(tile) if tile["id"] in left_out else tile for tile in tiles]
                for tiles in sections
            ],
        }
        # ``mtime=0``: the same tiles give the same bytes, and a notebook run again the same file.
        found = gzip.compress(msgspec.json.encode(snapshot), compresslevel=6, mtime=0)
        if len(found) <= most or room == 0:
            return found
        total = min(room, sum(tile["size"] for tiles in sections for tile in tiles))
        # As much less as it is too large, and a little more, until it fits.
        room = int(total * most / len(found) * 0.9) if total > 10_000 else 0


def _too_large(sections: Sequence[Sequence[TileState]], room: int) -> set[int]:
    """Tiles that do not fit when the small ones come first."""
    left_out: set[int] = set()
    # Small ones first: one huge table must not push twenty charts out.
    for tile in sorted((t for tiles in sections for t in tiles), key=lambda tile: tile["size"]):
        room -= tile["size"]
        if room < 0:
            left_out.add(tile["id"])
    return left_out


def _without_result(state: TileState) -> TileState:
    """Its name and place; a text stays whole."""
    held: Any = state["tile"]
    tile = msgspec.json.decode(held) if isinstance(held, msgspec.Raw) else held
    insight = inner(tile, "insight")
    if not insight:
        return state
    named = {key: insight.get(key) for key in ("id", "name", "derived_name")}
    short = {key: tile.get(key) for key in ("id", "layouts", "color")}
    return {**state, "tile": short | {"insight": named | {"result": None}}, "truncated": True}
