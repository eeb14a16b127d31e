"""Which tile of one dashboard corresponds to which of another: by content, then by name."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from typing import Any

Tile = Mapping[str, Any]
CONTENT = ("type", "name", "description", "query", "body", "button", "widget")


def content(tile: Tile) -> str:
    """What is in a tile, wherever it stands."""
    return json.dumps([tile.get(name) for name in CONTENT], sort_keys=True)


def title(tile: Tile) -> str:
    """How a person would call it; a text by its first line."""
    found = tile.get("name") or tile.get("derived_name")
    if not found:
        inside: dict[str, Any] = tile.get("button") or tile.get("widget") or {}
        text = str(tile.get("body") or inside.get("text") or inside.get("name") or "").strip()
        found = text.splitlines()[0] if text else "Untitled"
    return f"{found}"


def match(a: Sequence[Tile], b: Sequence[Tile]) -> list[tuple[int | None, int | None]]:
    """Pairs of positions; None where the other side has no such tile.

    The same content in the same place first, then the same content, then the same kind and name.
    """
    pairs: dict[int, int] = {}
    taken: set[int] = set()
    keys: tuple[Callable[[Tile], str], ...] = (
        # Strictest first: of two equal texts, each then finds the one in its own place.
        lambda tile: content(tile) + json.dumps(tile.get("layouts"), sort_keys=True),
        content,
        lambda tile: f"{tile['type']} {title(tile)}",
    )
    for key in keys:
        free: dict[str, list[int]] = {}
        for at, tile in enumerate(b):
            if at not in taken:
                free.setdefault(key(tile), []).append(at)
        for at, tile in enumerate(a):
            if at not in pairs and free.get(key(tile)):
                pairs[at] = free[key(tile)].pop(0)
                taken.add(pairs[at])
    found: list[tuple[int | None, int | None]] = [(at, pairs.get(at)) for at in range(len(a))]
    return found + [(None, at) for at in range(len(b)) if at not in taken]
