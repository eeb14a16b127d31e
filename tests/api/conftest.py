"""A server that answers as a test says, and remembers what it was asked."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Protocol, TypeVar

import pytest

from dashwidgets.api.async_client import AsyncClient
from dashwidgets.api.client import Client
from dashwidgets.api.request import Request

T = TypeVar("T")

Answer = tuple[int, dict[str, str], bytes]

KEYS_REFUSED = "This action does not support personal API key access"
"""What the newest PostHog says where no key may go (contract 1.1)."""


class Scripted:
    """Answers in turn; the last one again and again."""

    def __init__(self) -> None:
        self.answers: list[Answer | Callable[[str], Answer]] = []
        self.asked: list[str] = []
        self.headers: list[dict[str, str]] = []
        script = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                length = int(self.headers.get("Content-Length") or 0)
                self.rfile.read(length)
                script.asked.append(f"{self.command} {self.path}")
                script.headers.append(dict(self.headers))
                answer = script.answers.pop(0) if len(script.answers) > 1 else script.answers[0]
                status, headers, body = answer(self.path) if callable(answer) else answer
                self.send_response(status)
                for name, value in headers.items():
                    self.send_header(name, value)
                if "Content-Length" not in headers:
                    self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            do_POST = do_PATCH = do_DELETE = do_CONNECT = do_GET  # noqa: N815

            def log_message(self, *_: object) -> None:
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.server.server_port}"

    def says(self, *answers: Answer | Callable[[str], Answer]) -> Scripted:
        self.answers = list(answers)
        return self


@pytest.fixture
def server() -> Iterator[Scripted]:
    scripted = Scripted()
    thread = threading.Thread(target=scripted.server.serve_forever, args=(0.01,), daemon=True)
    thread.start()
    yield scripted
    scripted.server.shutdown()
    scripted.server.server_close()


@pytest.fixture
def slept() -> list[float]:
    """Seconds the client would have waited."""
    return []


@pytest.fixture
def client(server: Scripted, slept: list[float]) -> Iterator[Client]:
    with Client(server.url, "phx_test_key_0123456789", 7, sleep=slept.append) as found:
        yield found


class Sender(Protocol):
    """What both clients can do."""

    @property
    def requests_spent(self) -> int: ...
    def send(self, request: Request[T]) -> T: ...


class OnALoop:
    """The asyncio client, for tests that are written for a thread."""

    def __init__(self, runner: asyncio.Runner, client: AsyncClient) -> None:
        self._runner, self._client = runner, client

    def __repr__(self) -> str:
        return repr(self._client)

    @property
    def requests_spent(self) -> int:
        return self._client.requests_spent

    def send(self, request: Request[T]) -> T:
        return self._runner.run(self._client.send(request))


@contextmanager
def on_a_loop(client: AsyncClient) -> Iterator[OnALoop]:
    with asyncio.Runner() as runner:
        yield OnALoop(runner, client)
        runner.run(client.close())
