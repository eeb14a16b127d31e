"""The transport: one place that sends, so that the key, retries and errors are handled once."""

from __future__ import annotations

import logging
import random
import re
import ssl
import threading
import time
from collections.abc import Generator, Iterator
from contextlib import contextmanager
from functools import cache
from typing import Any, TypeVar
from urllib.parse import urlsplit

import httpx

from dashwidgets.api.budget import Left, shared
from dashwidgets.api.errors import (
    ApiError,
    ConfigurationError,
    ConnectionFailed,
    ServerError,
    Throttled,
    TimedOut,
    refusal,
)
from dashwidgets.api.request import Request
from dashwidgets.api.secret import Secret

T = TypeVar("T")
log = logging.getLogger("dashwidgets")

ATTEMPTS = 3
LONGEST_WAIT = 30.0
"""Seconds; a server that asks for more gets an error to the user instead of a silent notebook."""

_LOOPBACK = {"localhost", "127.0.0.1", "::1"}


@cache
def _trust() -> ssl.SSLContext:
    """Load the certificates once: it costs more than everything else a client does at start."""
    return httpx.create_ssl_context()


def checked_host(host: str) -> str:
    """Give the origin of a host, or say what is wrong with it before a key is sent there."""
    parts = urlsplit(host.strip() if "//" in host else f"https://{host.strip()}")
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise ConfigurationError(
            f"{host!r} is not a host: give an origin such as https://us.posthog.com."
        )
    if parts.username or parts.password:
        raise ConfigurationError(
            "The host must not hold a user name or password: pass key= instead."
        )
    if parts.scheme == "http" and parts.hostname not in _LOOPBACK:
        raise ConfigurationError(
            f"http://{parts.netloc} would send the API key unencrypted: use https://{parts.netloc}."
        )
    return f"{parts.scheme}://{parts.netloc}"


def checked_key(key: str) -> Secret:
    """Refuse what can't be a personal API key, without showing it."""
    text = key.strip()
    if not text or not re.fullmatch(r"[\x21-\x7e]+", text):
        raise ConfigurationError(
            "The API key is empty or holds spaces: copy it again from PostHog."
        )
    if text.startswith("phc_"):
        raise ConfigurationError(
            "This is a project token (phc_…), which can only send events: "
            "make a personal API key (phx_…) in PostHog's user settings."
        )
    return Secret(text)


class Client:
    """Send requests to one project of one host, from any thread.

    Parameters
    ----------
    host : str
        Origin, such as ``https://us.posthog.com``. Plain http only to this machine.
    key : str or Secret
        Personal API key. It is put into one header, and nowhere else.
    project_id : int or str
        Project number, or ``@current``.
    timeout : float
        Seconds without a byte before a request is given up.
    limited : bool, optional
        Whether to keep PostHog's rate limits by waiting. By default everywhere but on this
        machine, where the embedded project has none.
    """

    def __init__(
        self,
        host: str,
        key: str | Secret,
        project_id: int | str,
        *,
        timeout: float = 60.0,
        limited: bool | None = None,
    ) -> None:
        self.host = checked_host(host)
        self.project_id = project_id
        secret = key if isinstance(key, Secret) else checked_key(key)
        self._spent = 0
        here = urlsplit(self.host).hostname in _LOOPBACK
        limited = not here if limited is None else limited
        self._budget = shared(self.host, secret) if limited else None
        self._lock = threading.Lock()
        self._http = httpx.Client(
            base_url=self.host,
            headers={"Authorization": f"Bearer {secret.reveal()}", "User-Agent": "dashwidgets"},
            timeout=httpx.Timeout(timeout, connect=10.0),
            # A server must not be able to send the key elsewhere.
            follow_redirects=False,
            verify=_trust() if self.host.startswith("https") else False,
        )

    def __repr__(self) -> str:
        return f"Client({self.host!r}, project_id={self.project_id!r})"

    @property
    def requests_spent(self) -> int:
        """Requests sent so far, retries included."""
        return self._spent

    @property
    def budget(self) -> Left | None:
        """Requests that may be sent without waiting; None where nothing is counted."""
        return self._budget.left() if self._budget else None

    def send(self, request: Request[T]) -> T:
        """Send a request and read its answer.

        Waits while the key's budget is spent, up to half a minute, and says so in the log. GET and
        PATCH give the same however often they are sent: they are tried three times when the server
        is busy or the connection breaks. POST and DELETE are sent once, or again after a 429.
        Raises `ApiError`, `ConnectionFailed`, `TimedOut` or `UnexpectedAnswer`.
        """
        for attempt in range(1, ATTEMPTS + 1):
            try:
                return request.reads(self._once(request))
            except (ConnectionFailed, ServerError, Throttled) as error:
                wait = _wait(error, attempt)
                again = request.method in ("GET", "PATCH") or isinstance(error, Throttled)
                if not again or attempt == ATTEMPTS or wait is None:
                    raise
                log.info("%s, again in %.1f s: %s", request.what, wait, error)
                time.sleep(wait)
        raise AssertionError("unreachable")

    @contextmanager
    def stream(self, request: Request[Any]) -> Generator[Iterator[bytes]]:
        """Open a streaming answer and give its chunks; leaving closes the connection."""
        with (
            _own_errors(request, self.host),
            self._count(request),
            self._http.stream(**self._call(request)) as answer,
        ):
            if answer.status_code != 200:
                answer.read()
                raise self._refused(request, answer)
            yield answer.iter_bytes()

    def close(self) -> None:
        """Close the connections."""
        self._http.close()

    def __enter__(self) -> Client:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _keep_budget(self, request: Request[Any]) -> None:
        if self._budget is None:
            return
        wait = self._budget.take(request.path)
        if wait > LONGEST_WAIT:
            self._budget.give_back(request.path)
            raise Throttled(
                429,
                "This key's requests are spent",
                code="budget_spent",
                what=request.what,
                retry_after=wait,
            )
        if wait > 0:
            log.info("%s waits %.1f s: this key's requests are spent", request.what, wait)
            time.sleep(wait)

    def _once(self, request: Request[Any]) -> bytes:
        self._keep_budget(request)
        with _own_errors(request, self.host), self._count(request):
            answer = self._http.request(**self._call(request))
        if not answer.is_success:
            raise self._refused(request, answer)
        return answer.content

    def _call(self, request: Request[Any]) -> dict[str, Any]:
        path = request.path
        if not path.startswith("/api/"):
            path = f"/api/projects/{self.project_id}/{path}"
        call: dict[str, Any] = {
            "method": request.method,
            "url": path,
            "headers": {"Accept": request.accept},
        }
        if request.params:
            call["params"] = dict(request.params)
        if request.json is not None:
            call["json"] = request.json
        if request.timeout is not None:
            call["timeout"] = httpx.Timeout(request.timeout, connect=10.0)
        return call

    def _refused(self, request: Request[Any], answer: httpx.Response) -> ApiError:
        if answer.is_redirect:
            return ApiError(
                answer.status_code,
                f"{self.host} redirects elsewhere, which is not followed with a key: "
                "give the host it points to",
                what=request.what,
            )
        return refusal(
            answer.status_code,
            answer.content,
            what=request.what,
            retry_after=answer.headers.get("Retry-After"),
        )

    @contextmanager
    def _count(self, request: Request[Any]) -> Generator[None]:
        with self._lock:
            self._spent += 1
        began = time.monotonic()
        try:
            yield
        finally:
            # The path only: parameters may quote what a user filters by.
            log.debug("%s %s: %.3f s", request.method, request.path, time.monotonic() - began)


def _wait(error: Exception, attempt: int) -> float | None:
    """Seconds to wait before another attempt; None when it is not worth one."""
    if isinstance(error, Throttled) and error.retry_after is not None:
        return error.retry_after if error.retry_after <= LONGEST_WAIT else None
    if isinstance(error, ConnectionFailed) and isinstance(error.__cause__, httpx.ConnectError):
        return None  # nobody listens: the user should hear it now
    return random.uniform(0.2, 0.5) * 2**attempt  # noqa: S311 - jitter, not secrecy


@contextmanager
def _own_errors(request: Request[Any], host: str) -> Generator[None]:
    """Turn the library's errors into ours."""
    try:
        yield
    except httpx.ConnectError as error:
        raise ConnectionFailed(
            f"{request.what}: {host} can't be reached. Check the host and your connection."
        ) from error
    except httpx.TimeoutException as error:
        raise TimedOut(
            f"{request.what}: {host} did not answer in time. Try again, or ask for less."
        ) from error
    except (httpx.TransportError, httpx.InvalidURL) as error:
        raise ConnectionFailed(
            f"{request.what}: the connection to {host} broke. Try again."
        ) from error
    except UnicodeEncodeError as error:
        raise ConfigurationError(
            f"{request.what}: the request can't be written as UTF-8."
        ) from error
