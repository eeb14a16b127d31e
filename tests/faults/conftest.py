"""A server that keeps to nothing: it says raw bytes, stalls, and hangs up where it is told."""

from __future__ import annotations

import socket
import struct
import threading
from collections.abc import Iterator, Sequence

import pytest

HANG_UP, RESET, STALL = "hang up", "reset", "stall"
Act = bytes | str


class Rude:
    """Plays one script a connection; the last script again and again."""

    def __init__(self) -> None:
        self.scripts: list[Sequence[Act]] = []
        self.connections = 0
        self.gone = threading.Event()
        self._over = threading.Event()
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.url = f"http://127.0.0.1:{self._listener.getsockname()[1]}"
        threading.Thread(target=self._accept, daemon=True).start()

    def plays(self, *scripts: Sequence[Act]) -> Rude:
        self.scripts = list(scripts)
        return self

    def close(self) -> None:
        self._over.set()
        self._listener.close()

    def _accept(self) -> None:
        while not self._over.is_set():
            try:
                connection, _ = self._listener.accept()
            except OSError:
                return
            self.connections += 1
            script = self.scripts.pop(0) if len(self.scripts) > 1 else self.scripts[0]
            threading.Thread(target=self._play, args=(connection, script), daemon=True).start()

    def _play(self, connection: socket.socket, script: Sequence[Act]) -> None:
        with connection:
            connection.recv(65_536)
            for act in script:
                if act == STALL:
                    self._wait_until_they_go(connection)
                    return
                if act == RESET:
                    now = struct.pack("ii", 1, 0)
                    connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, now)
                    return
                if isinstance(act, bytes):
                    connection.sendall(act)

    def _wait_until_they_go(self, connection: socket.socket) -> None:
        connection.settimeout(0.05)
        while not self._over.is_set():
            try:
                if connection.recv(1) == b"":
                    self.gone.set()
                    return
            except TimeoutError:
                continue
            except OSError:
                self.gone.set()
                return


@pytest.fixture
def rude() -> Iterator[Rude]:
    server = Rude()
    yield server
    server.close()


def answer(body: bytes, *headers: str, status: str = "200 OK") -> bytes:
    """A whole HTTP answer that closes its connection."""
    lines = [f"HTTP/1.1 {status}", "Connection: close", *headers]
    if not any(line.startswith(("Content-Length", "Transfer-Encoding")) for line in headers):
        lines.append(f"Content-Length: {len(body)}")
    return "\r\n".join(lines).encode() + b"\r\n\r\n" + body


def chunked(*parts: bytes) -> bytes:
    """A body in chunks, as a server streams it."""
    return b"".join(b"%x\r\n%s\r\n" % (len(part), part) for part in parts) + b"0\r\n\r\n"
