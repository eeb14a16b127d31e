"""A proxy that passes requests on, and does something to what comes back."""

from __future__ import annotations

import http.client
import socket
import struct
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import urlsplit


@dataclass
class Reply:
    """What the server said."""

    status: int
    headers: list[tuple[str, str]]
    body: bytes

    def head(self, length: int | None = None) -> bytes:
        """The status line and headers, for a body of this length."""
        lines = [f"HTTP/1.1 {self.status} X", "Connection: close"]
        lines += [f"{name}: {value}" for name, value in self.headers]
        lines += [f"Content-Length: {len(self.body) if length is None else length}"]
        return "\r\n".join(lines).encode() + b"\r\n\r\n"


Ask = Callable[[], Reply]
"""Passes the request on, and returns what the server said."""
Fault = Callable[["Wire", Ask, int], None]
"""Sends a reply, or what it makes of one; the number counts the requests since it was set."""


class Wire:
    """The client's side of one connection."""

    def __init__(self, connection: socket.socket, over: threading.Event) -> None:
        self._connection = connection
        self._over = over

    def send(self, data: bytes) -> None:
        self._connection.sendall(data)

    def stall(self) -> None:
        """Say nothing more until the client goes."""
        self._connection.settimeout(0.05)
        while not self._over.is_set():
            try:
                if not self._connection.recv(1):
                    return
            except TimeoutError:
                continue
            except OSError:
                return

    def reset(self) -> None:
        self._connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        self._connection.close()


# The connection breaks after the server has acted, which is the worse case for a write; whoever
# refuses or stands in for the server has not let the request reach it.


def passed_on(wire: Wire, ask: Ask, _nth: int) -> None:
    """No fault."""
    reply = ask()
    wire.send(reply.head() + reply.body)


def cut_in_the_head(wire: Wire, ask: Ask, _nth: int) -> None:
    wire.send(ask().head()[:20])


def cut_in_the_body(wire: Wire, ask: Ask, _nth: int) -> None:
    reply = ask()
    wire.send((reply.head() + reply.body)[:-3])  # of an answer without a body, its head


def stalled(wire: Wire, ask: Ask, _nth: int) -> None:
    reply = ask()
    whole = reply.head() + reply.body
    wire.send(whole[: len(whole) - len(reply.body) // 2 - 3])
    wire.stall()


def dripped(wire: Wire, ask: Ask, _nth: int) -> None:
    reply = ask()
    wire.send(reply.head())
    step = max(1, len(reply.body) // 8)
    for at in range(0, len(reply.body), step):
        wire.send(reply.body[at : at + step])
        time.sleep(0.005)


def reset(wire: Wire, ask: Ask, _nth: int) -> None:
    ask()
    wire.reset()


def busy_once(wire: Wire, ask: Ask, nth: int) -> None:
    if nth:
        passed_on(wire, ask, nth)
    else:
        refusal = Reply(429, [("Retry-After", "0")], b'{"detail": "slow"}')
        wire.send(refusal.head() + refusal.body)


def busy(wire: Wire, _ask: Ask, _nth: int) -> None:
    refusal = Reply(429, [("Retry-After", "900")], b"{}")
    wire.send(refusal.head() + refusal.body)


def broken(wire: Wire, _ask: Ask, _nth: int) -> None:
    refusal = Reply(500, [], b'{"detail": "A server error occurred."}')
    wire.send(refusal.head() + refusal.body)


def signed_out(wire: Wire, _ask: Ask, _nth: int) -> None:
    page = Reply(200, [("Content-Type", "text/html")], b"<html>Please sign in</html>")
    wire.send(page.head() + page.body)


def lied(wire: Wire, _ask: Ask, _nth: int) -> None:
    empty = Reply(200, [("Content-Type", "application/json")], b"{}")
    wire.send(empty.head() + empty.body)


FAULTS: dict[str, Fault] = {
    "cut in the head": cut_in_the_head,
    "cut in the body": cut_in_the_body,
    "stalls": stalled,
    "drips": dripped,
    "resets": reset,
    "429 once": busy_once,
    "429": busy,
    "500": broken,
    "HTML": signed_out,
    "`{}`": lied,
    "500, last": broken,
    "cut, last": cut_in_the_body,
}
LAST = ("500, last", "cut, last")
"""Faults of the last request of a call alone: those before it are answered."""


def late(fault: Fault, requests: int) -> Fault:
    """A fault from the last of so many requests on."""

    def only_then(wire: Wire, ask: Ask, nth: int) -> None:
        (fault if nth >= requests - 1 else passed_on)(wire, ask, nth)

    return only_then


class Proxy(ThreadingHTTPServer):
    daemon_threads = True

    def __init__(self, upstream: str) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.upstream = urlsplit(upstream).netloc
        self.url = f"http://127.0.0.1:{self.server_port}"
        self.fault: Fault = passed_on
        self.requests = 0
        self.over = threading.Event()

    def set(self, fault: Fault) -> None:
        self.fault, self.requests = fault, 0


class Handler(BaseHTTPRequestHandler):
    server: Proxy  # pyright: ignore[reportIncompatibleVariableOverride]
    protocol_version = "HTTP/1.1"

    def log_message(self, *_: object) -> None: ...

    def _answer(self) -> None:
        nth, self.server.requests = self.server.requests, self.server.requests + 1
        body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        self.close_connection = True
        try:
            wire = Wire(self.connection, self.server.over)
            self.server.fault(wire, lambda: self._ask(body), nth)
        except OSError:
            return  # the client has gone

    def _ask(self, body: bytes) -> Reply:
        upstream = http.client.HTTPConnection(self.server.upstream, timeout=60)
        headers = {k: v for k, v in self.headers.items() if k.lower() not in ("host", "connection")}
        headers["Accept-Encoding"] = "identity"
        upstream.request(self.command, self.path, body, headers)
        answer = upstream.getresponse()
        left_out = ("content-length", "transfer-encoding", "connection", "date", "server")
        kept = [(k, v) for k, v in answer.getheaders() if k.lower() not in left_out]
        reply = Reply(answer.status, kept, answer.read())
        upstream.close()
        return reply

    do_GET = do_POST = do_PATCH = do_DELETE = _answer  # noqa: N815


@contextmanager
def proxied(upstream: str) -> Iterator[Proxy]:
    """A proxy in front of a server."""
    proxy = Proxy(upstream)
    thread = threading.Thread(target=proxy.serve_forever, daemon=True)
    thread.start()
    try:
        yield proxy
    finally:
        proxy.over.set()
        proxy.shutdown()
        proxy.server_close()
