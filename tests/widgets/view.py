"""A view without a browser: it keeps what messages say, as the one in TypeScript does."""

from __future__ import annotations

import gzip
import json
import time
from collections.abc import Sequence
from typing import Any


class View:
    """What a page would show of the boards of one widget."""

    is_board = True

    def __init__(self) -> None:
        self.tiles: dict[int, dict[int, Any]] = {}
        self.phases: list[str] = []
        self.seq = 0
        self.gaps = 0
        self.snapshots = 0
        self.heard: list[float] = []

    def hear(self, data: dict[str, Any], buffers: Sequence[Any]) -> None:
        """One message of the comm, as it comes through the kernel."""
        self.heard.append(time.monotonic())
        if data["method"] == "update":
            self._traits(data, buffers)
        elif data["method"] == "custom" and data["content"].get("kind") in ("tiles", "snapshot"):
            self._flush(data["content"], buffers)

    def _flush(self, content: dict[str, Any], buffers: Sequence[Any]) -> None:
        if content["kind"] == "tiles":
            self.gaps += content["seq"] > self.seq + 1
        else:
            self.snapshots += 1
        self.seq = max(self.seq, content["seq"])
        for part, buffer in zip(content["sections"], buffers, strict=True):
            self._keep(part["section"], json.loads(bytes(buffer)))

    def _traits(self, data: dict[str, Any], buffers: Sequence[Any]) -> None:
        state = data["state"]
        for path, buffer in zip(data.get("buffer_paths", []), buffers, strict=True):
            if path == ["snapshot"]:
                for at, tiles in enumerate(unpacked(bytes(buffer))):
                    self._keep(at, tiles)
        for at, known in enumerate(state.get("skeletons", [])):
            here = {tile["id"] for tile in known}
            kept = self.tiles.get(at, {})
            self.tiles[at] = {key: tile for key, tile in kept.items() if key in here}
        self.phases += [status["phase"] for status in state.get("statuses", [])]

    def _keep(self, section: int, tiles: list[dict[str, Any]]) -> None:
        drawn = self.tiles.setdefault(section, {})
        for tile in tiles:
            before = drawn.get(tile["id"])
            if before is None or _age(tile) >= _age(before):
                drawn[tile["id"]] = tile

    def names(self, section: int = 0) -> dict[int, str]:
        """Tile id to name."""
        drawn = self.tiles.get(section, {})
        return {key: (tile["tile"] or {})["insight"]["name"] for key, tile in drawn.items()}

    def most_in_a_second(self) -> int:
        """The most messages that came within any second."""
        return max(sum(0 <= later - at < 1 for later in self.heard) for at in self.heard)


def unpacked(packed: bytes) -> list[list[dict[str, Any]]]:
    """The snapshot trait, section by section."""
    return json.loads(gzip.decompress(packed))["sections"]


def _age(tile: dict[str, Any]) -> tuple[int, float]:
    return tile["round"], tile["elapsed"]
