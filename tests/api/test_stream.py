"""A stream of tiles: whole, cut off, refused."""

from __future__ import annotations

import json
from typing import Any

import pytest

from dashwidgets.api.client import Client
from dashwidgets.api.errors import Forbidden, StreamInterrupted
from dashwidgets.api.events import Complete, Metadata, TileFailed, TileRendered
from dashwidgets.api.stream import KEYS_REFUSED, TileStream
from tests.api.conftest import Answer, Scripted

SSE = {"Content-Type": "text/event-stream"}


def tile(key: int) -> dict[str, Any]:
    return {"id": key, "insight": {"id": key, "result": []}, "layouts": {}, "order": key - 1}


def said(*events: dict[str, Any]) -> Answer:
    return 200, SSE, b"".join(b"data: " + json.dumps(e).encode() + b"\n\n" for e in events)


FIRST = {
    "type": "metadata",
    "dashboard": {
        "id": 5,
        "name": "Board",
        "tiles": [tile(1), {"id": 2, "error": {"type": "E", "message": "broke"}}],
    },
}
BROKEN = "[ErrorDetail(string='Unknown table `foo`.', code='unknown_table')]"
DONE = {"type": "complete"}


def test_every_tile_is_one_event_even_those_in_the_metadata(
    server: Scripted, client: Client
) -> None:
    server.says(
        said(
            FIRST,
            {"type": "tile", "order": 2, "tile": tile(3)},
            {"type": "from the future"},
            {"type": "error", "tile_id": 4, "error": BROKEN},
            DONE,
        )
    )
    stream = TileStream(client, 5)
    metadata, one, two, three, four, end = list(stream)
    assert isinstance(metadata, Metadata)
    assert metadata.dashboard == {"id": 5, "name": "Board"}
    assert isinstance(one, TileRendered)
    assert (one.tile_id, one.order, one.tile["insight"]) == (1, 0, {"id": 1, "result": []})
    assert two == TileFailed(2, 1, "broke", two.size)  # pyright: ignore[reportAttributeAccessIssue]
    assert isinstance(three, TileRendered)
    assert isinstance(four, TileFailed)
    assert (four.tile_id, four.order, four.message) == (4, 3, "Unknown table `foo`.")
    assert end == Complete()
    assert stream.source == "stream_tiles"
    assert "text/event-stream" in server.headers[0]["Accept"]
    assert "application/json" in server.headers[0]["Accept"]


@pytest.mark.parametrize(
    ("events", "says"),
    [
        ((FIRST,), "ended the stream"),
        (
            (FIRST, {"type": "error", "error": "out of memory"}),
            "gave up .out of memory. after 2 tiles",
        ),
    ],
)
def test_a_stream_without_its_end_raises_with_what_had_arrived(
    server: Scripted, client: Client, events: tuple[dict[str, Any], ...], says: str
) -> None:
    server.says(said(*events))
    with pytest.raises(StreamInterrupted, match=says) as caught:
        list(TileStream(client, 5))
    assert [type(event).__name__ for event in caught.value.arrived] == [
        "Metadata",
        "TileRendered",
        "TileFailed",
    ]
    assert "2 tiles had arrived" in str(caught.value)


def test_a_connection_that_breaks_raises_with_what_had_arrived(
    server: Scripted, client: Client
) -> None:
    status, headers, body = said(FIRST, DONE)
    server.says((status, headers | {"Content-Length": "99999"}, body[:-20]))
    with pytest.raises(StreamInterrupted, match="broke") as caught:
        list(TileStream(client, 5))
    assert len(caught.value.arrived) == 3


def test_a_key_that_may_not_stream_reads_in_one_request(server: Scripted, client: Client) -> None:
    refused = (403, {}, json.dumps({"detail": KEYS_REFUSED}).encode())
    detail = {"id": 5, "name": "Board", "tiles": [tile(1), tile(2)]}
    server.says(refused, (200, {}, json.dumps(detail).encode()))
    stream = TileStream(client, 5, refresh="blocking")
    assert [type(event).__name__ for event in stream] == [
        "Metadata",
        "TileRendered",
        "TileRendered",
        "Complete",
    ]
    assert stream.source == "detail"
    assert server.asked[1] == "GET /api/projects/7/dashboards/5/?refresh=blocking"


def test_another_403_is_not_taken_for_it(server: Scripted, client: Client) -> None:
    server.says((403, {}, b'{"detail": "You don\'t have access to the project."}'))
    with pytest.raises(Forbidden, match="access to the project"):
        list(TileStream(client, 5))
    assert len(server.asked) == 1


def test_leaving_early_closes_the_connection(server: Scripted, client: Client) -> None:
    server.says(said(FIRST, *({"type": "tile", "order": n, "tile": tile(n)} for n in range(3, 9))))
    with TileStream(client, 5) as stream:
        next(stream)
    assert list(stream) == []
