"""The seam between what this client decides and the library that sends.

httpx is one answer to these protocols; anything else with the same few methods can take its place.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator, Mapping
from contextlib import AbstractAsyncContextManager, AbstractContextManager
from dataclasses import dataclass, field
from typing import Any, Protocol


@dataclass(frozen=True)
class Call:
    """What goes over the wire; ``what`` starts the sentence of an error.

    ``acts`` says that it may have been done although its answer was lost, and that doing it again
    is not the same as doing it once.
    """

    method: str
    path: str
    what: str
    headers: Mapping[str, str] = field(default_factory=dict[str, str])
    params: Mapping[str, Any] | None = None
    json: Any = None
    timeout: float | None = None
    acts: bool = False


@dataclass(frozen=True)
class Reply:
    """What came back, read to its end."""

    status: int
    headers: Mapping[str, str]
    body: bytes


class Answer(Protocol):
    """An answer whose body is still on its way; header names are found in any case."""

    @property
    def status(self) -> int: ...
    @property
    def headers(self) -> Mapping[str, str]: ...
    def read(self) -> bytes: ...
    def chunks(self) -> Iterator[bytes]: ...


class Transport(Protocol):
    """Open calls from any thread; every failure is a `ConnectionFailed`.

    ``fork`` returns one with its own connections; ``abort`` closes them, even while a thread
    waits for bytes.
    """

    def open(self, call: Call) -> AbstractContextManager[Answer]: ...
    def fork(self) -> Transport: ...
    def abort(self) -> None: ...
    def close(self) -> None: ...


class AsyncAnswer(Protocol):
    """`Answer`, awaited."""

    @property
    def status(self) -> int: ...
    @property
    def headers(self) -> Mapping[str, str]: ...
    async def read(self) -> bytes: ...
    def chunks(self) -> AsyncIterator[bytes]: ...


class AsyncTransport(Protocol):
    """`Transport`, awaited; canceling a task ends its call."""

    def open(self, call: Call) -> AbstractAsyncContextManager[AsyncAnswer]: ...
    async def close(self) -> None: ...
