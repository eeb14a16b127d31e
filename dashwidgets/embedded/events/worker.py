"""Runs users' SQL for the server, in a process that may be killed.

An engine looks for an interruption between batches of rows: one value may keep it for minutes, and
take all memory. Reads the engine, the source of the events and the time limit as one JSON line,
then each statement and its tables as length and pickle; answers in the same form. Ends when its
input does.
"""

from __future__ import annotations

import contextlib
import json
import pickle
import re
import sys
from collections.abc import Callable, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

from dashwidgets.embedded.clock import now
from dashwidgets.embedded.events.duckdb import DuckDBEvents
from dashwidgets.embedded.queries.problem import QueryError
from dashwidgets.embedded.queries.sql.tables import LocalTable

Answer = tuple[str, Any]
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


def duckdb(options: dict[str, Any], until: datetime | None) -> Callable[..., Answer]:
    """DuckDB's tables of statements, or why there is none."""
    events = DuckDBEvents(options["source"], now, timeout=options["timeout"], until=until)

    def answer(statement: str, local: Sequence[LocalTable]) -> Answer:
        try:
            return "table", events.table(statement, local)
        except QueryError as error:
            return "error", (str(error), error.code, error.user_visible)

    return answer


def chdb(options: dict[str, Any], until: datetime | None) -> Callable[..., Answer]:
    """ClickHouse's tables of statements, or its own words."""
    from dashwidgets.embedded.events.chdb import load

    run, _ = load(options["source"], until)

    def answer(statement: str) -> Answer:
        try:
            return "table", run(statement)
        except Exception as error:
            return "refused", str(error)

    return answer


ENGINES = {"duckdb": duckdb, "chdb": chdb}


def tell(told: Answer) -> None:
    """Answer the server."""
    body = pickle.dumps(told)
    sys.stdout.buffer.write(len(body).to_bytes(8) + body)
    sys.stdout.buffer.flush()


def main() -> None:
    options = json.loads(sys.stdin.buffer.readline())
    until = datetime.fromisoformat(options["until"]) if options["until"] else None
    try:
        answer = ENGINES[options["engine"]](options, until)
    except ValueError as error:
        tell(("refused", str(error)))
        return
    limit_memory()
    # Once the events are there: starting does not count as taking long.
    tell(("ready", None))
    while head := sys.stdin.buffer.read(8):
        asked = pickle.loads(sys.stdin.buffer.read(int.from_bytes(head)))  # noqa: S301 - our server's
        tell(answer(*asked))


if __name__ == "__main__":
    with contextlib.suppress(BrokenPipeError):  # the server has gone
        main()
