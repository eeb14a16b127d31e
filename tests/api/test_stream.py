"""A stream of tiles: whole, cut off, refused."""

from __future__ import annotations

import json
from typing import Any

import pytest

from dashwidgets.api.client import Client
from dashwidgets.api.errors import (
    ConnectionFailed,
    Forbidden,
    UnexpectedAnswer,
)
from dashwidgets.api.stream.dashboard import TileStream
from dashwidgets.api.stream.events import Complete, Metadata, TileFailed, TileRendered
from dashwidgets.api.stream.interrupted import StreamInterrupted
from tests.api.conftest import KEYS_REFUSED, Answer, Scripted

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
    assert one.result == one.tile["insight"]["result"]
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


REFUSED = (403, {}, json.dumps({"detail": KEYS_REFUSED}).encode())


def test_a_key_that_may_not_stream_reads_the_cache_in_one_request(
    server: Scripted, client: Client
) -> None:
    detail = {"id": 5, "name": "Board", "tiles": [tile(1), tile(2)]}
    server.says(REFUSED, (200, {}, json.dumps(detail).encode()))
    stream = TileStream(client, 5)
    assert [type(event).__name__ for event in stream] == [
        "Metadata",
        "TileRendered",
        "TileRendered",
        "Complete",
    ]
    assert stream.source == "detail"
    assert server.asked[1] == "GET /api/projects/7/dashboards/5/"


def test_a_key_that_may_not_stream_asks_insight_by_insight(
    server: Scripted, client: Client
) -> None:
    text = {"id": 3, "insight": None, "text": {"body": "hi"}, "layouts": {}, "order": 2}
    detail = {"id": 5, "name": "Board", "tiles": [tile(1), tile(2), text]}

    def answer(path: str) -> Answer:
        if "stream_tiles" in path:
            return REFUSED
        if "/insights/2/" in path:
            return 400, {}, json.dumps({"detail": "Unknown table `foo`."}).encode()
        if "/insights/1/" in path:
            return 200, {}, b'{"id": 1, "result": [42], "is_cached": false}'
        return 200, {}, json.dumps(detail).encode()

    server.says(answer)
    stream = TileStream(client, 5, refresh="blocking", filters_override={"date_from": "-7d"})
    first, *tiles, last = list(stream)
    assert (type(first), type(last), stream.source) == (Metadata, Complete, "insights")
    by_id = {event.tile_id: event for event in tiles}  # pyright: ignore[reportAttributeAccessIssue]
    assert by_id[1].tile["insight"]["result"] == by_id[1].result == [42]
    assert by_id[3].result is None
    assert (by_id[2].message, by_id[2].order) == ("Unknown table `foo`.", 1)
    assert by_id[3].tile["text"]["body"] == "hi"
    asked = [path for path in server.asked if "/insights/" in path]
    assert len(asked) == 2
    assert all("from_dashboard=5" in path and "refresh=blocking" in path for path in asked)
    assert all("filters_override" in path for path in server.asked)
    layout = next(
        path for path in server.asked if "/dashboards/5/?" in path and "stream" not in path
    )
    assert "refresh" not in layout


def test_another_403_is_not_taken_for_it(server: Scripted, client: Client) -> None:
    server.says((403, {}, b'{"detail": "You don\'t have access to the project."}'))
    with pytest.raises(Forbidden, match="access to the project"):
        list(TileStream(client, 5))
    assert [path.rpartition("/5/")[2] for path in server.asked] == ["stream_tiles/", ""]


def test_a_broken_connection_is_opened_again_without_repeating_tiles(
    server: Scripted, client: Client
) -> None:
    third = {"type": "tile", "order": 2, "tile": tile(3)}
    server.says(said(FIRST), said(FIRST, third), said(FIRST, third, DONE))
    kinds = [(type(e).__name__, getattr(e, "tile_id", None)) for e in TileStream(client, 5)]
    assert kinds == [
        ("Metadata", None),
        ("TileRendered", 1),
        ("TileFailed", 2),
        ("TileRendered", 3),
        ("Complete", None),
    ]
    assert len(server.asked) == 3


def test_no_deadline_left_means_no_second_try(server: Scripted, client: Client) -> None:
    server.says(said(FIRST))
    with pytest.raises(StreamInterrupted):
        list(TileStream(client, 5, deadline=0))
    assert len(server.asked) == 1


@pytest.mark.parametrize("step", [1, 7])
def test_a_stream_cut_at_any_byte_loses_nothing_and_invents_nothing(
    server: Scripted, client: Client, step: int
) -> None:
    third = {"type": "tile", "order": 2, "tile": tile(3)}
    _, headers, body = said(FIRST, third, DONE)
    whole = list(TileStream(client, 5)) if server.says(said(FIRST, third, DONE)) else []
    for end in range(0, len(body), step * 9):
        server.says((200, headers | {"Content-Length": str(len(body))}, body[:end]))
        try:
            found = list(TileStream(client, 5, deadline=0))
        except StreamInterrupted as error:
            found = error.arrived
            assert found, end
        except (ConnectionFailed, UnexpectedAnswer):
            found = []
        assert found == whole[: len(found)], end


def test_leaving_early_closes_the_connection(server: Scripted, client: Client) -> None:
    server.says(said(FIRST, *({"type": "tile", "order": n, "tile": tile(n)} for n in range(3, 9))))
    with TileStream(client, 5) as stream:
        next(stream)
    assert list(stream) == []


def test_one_tile_is_computed_alone(server: Scripted, client: Client) -> None:
    board = json.dumps(FIRST["dashboard"]).encode()
    fresh = {"id": 1, "result": [5], "last_refresh": "now", "is_cached": False}
    server.says((200, {}, board), (200, {}, json.dumps(fresh).encode()), (200, {}, board))
    stream = TileStream(client, 5, refresh="blocking")
    found = stream.one(1)
    assert isinstance(found, TileRendered)
    assert (found.result, found.tile["last_refresh"], found.took is None) == ([5], "now", False)
    assert "refresh" not in server.asked[0]
    assert "from_dashboard=5" in server.asked[1]
    assert "refresh=blocking" in server.asked[1]
    failed, gone = stream.one(2), stream.one(9)
    assert isinstance(failed, TileFailed)
    assert failed.message == "broke"
    assert isinstance(gone, TileFailed)
    assert gone.message == "It is no longer on the dashboard."
