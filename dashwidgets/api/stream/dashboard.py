"""Stream a dashboard's tiles as typed events, whichever way the server allows (contract 8.14)."""

from __future__ import annotations

import contextlib
import logging
import random
import threading
import time
from collections.abc import Callable, Generator, Iterator, Mapping
from typing import Any, Literal

import msgspec

from dashwidgets.api.checks import checked_id
from dashwidgets.api.client import Client
from dashwidgets.api.endpoints import insights
from dashwidgets.api.endpoints.dashboards import Refresh, overrides
from dashwidgets.api.errors import (
    ApiError,
    ConfigurationError,
    ConnectionFailed,
    ServerError,
    Throttled,
    UnexpectedAnswer,
)
from dashwidgets.api.request import NOT_THIS_API, UNREADABLE, Request
from dashwidgets.api.stream.by_insight import InsightFeed, computed, has_insight
from dashwidgets.api.stream.events import (
    Complete,
    Event,
    Metadata,
    TileFailed,
    TileRendered,
    dashboard_events,
    decoded,
)
from dashwidgets.api.stream.interrupted import StreamInterrupted
from dashwidgets.api.stream.sse import events as sse_events

log: logging.Logger = logging.getLogger("dashwidgets")

LayoutSize = Literal["sm", "xs"]

# A server that ends every connection at once would otherwise be asked until the deadline.
FRUITLESS = 3
"""Connections in a row that brought nothing new."""
DEADLINE = 60.0
SILENCE = 300.0
"""Seconds of silence a stream may have: no heartbeat, and one slow tile delays all later ones."""


class TileStream:
    """The events of one dashboard, in order: `Metadata`, one event a tile, `Complete`.

    Iterate over it once, in any thread. Leaving the loop early, ``close()`` (from any thread) or a
    ``with`` block closes the socket.

    Parameters
    ----------
    client : Client
    dashboard : int
    refresh : str, optional
        As in contract 8.10; ``"blocking"`` computes what is not cached.
    filters_override, variables_override : dict, optional
        For this stream only.
    deadline : float
        Seconds after a break during which the connection is opened again, counted from zero when
        something new arrives. The server has no resume: it sends everything again, and tiles that
        had arrived are not given twice.
    silence : float
        Seconds without a byte after which a connection counts as broken.
    layout : {"sm", "xs"}
        Whose order the tiles come in: that of the wide grid, or of the narrow one.
    on_wait : callable, optional
        Gets seconds and a sentence whenever the stream waits before it asks again.

    Attributes
    ----------
    source : {"stream_tiles", "insights", "detail"} or None
        The way it went: streamed; or, where the server does not stream to this key, layout first
        and then insight by insight, several at once; or all from the cache in one request.

    Raises
    ------
    StreamInterrupted
        When it ends before `Complete`; ``.arrived`` holds every event so far.
    ApiError, ConnectionFailed
        When it never started.
    """

    def __init__(
        self,
        client: Client,
        dashboard: int,
        *,
        refresh: Refresh | None = None,
        filters_override: Mapping[str, Any] | None = None,
        variables_override: Mapping[str, Any] | None = None,
        deadline: float = DEADLINE,
        silence: float = SILENCE,
        layout: LayoutSize = "sm",
        on_wait: Callable[[float, str], object] | None = None,
    ) -> None:
        if layout not in ("sm", "xs"):
            raise ConfigurationError(f'layout must be "sm" or "xs", not {layout!r}.')
        self._client = client
        self._line: Client | None = None
        self._id = checked_id(dashboard)
        self._refresh: Refresh | None = refresh
        self._filters = filters_override
        self._variables = variables_override
        overrides(refresh, filters_override, variables_override)  # bad input fails here
        self._deadline = deadline
        self._silence = silence
        self._size: LayoutSize = layout
        self._on_wait = on_wait
        self._reader: int | None = None
        self._go = threading.Event()
        self._go.set()
        self._arrived: list[Event] = []
        # Kept over reconnects: once a board is read by insight, it stays so.
        self._layout: list[Event] | None = None
        self._feed: InsightFeed | None = None
        self._closed = threading.Event()
        self._events = self._read()
        self.source: Literal["stream_tiles", "insights", "detail"] | None = None

    def __iter__(self) -> Iterator[Event]:
        return self

    def __next__(self) -> Event:
        self._go.wait()
        event = next(self._events)
        self._arrived.append(event)
        return event

    def pause(self) -> None:
        """Read and request nothing more until `resume`."""
        self._go.clear()

    def resume(self) -> None:
        """Continue after `pause`."""
        self._go.set()

    def close(self) -> None:
        """Stop reading and close the socket; a thread waiting for an event sees the end."""
        self._closed.set()
        self._go.set()
        if self._line is not None:
            self._line.abort()
        if self._feed is not None:
            self._feed.stop()
        with contextlib.suppress(ValueError):  # it is running in the thread that reads
            self._events.close()

    def __enter__(self) -> TileStream:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def __dir__(self) -> list[str]:
        return sorted(name for name in super().__dir__() if not name.startswith("_"))

    def __repr__(self) -> str:
        return f"TileStream({self._id}, {len(self._arrived)} events)"

    def _read(self) -> Generator[Event]:
        self._reader = threading.get_ident()
        with self._client.waits(self._tell):
            yield from self._attempts()

    def _attempts(self) -> Generator[Event]:
        # Connections of its own: closing them must not disturb other requests.
        line = self._line = self._client.fork()
        broke, fruitless = time.monotonic(), 0
        try:
            while not self._closed.is_set():
                before = len(self._arrived)
                try:
                    yield from self._unseen(line)
                    return
                except (ConnectionFailed, ApiError, UnexpectedAnswer) as error:
                    if self._closed.is_set():
                        return
                    if not self._arrived:
                        if isinstance(error, _CutOff):
                            raise self._interrupted(_why(error)) from error
                        raise
                    if len(self._arrived) > before:
                        broke, fruitless = time.monotonic(), 0
                    pause = random.uniform(0.1, 0.2) * 2**fruitless  # noqa: S311 - jitter
                    fruitless += 1
                    late = time.monotonic() + pause > broke + self._deadline
                    passing = isinstance(error, ConnectionFailed | ServerError)
                    if late or fruitless >= FRUITLESS or not passing:
                        raise self._interrupted(_why(error)) from error
                    log.info("streaming dashboard %s again: %s", self._id, error)
                    self._tell(pause, _why(error))
                    self._closed.wait(pause)
        finally:
            line.abort()
            line.close()

    def _tell(self, seconds: float, why: str) -> None:
        # The client reports every wait; only those in this stream's thread concern it.
        if self._on_wait is not None and threading.get_ident() == self._reader:
            self._on_wait(seconds, why)

    def _unseen(self, line: Client) -> Generator[Event]:
        """Read one connection, skipping tiles that an earlier one delivered."""
        began = bool(self._arrived)
        rendered = {e.tile_id for e in self._arrived if isinstance(e, TileRendered)}
        # A failed tile may still arrive rendered after a reconnect, so it does not count as
        # delivered.
        failed = {e.tile_id for e in self._arrived if isinstance(e, TileFailed)}
        for event in self._connected(line, rendered):
            if isinstance(event, TileRendered):
                again = event.tile_id in rendered
            elif isinstance(event, TileFailed):
                again = event.tile_id in rendered | failed
            else:
                again = began and isinstance(event, Metadata)
            if not again:
                yield event

    def _connected(self, line: Client, rendered: set[int]) -> Generator[Event]:
        if self._layout is None:
            try:
                yield from self._streamed(line)
                return
            except (ApiError, UnexpectedAnswer) as error:
                # Keys are refused, there is no such route, a proxy answers in its place: servers
                # say it in a dozen ways. Reading the board will tell whether the board itself is
                # refused.
                if self._arrived or isinstance(error, Throttled):
                    raise
                log.info("dashboard %s is not streamed, so read by insight: %s", self._id, error)
        yield from self._by_insight(line, rendered)

    def _streamed(self, line: Client) -> Generator[Event]:
        """Stream through ``stream_tiles``."""
        rank = 0
        with line.stream(self._request("stream_tiles/")) as chunks:
            self.source = "stream_tiles"
            for data in sse_events(chunks):
                if self._closed.is_set():
                    return
                for event in decoded(data, rank):
                    rank += not isinstance(event, Metadata | Complete)
                    yield event
                    if isinstance(event, Complete):
                        return
        raise _CutOff("the server ended the stream before it was complete")

    def _by_insight(self, line: Client, rendered: set[int]) -> Generator[Event]:
        """Read the layout, then each insight: the server does not stream to this key."""
        if self._layout is None:
            self.source = "detail"
            self._layout = self._cached(line)
        metadata, *tiles = self._layout
        yield metadata
        if self._refresh in (None, "force_cache"):
            yield from tiles  # what is cached came with the layout
        else:
            self.source = "insights"
            missing = [tile for tile in tiles if getattr(tile, "tile_id", None) not in rendered]
            self._feed = InsightFeed(line, missing, self._ask, self._go)
            yield from self._feed.events()
        if not self._closed.is_set():
            yield Complete()

    def one(self, tile: int) -> TileRendered | TileFailed:
        """One tile, as the stream would deliver it. Two requests; it counts as opening."""
        found = {getattr(event, "tile_id", None): event for event in self._cached(self._client)}
        event = found.get(checked_id(tile, "tile id"))
        if isinstance(event, TileRendered) and has_insight(event):
            return computed(self._client, event, self._ask)
        if isinstance(event, TileRendered | TileFailed):
            return event
        return TileFailed(tile, None, "It is no longer on the dashboard.")

    def _cached(self, client: Client) -> list[Event]:
        """The board with its cached results, in one request."""
        body = client.send(self._request("", cached=True))
        try:
            fields = msgspec.json.decode(body, type=dict[str, msgspec.Raw])
            if "tiles" in fields:  # else nothing would be shown as a complete board
                return dashboard_events(fields, len(body))
        except UNREADABLE as error:
            raise UnexpectedAnswer(f"Streaming dashboard {self._id}: {NOT_THIS_API}") from error
        raise UnexpectedAnswer(f"Streaming dashboard {self._id}: {NOT_THIS_API}")

    def _ask(self, insight: int) -> Request[dict[str, Any]]:
        return insights.read(
            insight,
            from_dashboard=self._id,
            refresh=self._refresh,
            filters_override=self._filters,
            variables_override=self._variables,
            timeout=self._silence,
        )

    def _request(self, action: str, *, cached: bool = False) -> Request[bytes]:
        params = overrides(None if cached else self._refresh, self._filters, self._variables)
        if action and self._size != "sm":
            params["layoutSize"] = self._size
        return Request(
            "GET",
            f"dashboards/{self._id}/{action}",
            bytes,
            "dashboard:read",
            f"Streaming dashboard {self._id}",
            params=params,
            # Errors come as JSON only if JSON is accepted too (contract 1).
            accept="application/json, text/event-stream" if action else "application/json",
            timeout=self._silence,
        )

    def _interrupted(self, why: str) -> StreamInterrupted:
        tiles = sum(not isinstance(event, Metadata | Complete) for event in self._arrived)
        kept = f"after {tiles} tiles had arrived; they are kept. Stream again for the rest."
        return StreamInterrupted(
            f"Streaming dashboard {self._id}: {why} "
            + (kept if tiles else "before any tile had arrived. Stream again."),
            list(self._arrived),
        )


class _CutOff(ConnectionFailed):
    """The error for a body that ended without ``complete``, which is a failed stream (8.14)."""


def _why(error: Exception) -> str:
    if isinstance(error, ConnectionFailed) and not isinstance(error, _CutOff):
        return "the connection to the server broke"
    return str(error).rstrip(".")
