"""What has arrived of a watched board: filled by one thread, read by any."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, Literal

import pandas as pd

from dashwidgets.api.errors import DashwidgetsError
from dashwidgets.api.events import Complete, Metadata, TileFailed, TileRendered
from dashwidgets.api.stream import TileStream
from dashwidgets.frames.columns import Column, Table, inner
from dashwidgets.frames.results import result_frame
from dashwidgets.frames.tiles import tile_error, tile_kind, tile_name
from dashwidgets.widgets.state import KnownTile, StreamStatus, TileState

SNAPSHOT_BYTES = 400_000
"""What a saved notebook may carry of a board's results."""

Phase = Literal["connecting", "streaming", "complete", "failed", "stopped"]

ARRIVALS = Table(
    "events",
    (
        Column("tile_id", "id", "id", "Tile id."),
        Column("name", "text", "name", "The tile's name."),
        Column("kind", "text", "kind", "insight, text, button, widget, or unknown when it failed."),
        Column("order", "integer", "order", "Rank on the board, from 0."),
        Column("elapsed", "number", "elapsed", "Seconds from the start to its arrival."),
        Column("size", "integer", "size", "Bytes of its JSON."),
        Column("is_cached", "boolean", "is_cached", "Whether its result came from the cache."),
        Column("error", "text", "error", "Why it has nothing to show; missing when it has."),
    ),
)


class Arrivals:
    """The tiles of one board, as they come."""

    def __init__(self) -> None:
        self._lock = threading.RLock()
        self._known: dict[int, KnownTile] = {}
        self._board: dict[str, Any] = {}
        self._stream: TileStream | None = None
        self.restart()

    def restart(self) -> None:
        """Forget what arrived; the skeleton stays."""
        with self._lock:
            self._tiles: dict[int, TileState] = {}
            self._phase: Phase = "connecting"
            self._began = time.monotonic()
            self._ended: float | None = None
            self._bytes = 0
            self._stopping = False
            self.error: DashwidgetsError | None = None

    def expect(self, tiles: Sequence[Mapping[str, Any]]) -> None:
        """Note the tiles that are to come: a skeleton can be drawn."""
        with self._lock:
            self._known = {tile["id"]: known_tile(tile) for tile in tiles}

    def read(self, open_stream: Callable[[], TileStream]) -> Iterator[TileState]:
        """Read a stream to its end and give each tile as it arrives."""
        with open_stream() as stream:
            with self._lock:
                self._stream = stream
            for event in stream:
                if isinstance(event, Metadata):
                    with self._lock:
                        self._phase = "streaming"
                        self._board = _named(event.dashboard)
                elif isinstance(event, Complete):
                    self._end("complete")
                else:
                    yield self._keep(event)
                if self._stopping:
                    break
        if self._ended is None:
            self._end("stopped")

    def fail(self, error: DashwidgetsError) -> None:
        """Note what ended the stream, unless somebody stopped it."""
        with self._lock:
            if not self._stopping:
                self.error = error
        self._end("stopped" if self._stopping else "failed")

    def stop(self) -> None:
        """End the reading at its next event."""
        with self._lock:
            if self._ended is None:
                self._stopping = True
                if self._stream is not None:
                    self._stream.close()

    def join(self, listeners: list[Any], callback: Any) -> list[dict[str, Any]]:
        """Add a listener; gives what it has missed."""
        with self._lock:
            listeners.append(callback)
            return [dict(state) for state in self._tiles.values()]

    def count(self) -> int:
        """How many tiles have arrived, failed ones included."""
        with self._lock:
            return len(self._tiles)

    def board(self) -> dict[str, Any]:
        """What the stream said of the board itself."""
        with self._lock:
            return dict(self._board)

    def states(self) -> list[TileState]:
        """Every tile that arrived."""
        with self._lock:
            return list(self._tiles.values())

    def status(self) -> StreamStatus:
        """How far it is."""
        with self._lock:
            tiles = list(self._tiles.values())
            over = self._phase == "complete"
            return {
                "phase": self._phase,
                "arrived": len(tiles),
                "failed": sum(tile["error"] is not None for tile in tiles),
                "expected": len(tiles) if over else (len(self._known) or None),
                "elapsed": round((self._ended or time.monotonic()) - self._began, 3),
                "bytes": self._bytes,
                "source": self._stream.source if self._stream else None,
                "message": str(self.error) if self.error else "",
            }

    def skeleton(self) -> list[KnownTile]:
        """Tiles known before they arrive, and those that have arrived."""
        with self._lock:
            return list(self._known.values())

    def snapshot(self) -> list[TileState]:
        """Every tile, for a saved notebook; the largest results are left out if need be."""
        states = self.states()
        room = SNAPSHOT_BYTES
        kept: dict[int, TileState] = {}
        for state in sorted(states, key=lambda state: state["size"]):
            room -= state["size"]
            kept[state["id"]] = state if room >= 0 else _without_result(state)
        return [kept[state["id"]] for state in states]

    def frame(self) -> pd.DataFrame:
        """What arrived when."""
        return ARRIVALS.to_frame([self._row(state) for state in self.states()])

    def find(self, which: int | str) -> TileState:
        """A tile by id or name; `KeyError` says what there is."""
        states = self.states()
        found = [s for s in states if which in (s["id"], self._name(s))]
        if len(found) > 1:
            ids = ", ".join(str(state["id"]) for state in found)
            raise KeyError(f"{len(found)} tiles are called {which!r}: use an id ({ids})")
        if not found:
            names = ", ".join(repr(self._name(s)) for s in states if self._name(s))
            raise KeyError(f"no tile {which!r} has arrived; there are {names or 'none yet'}")
        return found[0]

    def _keep(self, event: TileRendered | TileFailed) -> TileState:
        elapsed = round(time.monotonic() - self._began, 4)
        tile = event.tile if isinstance(event, TileRendered) else None
        state: TileState = {
            "id": event.tile_id,
            "order": event.order,
            "elapsed": elapsed,
            "size": event.size,
            "tile": tile,
            "error": tile_error(tile) if tile else getattr(event, "message", None),
            "truncated": False,
        }
        with self._lock:
            self._tiles[state["id"]] = state
            self._bytes += event.size
            if tile:
                self._known[state["id"]] = known_tile(tile)
        return state

    def _end(self, phase: Phase) -> None:
        with self._lock:
            self._phase = phase
            self._ended = time.monotonic()

    def _row(self, state: TileState) -> dict[str, Any]:
        tile = state["tile"] or {}
        cached = {"kind": tile_kind(tile), "is_cached": tile.get("is_cached")}
        return dict(state) | cached | {"name": self._name(state)}

    def _name(self, state: TileState) -> str | None:
        known = self._known.get(state["id"])
        return (tile_name(state["tile"]) if state["tile"] else known and known["name"]) or None


class ResultsByName(Mapping[str, pd.DataFrame]):
    """Results of the tiles that have arrived, by name or id."""

    def __init__(self, arrivals: Arrivals) -> None:
        self._arrivals = arrivals

    def __getitem__(self, which: int | str) -> pd.DataFrame:
        """The result of a tile; ``.attrs["reason"]`` says why it is empty."""
        state = self._arrivals.find(which)
        insight = (state["tile"] or {}).get("insight")
        frame = result_frame(insight or {})
        if insight is None or state["error"]:
            frame.attrs["reason"] = state["error"] or "this tile holds no insight"
        return frame

    def __iter__(self) -> Iterator[str]:
        names = [self._arrivals._name(s) for s in self._arrivals.states()]  # pyright: ignore[reportPrivateUsage]
        return iter(dict.fromkeys(name for name in names if name))

    def __len__(self) -> int:
        return sum(1 for _ in self)

    def __repr__(self) -> str:
        return f"ResultsByName({list(self)!r})"


def known_tile(tile: Mapping[str, Any]) -> KnownTile:
    """What a skeleton shows of a tile."""
    box = inner(inner(tile, "layouts"), "sm")
    placed = all(isinstance(box.get(side), int) for side in "xywh")
    return {
        "id": tile["id"],
        "name": tile_name(tile) or "",
        "kind": tile_kind(tile),
        "layout": {"x": box["x"], "y": box["y"], "w": box["w"], "h": box["h"]} if placed else None,
    }


def _named(dashboard: Mapping[str, Any]) -> dict[str, Any]:
    """What of a board the view shows."""
    return {
        "name": dashboard.get("name") or "",
        "description": dashboard.get("description") or "",
        "tags": dashboard.get("tags") or [],
    }


def _without_result(state: TileState) -> TileState:
    tile = dict(state["tile"] or {})
    if tile.get("insight"):
        tile["insight"] = tile["insight"] | {"result": None}
    return {**state, "tile": tile or None, "truncated": True}
