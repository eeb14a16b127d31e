"""100 MB of tile events, from bytes to typed events."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from functools import cache
from operator import attrgetter
from typing import Any

import httpx
import httpx_sse
import orjson

import dashwidgets as dw
from benchmarks.measure import Measured, compared, race
from dashwidgets.api.stream.events import TileRendered, decoded
from dashwidgets.api.stream.sse import events

SIZE, CHUNK = 100_000_000, 65_536
WHY = (
    "reading events takes 0.1 of the peer's time, finding the tile and its result in each 0.2, and "
    "making objects of the results, half of all bytes, 0.35: 0.72 to 0.76 from run to run."
)


@cache
def once() -> bytes:
    """What an embedded project says of its boards."""
    with dw.local() as ph:
        said: list[bytes] = []
        for board in map(ph.dashboard, ph.dashboards()["id"].tolist()):
            for event in board.stream():
                if isinstance(event, TileRendered):
                    told = {"type": "tile", "order": len(said), "tile": event.tile}
                    said.append(b"data: " + json.dumps(told).encode() + b"\n\n")
    return b"".join(said)


def stream(size: int) -> bytes:
    """The same again and again until it is enough."""
    return once() * (size // len(once()) + 1)


def chunks(body: bytes) -> Iterator[bytes]:
    return (body[at : at + CHUNK] for at in range(0, len(body), CHUNK))


def ours(body: bytes, ask: Callable[[TileRendered], Any] = attrgetter("tile_id")) -> int:
    count = 0
    for data in events(chunks(body)):
        for event in decoded(data, count):
            assert isinstance(event, TileRendered)
            ask(event)
            count += 1
    return count


class Bytes(httpx.SyncByteStream):
    def __init__(self, body: bytes) -> None:
        self.body = body

    def __iter__(self) -> Iterator[bytes]:
        return chunks(self.body)


def theirs(body: bytes) -> int:
    headers = {"Content-Type": "text/event-stream"}
    source = httpx_sse.EventSource(httpx.Response(200, headers=headers, stream=Bytes(body)))
    return sum(orjson.loads(event.data)["type"] == "tile" for event in source.iter_sse())


def measure(quick: bool) -> Iterator[Measured]:
    body = stream(SIZE // 50 if quick else SIZE)
    count = ours(body)
    assert count == theirs(body)
    peer = "httpx-sse + orjson"
    title = f"{len(body) / 1e6:.0f} MB of tile events, {len(body) / count / 1000:.1f} kB each"
    ways = {
        "dashwidgets, results raw": lambda: ours(body),
        peer: lambda: theirs(body),
        "dashwidgets, every result": lambda: ours(body, attrgetter("result")),
        "dashwidgets, every tile whole": lambda: ours(body, attrgetter("tile")),
    }
    rounds = 1 if quick else 7
    raw, them, asked, whole = race(ways, rounds).items()
    yield from compared(title, dict([raw, them]), {peer: 0.5})
    # The peer has to decode everything to know one thing.
    what = f"{title}, every result asked for"
    yield from compared(what, dict([asked, them]), {peer: 0.8}, why=WHY)
    yield from compared(f"{title}, every tile asked for", dict([whole, them]), {})
