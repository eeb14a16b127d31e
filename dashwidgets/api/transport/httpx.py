"""`Transport` and `AsyncTransport` through httpx."""

from __future__ import annotations

import contextlib
import ssl
import threading
from collections.abc import AsyncGenerator, AsyncIterator, Generator, Iterator, Mapping
from contextlib import asynccontextmanager, closing, contextmanager
from dataclasses import dataclass
from functools import cache
from typing import Any
from urllib.parse import urlsplit
from urllib.request import getproxies, proxy_bypass

import httpx

from dashwidgets.api.address import is_loopback
from dashwidgets.api.errors import ConfigurationError, ConnectionFailed, TimedOut
from dashwidgets.api.secret import Secret
from dashwidgets.api.transport.interface import Call

CONNECT = 10.0
"""Seconds to make a connection in."""


@cache
def trust() -> ssl.SSLContext:
    """Load the certificates once: it costs more than everything else a client does at start."""
    return httpx.create_ssl_context()


@cache
def _timeouts(seconds: float) -> dict[str, float | None]:
    return httpx.Timeout(seconds, connect=CONNECT).as_dict()


@dataclass(frozen=True)
class _Line:
    """Where calls of one client go, and with which key; no redirect, no cookie, no other host."""

    host: str
    key: Secret
    timeout: float

    def options(self) -> dict[str, Any]:
        """What makes a connection, the system's proxy included."""
        scheme, name, *_ = urlsplit(self.host)
        direct = is_loopback(self.host) or proxy_bypass(name)
        proxies = {} if direct else getproxies()
        return {
            "verify": trust() if scheme == "https" else False,
            "proxy": proxies.get(scheme) or proxies.get("all"),
        }

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
    traced : bool
        Whether `abort` must find the sockets; costs a callback a call.
    """

    def __init__(self, host: str, key: Secret, timeout: float, *, traced: bool = False) -> None:
        self._line = _Line(host, key, timeout)
        # Not httpx.Client: what it adds (redirects, cookies) is unwanted, and half of the time.
        self._http = httpx.HTTPTransport(**self._line.options())
        self._sockets: list[Any] | None = [] if traced else None
        self._aborted = False
        self._lock = threading.Lock()

    def __repr__(self) -> str:
        return f"HttpxTransport({self._line.host!r})"

    @contextmanager
    def open(self, call: Call) -> Generator[_Answer]:
        """Send, and give the answer as soon as its headers are there."""
        if self._aborted:
            raise ConnectionFailed(f"{call.what}: the connection was closed.", sent=False)
        with _own_errors(call.what, self._line.host):
            extensions = None if self._sockets is None else {"trace": self._watch}
            request = self._line.request(call, extensions)
            answer = self._http.handle_request(request)
            answer.request = request
            with closing(answer):
                yield _Answer(answer)

    def fork(self) -> HttpxTransport:
        """One with connections of its own, which `abort` can break off."""
        line = self._line
        return HttpxTransport(line.host, line.key, line.timeout, traced=True)

    def abort(self) -> None:
        """Shut every socket down: a thread that waits for bytes gets an end at once."""
        with self._lock:
            self._aborted = True
            for stream in self._sockets or []:
                _shut(stream)

    def close(self) -> None:
        """Close the connections that are idle."""
        self._http.close()

    def _watch(self, _event: str, info: dict[str, Any]) -> None:
        stream = info.get("return_value")
        if self._sockets is not None and hasattr(stream, "get_extra_info"):
            with self._lock:
                self._sockets.append(stream)
                if self._aborted:
                    _shut(stream)


class AsyncHttpxTransport:
    """Send through one pool of connections, from one event loop."""

    def __init__(self, host: str, key: Secret, timeout: float) -> None:
        self._line = _Line(host, key, timeout)
        self._http = httpx.AsyncHTTPTransport(**self._line.options())

    def __repr__(self) -> str:
        return f"AsyncHttpxTransport({self._line.host!r})"

    @asynccontextmanager
    async def open(self, call: Call) -> AsyncGenerator[_AsyncAnswer]:
        """Send, and give the answer as soon as its headers are there."""
        with _own_errors(call.what, self._line.host):
            request = self._line.request(call)
            answer = await self._http.handle_async_request(request)
            answer.request = request
            try:
                yield _AsyncAnswer(answer)
            finally:
                await answer.aclose()

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
    import socket

    # What was wrapped in TLS or has ended since refuses, and needs nothing.
    with contextlib.suppress(OSError, AttributeError):
        stream.get_extra_info("socket").shutdown(socket.SHUT_RDWR)


@contextmanager
def _own_errors(what: str, host: str) -> Generator[None]:
    """Turn the library's errors into ours."""
    try:
        yield
    except (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout) as error:
        raise ConnectionFailed(
            f"{what}: {host} can't be reached. Check the host and your connection.", sent=False
        ) from error
    except httpx.TimeoutException as error:
        raise TimedOut(
            f"{what}: {host} did not answer in time. Try again, or ask for less."
        ) from error
    except httpx.DecodingError as error:
        raise ConnectionFailed(f"{what}: the answer of {host} arrived damaged.") from error
    except (httpx.TransportError, httpx.InvalidURL, httpx.StreamError) as error:
        raise ConnectionFailed(f"{what}: the connection to {host} broke. Try again.") from error
    except UnicodeEncodeError as error:
        raise ConfigurationError(f"{what}: the request can't be written as UTF-8.") from error
