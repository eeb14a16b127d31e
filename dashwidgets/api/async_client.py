"""The client for asyncio. The core decides what to send; this module only awaits."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, AsyncIterator, Awaitable, Callable, Generator
from contextlib import AsyncExitStack, asynccontextmanager
from pathlib import Path
from typing import Any, TypeVar

from dashwidgets.api.budget import Left
from dashwidgets.api.core import DEADLINE, Core, Pause
from dashwidgets.api.request import Request
from dashwidgets.api.secret import Secret
from dashwidgets.api.transport.httpx import AsyncHttpxTransport
from dashwidgets.api.transport.interface import AsyncAnswer, AsyncTransport, Call, Reply

T = TypeVar("T")


class AsyncClient:
    """Send requests to one project of one host, from one event loop.

    Takes the parameters of `Client`, with an `AsyncTransport`; cancelling a task closes the
    connection it was using.
    """

    def __init__(
        self,
        host: str,
        key: str | Secret,
        project_id: int | str,
        *,
        timeout: float = 60.0,
        limited: bool | None = None,
        deadline: float = DEADLINE,
        ca: Path | None = None,
        transport: AsyncTransport | None = None,
        sleep: Callable[[float], Awaitable[object]] = asyncio.sleep,
    ) -> None:
        self._core = Core(host, key, project_id, limited=limited, deadline=deadline)
        self._transport: AsyncTransport = transport or AsyncHttpxTransport(
            self._core.host, self._core.key, timeout, ca=ca
        )
        self._sleep = sleep

    def __repr__(self) -> str:
        return f"AsyncClient({self._core.host!r}, project_id={self._core.project_id!r})"

    @property
    def requests_spent(self) -> int:
        """Requests sent so far, retries included."""
        return self._core.spent

    @property
    def budget(self) -> Left | None:
        """Requests that may be sent without waiting; None where nothing is counted."""
        return self._core.left()

    async def send(self, request: Request[T]) -> T:
        """Send a request and read its answer; waits, retries and raises as `Client.send`."""
        return await self._drive(self._core.talk(request, request.reads), self._whole)

    @asynccontextmanager
    async def stream(self, request: Request[Any]) -> AsyncGenerator[AsyncIterator[bytes]]:
        """Open a streaming response and yield its chunks; leaving it closes the connection."""
        async with AsyncExitStack() as stack:
            found: list[AsyncAnswer] = []

            async def begin(call: Call) -> Reply:
                answer = await stack.enter_async_context(self._transport.open(call))
                # Replaced, not appended: a retry opens another answer, and only the last one is
                # read.
                found[:] = [answer]
                good = 200 <= answer.status < 300
                # A refusal is read to its end, because its body says why; a good answer is the
                # stream itself.
                return Reply(answer.status, answer.headers, b"" if good else await answer.read())

            await self._drive(self._core.talk(request, bytes), begin)
            yield found[0].chunks()

    async def close(self) -> None:
        """Close the connections."""
        await self._transport.close()

    async def __aenter__(self) -> AsyncClient:
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.close()

    async def _whole(self, call: Call) -> Reply:
        async with self._transport.open(call) as answer:
            return Reply(answer.status, answer.headers, await answer.read())

    async def _drive(
        self,
        talk: Generator[Call | Pause, Reply | None, T],
        perform: Callable[[Call], Awaitable[Reply]],
    ) -> T:
        """Carry out the core's steps until there is an answer."""
        try:
            step = next(talk)
            while True:
                if isinstance(step, Pause):
                    await self._sleep(step.seconds)
                    step = next(talk)
                    continue
                try:
                    reply = await perform(step)
                except Exception as error:
                    # Thrown into the core, which alone decides whether to try again.
                    step = talk.throw(error)
                else:
                    step = talk.send(reply)
        except StopIteration as stop:
            return stop.value
