"""A stream that says what a test wants, and the widget that watches it; also used in kernels."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Callable, Iterator
from typing import Any

from dashwidgets.api.stream.events import (
    Complete,
    Event,
    Metadata,
    TileFailed,
    TileRendered,
    rendered,
)
from dashwidgets.widgets.watch.feed import Source
from dashwidgets.widgets.watch.widget import Watch

BOARD = {"id": 7, "name": "Board", "description": "", "tags": [], "url": "https://x.example/7"}
METADATA = Metadata({"id": 7, "name": "Renamed"})
Act = Event | threading.Event | Exception | Callable[[], object]


class Script:
    """A stream that says what a test wants, and waits where it says so."""

    source = "stream_tiles"

    def __init__(self, *events: Act) -> None:
        self._events = events
        self.closed = threading.Event()

    def __iter__(self) -> Iterator[Event]:
        for event in self._events:
            if isinstance(event, threading.Event):
                event.wait(10)
            elif isinstance(event, Exception):
                raise event
            elif isinstance(event, Metadata | TileRendered | TileFailed | Complete):
                yield event
            else:
                event()

    def __enter__(self) -> Script:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        self.closed.set()

    def pause(self) -> None: ...

    def resume(self) -> None: ...


def one_tile(body: dict[str, Any]) -> TileRendered:
    """The event of a tile object."""
    event = rendered(json.dumps(body).encode(), body["order"])
    assert isinstance(event, TileRendered)
    return event


def tile(key: int, name: str = "Signups", result: Any = None) -> TileRendered:
    source = {"kind": "TrendsQuery", "trendsFilter": {"display": "BoldNumber"}}
    insight = {"id": key, "name": name, "query": {"source": source}, "result": result or []}
    layouts = {"sm": {"x": 0, "y": key, "w": 6, "h": 5}}
    body = {"id": key, "order": key - 1, "insight": insight, "layouts": layouts}
    return one_tile(body)


def watch(*events: Act, known: Any = ()) -> Watch:
    return watch_through(lambda _options, _on_wait: Script(*events), lambda: known)


def watch_through(open_stream: Any, look: Any = list, **options: Any) -> Watch:
    return Watch([Source(BOARD, look, open_stream)], **options)  # pyright: ignore[reportArgumentType]


def padded(key: int, size: int, turn: int = 0) -> TileRendered:
    """A tile of about this many bytes; ``turn`` is in its name."""
    values = [{"aggregated_value": key, "label": "x" * max(0, size - 220)}]
    return tile(key, f"Tile {key}, turn {turn}", values)


def paced(count: int, rate: float, size: int = 5_000) -> Watch:
    """So many tiles, so many a second."""
    wait = lambda: time.sleep(1 / rate)  # noqa: E731
    acts: list[Act] = [METADATA]
    for key in range(1, count + 1):
        acts += [padded(key, size), wait]
    return watch(*acts, Complete())
