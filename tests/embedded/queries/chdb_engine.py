"""chDB, the real ClickHouse engine, in this process: directly, and behind ClickHouse's HTTP."""

from __future__ import annotations

import math
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from functools import cache
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest

from dashwidgets.embedded.clock import now
from dashwidgets.embedded.events import chdb
from dashwidgets.embedded.events.clickhouse import ClickHouseEvents
from dashwidgets.embedded.events.engine import Engine
from dashwidgets.embedded.sample import events_path
from dashwidgets.embedded.server.serve import default_cache

if sys.platform == "win32":
    pytest.skip("chDB has no build for Windows", allow_module_level=True)
if sys.version_info >= (3, 15):
    pytest.skip("chDB has no build for Python 3.15 yet", allow_module_level=True)
EXPORT = """
SELECT 'one' AS event, toDateTime64('2026-11-01 10:00:00', 6, 'UTC') AS timestamp, 'u1' AS uuid,
  'd' AS distinct_id, 'p' AS person_id, '{"plan":"team"}' AS person_properties,
  '{"a":"it\\'s","b c":1.5,"$session_id":"s"}' AS properties
UNION ALL SELECT 'two', toDateTime64('2026-11-02 10:00:00', 6, 'UTC'), 'u2', 'd', 'p', '{}',
  '{"a":null,"b c":{"k":[1]}}'
"""


@cache
def chdb_session() -> chdb.Chdb:
    """The one engine that a process may have, with the sample in it."""
    made = chdb.engine()
    add_table(made, "sample.events", f"SELECT * FROM file('{events_path(default_cache())}')")
    return made


def add_table(made: chdb.Chdb, table: str, select: str) -> None:
    """Keep what a statement gives."""
    made.execute(f"CREATE DATABASE {table.partition('.')[0]} ENGINE = Atomic")
    made.execute(f"CREATE TABLE {table} ENGINE = MergeTree ORDER BY tuple() AS {select}")


def chdb_engine(table: str = "sample.events", clock: Callable[[], datetime] = now) -> Engine:
    """Queries over a table."""
    return Engine(ClickHouseEvents(chdb_session(), table, clock))


@contextmanager
def chdb_server() -> Iterator[int]:
    """The port of a server that speaks ClickHouse's HTTP with one user, one query at a time."""
    lock = threading.Lock()

    class Handler(BaseHTTPRequestHandler):
        def log_message(self, *args: Any) -> None:
            """Say nothing."""

        def do_POST(self) -> None:
            statement = self.rfile.read(int(self.headers["Content-Length"])).decode()
            try:
                with lock:
                    # The client's first question names no format.
                    kind = "Native" if "FORMAT" in statement else "TSV"
                    status, body = 200, session.query(statement, kind).bytes()
            except Exception as error:
                status, body = 500, str(error).encode()
            self.send_response(status)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

    session = chdb_session().session
    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        yield server.server_port
        server.shutdown()
        thread.join()


def assert_same(ours: Any, theirs: Any, where: str = "result") -> None:
    """Every number is the same; so is everything else."""
    if isinstance(ours, dict):
        assert set(ours) == set(theirs), where
        for key in ours:
            assert_same(ours[key], theirs[key], f"{where}.{key}")
    elif isinstance(ours, list):
        assert len(ours) == len(theirs), where
        for at, (one, other) in enumerate(zip(ours, theirs, strict=True)):
            assert_same(one, other, f"{where}[{at}]")
    elif isinstance(ours, float) or isinstance(theirs, float):
        assert math.isclose(ours, theirs, rel_tol=1e-9, abs_tol=1e-6), (where, ours, theirs)
    else:
        assert ours == theirs, where
