"""The embedded project in a thread of this process, for tests that need no other process.

A process imports all modules and loads all events again: a second each time.
"""

from __future__ import annotations

import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import uvicorn

import dashwidgets as dw
from dashwidgets.api.client import Client
from dashwidgets.embedded.admin import open_project
from dashwidgets.embedded.clock import now
from dashwidgets.embedded.events.engine import Engine, open_events
from dashwidgets.embedded.resources.insights.results import Results
from dashwidgets.embedded.resources.query.ask import Queries
from dashwidgets.embedded.sample import events_path
from dashwidgets.embedded.server.app import application
from dashwidgets.embedded.server.auth import Keys
from dashwidgets.embedded.server.context import Context
from dashwidgets.embedded.server.serve import LOOPBACK, default_cache, issue, listen


@dataclass(frozen=True)
class Running:
    """A server in a thread."""

    url: str
    keys: dict[str, str]
    project_id: int = 1

    def connect(self, who: str = "owner") -> dw.Project:
        return dw.Project(Client(self.url, self.keys[who], self.project_id))


@cache
def events() -> Engine:
    """The sample's events, loaded once."""
    return Engine(open_events(events_path(default_cache()), now))


@contextmanager
def running(
    folder: Path | None = None,
    engine: Engine | None = None,
    *,
    strict: bool = False,
    system_tables: bool = True,
) -> Iterator[Running]:
    """Open or make a project, in a folder if one is given, and serve it over a socket."""
    with ExitStack() as stack:
        if folder is None:
            folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="dashwidgets-")))
        storage = open_project(folder)
        stack.callback(storage.close)
        keys = Keys(storage)
        computes = engine or events()
        results, queries = Results(storage, computes), Queries(computes)
        stack.callback(results.close)
        stack.callback(queries.close)
        context = Context(storage, keys, results, queries, strict, system_tables=system_tables)
        app = application(context, hosts=LOOPBACK)
        listener = stack.enter_context(listen("127.0.0.1", 0))
        server = uvicorn.Server(uvicorn.Config(app, log_level="warning", ws="none"))
        thread = threading.Thread(target=server.run, args=([listener],), daemon=True)
        thread.start()
        while not server.started:
            time.sleep(0.005)
        try:
            yield Running(f"http://127.0.0.1:{listener.getsockname()[1]}", issue(keys))
        finally:
            server.should_exit = True
            thread.join()


@contextmanager
def local(*, strict: bool = False, system_tables: bool = True) -> Iterator[dw.Project]:
    """A fresh project with the sample: what ``dw.local()`` gives."""
    with (
        running(strict=strict, system_tables=system_tables) as server,
        server.connect() as project,
    ):
        yield project
