"""A server that answers the query endpoint as another PostHog would, from a script."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest

import dashwidgets as dw
from dashwidgets.api.client import Client

Said = tuple[int, Any]


def rows(columns: dict[str, str], *found: list[Any], **fields: Any) -> Said:
    """A good answer: columns with their types, and rows."""
    envelope = {"columns": list(columns), "types": [list(each) for each in columns.items()]}
    return 200, {"results": found, "hasMore": False, "timezone": "UTC"} | envelope | fields


class Foreign:
    """What was asked, and what says the answers."""

    def __init__(self) -> None:
        self.asked: list[tuple[str, str, Any]] = []
        self.answer: Callable[[str, str, Any], Said | None] = lambda *_: (404, {"detail": "none"})
        foreign = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def handle_any(self) -> None:
                size = int(self.headers.get("Content-Length") or 0)
                body = json.loads(self.rfile.read(size)) if size else None
                path = self.path.partition("/projects/1/")[2] or self.path
                foreign.asked.append((self.command, path, body))
                said = foreign.answer(self.command, path, body)
                if said is None:
                    self.close_connection = True
                    return
                text = json.dumps(said[1]).encode()
                self.send_response(said[0])
                self.send_header("Content-Type", "application/json")
                self.send_header("Content-Length", str(len(text)))
                self.end_headers()
                self.wfile.write(text)

            do_GET = do_POST = do_PATCH = do_DELETE = handle_any  # noqa: N815

            def log_message(self, *_: Any) -> None: ...

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    @property
    def statements(self) -> list[str]:
        return [body["query"]["query"] for verb, _, body in self.asked if verb == "POST"]

    def says(self, *answers: Said | None) -> Foreign:
        """These answers to statements, one after another; the last again and again."""
        left = list(answers)
        self.answer = lambda *_: left.pop(0) if len(left) > 1 else left[0]
        return self


@pytest.fixture
def foreign() -> Iterator[Foreign]:
    server = Foreign()
    yield server
    server.server.shutdown()
    server.server.server_close()


@pytest.fixture
def ph(foreign: Foreign) -> Iterator[dw.Project]:
    host = f"http://127.0.0.1:{foreign.server.server_port}"
    with dw.Project(Client(host, "phx_test_key_0123456789", 1)) as project:
        yield project
