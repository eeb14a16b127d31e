"""Stream one dashboard in its own thread: rounds on a schedule, pause, stop, retry."""

from __future__ import annotations

import logging
import re
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any, Protocol

from dashwidgets.api.endpoints.dashboards import Refresh
from dashwidgets.api.errors import DashwidgetsError
from dashwidgets.api.stream.dashboard import LayoutSize, TileStream
from dashwidgets.api.stream.events import Complete, Metadata
from dashwidgets.widgets.shared.colors import ThemeReader, no_theme
from dashwidgets.widgets.shared.state.watch import BoardState, StreamStatus
from dashwidgets.widgets.watch.context import NoSurroundings, Surroundings
from dashwidgets.widgets.watch.switch_interval import short_turns
from dashwidgets.widgets.watch.tile_log import OVER, Arrival, Arrivals

log: logging.Logger = logging.getLogger("dashwidgets")


@dataclass(frozen=True)
class Options:
    """How a board is streamed."""

    refresh: Refresh | None = "blocking"
    filters: Mapping[str, Any] | None = None
    variables: Mapping[str, Any] | None = None
    layout: LayoutSize = "sm"


_CURRENCY = re.compile(rb'"(aggregationAxisFormat|aggregation_axis_format)":\s*"currency"')

OnWait = Callable[[float, str], object]


@dataclass(frozen=True)
class Source:
    """Where a board comes from.

    ``place`` is its host and project, empty for a board of none. ``look`` reads the tiles that are
    to be expected; ``open`` makes a stream that nothing was asked of yet; ``theme_of`` reads a
    theme's colors; ``around`` what is beside the insights; ``clock_ahead`` how far the server's
    clock is ahead of this machine's.
    """

    board: BoardState
    look: Callable[[], Sequence[Mapping[str, Any]]]
    open: Callable[[Options, OnWait], TileStream]
    theme_of: ThemeReader = no_theme
    around: Surroundings = field(default_factory=NoSurroundings)
    place: tuple[str, str] = "", ""
    clock_ahead: Callable[[], timedelta] = timedelta


class Course(Protocol):
    """A stream that can be paused and closed while it is read."""

    def pause(self) -> None:
        """Pause until `resume`."""
        ...

    def resume(self) -> None:
        """Continue."""
        ...

    def close(self) -> None:
        """End it."""
        ...


class Feed:
    """Streams one dashboard until it is stopped.

    Parameters
    ----------
    source : Source
    options : Options
    every : float, optional
        Seconds from the start of one round to the start of the next.
    on_tile : callable
        Gets each `Arrival`, in the thread that read it.
    on_change : callable
        Called when anything but a tile has changed.
    """

    def __init__(
        self,
        source: Source,
        options: Options,
        every: float | None,
        on_tile: Callable[[Arrival], object],
        on_change: Callable[[], object],
    ) -> None:
        self.source = source
        self.options: Options = options
        self.arrivals: Arrivals = Arrivals()
        self.over: threading.Event = threading.Event()
        self._every = every
        self._next: float | None = None
        self._on_tile = on_tile
        self._on_change = on_change
        # Reentrant: closing a stream may call back into the feed.
        self._lock = threading.RLock()
        self._wake = threading.Event()
        self._stream: Course | None = None
        self._runs = self._again = self._stopping = self._paused = False
        self._beside: set[str] = set()

    def start(self, **changes: Any) -> None:
        """Stream it from the start, with these options from now on; what arrived stays drawn."""
        with self._lock:
            self.options = replace(self.options, **changes)
            # Flags, because the thread may be anywhere in a round: it reads them where it can turn
            # back.
            self._again, self._stopping = True, False
            self.over.clear()
            self._break_off()
            if not self._runs:
                self._runs = True
                name = f"dashwidgets-watch-{self.source.board['id']}"
                threading.Thread(target=self._run, name=name, daemon=True).start()

    def stop(self) -> None:
        """Stop reading, and the schedule."""
        with self._lock:
            self._stopping, self._again = True, False
            self._next = None
            self._break_off()

    def pause(self) -> None:
        """Pause reading, and start no round, until `resume`."""
        with self._lock:
            self._paused = True
            if self._stream is not None:
                self._stream.pause()
        self._on_change()

    def resume(self) -> None:
        """Go on where `pause` stopped."""
        with self._lock:
            self._paused = False
            self._wake.set()
            if self._stream is not None:
                self._stream.resume()
        self._on_change()

    def retry(self, tile: int) -> None:
        """Retry one tile, in the background."""
        if self.arrivals.is_asking(tile):
            return
        self.arrivals.asks(tile)
        self._on_change()
        name = f"dashwidgets-retry-{tile}"
        threading.Thread(target=self._retry, args=(tile,), name=name, daemon=True).start()

    def is_over(self, until: float | None) -> bool:
        """Wait for the round and retries; False if they are not done by then (`time.monotonic`)."""
        left = None if until is None else max(0.0, until - time.monotonic())
        if not self.over.wait(left):
            return False
        while self.arrivals.is_asking():
            if until is not None and time.monotonic() > until:
                return False
            # Polled: retries are few, and a condition for each would outlive them.
            time.sleep(0.02)
        return True

    def began_at(self) -> datetime:
        """When the round began, UTC, by the server's clock where that is another."""
        return self.arrivals.began_at() + self.source.clock_ahead()

    def status(self) -> StreamStatus:
        """Its status."""
        status = self.arrivals.status()
        with self._lock:
            status["refresh"] = self.options.refresh
            status["date_from"] = (self.options.filters or {}).get("date_from")
            over = status["phase"] in OVER
            if self._paused and (not over or self._next is not None):
                status["phase"] = "paused"
            elif over and self._next is not None:
                status["next_in"] = round(max(0.0, self._next - time.monotonic()), 1)
        return status

    def _break_off(self) -> None:
        self._paused = False
        self._wake.set()
        if self._stream is not None:
            self._stream.close()

    def _run(self) -> None:
        """Round after round; the feed's own thread."""
        while True:
            began = time.monotonic()
            with self._lock:
                self._again = False
                self._next = None
                self._wake.clear()
            self._round()
            with self._lock:
                if self._every is not None and not self._stopping:
                    # A round that took longer than the interval is followed at once, but rounds
                    # never overlap.
                    self._next = max(began + self._every, time.monotonic())
            self._on_change()
            with self._lock:
                if not self._again:
                    self.over.set()
                    if self._next is None:
                        self._runs = False
                        return
            if not self._again and not self._until_next():
                self._on_change()
                return

    def _until_next(self) -> bool:
        """Wait for the next round; returns whether there is one."""
        while True:
            with self._lock:
                if self._stopping:
                    self._next = None
                    self._runs = False
                    return False
                left = None if self._paused else (self._next or 0.0) - time.monotonic()
                if self._again or (left is not None and left <= 0):
                    self.over.clear()
                    return True
                self._wake.clear()
            self._wake.wait(left)

    def _round(self) -> None:
        arrivals = self.arrivals
        arrivals.begin()
        self._on_change()
        try:
            # Only the first round: later ones have the tiles of the one before.
            if not arrivals.skeleton():
                arrivals.expect(self.source.look())
                self._on_change()
            # Python lets a computing cell keep the interpreter for 5 ms at a time otherwise.
            with short_turns():
                self._read()
        except DashwidgetsError as error:
            self._ended(error)
        except Exception as error:
            # Not only ours: an error that ended the thread silently would leave the board waiting
            # forever.
            log.exception("watching %s failed", self.source.board["id"])
            self._ended(DashwidgetsError(f"Watching failed: {type(error).__name__}: {error}"))
        finally:
            self._stream = None

    def _ended(self, error: DashwidgetsError) -> None:
        if self._stopping or self._again:
            self.arrivals.stopped()
        else:
            self.arrivals.failed(error)

    def _read(self) -> None:
        arrivals = self.arrivals
        self._read_beside("annotations", self.source.around.annotations)
        with self.source.open(self.options, self._waits) as stream:
            with self._lock:
                self._stream = stream
                if self._stopping or self._again:
                    arrivals.stopped()
                    return
                if self._paused:
                    stream.pause()
            for event in stream:
                arrivals.source = stream.source
                if isinstance(event, Complete):
                    arrivals.complete()
                    return
                if isinstance(event, Metadata):
                    arrivals.named(event, self.source.theme_of)
                    self._on_change()
                else:
                    self._kept(arrivals.keep(event))
                if self._stopping or self._again:
                    break
        arrivals.stopped()

    def _kept(self, arrival: Arrival) -> None:
        self._on_tile(arrival)
        # Few insights are in the project's currency: only for those it is asked for.
        if "currency" not in self._beside and _CURRENCY.search(arrival.raw or b""):
            self._read_beside("currency", self.source.around.currency)

    def _read_beside(self, name: str, read: Callable[[], object]) -> None:
        """Read what is beside the insights, once, while tiles go on arriving."""
        if name in self._beside:
            return
        self._beside.add(name)

        def told() -> None:
            if found := read():
                self.arrivals.adds({name: found})
                self._on_change()

        threading.Thread(target=told, name=f"dashwidgets-{name}", daemon=True).start()

    def _waits(self, seconds: float, why: str) -> None:
        self.arrivals.waits(seconds, why)
        self._on_change()

    def _retry(self, tile: int) -> None:
        # Whoever retries a tile wants it computed, not the cached failure again.
        options = replace(self.options, refresh="force_blocking")
        try:
            with self.source.open(options, _nothing) as stream:
                event = stream.one(tile)
            self._kept(self.arrivals.keep(event, alone=True))
        except DashwidgetsError as error:
            log.warning("tile %s was not asked again: %s", tile, error)
            self.arrivals.refused(tile, error)
        finally:
            self.arrivals.asks(tile, over=True)
            self._on_change()


def _nothing(_seconds: float, _why: str) -> None:
    """A single tile's waits are short, and its own."""
