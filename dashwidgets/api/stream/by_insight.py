"""A board insight by insight: what a key may do where it may not stream (contract 1.1, 8.14)."""

from __future__ import annotations

import queue
import threading
import time
from collections.abc import Callable, Generator, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import msgspec

from dashwidgets.api.client import Client
from dashwidgets.api.errors import ApiError, ServerError, Throttled, Unauthorized
from dashwidgets.api.request import Request
from dashwidgets.api.stream.events import Event, TileFailed, TileRendered, sentence

AT_ONCE = 4
"""Insights that are asked for at the same time."""

Ask = Callable[[int], Request[dict[str, Any]]]


class InsightFeed:
    """Tiles of a board as their insights are computed, several at once.

    Parameters
    ----------
    client : Client
        A fork, whose connections are broken off when reading ends early.
    tiles : list of Event
        The tiles as the layout has them.
    ask : callable
        Insight id to the request for its result on this board.
    go : threading.Event, optional
        While it is not set no further insight is asked for.
    """

    def __init__(
        self,
        client: Client,
        tiles: Sequence[Event],
        ask: Ask,
        go: threading.Event | None = None,
    ) -> None:
        self._client = client
        self._tiles = tiles
        self._ask = ask
        self._go = go
        self._done: queue.SimpleQueue[Event | BaseException | None] = queue.SimpleQueue()

    def stop(self) -> None:
        """Wake the reader up: nothing more comes."""
        self._done.put(None)

    def events(self) -> Generator[Event]:
        """Texts and failures at once, then each insight when it is there.

        A 400 or 404 is that tile's failure. What concerns the key or the connection is raised.
        """
        waiting: list[TileRendered] = []
        for tile in self._tiles:
            if isinstance(tile, TileRendered) and has_insight(tile):
                waiting.append(tile)
            else:
                yield tile
        # Threads rather than tasks: they read while the notebook's event loop is busy with a cell.
        pool = ThreadPoolExecutor(AT_ONCE, thread_name_prefix="dashwidgets-stream")
        finished = 0
        try:
            for tile in waiting:
                pool.submit(self._one, tile)
            while finished < len(waiting):
                event = self._done.get()
                if event is None:
                    return
                if isinstance(event, BaseException):
                    raise event
                finished += 1
                yield event
        finally:
            if finished < len(waiting):
                # Do not wait for requests under way: the caller closes their connections.
                pool.shutdown(wait=False, cancel_futures=True)
            else:
                pool.shutdown()

    def _one(self, event: TileRendered) -> None:
        if self._go is not None:
            self._go.wait()
        try:
            self._done.put(computed(self._client, event, self._ask))
        except BaseException as error:
            self._done.put(error)


def computed(client: Client, event: TileRendered, ask: Ask) -> TileRendered | TileFailed:
    """A tile with its insight requested again; a refusal is that tile's failure."""
    tile = event.tile
    began = time.monotonic()
    try:
        insight = client.send(ask(tile["insight"]["id"]))
    except ApiError as error:
        # These concern every tile; anything else is about this insight.
        if isinstance(error, Unauthorized | Throttled | ServerError):
            raise
        took = time.monotonic() - began
        return TileFailed(event.tile_id, event.order, sentence(error.detail), took=took)
    took = time.monotonic() - began
    # The stream repeats these two on the tile, so they are repeated here (7.4).
    fresh = {name: insight.get(name) for name in ("last_refresh", "is_cached")}
    raw = msgspec.json.encode(tile | {"insight": insight} | fresh)
    result = msgspec.Raw(msgspec.json.encode(insight.get("result")))
    return TileRendered(event.tile_id, event.order, raw, result, took=took)


def has_insight(event: TileRendered) -> bool:
    """Whether there is anything to compute."""
    held: Any = event.tile.get("insight")
    return isinstance(held, dict) and held.get("id") is not None  # pyright: ignore[reportUnknownMemberType]
