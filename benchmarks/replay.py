"""Answers recorded once and said again at once, so that a client is measured and not a server.

Reads ``{path: body}`` as JSON from its input and prints its port.
"""

from __future__ import annotations

import asyncio
import json
import re
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager


class Connection(asyncio.Protocol):
    """One client; a request is whole when its headers and its body are."""

    def __init__(self, answers: Mapping[bytes, bytes]) -> None:
        self.answers = answers
        self.asked = b""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self.transport = transport

    def data_received(self, data: bytes) -> None:
        self.asked += data
        while b"\r\n\r\n" in self.asked:
            head, _, rest = self.asked.partition(b"\r\n\r\n")
            length = re.search(rb"(?i)\r\ncontent-length: *(\d+)", head)
            if len(rest) < (sent := int(length[1]) if length else 0):
                return
            self.asked = rest[sent:]
            body = self.answers[head.split(b" ", 2)[1].partition(b"?")[0]]
            self.transport.write(
                b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n"
                b"Content-Length: %d\r\n\r\n%s" % (len(body), body)
            )


async def run(answers: Mapping[bytes, bytes]) -> None:
    loop = asyncio.get_running_loop()
    server = await loop.create_server(lambda: Connection(answers), "127.0.0.1", 0)
    print(server.sockets[0].getsockname()[1], flush=True)
    await server.serve_forever()


@contextmanager
def replaying(answers: Mapping[str, str]) -> Iterator[str]:
    """Serve answers until the block ends; returns the address."""
    command = [sys.executable, "-m", "benchmarks.replay"]
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        process.stdin.write(json.dumps(answers))
        process.stdin.close()
        try:
            yield f"http://127.0.0.1:{process.stdout.readline().strip()}"
        finally:
            process.terminate()


if __name__ == "__main__":
    asyncio.run(run({k.encode(): v.encode() for k, v in json.load(sys.stdin).items()}))
