"""Whatever a server does, the answer is whole or an error says so: both clients."""

from __future__ import annotations

import gzip
import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest

from dashwidgets.api.async_client import AsyncClient
from dashwidgets.api.client import Client
from dashwidgets.api.concurrent import send_all
from dashwidgets.api.endpoints import dashboards, tiles
from dashwidgets.api.errors import (
    ApiError,
    ConnectionFailed,
    DashwidgetsError,
    ServerError,
    Throttled,
    TimedOut,
    UnexpectedAnswer,
)
from dashwidgets.api.stream.dashboard import TileStream
from dashwidgets.api.stream.events import Complete, TileRendered
from dashwidgets.api.stream.interrupted import StreamInterrupted
from dashwidgets.api.transport.interface import Call
from tests.api.conftest import Sender, on_a_loop
from tests.faults.conftest import HANG_UP, RESET, STALL, Rude, answer, chunked

KEY = "phx_test_key_0123456789"
ROWS = [{"id": 1, "name": "Wöchentlich"}, {"id": 2, "name": "b"}]
PAGE = json.dumps({"count": 2, "next": None, "results": ROWS}).encode()
QUICK = 0.2
"""Seconds without a byte before the client gives up."""


async def instead_of_sleep(_seconds: float) -> None: ...


@pytest.fixture(params=["threads", "asyncio"])
def client(rude: Rude, request: pytest.FixtureRequest) -> Iterator[Sender]:
    if request.param == "threads":
        with Client(rude.url, KEY, 7, timeout=QUICK, sleep=lambda _: None) as found:
            yield found
        return
    with on_a_loop(AsyncClient(rude.url, KEY, 7, timeout=QUICK, sleep=instead_of_sleep)) as found:
        yield found


def test_a_page_cut_at_every_byte_is_whole_or_an_error(rude: Rude, client: Sender) -> None:
    whole = answer(chunked(PAGE[:20], PAGE[20:]), "Transfer-Encoding: chunked")
    for at in range(len(whole)):
        rude.plays([whole[:at], HANG_UP])
        with pytest.raises(DashwidgetsError) as told:
            client.send(dashboards.page())
        assert isinstance(told.value, ConnectionFailed), at
        assert KEY not in str(told.value)
    rude.plays([whole])
    assert client.send(dashboards.page()).results == ROWS


@pytest.mark.parametrize("script", [[STALL], [RESET], [answer(b"{}")[:-1], HANG_UP]])
def test_a_write_whose_answer_is_lost_may_have_been_done(
    rude: Rude, client: Sender, script: list[Any]
) -> None:
    rude.plays(script)
    with pytest.raises(ConnectionFailed, match=r"may have been done .* look before you try again"):
        client.send(dashboards.create(name="Once"))
    assert rude.connections == 1
    with pytest.raises(ConnectionFailed, match="Try again"):
        client.send(dashboards.page(limit=1))


def test_a_web_page_is_named_with_the_request_it_answers(rude: Rude, client: Sender) -> None:
    rude.plays([answer(b"<html>Please sign in</html>", "Content-Type: text/html; charset=utf-8")])
    said = f"Removing tile 3 of dashboard 7: {rude.url} sent a web page. Check the host"
    with pytest.raises(UnexpectedAnswer, match=said):
        client.send(tiles.remove(7, 3))


@pytest.mark.parametrize(
    ("script", "kind", "says"),
    [
        ([STALL], TimedOut, "did not answer in time"),
        ([answer(PAGE)[:-5], STALL], TimedOut, "did not answer in time"),
        ([RESET], ConnectionFailed, "broke"),
        ([answer(PAGE)[:-5], RESET], ConnectionFailed, "broke"),
        ([b"SSH-2.0-OpenSSH_9.2\r\n"], ConnectionFailed, "broke"),
        ([answer(gzip.compress(PAGE)[:-20], "Content-Encoding: gzip")], UnexpectedAnswer, "list"),
        ([answer(b"not gzip", "Content-Encoding: gzip")], ConnectionFailed, "damaged"),
        ([answer(b"<html>Sign in</html>")], UnexpectedAnswer, "check that the host is PostHog's"),
        ([answer(PAGE[:-1])], UnexpectedAnswer, "not a list"),
        ([answer(b"", "Location: http://127.0.0.1:9/", status="302 Found")], ApiError, "redirects"),
        ([answer(b"<html>", status="503 Busy")], ServerError, "HTTP 503"),
        ([answer(b"{}", "Retry-After: 900", status="429 No")], Throttled, "Wait 900 s"),
    ],
)
def test_every_way_to_fail_is_one_sentence(
    rude: Rude, client: Sender, script: list[Any], kind: type[Exception], says: str
) -> None:
    rude.plays(script)
    with pytest.raises(kind, match=says) as told:
        client.send(dashboards.page())
    assert "\n" not in str(told.value)


@pytest.mark.parametrize("said", [f'{{"detail": "No key {KEY}"}}', f"Authorization: Bearer {KEY}"])
def test_a_key_that_the_server_says_back_is_not_repeated(
    rude: Rude, client: Sender, said: str
) -> None:
    rude.plays([answer(said.encode(), status="401 No")])
    with pytest.raises(ApiError) as told:
        client.send(dashboards.page())
    assert KEY not in f"{told.value} {told.value.body!r} {told.value.detail}"
    assert "phx_…" in told.value.detail


@pytest.mark.parametrize("broken", [[RESET], [answer(PAGE)[:-5], HANG_UP]])
def test_a_read_goes_on_after_a_broken_connection_and_a_create_does_not(
    rude: Rude, client: Sender, broken: list[Any]
) -> None:
    rude.plays(broken, broken, [answer(PAGE)])
    assert client.send(dashboards.page()).results == ROWS
    assert rude.connections == 3
    rude.plays(broken)
    with pytest.raises(ConnectionFailed):
        client.send(dashboards.create(name="once"))
    assert rude.connections == 4, "it may have been done: it was not sent again"


def test_a_storm_of_429_ends_and_nothing_is_lost(rude: Rude) -> None:
    refused = [answer(b'{"detail": "Slow down."}', "Retry-After: 0", status="429 No")]
    rude.plays(*[refused] * 12, [answer(b'{"id": 1}')])
    with Client(rude.url, KEY, 7, sleep=lambda _: None) as client:
        answers = send_all(client, [dashboards.read(1)] * 20, at_once=4)
    got = [found for found in answers if found == {"id": 1}]
    told = [found for found in answers if isinstance(found, Throttled)]
    assert len(got) + len(told) == 20
    assert rude.connections == 12 + len(got)
    assert len(told) <= 4, "each gives up after three refusals, and says so"


TILE = {"id": 4, "insight": {"id": 9, "result": []}, "layouts": {}}
STREAM = [
    b'data: {"type":"metadata","dashboard":{"id":5,"tiles":[]}}\n\n',
    b"data: " + json.dumps({"type": "tile", "order": 0, "tile": TILE}).encode() + b"\n\n",
    b'data: {"type":"complete"}\n\n',
]
STREAMED = answer(chunked(*STREAM), "Content-Type: text/event-stream", "Transfer-Encoding: chunked")


def reads(stream: TileStream) -> tuple[list[Any], Exception | None]:
    events: list[Any] = []
    try:
        for event in stream:
            events.append(event)
    except DashwidgetsError as error:
        return events, error
    return events, None


def test_a_stream_cut_at_every_byte_is_whole_or_says_how_far_it_came(rude: Rude) -> None:
    ends_at = STREAMED.index(STREAM[2]) + len(STREAM[2])
    with Client(rude.url, KEY, 7, sleep=lambda _: None) as client:
        for at in range(len(STREAMED)):
            rude.plays([STREAMED[:at], HANG_UP])
            events, error = reads(TileStream(client, 5, deadline=0))
            if error is None:
                assert at >= ends_at
                assert events[-1] == Complete()
            elif events:
                assert isinstance(error, StreamInterrupted)
                assert error.arrived == events
            else:
                assert isinstance(error, ConnectionFailed | UnexpectedAnswer), at


def test_a_stream_cut_anywhere_goes_on_without_repeating_a_tile(rude: Rude) -> None:
    with Client(rude.url, KEY, 7, sleep=lambda _: None) as client:
        for at in range(STREAMED.index(STREAM[1]), len(STREAMED) - 1, 9):
            rude.plays([STREAMED[:at], RESET], [STREAMED])
            events, error = reads(TileStream(client, 5))
            assert error is None
            assert [type(event).__name__ for event in events] == [
                "Metadata", "TileRendered", "Complete",
            ]  # fmt: skip


@pytest.mark.parametrize(
    ("script", "kind"),
    [
        ([answer(b"<html>hi</html>", "Content-Type: text/html")], UnexpectedAnswer),
        ([answer(b"data: {\n\n")], UnexpectedAnswer),  # no type: it is read as a dashboard
        ([answer(b"", "Location: http://127.0.0.1:9/", status="302 Found")], ApiError),
        ([answer(b"{}", status="503 Busy")], ServerError),
        ([STALL], TimedOut),
    ],
)
def test_a_stream_that_never_starts_says_why(
    rude: Rude, script: list[Any], kind: type[Exception]
) -> None:
    rude.plays(script)
    with Client(rude.url, KEY, 7, sleep=lambda _: None) as client, pytest.raises(kind) as told:
        list(TileStream(client, 5, silence=QUICK))
    assert str(told.value).startswith("Streaming dashboard 5: ")


def stalls_after_a_tile(rude: Rude) -> None:
    rude.plays([STREAMED[: STREAMED.index(STREAM[2])], STALL])


def test_silence_in_the_middle_is_an_end_and_what_arrived_is_kept(rude: Rude) -> None:
    stalls_after_a_tile(rude)
    with Client(rude.url, KEY, 7) as client:
        events, error = reads(TileStream(client, 5, silence=QUICK, deadline=0))
    assert isinstance(error, StreamInterrupted)
    assert [type(event) for event in error.arrived[1:]] == [TileRendered]
    assert error.arrived == events


@pytest.mark.parametrize("how", ["close", "with", "leave"])
def test_closing_under_a_waiting_thread_closes_the_socket_at_once(rude: Rude, how: str) -> None:
    stalls_after_a_tile(rude)
    with Client(rude.url, KEY, 7) as client:
        stream = TileStream(client, 5)
        tile = threading.Event()
        seen: list[Any] = []

        def read() -> None:
            for event in stream:
                seen.append(event)
                if isinstance(event, TileRendered):
                    tile.set()
                    if how == "leave":
                        stream.close()
                        return

        thread = threading.Thread(target=read)
        thread.start()
        assert tile.wait(10)
        if how == "close":
            stream.close()
        elif how == "with":
            with stream:
                pass
        thread.join(10)
        assert not thread.is_alive(), "a close must not wait for the next byte"
        assert rude.gone.wait(10), "the server was not told"
    assert len(seen) == 2


def test_the_transport_can_be_another() -> None:
    class Canned:
        status, headers = 200, {"Content-Type": "application/json"}

        def __init__(self, body: bytes) -> None:
            self.body = body

        def read(self) -> bytes:
            return self.body

        def chunks(self) -> Iterator[bytes]:
            yield self.body

    class Offline:
        def __init__(self) -> None:
            self.calls: list[Call] = []
            self.fails: list[Exception] = []

        @contextmanager
        def open(self, call: Call) -> Iterator[Canned]:
            self.calls.append(call)
            if self.fails:
                raise self.fails.pop(0)
            yield Canned(PAGE if call.method == "GET" else b'{"id": 3}')

        def fork(self) -> Offline:
            return self

        def abort(self) -> None: ...
        def close(self) -> None: ...

    offline = Offline()
    client = Client("https://x.test", KEY, 7, limited=False, transport=offline, sleep=lambda _: 0)
    assert client.send(dashboards.page()).results == ROWS
    assert offline.calls[0].path == "/api/projects/7/dashboards/"
    unsent = ConnectionFailed("no line", sent=False)
    offline.fails = [unsent, unsent]
    assert client.send(dashboards.create(name="x")) == {"id": 3}
    offline.fails = [ConnectionFailed("it broke")]
    with pytest.raises(ConnectionFailed, match="broke"):
        client.send(dashboards.create(name="x"))
    assert [call.method for call in offline.calls] == ["GET", "POST", "POST", "POST", "POST"]
