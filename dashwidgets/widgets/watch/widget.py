"""``board.watch()``: tiles appear as they are rendered."""

from __future__ import annotations

import asyncio
import logging
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from datetime import timedelta
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar, cast

import msgspec
import pandas as pd
import traitlets

from dashwidgets.api.endpoints.dashboards import Refresh
from dashwidgets.api.errors import ConfigurationError
from dashwidgets.api.request import UNSET, Unset, given
from dashwidgets.api.transport.writes import Written
from dashwidgets.widgets.shared.bundle import bundle
from dashwidgets.widgets.shared.fallback import boards_html, with_html
from dashwidgets.widgets.shared.state.watch import StreamStatus
from dashwidgets.widgets.shared.widget import DashWidget
from dashwidgets.widgets.watch import view_requests
from dashwidgets.widgets.watch.coalesce import Coalescer
from dashwidgets.widgets.watch.feed import Feed, Options, Source
from dashwidgets.widgets.watch.results import ResultsByName, events_frame, find
from dashwidgets.widgets.watch.snapshot import packed
from dashwidgets.widgets.watch.status import together
from dashwidgets.widgets.watch.tile_log import OVER, Arrival

if TYPE_CHECKING:
    from dashwidgets.recordings.recording import Recording

log: logging.Logger = logging.getLogger("dashwidgets")

MakeFeed = Callable[
    [Source, Options, float | None, Callable[[Arrival], object], Callable[[], object]], Feed
]

OPENS = ("references", "arrange")
"""What can be wanted of a tile."""
SAVE_EVERY = 5.0
"""Seconds between two snapshots while tiles arrive."""


class Watch(DashWidget):
    """Dashboards that fill in while their tiles are rendered.

    Each is read in its own thread, so tiles arrive while other cells run, in a plain script as
    well as in a notebook. Running its cell again closes it; its results stay.

    Attributes
    ----------
    results : mapping
        Tile name or id to DataFrame, for every tile that arrived.
    events : DataFrame
        What arrived when: one row per tile.
    status : dict
        ``phase`` (connecting, streaming, refreshing, retrying, paused, complete, failed, stopped),
        ``arrived``, ``failed``, ``expected``, ``elapsed`` in seconds, ``bytes``, ``source``,
        ``message``, ``next_in``; of several boards, their sums.
    statuses : list of dict
        The same, board by board.
    """

    documented: ClassVar[tuple[str, ...]] = ("statuses",)

    boards: Any = traitlets.List(traitlets.Dict()).tag(sync=True)
    statuses: Any = traitlets.List(traitlets.Dict()).tag(sync=True)
    skeletons: Any = traitlets.List(traitlets.List(traitlets.Dict())).tag(sync=True)
    snapshot: Any = traitlets.Bytes().tag(sync=True)
    layout_size: Any = traitlets.Unicode("sm").tag(sync=True)
    opens: Any = traitlets.Bool(False).tag(sync=True)

    _feeds: Sequence[Feed] = ()

    def __init__(
        self,
        sources: Sequence[Source],
        options: Options | None = None,
        every: str | timedelta | None = None,
        make_feed: MakeFeed = Feed,
    ) -> None:
        self._esm, self._css = bundle("watch")
        options = options or Options()
        seconds = period(every)
        self._callbacks: list[Callable[[dict[str, Any]], object]] = []
        self._on_open: list[Callable[[int, int, str], object]] = []
        self._views: dict[str, bool] = {}
        self._turn = threading.RLock()
        self._saved = time.monotonic()
        self._sender: Coalescer[tuple[int, Arrival]] = Coalescer(self._send_tiles)
        self._feeds = [
            make_feed(
                *(source, options, seconds),
                *(partial(self._arrived, at), partial(self._changed, at)),
            )
            for at, source in enumerate(sources)
        ]
        # A replayed board has arrived already: its first message has all of it.
        self._told = {
            (at, tile.id): (feed.source.board["id"], tile)
            for at, feed in enumerate(self._feeds)
            for tile in feed.arrivals.tiles()
        }
        super().__init__(
            boards=[dict(source.board) for source in sources],
            statuses=[dict(feed.status()) for feed in self._feeds],
            skeletons=[feed.arrivals.skeleton() for feed in self._feeds],
            snapshot=packed(0, [self._states(feed) for feed in self._feeds]),
            layout_size=options.layout,
        )
        self.on_msg(self._asked)
        for place in {source.place for source in sources}:
            self.listens(*place)
        for feed in self._feeds:
            feed.start()

    @property
    def results(self) -> ResultsByName:
        """Results of the tiles that arrived: ``live.results["Daily signups"]``, or by tile id."""
        return ResultsByName(self._listing)

    @property
    def events(self) -> pd.DataFrame:
        """What arrived when, by time.

        ``dashboard, tile, name, kind, order, elapsed, took, bytes, cached, error``: seconds from
        the start of the round, and seconds spent on this tile alone. ``.attrs["complete"]``
        says whether every board was complete by then.
        """
        done = all(feed.arrivals.status()["phase"] == "complete" for feed in self._feeds)
        return events_frame(self._listing(), complete=done)

    @property
    def status(self) -> StreamStatus:
        """The status of all dashboards together."""
        return together([feed.status() for feed in self._feeds])

    def wait(self, timeout: float | None = None) -> Watch:
        """Wait until every board is complete; with ``every=``, until its current round is.

        It waits for retried tiles as well.

        Parameters
        ----------
        timeout : float, optional
            Seconds.

        Raises
        ------
        TimeoutError
            It was not complete in time; what had arrived stays.
        StreamInterrupted, ApiError, ConnectionFailed
            What ended a stream.
        """
        end = None if timeout is None else time.monotonic() + timeout
        for feed in self._feeds:
            if not feed.is_over(end):
                raise TimeoutError(
                    f"Not complete after {timeout:g} s: {len(self._listing())} tiles have arrived, "
                    "and more are on their way. Wait again."
                )
        for feed in self._feeds:
            if feed.arrivals.error is not None:
                raise feed.arrivals.error
        return self

    async def done(self) -> Watch:
        """Wait as `wait` does, without blocking other tasks."""
        while not all(feed.is_over(0.0) for feed in self._feeds):
            await asyncio.sleep(0.02)
        return self.wait()

    def on_tile(self, callback: Callable[[dict[str, Any]], object]) -> None:
        """Call back with each tile that arrives, including those that already have.

        The callback runs in the reading thread, with a dict of ``dashboard``, ``id``, ``name``,
        ``order``, ``elapsed``, ``took``, ``size``, ``cached``, ``error`` and ``tile``, as the
        server sent it. Its exceptions are logged and do not stop the stream.
        """
        with self._turn:
            self._callbacks.append(callback)
            missed = list(self._told.values())
        for board, arrival in missed:
            _call(callback, _told(board, arrival))

    def on_open(self, callback: Callable[[int, int, str], object]) -> None:
        """Call back when something is wanted of a tile; its menu offers it from then on.

        Parameters
        ----------
        callback : callable
            Gets the ids of dashboard and tile, and what is wanted: ``"references"`` (what the tile
            depends on) or ``"arrange"``. It runs in the kernel's own thread, and what it raises is
            logged.

        Examples
        --------
        >>> live.on_open(lambda board, tile, what: print(tile, what))  # doctest: +SKIP
        """
        self._on_open.append(callback)
        self.opens = True

    def again(
        self,
        *,
        refresh: Refresh | Unset | None = UNSET,
        filters: Mapping[str, Any] | Unset | None = UNSET,
        variables: Mapping[str, Any] | Unset | None = UNSET,
    ) -> None:
        """Stream every board again, with these options from now on; old tiles stay until then."""
        changes = given(refresh=refresh, filters=filters, variables=variables)
        for feed in self._feeds:
            feed.start(**changes)

    def retry(self, which: int | str) -> None:
        """Compute one tile again, by name or id. Two requests."""
        tile = find(self._listing(), which)
        for feed in self._feeds:
            if any(arrival.id == tile.id for arrival in feed.arrivals.tiles()):
                feed.retry(tile.id)

    def pause(self) -> None:
        """Pause reading, and start no further round, until `resume`."""
        for feed in self._feeds:
            feed.pause()

    def resume(self) -> None:
        """Continue after `pause`."""
        for feed in self._feeds:
            feed.resume()

    def stop(self) -> None:
        """Stop reading, and the schedule; what has arrived stays."""
        for feed in self._feeds:
            feed.stop()

    def record(self, path: str | Path | None = None, *, people: bool = False) -> Recording:
        """Record the current round, to a ``.dwr`` file if a path is given. Sends nothing.

        Waits until the round is over. ``people`` also keeps who created and changed the insights.

        Raises
        ------
        ConfigurationError
            Several boards are watched: record them one by one, with ``ph.record``.
        """
        from dashwidgets.recordings.record import record_to, recording_of

        if len(self._feeds) != 1:
            raise ConfigurationError(
                "A recording holds one board: watch one, or use ph.record(boards, folder)."
            )
        self._feeds[0].is_over(None)
        return record_to(recording_of(self._feeds[0], people), path)

    def to_html(self, path: str | Path) -> Path:
        """Publish one self-contained page of the board as it is now; see `Recording.to_html`."""
        return self.record().to_html(path)

    def to_markdown(self) -> str:
        """Tables and sparklines for a chat; see `Recording.to_markdown`."""
        return self.record().to_markdown()

    def figure(self, which: int | str) -> Any:
        """One tile as an Altair chart; see `Recording.figure`."""
        return self.record().figure(which)

    def to_svg(self, which: Any, path: str | Path) -> Path:
        """Write a tile as SVG; see `Recording.to_svg`."""
        return self.record().to_svg(which, path)

    def to_png(self, which: Any, path: str | Path, *, scale: float = 2.0) -> Path:
        """Write a tile as PNG; see `Recording.to_png`."""
        return self.record().to_png(which, path, scale=scale)

    def close(self) -> None:
        """Stop and remove the widget from the notebook; results stay in Python."""
        self.stop()
        super().close()

    def _repr_mimebundle_(self, **kwargs: Any) -> Any:
        view = cast("Any", super())._repr_mimebundle_(**kwargs)
        return with_html(view, boards_html(board["name"] for board in self.boards))

    def __repr__(self) -> str:
        return f"Watch({', '.join(repr(board['name']) for board in self.boards)})"

    def _listing(self) -> list[tuple[int, Arrival]]:
        return [
            (feed.source.board["id"], arrival)
            for feed in self._feeds
            for arrival in feed.arrivals.tiles()
        ]

    def _arrived(self, at: int, arrival: Arrival) -> None:
        self._sender.add((at, arrival.id), (at, arrival), arrival.size)
        if time.monotonic() - self._saved > SAVE_EVERY and not self._hidden:
            self._save()
        board = self._feeds[at].source.board["id"]
        with self._turn:
            self._told[at, arrival.id] = board, arrival
            # A copy, called outside the lock: a callback may register another one.
            callbacks = list(self._callbacks)
        for callback in callbacks:
            _call(callback, _told(board, arrival))

    def _changed(self, at: int) -> None:
        """Tell the views what has changed on a board; tiles that arrived earlier are sent first.

        Traits are set by plain threads: notebook runners save only what such a thread has set.
        """
        feed = self._feeds[at]
        # Before the status: a view that hears "complete" must have every tile.
        self._sender.flush()
        with self._turn, self.hold_sync():
            status = feed.status()
            board = self.boards[at] | feed.arrivals.board()
            self.boards = [*self.boards[:at], board, *self.boards[at + 1 :]]
            skeleton = feed.arrivals.skeleton()
            self.skeletons = [*self.skeletons[:at], skeleton, *self.skeletons[at + 1 :]]
            if status["phase"] in OVER:
                self._save()
            self.statuses = [*self.statuses[:at], dict(status), *self.statuses[at + 1 :]]

    def _save(self) -> None:
        with self._turn:
            self._saved = time.monotonic()
            # The number first: what arrives after it is then at worst shown twice, never lost.
            seq = self._sender.seq
            self.snapshot = packed(seq, [self._states(feed) for feed in self._feeds])

    def _states(self, feed: Feed) -> list[Any]:
        return [arrival.state() for arrival in feed.arrivals.tiles()]

    def _send_tiles(self, seq: int, items: list[tuple[int, Arrival]], asks: bool) -> None:
        if self._hidden:
            return
        by_section: dict[int, list[Any]] = {}
        for at, arrival in items:
            by_section.setdefault(at, []).append(arrival.state())
        self._say("tiles", seq, by_section, ack=asks)

    def _say(self, kind: str, seq: int, by_section: dict[int, list[Any]], *, ack: bool) -> None:
        sections = [{"section": at, "status": self._feeds[at].status()} for at in by_section]
        content = {"kind": kind, "seq": seq, "ack": ack, "sections": sections}
        buffers = [msgspec.json.encode(states) for states in by_section.values()]
        self.send(content, buffers=buffers)

    def _written(self, written: Written) -> None:
        """Show what another widget or cell did to a board: its name, its tags, its places."""
        for at, feed in enumerate(self._feeds):
            if feed.source.board["id"] == written.dashboard and written.detail is not None:
                has_more = feed.arrivals.rearranged(written.detail)
                self._changed(at)
                if has_more and feed.over.is_set():
                    feed.start()

    def _open(self, request: Mapping[str, Any]) -> None:
        at, tile, what = (request.get(name) for name in ("section", "tile", "what"))
        if not isinstance(at, int) or not isinstance(tile, int) or what not in OPENS:
            return
        if at not in range(len(self._feeds)):
            return
        for callback in self._on_open:
            _call(callback, self._feeds[at].source.board["id"], tile, what)

    def _note_seen(self, view: str, seen: bool) -> None:
        """A view was hidden, as behind another tab, or shown; each also says so when it starts."""
        was_hidden = self._hidden
        self._views[view] = seen
        if was_hidden and not self._hidden:  # what it missed, in one message
            self._asked(self, {"op": "resync"}, None)

    @property
    def _hidden(self) -> bool:
        """Whether every known view is hidden: tiles are then kept, not sent."""
        return bool(self._views) and not any(self._views.values())

    def _asked(self, _widget: object, content: Any, _buffers: object) -> None:
        """Handle a message from the front end; it may come on any thread."""
        request = cast("dict[str, Any]", content) if isinstance(content, dict) else {}
        op = request.get("op")
        if op == "seen":
            self._note_seen(str(request.get("view")), bool(request.get("seen")))
            return
        if op == "open":
            self._open(request)
        elif op == "ack":
            self._sender.acknowledge(int(request.get("seq") or 0))
        elif op in ("ready", "resync"):
            seq = self._sender.restart()
            everything = {at: self._states(feed) for at, feed in enumerate(self._feeds)}
            self._say("snapshot", seq, everything, ack=False)
        else:
            view_requests.handle(self._feeds, request)


def period(every: object) -> float | None:
    """Seconds of ``every=``, such as "5min"; `ConfigurationError` for anything else."""
    if every is None:
        return None
    seconds = float("nan")
    if isinstance(every, str | timedelta):  # a number would be nanoseconds
        with suppress(ValueError):
            seconds = pd.Timedelta(every).total_seconds()
    if not seconds >= 1:
        raise ConfigurationError(f'every must be at least a second, such as "5min", not {every!r}.')
    return seconds


def _told(board: int, arrival: Arrival) -> dict[str, Any]:
    state = vars(arrival) | {"dashboard": board, "tile": arrival.tile()}
    del state["raw"], state["round"]
    return state


def _call(callback: Callable[..., object], *values: object) -> None:
    try:
        callback(*values)
    except Exception:
        log.exception("a callback of %r failed", "Watch")
