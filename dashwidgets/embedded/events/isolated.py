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
from importlib.util import find_spec
from typing import Any

from dashwidgets.embedded.events.chdb import MISSING
from dashwidgets.embedded.events.clickhouse import ClickHouseEvents, Table
from dashwidgets.embedded.events.duckdb import TIMEOUT, DuckDBEvents
from dashwidgets.embedded.queries.problem import QueryError
from dashwidgets.embedded.queries.sql.cancel import Stop, canceled
from dashwidgets.embedded.queries.sql.tables import LocalTable

TABLE = "loaded.events_0"
"""Of the one project that a process of ClickHouse holds."""
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
            "engine": "duckdb",
            "source": source,
            "timeout": timeout,
            "until": until.isoformat() if until else None,
        }
        self._patience = timeout + grace
        # Last in, first out: the one used last still has its memory warm.
        self._idle: queue.LifoQueue[Worker] = queue.LifoQueue()
        self._free = threading.BoundedSemaphore(AT_ONCE)

    def rows(
        self, clickhouse: str, *, stop: Stop | None = None, written: bool = False
    ) -> list[tuple[Any, ...]]:
        """Rows of our own statement: here, unless users have written a part of it."""
        # Only users' own words can run away: our statements stay here, without the cost of a second
        # process.
        if written:
            return self.table(clickhouse, stop=stop)[2]
        return super().rows(clickhouse, stop=stop)

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


class IsolatedChdb:
    """ClickHouse itself, one statement at a time, in a process that is ended when one takes long.

    Raises `ValueError` in one sentence when the events can't be read.
    """

    def __init__(self, source: str, until: datetime | None, patience: float) -> None:
        self._options = {
            "engine": "chdb",
            "source": source,
            "timeout": TIMEOUT,
            "until": until.isoformat() if until else None,
        }
        self._patience = patience
        self._lock = threading.Lock()
        self._worker: Worker | None = Worker(self._options)

    def __call__(self, statement: str) -> Table:
        """Run a statement. Raises `QueryError` when it had to be ended."""
        with self._lock:
            # Not the old one after an exception: it has ended.
            worker, self._worker = self._worker or Worker(self._options), None
            kind, told = worker.ask((statement,), self._patience)
            self._worker = worker
        if kind == "refused":
            raise RuntimeError(told)
        return told


def open_chdb(
    source: str,
    clock: Callable[[], datetime],
    until: datetime | None = None,
    *,
    patience: float = TIMEOUT + GRACE,
) -> ClickHouseEvents:
    """Events in a ClickHouse of our own. Raises `ValueError` where chDB is not installed."""
    if find_spec("chdb") is None:
        raise ValueError(MISSING)
    return ClickHouseEvents(IsolatedChdb(source, until, patience), TABLE, clock)


class Worker:
    """One process; it ends with this object.

    Raises `ValueError` in one sentence when it can't read the events.
    """

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
            kind, told = self._answer()
        except (OSError, EOFError) as error:
            self._end()
            raise QueryError("The process for SQL did not start.", "error") from error
        if kind == "refused":
            self._end()
            raise ValueError(told)

    def kill(self) -> None:
        """End the process, whatever it does."""
        self._process.kill()

    def ask(self, asked: tuple[Any, ...], seconds: float) -> tuple[str, Any]:
        """Run a statement. Raises `QueryError` when the process had to be ended, or ended."""
        late = threading.Event()
        timer = threading.Timer(seconds, lambda: (late.set(), self.kill()))
        timer.daemon = True
        timer.start()
        try:
            body = pickle.dumps(asked)
            self._write(len(body).to_bytes(8) + body)
            return self._answer()
        except (OSError, EOFError) as error:
            self._end()
            if late.is_set():
                raise QueryError(f"The query took over {seconds:g} s.", "timeout") from error
            raise QueryError("The query took too much memory.", "memory") from error
        finally:
            timer.cancel()

    def _answer(self) -> tuple[str, Any]:
        body = self._read(int.from_bytes(self._read(8)))
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
