"""`Transport` and `AsyncTransport` through httpx."""

from __future__ import annotations

import contextlib
import ssl
import threading
from collections.abc import AsyncGenerator, AsyncIterator, Generator, Iterator, Mapping
from contextlib import asynccontextmanager, contextmanager
from functools import cache
from typing import Any

import httpx

from dashwidgets.api.errors import ConfigurationError, ConnectionFailed, TimedOut
from dashwidgets.api.secret import Secret
from dashwidgets.api.transport import Call

CONNECT = 10.0
"""Seconds to make a connection in."""


@cache
def trust() -> ssl.SSLContext:
    """Load the certificates once: it costs more than everything else a client does at start."""
    return httpx.create_ssl_context()


class _Bearer(httpx.Auth):
    """The key goes into a request when it is sent; httpx hides the header in every repr."""

    def __init__(self, key: Secret) -> None:
        self._key = key

    def auth_flow(self, request: httpx.Request) -> Generator[httpx.Request, httpx.Response]:
        request.headers["Authorization"] = f"Bearer {self._key.reveal()}"
        yield request


def _options(host: str, key: Secret, timeout: float) -> dict[str, Any]:
    return {
        "base_url": host,
        "auth": _Bearer(key),
        "headers": {"User-Agent": "dashwidgets"},
        "timeout": httpx.Timeout(timeout, connect=CONNECT),
        # A server must not be able to send the key elsewhere.
        "follow_redirects": False,
        "verify": trust() if host.startswith("https") else False,
    }


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
        self._made = (host, key, timeout)
        self._http = httpx.Client(**_options(host, key, timeout))
        self._sockets: list[Any] | None = [] if traced else None
        self._aborted = False
        self._lock = threading.Lock()

    def __repr__(self) -> str:
        return f"HttpxTransport({self._made[0]!r})"

    @contextmanager
    def open(self, call: Call) -> Generator[_Answer]:
        """Send, and give the answer as soon as its headers are there."""
        options = _call(call)
        if self._aborted:
            raise ConnectionFailed(f"{call.what}: the connection was closed.", sent=False)
        if self._sockets is not None:
            options["extensions"] = {"trace": self._watch}
        with _own_errors(call.what, self._made[0]), self._http.stream(**options) as answer:
            yield _Answer(answer)

    def fork(self) -> HttpxTransport:
        """One with connections of its own, which `abort` can break off."""
        return HttpxTransport(*self._made, traced=True)

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
        self._host = host
        self._http = httpx.AsyncClient(**_options(host, key, timeout))

    def __repr__(self) -> str:
        return f"AsyncHttpxTransport({self._host!r})"

    @asynccontextmanager
    async def open(self, call: Call) -> AsyncGenerator[_AsyncAnswer]:
        """Send, and give the answer as soon as its headers are there."""
        with _own_errors(call.what, self._host):
            async with self._http.stream(**_call(call)) as answer:
                yield _AsyncAnswer(answer)

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


def _call(call: Call) -> dict[str, Any]:
    options: dict[str, Any] = {"method": call.method, "url": call.path, "headers": call.headers}
    if call.params:
        options["params"] = dict(call.params)
    if call.json is not None:
        options["json"] = call.json
    if call.timeout is not None:
        options["timeout"] = httpx.Timeout(call.timeout, connect=CONNECT)
    return options


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
