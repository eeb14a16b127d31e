"""`Transport` and `AsyncTransport` through httpx."""

from __future__ import annotations

import asyncio
import contextlib
import socket
import threading
from collections.abc import AsyncGenerator, AsyncIterator, Generator, Iterator, Mapping
from contextlib import asynccontextmanager, closing, contextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import httpx

from dashwidgets.api.errors import ConnectionFailed
from dashwidgets.api.secret import Secret
from dashwidgets.api.transport.failures import LIBRARY, failure
from dashwidgets.api.transport.interface import Call
from dashwidgets.api.transport.route import route_to

CONNECT = 10.0
"""Seconds to make a connection in."""


@cache
def _timeouts(seconds: float) -> dict[str, float | None]:
    return httpx.Timeout(seconds, connect=CONNECT).as_dict()


@dataclass(frozen=True)
class _Line:
    """Where one client's calls go, and with which key: no redirects, no cookies."""

    host: str
    key: Secret
    timeout: float

    def request(self, call: Call, extensions: Mapping[str, Any] | None = None) -> httpx.Request:
        """A call as httpx has it; it hides the key in every repr."""
        headers = httpx.Headers(call.headers)
        headers["Authorization"] = f"Bearer {self.key.reveal()}"
        headers["User-Agent"] = "dashwidgets"
        headers["Accept-Encoding"] = "gzip, deflate"
        return httpx.Request(
            call.method,
            self.host + call.path,
            params=dict(call.params) if call.params else None,
            json=call.json,
            headers=headers,
            extensions={"timeout": _timeouts(call.timeout or self.timeout), **(extensions or {})},
        )


class HttpxTransport:
    """Send through one pool of connections.

    Parameters
    ----------
    host : str
        Origin, checked.
    key : Secret
        Sent with every call.
    timeout : float
        Seconds without a byte.
    ca : Path, optional
        Certificates that are trusted as well.
    traced : bool
        Whether `abort` must find the sockets; costs a callback a call.
    """

    def __init__(
        self,
        host: str,
        key: Secret,
        timeout: float,
        *,
        ca: Path | None = None,
        traced: bool = False,
    ) -> None:
        self._line = _Line(host, key, timeout)
        self._route = route_to(host, ca)
        # Not httpx.Client: what it adds (redirects, cookies) is unwanted, and half of the time.
        self._http = httpx.HTTPTransport(**self._route.options())
        # httpx offers no way to reach a socket but its trace callback.
        self._sockets: list[Any] | None = [] if traced else None
        self._aborted = False
        self._lock = threading.Lock()

    def __repr__(self) -> str:
        return f"HttpxTransport({self._line.host!r})"

    @contextmanager
    def open(self, call: Call) -> Generator[_Answer]:
        """Send, and return the answer as soon as its headers have arrived."""
        if self._aborted:
            raise ConnectionFailed(f"{call.what}: the connection was closed.", sent=False)
        with self._own_errors(call):
            extensions = None if self._sockets is None else {"trace": self._watch}
            request = self._line.request(call, extensions)
            answer = self._http.handle_request(request)
            answer.request = request
            with closing(answer):
                yield _Answer(answer)

    def fork(self) -> HttpxTransport:
        """A transport with its own connections, which `abort` can close."""
        line = self._line
        return HttpxTransport(line.host, line.key, line.timeout, ca=self._route.ca, traced=True)

    def abort(self) -> None:
        """Shut every socket down: a thread that waits for bytes sees the end immediately."""
        with self._lock:
            self._aborted = True
            for stream in self._sockets or []:
                _shut(stream)

    def close(self) -> None:
        """Close the connections that are idle."""
        self._http.close()

    @contextmanager
    def _own_errors(self, call: Call) -> Generator[None]:
        try:
            yield
        except LIBRARY as error:
            raise failure(call, self._route, error) from error

    def _watch(self, _event: str, info: dict[str, Any]) -> None:
        stream = info.get("return_value")
        if self._sockets is not None and hasattr(stream, "get_extra_info"):
            with self._lock:
                self._sockets.append(stream)
                if self._aborted:
                    _shut(stream)


class AsyncHttpxTransport:
    """Send through one pool of connections, from one event loop."""

    def __init__(self, host: str, key: Secret, timeout: float, *, ca: Path | None = None) -> None:
        self._line = _Line(host, key, timeout)
        self._route = route_to(host, ca)
        self._http = httpx.AsyncHTTPTransport(**self._route.options())

    def __repr__(self) -> str:
        return f"AsyncHttpxTransport({self._line.host!r})"

    @asynccontextmanager
    async def open(self, call: Call) -> AsyncGenerator[_AsyncAnswer]:
        """Send, and return the answer as soon as its headers have arrived."""
        try:
            request = self._line.request(call)
            answer = await self._http.handle_async_request(request)
            answer.request = request
            try:
                yield _AsyncAnswer(answer)
            finally:
                await answer.aclose()
        except LIBRARY as error:
            # Finding the cause may take another connection.
            raise await asyncio.to_thread(failure, call, self._route, error) from error

    async def close(self) -> None:
        """Close the connections."""
        await self._http.aclose()


class _Answer:
    def __init__(self, answer: httpx.Response) -> None:
        self._answer = answer
        self.status = answer.status_code
        self.headers: Mapping[str, str] = answer.headers

    def read(self) -> bytes:
        return self._answer.read()

    def chunks(self) -> Iterator[bytes]:
        return self._answer.iter_bytes()


class _AsyncAnswer:
    def __init__(self, answer: httpx.Response) -> None:
        self._answer = answer
        self.status = answer.status_code
        self.headers: Mapping[str, str] = answer.headers

    async def read(self) -> bytes:
        return await self._answer.aread()

    def chunks(self) -> AsyncIterator[bytes]:
        return self._answer.aiter_bytes()


def _shut(stream: Any) -> None:
    # What was wrapped in TLS or has ended since refuses, and needs nothing.
    with contextlib.suppress(OSError, AttributeError):
        stream.get_extra_info("socket").shutdown(socket.SHUT_RDWR)
