"""The tiles of one watched dashboard that have arrived: written by one thread, read by any."""

from __future__ import annotations

import threading
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Any, Literal, cast

import msgspec

from dashwidgets.api.errors import DashwidgetsError
from dashwidgets.api.stream.events import Metadata, TileFailed, TileRendered
from dashwidgets.frames.columns import inner, inner_list
from dashwidgets.frames.tiles import tile_error, tile_kind, tile_name
from dashwidgets.widgets.shared.colors import ThemeReader, breakdown_colors, no_theme
from dashwidgets.widgets.shared.state.watch import KnownTile, StreamStatus, TileState

Source = Literal["stream_tiles", "insights", "detail"]
Phase = Literal["connecting", "streaming", "retrying", "complete", "failed", "stopped"]
OVER = ("complete", "failed", "stopped")


@dataclass(frozen=True)
class Arrival:
    """One tile as it came; its JSON is read when it is asked for."""

    id: int
    order: int | None
    elapsed: float
    took: float
    size: int
    round: int
    cached: bool | None = None
    name: str | None = None
    kind: str = "unknown"
    error: str | None = None
    raw: msgspec.Raw | None = None

    def state(self) -> TileState:
        """What a view gets of it; the tile is unread JSON, which is sent as it is."""
        return {
            "id": self.id,
            "order": self.order,
            "elapsed": self.elapsed,
            "took": self.took,
            "size": self.size,
            "cached": self.cached,
            "round": self.round,
            "tile": cast("Any", self.raw),
            "error": self.error,
            "truncated": False,
        }

    def tile(self) -> dict[str, Any] | None:
        """The tile as the server sent it, as a dict."""
        return msgspec.json.decode(self.raw) if self.raw is not None else None


class Arrivals:
    """The tiles of one dashboard as they arrive, round after round."""

    def __init__(self) -> None:
        self._lock = threading.RLock()
        self._known: dict[int, KnownTile] = {}
        self._board: dict[str, Any] = {}
        self._theme: tuple[int | None, Mapping[str, str] | None] = None, {}
        self._tiles: dict[int, Arrival] = {}
        self._asking: set[int] = set()
        self._phase: Phase = "connecting"
        self._round = 0
        self._is_again = False
        self._bytes = 0
        self._began = self._newest = time.monotonic()
        self._ended: float | None = None
        self._message = ""
        self.source: Source | None = None
        self.error: DashwidgetsError | None = None

    def begin(self) -> None:
        """Start another round; tiles stay until newer ones arrive."""
        with self._lock:
            self._round += 1
            # A first round that failed early is not a refresh.
            self._is_again = bool(self._tiles)
            self._phase = "connecting"
            self._began = self._newest = time.monotonic()
            self._ended = None
            self._bytes = 0
            self._message = ""
            self.error = None

    def expect(self, tiles: Sequence[Mapping[str, Any]]) -> None:
        """Note the expected tiles, so that a skeleton can be drawn."""
        self.expect_known([known_tile(tile) for tile in tiles])

    def expect_known(self, tiles: Sequence[KnownTile]) -> None:
        """The same for tiles that were read before."""
        with self._lock:
            self._known = {tile["id"]: tile for tile in tiles}

    def named(self, event: Metadata, theme_of: ThemeReader = no_theme) -> None:
        """Note what the stream says of the board itself."""
        board = event.dashboard
        theme = board.get("data_color_theme_id")
        if theme != self._theme[0] or self._theme[1] is None:
            # Outside the lock: this sends a request, and status must stay readable meanwhile.
            self._theme = theme, theme_of(theme) if isinstance(theme, int) else {}
        with self._lock:
            self._board |= {
                "name": board.get("name") or "",
                "description": board.get("description") or "",
                "tags": board.get("tags") or [],
                "breakdown_colors": breakdown_colors(board),
                "theme_colors": self._theme[1] or {},
            }
            self._phase = "streaming"

    def adds(self, fields: dict[str, Any]) -> None:
        """Note what the stream itself does not say of the board."""
        with self._lock:
            self._board |= fields

    def rearranged(self, detail: Mapping[str, Any]) -> bool:
        """Note a board as somebody else left it; whether it has tiles that were not known."""
        tiles = {tile["id"]: tile for tile in inner_list(detail, "tiles")}
        with self._lock:
            self._board |= {
                "name": detail.get("name") or "",
                "description": detail.get("description") or "",
                "tags": detail.get("tags") or [],
            }
            # Nothing was expected yet, so nothing can be compared; the stream will tell.
            if not self._known:
                return False
            more = not tiles.keys() <= self._known.keys()
            here = self._known.keys() & tiles.keys()
            self._known = {key: known_tile(tiles[key]) for key in self._known if key in here}
            self._tiles = {key: tile for key, tile in self._tiles.items() if key in here}
            return more

    def waits(self, seconds: float, why: str) -> None:
        """Note that the stream broke, or the server is busy, and when it is tried again."""
        with self._lock:
            self._phase = "retrying"
            reason = why[:1].upper() + why[1:].rstrip(".")
            self._message = f"{reason}: retrying in {seconds:.1f} s."

    def keep(self, event: TileRendered | TileFailed, *, alone: bool = False) -> Arrival:
        """Note a tile; ``alone`` if it was retried."""
        now = time.monotonic()
        with self._lock:
            known = self._known.get(event.tile_id)
            before = self._tiles.get(event.tile_id)
            arrival = Arrival(
                event.tile_id,
                # A retried tile comes with no order of its own: it keeps its place.
                before.order if alone and before else event.order,
                elapsed=round(now - self._began, 4),
                took=round(event.took or 0.0, 4),
                size=event.size,
                round=self._round,
                name=known["name"] or None if known else None,
                error=getattr(event, "message", None),
            )
            if isinstance(event, TileRendered):
                tile = event.tile
                known = self._known[event.tile_id] = known_tile(tile)
                arrival = replace(
                    arrival,
                    cached=tile.get("is_cached"),
                    name=known["name"] or None,
                    kind=known["kind"],
                    error=tile_error(tile),
                    raw=event.json,
                )
            if event.took is None and not alone and arrival.kind in ("insight", "unknown"):
                # The server renders one after the other; those inside the first event together.
                inside = isinstance(event, TileRendered) and not event.enclosed
                since = self._began if inside else self._newest
                arrival = replace(arrival, took=round(now - since, 4))
                self._newest = now
            if not alone:
                self._phase, self._message = "streaming", ""
                self._bytes += event.size
            self._tiles[arrival.id] = arrival
            return arrival

    def put(self, arrival: Arrival) -> Arrival:
        """Take a tile that arrived at another time as one of this round."""
        with self._lock:
            arrival = replace(arrival, round=self._round)
            self._phase, self._message = "streaming", ""
            self._bytes += arrival.size
            self._tiles[arrival.id] = arrival
            return arrival

    def asks(self, tile: int, *, over: bool = False) -> None:
        """Note that a tile is being retried, or no longer is."""
        with self._lock:
            (self._asking.discard if over else self._asking.add)(tile)

    def is_asking(self, tile: int | None = None) -> bool:
        """Whether a tile is being retried; without an id, whether any is."""
        with self._lock:
            return tile in self._asking if tile is not None else bool(self._asking)

    def refused(self, tile: int, error: DashwidgetsError) -> None:
        """A retry failed: the tile stays as it was, and the dashboard says why."""
        with self._lock:
            known = self._known.get(tile)
            name = (known["name"] if known else "") or f"Tile {tile}"
            self._message = f"{name} stays as it was: {error}"

    def complete(self) -> None:
        """The round is complete: tiles that did not arrive are no longer on the dashboard."""
        with self._lock:
            # Only a complete round proves that a tile is gone; a broken one proves nothing.
            here = {key for key, tile in self._tiles.items() if tile.round == self._round}
            self._tiles = {key: self._tiles[key] for key in self._tiles if key in here}
            self._known = {key: known for key, known in self._known.items() if key in here}
            self._end("complete")

    def stopped(self) -> None:
        """Note that the user stopped it."""
        with self._lock:
            self._end("stopped")

    def failed(self, error: DashwidgetsError) -> None:
        """Note the error that ended the stream; tiles stay."""
        with self._lock:
            self.error = error
            self._end("failed")
            self._message = str(error)

    def began_at(self) -> datetime:
        """When the round began, UTC."""
        with self._lock:
            # From the monotonic clock, which a change of the computer's time does not move.
            return datetime.now(UTC) - timedelta(seconds=time.monotonic() - self._began)

    def tiles(self) -> list[Arrival]:
        """Every tile that arrived."""
        with self._lock:
            return list(self._tiles.values())

    def board(self) -> dict[str, Any]:
        """What the stream said of the board itself."""
        with self._lock:
            return dict(self._board)

    def skeleton(self) -> list[KnownTile]:
        """Tiles known before they arrive, and those that have arrived."""
        with self._lock:
            return list(self._known.values())

    def status(self) -> StreamStatus:
        """Its status."""
        with self._lock:
            tiles = [tile for tile in self._tiles.values() if tile.round == self._round]
            refreshing = self._is_again and self._phase in ("connecting", "streaming")
            # The stream never says how many follow, so before the end it is what is known (8.14).
            expected = len(tiles) if self._phase == "complete" else len(self._known) or None
            return {
                "phase": "refreshing" if refreshing else self._phase,
                "arrived": len(tiles),
                "failed": sum(tile.error is not None for tile in tiles),
                "expected": expected,
                "elapsed": round((self._ended or time.monotonic()) - self._began, 3),
                "bytes": self._bytes,
                "source": self.source,
                "message": self._message,
                "round": self._round,
                "next_in": None,
                "asking": sorted(self._asking),
                "refresh": None,
                "date_from": None,
            }

    def _end(self, phase: Phase) -> None:
        self._phase = phase
        self._message = ""
        self._ended = time.monotonic()


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
