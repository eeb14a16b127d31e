"""``dw.replay(path)``: a watch without a server."""

from __future__ import annotations

import math
import threading
import time
from functools import partial
from html import escape
from pathlib import Path
from typing import Any

from dashwidgets.api.errors import ConfigurationError, DashwidgetsError
from dashwidgets.api.stream.events import Metadata
from dashwidgets.recordings.recording import Recording
from dashwidgets.widgets.shared.fallback import with_html
from dashwidgets.widgets.shared.state.watch import StreamStatus
from dashwidgets.widgets.watch.feed import Feed, Options, Source
from dashwidgets.widgets.watch.tile_log import OVER
from dashwidgets.widgets.watch.widget import Watch


def replay(run: str | Path | Recording, *, speed: float | None = None) -> Watch:
    """Show a recording in the widget that showed the board. Needs no server and no network.

    Parameters
    ----------
    run : path or Recording
    speed : float, optional
        Tiles arrive at the recorded pace, times this: 4 is four times as fast. By default all tiles
        are there at once.

    Returns
    -------
    Watch
        With the recorded ``results`` and ``events``. `Watch.wait` raises when the recorded round
        failed.

    Raises
    ------
    ConfigurationError
        The file is cut, altered or not a recording; or ``speed`` is not above 0.

    Examples
    --------
    >>> import dashwidgets as dw
    >>> with dw.local() as ph:
    ...     run = ph.dashboard("Growth overview").record()
    >>> "Daily signups" in dw.replay(run).results
    True
    """
    is_number = isinstance(speed, int | float) and not isinstance(speed, bool)
    if speed is not None and not (is_number and math.isfinite(speed) and speed > 0):
        raise ConfigurationError(f"speed must be a number above 0, or None, not {speed!r}.")
    run = run if isinstance(run, Recording) else Recording.read(run)
    return watch_recording(run, speed)


def watch_recording(run: Recording, speed: float | None = None) -> Watch:
    """A watch that is filled from a recording."""
    asked = run.manifest.asked
    refresh: Any = asked.refresh
    options = Options(refresh, asked.filters, asked.variables, asked.layout)
    source = Source(run.manifest.board_state(), run.manifest.skeleton, _no_stream)
    return Replay(run, [source], options, make_feed=partial(RecordedFeed, run, speed))


class Replay(Watch):
    """A watch whose numbers also show where widgets can't run: they are known beforehand."""

    def __init__(self, run: Recording, *arguments: Any, **options: Any) -> None:
        self._run = run
        super().__init__(*arguments, **options)

    def _repr_mimebundle_(self, **kwargs: Any) -> Any:
        from dashwidgets.recordings.publish import board, page

        name = f"<p><strong><bdi>{escape(self._run.name)}</bdi></strong></p>"
        table = page.table(board.HEAD, board.rows(self._run.tiles))
        return with_html(super()._repr_mimebundle_(**kwargs), name + table)


class RecordedFeed(Feed):
    """Fills a watch from a recording, at once or at the recorded pace."""

    def __init__(self, run: Recording, speed: float | None, *arguments: Any) -> None:
        super().__init__(*arguments)
        self.recorded = run
        self._speed = speed
        self.arrivals.expect_known(run.manifest.skeleton())
        self.arrivals.named(Metadata(run.manifest.board))
        self.arrivals.adds(dict(run.manifest.board_state()))
        # Filled here rather than in a thread: a cell that shows it and ends is complete at once.
        if speed is None:
            self.arrivals.begin()
            for tile in run.tiles:
                self.arrivals.put(tile)
            self._finish()
            self.over.set()

    def start(self, **changes: Any) -> None:
        """Play it from the start; what was recorded can't be asked for otherwise."""
        if self._speed is not None:
            super().start()

    def retry(self, tile: int) -> None:
        """A recorded tile stays as it is."""

    def status(self) -> StreamStatus:
        """Its status; once it is over, that of the recorded round."""
        status = super().status()
        recorded = self.recorded.status()
        if status["phase"] in OVER:
            status["elapsed"] = recorded["elapsed"]
            status["message"] = recorded["message"]
            status["expected"] = recorded["expected"]
        else:
            status["source"] = recorded["source"]
        return status

    def _read(self) -> None:
        speed = self._speed or math.inf
        rhythm = _Rhythm()
        with self._lock:
            self._stream = rhythm
            if self._paused:
                rhythm.pause()
        for tile in sorted(self.recorded.tiles, key=lambda tile: tile.elapsed):
            rhythm.wait(tile.elapsed / speed)
            if self._stopping or self._again:
                self.arrivals.stopped()
                return
            self._on_tile(self.arrivals.put(tile))
        self._finish()

    def _finish(self) -> None:
        course = self.recorded.manifest.course
        self.arrivals.source = course.source
        if course.phase == "complete":
            self.arrivals.complete()
        elif course.phase == "failed":
            self.arrivals.failed(DashwidgetsError(course.message or "The recorded round failed."))
        else:
            self.arrivals.stopped()


class _Rhythm:
    """Waits for moments of a round, which may be paused and closed."""

    def __init__(self) -> None:
        self._began = time.monotonic()
        self._paused_at: float | None = None
        self._changed = threading.Condition()
        self._closed = False

    def wait(self, until: float) -> None:
        """Wait for a moment in seconds from the start; returns at once when it is closed."""
        with self._changed:
            while not self._closed:
                left = None
                if self._paused_at is None:
                    left = self._began + until - time.monotonic()
                    if left <= 0:
                        return
                self._changed.wait(left)

    def pause(self) -> None:
        with self._changed:
            if self._paused_at is None:
                self._paused_at = time.monotonic()

    def resume(self) -> None:
        with self._changed:
            if self._paused_at is not None:
                # Moved, so that a pause shifts all later tiles instead of letting them arrive
                # together.
                self._began += time.monotonic() - self._paused_at
                self._paused_at = None
            self._changed.notify()

    def close(self) -> None:
        with self._changed:
            self._closed = True
            self._changed.notify()


def _no_stream(_options: Options, _on_wait: object) -> Any:
    raise ConfigurationError("A recording has no server to ask.")
