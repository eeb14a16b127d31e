"""Whatever happens to a stream, its board shows nothing that is not so, and keeps what came."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

import pytest

import dashwidgets as dw
from dashwidgets.api.client import Client
from dashwidgets.api.errors import Forbidden
from dashwidgets.api.stream.dashboard import TileStream
from dashwidgets.api.stream.interrupted import StreamInterrupted
from dashwidgets.widgets.watch.feed import Source
from dashwidgets.widgets.watch.widget import Watch
from tests.api.conftest import KEYS_REFUSED
from tests.faults.conftest import HANG_UP, STALL, Rude, answer, chunked
from tests.widgets.scripted import BOARD

KEY = "phx_test_key_0123456789"
SSE = ("Transfer-Encoding: chunked", "Content-Type: text/event-stream")
COMPLETE = {"type": "complete"}


def tile(key: int, **more: Any) -> dict[str, Any]:
    query = {"source": {"kind": "TrendsQuery", "trendsFilter": {"display": "BoldNumber"}}}
    result = [{"aggregated_value": key, "label": "x"}]
    insight = {"id": key, "name": f"Tile {key}", "query": query, "result": result}
    layouts = {"sm": {"x": 0, "y": key, "w": 6, "h": 5}}
    return {"id": key, "insight": insight, "layouts": layouts, "order": key - 1, **more}


def event(data: dict[str, Any]) -> bytes:
    return b"data: " + json.dumps(data).encode() + b"\n\n"


def stream_of(tiles: Sequence[dict[str, Any]]) -> bytes:
    """A board as the server streams it: two tiles inside the metadata, then one by one."""
    first = {"type": "metadata", "dashboard": {"id": 5, "name": "Board", "tiles": tiles[:2]}}
    rest = [{"type": "tile", "order": one["order"], "tile": one} for one in tiles[2:]]
    return answer(chunked(*map(event, [first, *rest, COMPLETE])), *SSE)


@contextmanager
def watching(rude: Rude, known: Sequence[Any] = (), **options: Any) -> Iterator[Watch]:
    with Client(rude.url, KEY, 7, timeout=5, sleep=lambda _: None) as client:
        how = {"deadline": 0} | options
        source = Source(
            BOARD,  # pyright: ignore[reportArgumentType]
            lambda: known,
            lambda _, on_wait: TileStream(client, 5, on_wait=on_wait, **how),
        )
        live = Watch([source])
        yield live
        live.close()


def test_a_stream_cut_at_any_byte_keeps_what_had_come_and_says_that_it_broke(rude: Rude) -> None:
    tiles = [tile(key) for key in (1, 2, 3)]
    whole = stream_of(tiles)
    seen: set[int] = set()
    for at in range(1, len(whole) - len(b"0\r\n\r\n"), 3):
        rude.plays([whole[:at], HANG_UP])
        with watching(rude, known=tiles) as live:
            message = ""
            try:
                live.wait(30)
            except dw.DashwidgetsError as error:
                message = str(error)
            finished = not message
            assert live.status["message"] == message
            came = live.events["tile"].tolist()
            seen.add(len(came))
            assert came == [1, 2, 3][: len(came)], at
            assert [live.results[key]["value"].tolist() for key in came] == [[key] for key in came]
            assert live.status["phase"] == ("complete" if finished else "failed")
            assert not finished or came == [1, 2, 3]
            assert live.status["expected"] == 3, "a tile that did not come is still expected"
    assert seen == {0, 2, 3}


def test_a_stalled_stream_is_an_interrupted_one(rude: Rude) -> None:
    whole = stream_of([tile(1), tile(2), tile(3)])
    rude.plays([whole[: whole.index(b'"order": 2')], STALL])
    with watching(rude, silence=0.2) as live:
        with pytest.raises(StreamInterrupted):
            live.wait(30)
        assert live.events["tile"].tolist() == [1, 2]
        assert live.status["phase"] == "failed"


def test_a_stream_that_comes_back_is_whole_and_says_meanwhile_that_it_retries(rude: Rude) -> None:
    whole = stream_of([tile(1), tile(2), tile(3)])
    rude.plays([whole[: whole.index(b'"order": 2')], HANG_UP], [whole])
    with watching(rude, deadline=30) as live:
        phases = phases_of(live)
        live.wait(30)
        assert live.events["tile"].tolist() == [1, 2, 3]
        assert "retrying" in phases
        assert live.status["message"] == ""


def phases_of(live: Watch) -> list[str]:
    seen: list[str] = []
    live.observe(lambda change: seen.append(change["new"][0]["phase"]), "statuses")
    return seen


def test_a_busy_server_is_waited_for_as_long_as_it_asks(rude: Rude) -> None:
    busy = answer(b"{}", "Retry-After: 1", status="503 Service Unavailable")
    rude.plays([busy], [stream_of([tile(1)])])
    with watching(rude) as live:
        phases = phases_of(live)
        live.wait(30)
        assert "retrying" in phases
        assert live.events["tile"].tolist() == [1]


def test_a_tile_fails_in_three_ways_and_the_rest_arrives(rude: Rude) -> None:
    short = {"id": 2, "error": {"type": "OperationalError", "message": "connection reset"}}
    first = {"type": "metadata", "dashboard": {"id": 5, "name": "Board", "tiles": [tile(1), short]}}
    wrapped = "[ErrorDetail(string='Unknown table `orders`.', code='unknown_table')]"
    invalid = tile(4, error={"type": "ValidationError", "message": "bad query"})
    events = [
        first,
        {"type": "error", "tile_id": 3, "error": wrapped},
        {"type": "tile", "order": 3, "tile": invalid},
        {"type": "tile", "order": 4, "tile": tile(5)},
        COMPLETE,
    ]
    rude.plays([answer(chunked(*map(event, events)), *SSE)])
    with watching(rude, known=[tile(key) for key in range(1, 6)]) as live:
        live.wait(30)
        errors = dict(zip(live.events["tile"], live.events["error"].fillna(""), strict=True))
        reasons = {2: "connection reset", 3: "Unknown table `orders`.", 4: "bad query"}
        assert errors == reasons | {1: "", 5: ""}
        assert (live.status["arrived"], live.status["failed"]) == (5, 3)
        for key, reason in reasons.items():
            assert live.results[key].attrs["reason"] == reason


def test_a_refused_key_is_served_by_insight_and_any_other_refusal_is_told(rude: Rude) -> None:
    body = json.dumps({"type": "authentication_error", "detail": KEYS_REFUSED}).encode()
    detail = json.dumps({"id": 5, "name": "Board", "tiles": [tile(1)]}).encode()
    rude.plays([answer(body, status="403 Forbidden")], [answer(detail)])
    with watching(rude) as live:
        live.wait(30)
        assert live.status["source"] == "detail"
        assert live.events["tile"].tolist() == [1]
    rude.plays([answer(b'{"detail": "No access."}', status="403 Forbidden")])
    with watching(rude) as live:
        with pytest.raises(Forbidden, match="No access"):
            live.wait(30)
        assert live.status["phase"] == "failed"


@pytest.mark.parametrize("count", [0, 1, 2, 3, 200])
def test_boards_of_any_size(rude: Rude, count: int) -> None:
    rude.plays([stream_of([tile(key) for key in range(1, count + 1)])])
    with watching(rude) as live:
        live.wait(30)
        assert live.events["tile"].tolist() == list(range(1, count + 1))
        assert live.status["expected"] == live.status["arrived"] == count
        assert live.status["phase"] == "complete"


def test_a_tile_deleted_while_streaming_leaves_the_board(rude: Rude) -> None:
    rude.plays([stream_of([tile(1), tile(3)])])
    with watching(rude, known=[tile(1), tile(2), tile(3)]) as live:
        live.wait(30)
        assert [known["id"] for known in live.skeletons[0]] == [1, 3]
        assert live.status["expected"] == 2


def test_a_second_round_that_breaks_keeps_the_first(rude: Rude) -> None:
    whole = stream_of([tile(1), tile(2), tile(3)])
    rude.plays([whole], [whole[: whole.index(b'"order": 2')], HANG_UP])
    with watching(rude) as live:
        live.wait(30)
        live.again()
        with pytest.raises(StreamInterrupted):
            live.wait(30)
        assert sorted(live.events["tile"]) == [1, 2, 3]
        assert (live.status["arrived"], live.status["expected"]) == (2, 3)


def test_stopping_under_a_stalled_stream_ends_it_at_once(rude: Rude) -> None:
    whole = stream_of([tile(1), tile(2), tile(3)])
    rude.plays([whole[: whole.index(b'"order": 2')], STALL])
    with watching(rude) as live:
        two = threading.Event()
        live.on_tile(lambda state: two.set() if state["id"] == 2 else None)
        assert two.wait(10)
        live.stop()
        live.wait(10)
        assert live.status["phase"] == "stopped"
        assert live.events["tile"].tolist() == [1, 2]
        assert rude.gone.wait(10), "the server was not told"
