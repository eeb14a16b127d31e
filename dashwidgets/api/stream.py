"""Stream a dashboard's tiles as typed events, whichever way the server allows (contract 8.14)."""

from __future__ import annotations

import contextlib
import logging
import threading
import time
from collections.abc import Generator, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor, as_completed
from typing import Any, Literal

import msgspec

from dashwidgets.api import insights
from dashwidgets.api.client import Client
from dashwidgets.api.dashboards import Refresh, checked_id, overrides
from dashwidgets.api.errors import (
    ApiError,
    ConnectionFailed,
    Forbidden,
    StreamInterrupted,
    Throttled,
    Unauthorized,
    UnexpectedAnswer,
)
from dashwidgets.api.events import (
    NULL,
    Complete,
    Event,
    Metadata,
    TileFailed,
    TileRendered,
    dashboard_events,
    envelope,
    rendered,
    sentence,
)
from dashwidgets.api.request import Request
from dashwidgets.api.sse import events as sse_events

log = logging.getLogger("dashwidgets")

ATTEMPTS = 3
AT_ONCE = 4
"""Insights that are asked for at the same time."""
KEYS_REFUSED = "This action does not support personal API key access"
DEADLINE = 60.0
SILENCE = 300.0
"""Seconds of silence a stream may have: no heartbeat, and one slow tile delays all later ones."""


class TileStream:
    """The events of one dashboard, in order: `Metadata`, one event a tile, `Complete`.

    Iterate over it once. Leaving the loop early, ``close()`` or a ``with`` block closes the socket.

    Parameters
    ----------
    client : Client
    dashboard : int
    refresh : str, optional
        As in contract 8.10; ``"blocking"`` computes what is not cached.
    filters_override, variables_override : dict, optional
        For this stream only.
    deadline : float
        Seconds from the start during which a broken connection is opened again. The server has no
        resume: it sends everything again, and tiles that had arrived are not given twice.

    Attributes
    ----------
    source : {"stream_tiles", "insights", "detail"} or None
        The way it went: streamed; or, when the server refuses keys, layout first and then insight
        by insight, several at once; or all from the cache in one request.

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
    ) -> None:
        self._client = client
        self._give_up = time.monotonic() + deadline
        self._id = checked_id(dashboard)
        self._refresh: Refresh | None = refresh
        self._filters = filters_override
        self._variables = variables_override
        overrides(refresh, filters_override, variables_override)  # what is wrong is told now
        self._arrived: list[Event] = []
        self._closed = threading.Event()
        self._events = self._read()
        self.source: Literal["stream_tiles", "insights", "detail"] | None = None

    def __iter__(self) -> Iterator[Event]:
        return self

    def __next__(self) -> Event:
        event = next(self._events)
        self._arrived.append(event)
        return event

    def close(self) -> None:
        """Stop reading; from another thread, the stream ends at its next event."""
        self._closed.set()
        with contextlib.suppress(ValueError):  # it is running in the thread that reads
            self._events.close()

    def __enter__(self) -> TileStream:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def __repr__(self) -> str:
        return f"TileStream({self._id}, {len(self._arrived)} events)"

    def _read(self) -> Generator[Event]:
        for attempt in range(1, ATTEMPTS + 1):
            try:
                yield from self._connected()
            except (ConnectionFailed, UnexpectedAnswer) as error:
                if not self._arrived:
                    raise
                pause = 0.1 * 2**attempt
                late = time.monotonic() + pause > self._give_up
                final = isinstance(error, UnexpectedAnswer) or attempt == ATTEMPTS
                if final or late or self._closed.is_set():
                    raise self._interrupted(_why(error)) from error
                log.info("streaming dashboard %s again: %s", self._id, error)
                time.sleep(pause)
            else:
                return

    def _connected(self) -> Generator[Event]:
        """One connection; what had arrived through an earlier one is passed over."""
        began = bool(self._arrived)
        rendered_before = {e.tile_id for e in self._arrived if isinstance(e, TileRendered)}
        failed_before = {e.tile_id for e in self._arrived if isinstance(e, TileFailed)}
        try:
            for event in self._streamed():
                if isinstance(event, TileRendered):
                    again = event.tile_id in rendered_before
                elif isinstance(event, TileFailed):
                    again = event.tile_id in rendered_before | failed_before
                else:
                    again = began and isinstance(event, Metadata)
                if not again:
                    yield event
        except Forbidden as error:
            if KEYS_REFUSED not in error.detail or self._arrived:
                raise
            yield from self._by_insight()

    def _streamed(self) -> Generator[Event]:
        """Through ``stream_tiles``."""
        rank = 0
        with self._client.stream(self._request("stream_tiles/")) as chunks:
            self.source = "stream_tiles"
            for data in sse_events(chunks):
                if self._closed.is_set():
                    return
                for event in _decoded(data, rank):
                    rank += not isinstance(event, Metadata | Complete)
                    yield event
                    if isinstance(event, Complete):
                        return
        raise _CutOff("the server ended the stream before it was complete")

    def _by_insight(self) -> Generator[Event]:
        """Layout first, then every insight on its own: the server streams to sessions only."""
        self.source = "detail"
        with self._client.stream(self._request("", cached=True)) as chunks:
            body = b"".join(chunks)
        try:
            fields = msgspec.json.decode(body, type=dict[str, msgspec.Raw])
        except msgspec.DecodeError as error:
            raise UnexpectedAnswer("The server's answer is not a dashboard.") from error
        metadata, *tiles = dashboard_events(fields, len(body))
        yield metadata
        if self._refresh in (None, "force_cache"):
            yield from tiles  # what is cached came with the layout
        else:
            self.source = "insights"
            yield from self._refreshed(tiles)
        yield Complete()

    def _refreshed(self, tiles: list[Event]) -> Generator[Event]:
        """Tiles as they are computed, several at once; texts need nothing."""
        pool = ThreadPoolExecutor(AT_ONCE, thread_name_prefix="dashwidgets-stream")
        try:
            waiting = [pool.submit(self._one, tile) for tile in tiles]
            for done in as_completed(waiting):
                if self._closed.is_set():
                    return
                yield done.result()
        finally:
            pool.shutdown(wait=False, cancel_futures=True)

    def _one(self, event: Event) -> Event:
        """One tile with its insight computed; what the server says against it is its failure."""
        if not isinstance(event, TileRendered):
            return event
        tile = event.tile
        held: dict[str, Any] = tile.get("insight") or {}
        if "id" not in held:
            return event
        request = insights.read(
            held["id"],
            from_dashboard=self._id,
            refresh=self._refresh,
            filters_override=self._filters,
            variables_override=self._variables,
            timeout=SILENCE,
        )
        try:
            insight = self._client.send(request)
        except ApiError as error:
            if isinstance(error, Unauthorized | Throttled):
                raise
            return TileFailed(event.tile_id, event.order, sentence(error.detail))
        fresh = {name: insight.get(name) for name in ("last_refresh", "is_cached")}
        raw = msgspec.json.encode(tile | {"insight": insight} | fresh)
        return TileRendered(event.tile_id, event.order, raw)

    def _request(self, action: str, *, cached: bool = False) -> Request[Any]:
        params = overrides(None if cached else self._refresh, self._filters, self._variables)
        return Request(
            "GET",
            f"dashboards/{self._id}/{action}",
            bytes,
            "dashboard:read",
            f"Streaming dashboard {self._id}",
            params=params,
            # Errors come as JSON only if JSON is accepted too (contract 1).
            accept="application/json, text/event-stream" if action else "application/json",
            timeout=SILENCE,
        )

    def _interrupted(self, why: str) -> StreamInterrupted:
        tiles = sum(not isinstance(event, Metadata | Complete) for event in self._arrived)
        return StreamInterrupted(
            f"Streaming dashboard {self._id}: {why} after {tiles} tiles had arrived; "
            "they are kept. Stream again for the rest.",
            list(self._arrived),
        )


class _CutOff(ConnectionFailed):
    """A body that ended without ``complete``: a failed stream (8.14)."""


def _why(error: ConnectionFailed | UnexpectedAnswer) -> str:
    if isinstance(error, ConnectionFailed) and not isinstance(error, _CutOff):
        return "the connection to the server broke"
    return str(error)


def _decoded(data: bytes, rank: int) -> list[Event]:
    """One event of the server as ours; a kind from the future is read over."""
    try:
        event = envelope(data)
        if event.type == "metadata" and event.dashboard is not None:
            return dashboard_events(event.dashboard, len(data))
        if event.type == "tile" and event.tile != NULL:
            return [rendered(bytes(event.tile), rank if event.order is None else event.order)]
        if event.type == "error" and event.tile_id is not None:
            return [TileFailed(event.tile_id, rank, sentence(event.error), len(data))]
        if event.type == "complete":
            return [Complete()]
    except msgspec.DecodeError as error:
        raise UnexpectedAnswer("the server sent an event that can't be read") from error
    if event.type == "error":
        raise UnexpectedAnswer(f"the server gave up ({sentence(event.error)})")
    return []
