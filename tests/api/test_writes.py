"""Who is told of a write; many calls at once; what an answer must hold."""

from __future__ import annotations

import threading
from typing import Any

import pytest

from dashwidgets.api.client import Client
from dashwidgets.api.concurrent import in_threads, send_all
from dashwidgets.api.endpoints import dashboards
from dashwidgets.api.errors import ConnectionFailed, NotFound, UnexpectedAnswer
from dashwidgets.api.request import UNSET, given, read_dashboard, read_tile
from dashwidgets.api.secret import Secret
from dashwidgets.api.transport import writes
from dashwidgets.api.transport.httpx import HttpxTransport
from dashwidgets.api.transport.interface import Call
from dashwidgets.api.transport.writes import Written, announce, forget, listen
from tests.api.conftest import Scripted

HOST = "https://writes.example"


class Widget:
    def __init__(self) -> None:
        self.heard: list[Written] = []

    def hear(self, written: Written) -> None:
        self.heard.append(written)


def test_a_listener_hears_of_its_projects_dashboards_until_it_forgets() -> None:
    one, other = Widget(), Widget()
    before = writes.listeners()
    listen(HOST, 7, one.hear)
    listen(HOST, "7", other.hear)
    announce(HOST, 7, "dashboards/5/", {"id": 5})
    announce(HOST, 7, "insights/5/", {})
    announce(HOST, 8, "dashboards/5/", {})
    assert [(w.dashboard, w.path) for w in one.heard] == [(5, "dashboards/5/")]
    forget(one.hear)
    announce(HOST, 7, "dashboards/6/sharing/", None)
    assert len(one.heard) == 1
    assert [written.dashboard for written in other.heard] == [5, 6]
    forget(other.hear)
    assert writes.listeners() == before
    assert (HOST, "7") not in writes._listeners


@pytest.mark.parametrize(
    ("answer", "is_detail"),
    [
        ({"id": 5, "name": "N", "tiles": []}, True),
        ({"id": 6, "name": "N", "tiles": []}, False),
        ({"id": 5, "tiles": []}, False),
        ({"id": 5, "name": "N"}, False),
        (None, False),
    ],
)
def test_a_write_knows_the_dashboard_where_the_answer_says_it(answer: Any, is_detail: bool) -> None:
    assert Written(5, "dashboards/5/", answer).detail == (answer if is_detail else None)


def test_a_connection_that_was_closed_sends_nothing_more() -> None:
    transport = HttpxTransport("http://localhost:1", Secret("phx_a"), 1.0)
    transport.abort()
    call = Call("GET", "/", "Reading", {}, {}, None, None)
    with (
        pytest.raises(ConnectionFailed, match="Reading: the connection was closed") as error,
        transport.open(call),
    ):
        pass
    assert not error.value.sent
    transport.close()


def test_every_place_is_worked_on_once_and_an_error_stops_the_rest() -> None:
    done: list[int] = []
    in_threads(done.append, 50, at_once=3)
    assert sorted(done) == list(range(50))
    in_threads(done.append, 0)
    began, gate = list[int](), threading.Event()

    def broken(at: int) -> None:
        began.append(at)
        if at == 0:
            gate.set()
            raise KeyError(at)
        gate.wait(1)

    with pytest.raises(KeyError):
        in_threads(broken, 10_000, at_once=2)
    assert len(began) < 10_000


def test_one_refusal_stands_in_the_place_of_its_answer(server: Scripted, client: Client) -> None:
    def answer(path: str) -> Any:
        key = int(path.split("/")[-2])
        return (404, {}, b"{}") if key == 2 else (200, {}, b'{"id": %d}' % key)

    server.says(answer)
    taken: dict[int, Any] = {}
    found = send_all(client, map(dashboards.read, (1, 2, 3)), take=taken.__setitem__)
    assert [one["id"] for one in (found[0], found[2]) if isinstance(one, dict)] == [1, 3]
    assert isinstance(found[1], NotFound)
    assert [taken[at] for at in range(3)] == found
    assert len(send_all(client, [dashboards.read(1)])) == 1


@pytest.mark.parametrize(
    ("body", "fits"),
    [
        (b'{"id": 1}', True),
        (b'{"id": 1, "tiles": null}', True),
        (b'{"id": 1, "tiles": [{"id": 2}]}', True),
        (b'{"id": "1"}', False),
        (b"{}", False),
        (b'{"id": 1, "tiles": {}, "x": 1}', True),
        (b'{"id": 1, "tiles": {"a": 1}}', False),
        (b'{"id": 1, "tiles": [{}]}', False),
        (b'{"id": 1, "tiles": [3]}', False),
    ],
)
def test_a_dashboard_and_its_tiles_have_ids(body: bytes, fits: bool) -> None:
    if fits:
        assert read_dashboard(body)["id"] == 1
    else:
        with pytest.raises(UnexpectedAnswer):
            read_dashboard(body)


def test_a_tile_has_an_id_and_what_is_not_given_is_left_out() -> None:
    assert read_tile(b'{"id": 3}') == {"id": 3}
    with pytest.raises(UnexpectedAnswer):
        read_tile(b'{"name": "x"}')
    assert given(a=None, b=UNSET, c=0) == {"a": None, "c": 0}
