"""Stream a dashboard's tiles as typed events, whichever way the server allows (contract 8.14)."""

from __future__ import annotations

import contextlib
import threading
from collections.abc import Generator, Iterator, Mapping
from typing import Any, Literal

import msgspec

from dashwidgets.api.client import Client
from dashwidgets.api.dashboards import Refresh, checked_id, overrides
from dashwidgets.api.errors import (
    ConnectionFailed,
    Forbidden,
    StreamInterrupted,
    UnexpectedAnswer,
)
from dashwidgets.api.events import (
    NULL,
    Complete,
    Event,
    Metadata,
    TileFailed,
    dashboard_events,
    envelope,
    rendered,
    sentence,
)
from dashwidgets.api.request import Request
from dashwidgets.api.sse import events as sse_events

KEYS_REFUSED = "This action does not support personal API key access"
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

    Attributes
    ----------
    source : {"stream_tiles", "detail"} or None
        The way it went: streamed, or (when the server refuses keys) read in one request.

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
    ) -> None:
        self._client = client
        self._id = checked_id(dashboard)
        self._params = overrides(refresh, filters_override, variables_override)
        self._arrived: list[Event] = []
        self._closed = threading.Event()
        self._events = self._read()
        self.source: Literal["stream_tiles", "detail"] | None = None

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
        try:
            try:
                yield from self._streamed()
            except Forbidden as error:
                if KEYS_REFUSED not in error.detail or self._arrived:
                    raise
                yield from self._in_one_request()
        except (ConnectionFailed, UnexpectedAnswer) as error:
            if not self._arrived:
                raise
            broke = isinstance(error, ConnectionFailed)
            why = "the connection to the server broke" if broke else str(error)
            raise self._interrupted(why) from error

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
        raise self._interrupted("the server ended the stream before it was complete")

    def _in_one_request(self) -> Generator[Event]:
        """Through the detail form: the server streams to browser sessions only."""
        self.source = "detail"
        with self._client.stream(self._request("")) as chunks:
            body = b"".join(chunks)
        try:
            fields = msgspec.json.decode(body, type=dict[str, msgspec.Raw])
        except msgspec.DecodeError as error:
            raise UnexpectedAnswer("The server's answer is not a dashboard.") from error
        yield from dashboard_events(fields, len(body))
        yield Complete()

    def _request(self, action: str) -> Request[Any]:
        return Request(
            "GET",
            f"dashboards/{self._id}/{action}",
            bytes,
            "dashboard:read",
            f"Streaming dashboard {self._id}",
            params=self._params,
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
