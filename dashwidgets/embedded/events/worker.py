"""Runs users' SQL for the server, in a process that may be killed.

DuckDB looks for an interruption between batches of rows: one value may keep it for minutes, and
take all memory. Reads the source of the events and the time limit as one JSON line, then each
statement and its tables as length and pickle; answers in the same form. Ends when its input does.
"""

from __future__ import annotations

import contextlib
import json
import pickle
import re
import sys
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

from dashwidgets.embedded.clock import now
from dashwidgets.embedded.events.duckdb import DuckDBEvents
from dashwidgets.embedded.queries.problem import QueryError
from dashwidgets.embedded.queries.sql.tables import LocalTable

READY = b"\n"
"""Said once the events are there: starting does not count as taking long."""
MEMORY = 1_000_000_000
"""Bytes that statements may take above the events; Linux alone keeps a process to it."""


def limit_memory() -> None:
    """Let allocations fail above what is in use now and `MEMORY`."""
    status = Path("/proc/self/status")
    if not status.is_file():
        return
    import resource

    used = re.search(r"VmData:\s+(\d+) kB", status.read_text())
    assert used is not None
    most = int(used[1]) * 1024 + MEMORY
    # RLIMIT_DATA rather than AS: mapped files of the interpreter and of Parquet would count in the
    # latter.
    resource.setrlimit(resource.RLIMIT_DATA, (most, most))


def answer(events: DuckDBEvents, statement: str, local: Sequence[LocalTable]) -> tuple[str, Any]:
    """A statement's table, or why there is none."""
    try:
        return "table", events.table(statement, local)
    except QueryError as error:
        return "error", (str(error), error.code, error.user_visible)


def main() -> None:
    options = json.loads(sys.stdin.buffer.readline())
    until = datetime.fromisoformat(options["until"]) if options["until"] else None
    events = DuckDBEvents(options["source"], now, timeout=options["timeout"], until=until)
    limit_memory()
    sys.stdout.buffer.write(READY)
    sys.stdout.buffer.flush()
    while head := sys.stdin.buffer.read(8):
        asked = pickle.loads(sys.stdin.buffer.read(int.from_bytes(head)))  # noqa: S301 - our server's
        body = pickle.dumps(answer(events, *asked))
        sys.stdout.buffer.write(len(body).to_bytes(8) + body)
        sys.stdout.buffer.flush()


if __name__ == "__main__":
    with contextlib.suppress(BrokenPipeError):  # the server has gone
        main()
