"""When a request is sent again, and after how long: nothing is sent, nobody waits."""

from __future__ import annotations

import logging
import random
from typing import Any

import pytest

from dashwidgets.api import errors
from dashwidgets.api.core import Core, Pause
from dashwidgets.api.request import Request
from dashwidgets.api.transport.interface import Call, Reply

Answer = Reply | Exception


@pytest.fixture
def core(monkeypatch: pytest.MonkeyPatch) -> Core:
    """One that draws the longest pause."""
    monkeypatch.setattr(random, "uniform", lambda _least, most: most)
    return Core("http://localhost:8000", "phx_secret", 7, limited=False, deadline=30.0)


def asks(method: str = "GET", path: str = "x/", **more: Any) -> Request[bytes]:
    return Request(method, path, bytes, "x:read", "Asking", **more)  # type: ignore[arg-type]


def said(status: int, body: bytes = b"{}", **headers: str) -> Reply:
    return Reply(status, {name.replace("_", "-"): text for name, text in headers.items()}, body)


def talked(core: Core, request: Request[bytes], *answers: Answer) -> tuple[list[float], Any]:
    """The pauses, and what came in the end: what the last answer is, is said for ever."""
    pauses: list[float] = []
    talk = core.talk(request, bytes)
    given = list(answers)
    step = next(talk)
    while True:
        try:
            if isinstance(step, Pause):
                pauses.append(step.seconds)
                step = next(talk)
                continue
            answer = given.pop(0) if len(given) > 1 else given[0]
            step = talk.throw(answer) if isinstance(answer, Exception) else talk.send(answer)
        except StopIteration as end:
            return pauses, end.value
        except errors.DashwidgetsError as error:
            return pauses, error


OK = said(200, b"fine")
NOT_SENT = errors.ConnectionFailed("x", sent=False)
BROKE = errors.ConnectionFailed("x", sent=True)
LASTS = errors.ConnectionFailed("x", sent=False, cause="not_trusted")
LATE = errors.TimedOut("x")


@pytest.mark.parametrize(
    ("request_", "answers", "pauses", "end"),
    [
        (asks(), [OK], [], b"fine"),
        (asks(), [said(500), said(500), OK], [1.0, 2.0], b"fine"),
        (asks(), [said(500)], [1.0, 2.0], errors.ServerError),
        (asks(), [said(503, Retry_After="3"), OK], [3.0], b"fine"),
        (asks("PATCH"), [said(500), OK], [1.0], b"fine"),
        (asks("PATCH", once=True), [said(500)], [], errors.ServerError),
        (asks("POST"), [said(500)], [], errors.ServerError),
        (asks("POST"), [BROKE], [], errors.ConnectionFailed),
        (asks("POST"), [NOT_SENT, NOT_SENT, OK], [0.4, 0.8], b"fine"),
        (asks("POST"), [NOT_SENT], [0.4, 0.8], errors.ConnectionFailed),
        (asks("POST"), [said(429), OK], [15.0], b"fine"),
        (asks("POST"), [said(429, Retry_After="4"), OK], [4.0], b"fine"),
        (asks(), [said(429, Retry_After="31")], [], errors.Throttled),
        (asks(), [LASTS], [], errors.ConnectionFailed),
        (asks(), [BROKE, OK], [1.0], b"fine"),
        (asks("POST", reads_only=True), [BROKE, OK], [1.0], b"fine"),
        (asks("POST", reads_only=True), [LATE], [], errors.TimedOut),
        (asks("POST", reads_only=True), [said(500)], [], errors.ServerError),
        (asks(), [LATE, OK], [1.0], b"fine"),
        (asks(), [said(404)], [], errors.NotFound),
        (asks(), [said(299)], [], b"{}"),
        (asks(), [said(300)], [], errors.ApiError),
        (asks(), [said(399)], [], errors.ApiError),
    ],
)
def test_what_is_tried_again_and_after_how_long(
    core: Core, request_: Request[bytes], answers: list[Answer], pauses: list[float], end: Any
) -> None:
    waited, found = talked(core, request_, *answers)
    assert waited == pauses
    assert found == end if isinstance(end, bytes) else type(found) is end
    assert core.spent == len(pauses) + 1


def test_a_wait_is_told_and_a_long_one_is_a_warning(
    core: Core, caplog: pytest.LogCaptureFixture
) -> None:
    told: list[tuple[float, str]] = []
    core.listeners.append(lambda seconds, why: told.append((seconds, why)))
    with caplog.at_level(logging.INFO, "dashwidgets"):
        talked(core, asks(), said(500), said(500, Retry_After="2"), OK)
    assert [seconds for seconds, _ in told] == [1.0, 2.0]
    assert [record.levelname for record in caplog.records] == ["INFO", "WARNING"]


def test_a_path_is_below_the_project_or_whole(core: Core) -> None:
    assert core.call(asks(path="x/")).path == "/api/projects/7/x/"
    call = core.call(asks(path="/api/users/@me/"))
    assert isinstance(call, Call)
    assert call.path == "/api/users/@me/"


def test_a_refusal_does_not_quote_the_key(core: Core) -> None:
    _, found = talked(core, asks(), said(401, b'{"detail": "phx_secret is wrong"}'))
    assert "phx_secret" not in str(found)
    assert "phx_…" in str(found)
    _, found = talked(core, asks(), said(302))
    assert "http://localhost:8000 redirects elsewhere" in str(found)


def test_keys_are_counted_but_on_this_machine() -> None:
    far = Core("https://a.example", "phx_counted", 7, limited=None, deadline=30.0)
    near = Core("http://localhost:8000", "phx_counted", 7, limited=None, deadline=30.0)
    assert (far.budget is None, near.budget is None) == (False, True)
    asked = Core("http://localhost:8000", "phx_asked", 7, limited=True, deadline=30.0)
    talked(asked, asks(), said(429, Retry_After="9"), OK)
    assert asked.left() is not None
    assert near.left() is None
