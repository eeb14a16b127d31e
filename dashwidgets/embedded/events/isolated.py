"""Users' SQL in a process of its own, which is ended when it takes too long."""

from __future__ import annotations

import json
import pickle
import queue
import subprocess
import sys
import threading
import weakref
from collections.abc import Callable, Sequence
from contextlib import nullcontext
from datetime import datetime
from typing import Any

from dashwidgets.embedded.events.duckdb import TIMEOUT, DuckDBEvents
from dashwidgets.embedded.queries.problem import QueryError
from dashwidgets.embedded.queries.sql.stop import Stop, canceled
from dashwidgets.embedded.queries.sql.tables import LocalTable

GRACE = 5.0
"""Seconds that an interrupted statement may take to end by itself."""
# Each process holds a copy of the events.
AT_ONCE = 2


class IsolatedEvents(DuckDBEvents):
    """The same events; what users write runs beside this process.

    Our own statements run here. A process is started by the first statement that needs one; it
    has its own copy of the events.
    """

    def __init__(
        self,
        source: str,
        clock: Callable[[], datetime],
        *,
        timeout: float = TIMEOUT,
        grace: float = GRACE,
        until: datetime | None = None,
    ) -> None:
        super().__init__(source, clock, timeout=timeout, until=until)
        self._options = {
            "source": source,
            "timeout": timeout,
            "until": until.isoformat() if until else None,
        }
        self._patience = timeout + grace
        # Last in, first out: the one used last still has its memory warm.
        self._idle: queue.LifoQueue[Worker] = queue.LifoQueue()
        self._free = threading.BoundedSemaphore(AT_ONCE)

    def table(
        self, clickhouse: str, local: Sequence[LocalTable] = (), *, stop: Stop | None = None
    ) -> tuple[list[str], list[str], list[tuple[Any, ...]]]:
        """Names, ClickHouse types and rows of a statement, which alone sees ``local`` tables."""
        with self._free:
            try:
                worker = self._idle.get_nowait()
            except queue.Empty:
                worker = Worker(self._options)
            try:
                with stop.watching(worker.kill) if stop else nullcontext():
                    kind, told = worker.ask((clickhouse, local), self._patience)
            except QueryError:
                if stop is not None and stop.pressed:
                    raise canceled() from None
                raise
            self._idle.put(worker)  # not after an exception: that one has ended
        if kind == "error":
            message, code, user_visible = told
            raise QueryError(message, code, user_visible=user_visible)
        return told


class Worker:
    """One process; it ends with this object."""

    def __init__(self, options: dict[str, Any]) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-m", "dashwidgets.embedded.events.worker"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            start_new_session=True,  # Ctrl+C in a terminal is the server's to handle
        )
        self._end = weakref.finalize(self, _end, self._process)
        try:
            self._write(json.dumps(options).encode() + b"\n")
            self._read(1)
        except (OSError, EOFError) as error:
            self._end()
            raise QueryError("The process for SQL did not start.", "error") from error

    def kill(self) -> None:
        """End the process, whatever it does."""
        self._process.kill()

    def ask(self, asked: tuple[str, Sequence[LocalTable]], seconds: float) -> tuple[str, Any]:
        """Run a statement. Raises `QueryError` when the process had to be ended, or ended."""
        late = threading.Event()
        timer = threading.Timer(seconds, lambda: (late.set(), self.kill()))
        timer.daemon = True
        timer.start()
        try:
            body = pickle.dumps(asked)
            self._write(len(body).to_bytes(8) + body)
            body = self._read(int.from_bytes(self._read(8)))
        except (OSError, EOFError) as error:
            self._end()
            if late.is_set():
                raise QueryError(f"The query took over {seconds:g} s.", "timeout") from error
            raise QueryError("The query took too much memory.", "memory") from error
        finally:
            timer.cancel()
        return pickle.loads(body)  # noqa: S301 - from our own process

    def _write(self, data: bytes) -> None:
        assert self._process.stdin is not None
        self._process.stdin.write(data)
        self._process.stdin.flush()

    def _read(self, size: int) -> bytes:
        assert self._process.stdout is not None
        data = self._process.stdout.read(size)
        # A pipe gives less than was asked for only when the other side has ended.
        if len(data) < size:
            raise EOFError
        return data


def _end(process: subprocess.Popen[bytes]) -> None:
    process.kill()
    process.wait()
    for pipe in (process.stdin, process.stdout):
        if pipe is not None:
            try:
                pipe.close()
            except BrokenPipeError:
                continue
