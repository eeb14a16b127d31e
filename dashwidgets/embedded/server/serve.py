"""Run the embedded project in this process."""

from __future__ import annotations

import contextlib
import gc
import json
import socket
import sys
import tempfile
import threading
from pathlib import Path
from typing import Any

import uvicorn

from dashwidgets.embedded.admin import import_dashboards, open_project
from dashwidgets.embedded.clock import now, set_back
from dashwidgets.embedded.events.engine import Engine, open_events
from dashwidgets.embedded.resources.insights.results import Results
from dashwidgets.embedded.resources.query.ask import Queries
from dashwidgets.embedded.sample import events_path
from dashwidgets.embedded.sample.seed import PEOPLE
from dashwidgets.embedded.server.app import application
from dashwidgets.embedded.server.auth import READ_ONLY, Keys
from dashwidgets.embedded.server.context import Context
from dashwidgets.embedded.server.limits import Limits
from dashwidgets.embedded.storage import claimed

LOOPBACK = frozenset({"127.0.0.1", "localhost", "::1"})


def serve(
    *,
    host: str = "127.0.0.1",
    port: int = 0,
    data_dir: Path | None = None,
    strict: bool = False,
    rate_limits: bool = False,
    system_tables: bool = True,
    events: str | None = None,
    import_from: Path | None = None,
    print_credentials: bool = False,
    cache_dir: Path | None = None,
    ends_with_stdin: bool = False,
    sample: str = "product",
    engine: str = "duckdb",
    days_ago: int = 0,
) -> None:
    """Serve until interrupted.

    Parameters
    ----------
    host, port
        Where to listen; port 0 takes a free one.
    data_dir : Path, optional
        Folder that keeps the project. Without one it is forgotten at the end.
    strict : bool
        Refuse keys where PostHog refuses them.
    rate_limits : bool
        Answer 429 as PostHog does.
    system_tables : bool
        Let SQL read the project's own ``system.*`` tables, which older PostHogs do not have.
    events : str, optional
        Your own events instead of the sample's: Parquet (a file, ``s3://``) or ``clickhouse://``.
    import_from : Path, optional
        A file or folder of dashboards as JSON, loaded at the start.
    print_credentials : bool
        Print one JSON line (``url``, ``project_id``, ``keys``) once connections are accepted.
    cache_dir : Path, optional
        Folder for the generated events; the user's cache folder by default.
    ends_with_stdin : bool
        Stop when standard input closes: the process that started this one is gone.
    sample : {"product", "hostile"}
        What a new project is filled with; a project that ``data_dir`` keeps stays as it is.
    engine : {"duckdb", "chdb"}
        What computes over the events: chdb is ClickHouse itself, and needs the extra ``exact``.
    days_ago : int
        Serve as it was then: the clock is set back, and later events have not happened.
    """
    set_back(days_ago)
    with contextlib.ExitStack() as stack:
        # The port first: that it is taken is found out before a project is generated.
        listener = stack.enter_context(listen(host, port))
        folder = data_dir or Path(
            stack.enter_context(tempfile.TemporaryDirectory(prefix="dashwidgets-"))
        )
        try:
            stack.enter_context(claimed(folder))
        except BlockingIOError as error:
            raise SystemExit(
                f"{error} Connect to that one, stop it, or choose another --data-dir."
            ) from error
        storage = open_project(folder, sample)
        stack.callback(storage.close)
        if import_from is not None:
            import_dashboards(storage, import_from)
        keys = Keys(storage)
        source = events or events_path(cache_dir or default_cache())
        midnight = now().replace(hour=0, minute=0, second=0, microsecond=0)
        # The sample ends yesterday anyway; only a project set back has later events to hide.
        until = midnight if days_ago else None
        computes = Engine(open_events(source, now, engine, until))
        results, queries = Results(storage, computes), Queries(computes)
        stack.callback(results.close)
        stack.callback(queries.close)
        limits = Limits() if rate_limits else None
        context = Context(storage, keys, results, queries, strict, limits, system_tables)

        port = int(listener.getsockname()[1])
        name = f"[{host}]" if ":" in host else host
        credentials = {
            "url": f"http://{name}:{port}",
            "project_id": context.project_id,
            "keys": issue(keys),
        }
        hosts = LOOPBACK if host in LOOPBACK else None
        server = Announcing(
            uvicorn.Config(
                application(context, hosts=hosts),
                log_level="warning",
                # A stream may run for minutes; Ctrl+C does not wait for it.
                timeout_graceful_shutdown=2,
                ws="none",
                date_header=False,  # the application's own follows the clock that is set back
            ),
            json.dumps(credentials) if print_credentials else told(credentials),
        )
        # The kernel that started this process holds the pipe: however it dies, the pipe closes.
        if ends_with_stdin:
            threading.Thread(target=_wait_for_stdin, args=(server,), daemon=True).start()
        # A list of 5,000 makes 100,000 objects and no cycle: the collector would look through them
        # again and again, for a third of the time.
        gc.freeze()
        gc.set_threshold(100_000, 50, 100)
        server.run(sockets=[listener])


def told(credentials: dict[str, Any]) -> str:
    """Where it serves, and how one gets in: no key is printed unasked."""
    url, project = credentials["url"], credentials["project_id"]
    return (
        f"Serving on {url}. Connect with dw.connect({url!r}, key, {project}): start with "
        "--print-credentials for keys, or make one with `dashwidgets add-key` where --data-dir is."
    )


def issue(keys: Keys) -> dict[str, str]:
    """New keys for the users every project comes with."""
    owner, member = PEOPLE[0][2], PEOPLE[1][2]
    return {
        "owner": keys.issue(owner),
        "member": keys.issue(member),
        "readonly": keys.issue(member, READ_ONLY),
    }


def default_cache() -> Path:
    """The folder that caches generated events."""
    import os

    if sys.platform == "win32":
        root = Path(os.environ.get("LOCALAPPDATA", Path.home() / "AppData" / "Local"))
    elif sys.platform == "darwin":
        root = Path.home() / "Library" / "Caches"
    else:
        root = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache")
    return root / "dashwidgets"


class Announcing(uvicorn.Server):
    """A server that prints one line once it accepts connections."""

    def __init__(self, config: uvicorn.Config, line: str) -> None:
        super().__init__(config)
        self._line = line

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        # Only now: whoever reads the line connects at once.
        sys.stdout.write(self._line + "\n")
        sys.stdout.flush()


def listen(host: str, port: int) -> socket.socket:
    """A socket to serve on; port 0 takes a free one."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    # With the protocol named, asyncio turns Nagle's algorithm off: 40 ms of each answer.
    listener = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((host, port))
    except OSError as error:
        listener.close()
        raise SystemExit(
            f"Port {port} of {host} can't be used ({error.strerror}): choose another --port."
        ) from error
    return listener


def _wait_for_stdin(server: Any) -> None:
    with contextlib.suppress(OSError):
        while sys.stdin.buffer.read(4096):
            pass
    server.should_exit = True
