"""The transport: errors in one sentence, retries only where they are safe, the key nowhere."""

from __future__ import annotations

import pickle
import traceback
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from typing import Any

import pytest

from dashwidgets.api import errors
from dashwidgets.api.async_client import AsyncClient
from dashwidgets.api.client import Client
from dashwidgets.api.endpoints import collaborators, dashboards
from dashwidgets.api.request import Request
from dashwidgets.api.secret import Secret
from tests.api.conftest import Scripted, Sender, on_a_loop

OK = (200, {}, b'{"count": 0, "results": []}')
BUSY = (503, {}, b"<html>busy</html>")
KEY = "phx_test_key_0123456789"


@pytest.fixture(params=["threads", "asyncio"])
def client(
    server: Scripted, slept: list[float], request: pytest.FixtureRequest
) -> Iterator[Sender]:
    """Both clients: what one answers, the other answers."""
    if request.param == "threads":
        with Client(server.url, KEY, 7, sleep=slept.append) as found:
            yield found
        return

    async def sleep(seconds: float) -> None:
        slept.append(seconds)

    with on_a_loop(AsyncClient(server.url, KEY, 7, sleep=sleep)) as found:
        yield found


@pytest.mark.parametrize(
    ("status", "body", "kind", "says"),
    [
        (
            400,
            b'{"type":"validation_error","code":"max_length","detail":"Too long.","attr":"name"}',
            errors.BadRequest,
            "Too long (field name)",
        ),
        (401, b'{"detail":"Invalid."}', errors.Unauthorized, "POSTHOG_PERSONAL_API_KEY"),
        (402, b'{"detail":"Upgrade"}', errors.PaymentRequired, "Upgrade"),
        (403, b'{"detail":"API key missing required scope"}', errors.Forbidden, "scope"),
        (404, b'{"detail":"Not found."}', errors.NotFound, "Not found"),
        (405, b"", errors.NotAllowed, "HTTP 405"),
        (409, b'{"error":"exists"}', errors.Conflict, "exists"),
        (418, b"a plain text", errors.ApiError, "a plain text"),
        (500, b"<html>trace</html>", errors.ServerError, "HTTP 500"),
    ],
)
def test_an_error_is_one_sentence(
    server: Scripted,
    client: Sender,
    status: int,
    body: bytes,
    kind: type[errors.ApiError],
    says: str,
) -> None:
    server.says((status, {}, body))
    with pytest.raises(kind) as caught:
        client.send(dashboards.page())
    assert says in str(caught.value)
    assert "\n" not in str(caught.value)
    assert "<html>" not in str(caught.value)
    assert caught.value.status == status


def test_a_read_is_tried_again_and_a_write_is_not(server: Scripted, client: Sender) -> None:
    server.says(BUSY, BUSY, OK)
    assert client.send(dashboards.page()).count == 0
    assert client.requests_spent == 3

    server.says(BUSY)
    with pytest.raises(errors.ServerError):
        client.send(dashboards.create(name="once"))
    assert client.requests_spent == 4


def test_retry_after_is_honoured_or_told(
    server: Scripted, client: Sender, slept: list[float]
) -> None:
    server.says((429, {"Retry-After": "3"}, b"{}"), OK)
    client.send(dashboards.page())
    assert slept == [3.0]

    server.says((429, {"Retry-After": "600"}, b'{"detail":"Throttled."}'))
    with pytest.raises(errors.Throttled, match="600 s") as caught:
        client.send(dashboards.page())
    assert caught.value.retry_after == 600
    assert slept == [3.0]


def test_the_key_does_not_follow_a_redirect(server: Scripted, client: Sender) -> None:
    server.says((302, {"Location": "http://127.0.0.1:9/steal"}, b""))
    with pytest.raises(errors.ApiError, match="redirects elsewhere"):
        client.send(dashboards.page())
    assert len(server.asked) == 1


def test_the_key_is_in_the_header_and_nowhere_else(server: Scripted, client: Sender) -> None:
    server.says((401, {}, b"{}"))
    with pytest.raises(errors.Unauthorized) as caught:
        client.send(dashboards.page())
    assert server.headers[0]["Authorization"] == f"Bearer {KEY}"
    told = "".join(traceback.format_exception(caught.value)) + repr(client) + server.asked[0]
    assert KEY not in told
    assert repr(Secret(KEY)) == "Secret('phx_…')"
    with pytest.raises(TypeError, match="not pickled"):
        pickle.dumps(Secret(KEY))


@pytest.mark.parametrize("body", [b"<html>hello</html>", b"[1]", b"", b'{"results": 5}'])
def test_something_else_than_posthog_is_told(server: Scripted, client: Sender, body: bytes) -> None:
    server.says((200, {}, body))
    with pytest.raises(errors.UnexpectedAnswer, match="PostHog"):
        client.send(dashboards.page())


UNREADABLE = [
    b'{"id": 7, "name": "\xff"}',
    b'[{"name": "\xff"}]',
    b'{"count": 1, "results": [{"name": "\xff"}]}',
    b'[{"name": ' + b"[" * 100_000,
    b'{"count": 1, "results": [{"name": ' + b"[" * 100_000,
]


@pytest.mark.parametrize("body", UNREADABLE)
@pytest.mark.parametrize(
    "request_", [dashboards.page(), dashboards.read(7), collaborators.listing(7)]
)
def test_bytes_that_are_no_json_are_told(
    server: Scripted, client: Sender, body: bytes, request_: Request[Any]
) -> None:
    server.says((200, {}, body))
    with pytest.raises(errors.UnexpectedAnswer, match="PostHog"):
        client.send(request_)


@pytest.mark.parametrize("body", UNREADABLE)
def test_a_refusal_that_is_no_json_is_a_refusal(
    server: Scripted, client: Sender, body: bytes
) -> None:
    server.says((400, {}, body))
    with pytest.raises(errors.BadRequest):
        client.send(dashboards.read(7))


@pytest.mark.parametrize(
    ("host", "says"),
    [
        ("http://posthog.example.com", "https://posthog.example.com"),
        ("https://user:pw@posthog.example.com", "user name or password"),
        ("ftp://x", "not a host"),
        ("", "not a host"),
    ],
)
def test_a_host_that_can_not_be_right_is_refused(host: str, says: str) -> None:
    with pytest.raises(errors.ConfigurationError, match=says):
        Client(host, "phx_abc", 1)


@pytest.mark.parametrize(
    ("key", "says"),
    [("", "empty"), ("a b", "spaces"), ("phc_abc", "project token"), ("ü", "empty")],
)
def test_a_key_that_can_not_be_right_is_refused(key: str, says: str) -> None:
    with pytest.raises(errors.ConfigurationError, match=says):
        Client("https://us.posthog.com", key, 1)


@pytest.mark.parametrize(
    ("behind", "ahead"), [(timedelta(days=7), timedelta(days=-7)), (timedelta(), timedelta())]
)
def test_the_servers_clock_is_read_from_its_date(
    server: Scripted, monkeypatch: pytest.MonkeyPatch, behind: timedelta, ahead: timedelta
) -> None:
    handler: Any = server.server.RequestHandlerClass
    date = format_datetime(datetime.now(UTC) - behind, usegmt=True)
    monkeypatch.setattr(handler, "date_time_string", lambda *_: date)
    server.says((200, {}, b"{}"))
    with Client(server.url, KEY, 7) as client:
        client.send(Request("GET", "x/", bytes, "x:read", "Reading"))
        assert abs(client.clock_ahead - ahead) < timedelta(seconds=2)
        assert (client.clock_ahead == timedelta()) == (not behind)


@pytest.mark.parametrize("date", ["", "yesterday", "Sun, 99 Nov 2026 00:00:00 GMT"])
def test_a_date_that_is_none_changes_nothing(
    server: Scripted, monkeypatch: pytest.MonkeyPatch, date: str
) -> None:
    handler: Any = server.server.RequestHandlerClass
    monkeypatch.setattr(handler, "date_time_string", lambda *_: date)
    server.says((200, {}, b"{}"))
    with Client(server.url, KEY, 7) as client:
        client.send(Request("GET", "x/", bytes, "x:read", "Reading"))
        assert client.clock_ahead == timedelta()
