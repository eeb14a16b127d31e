"""Run the embedded project in this process."""

from __future__ import annotations

import contextlib
import json
import socket
import sys
import tempfile
import threading
from pathlib import Path
from typing import Any

import uvicorn

from dashwidgets.local.app import application
from dashwidgets.local.auth import READ_ONLY, Keys
from dashwidgets.local.clock import now
from dashwidgets.local.engine import Engine
from dashwidgets.local.results import Results
from dashwidgets.local.sample import events_path
from dashwidgets.local.seed import PEOPLE, seed
from dashwidgets.local.storage import Storage
from dashwidgets.local.world import World

LOOPBACK = frozenset({"127.0.0.1", "localhost", "::1"})


def serve(
    *,
    host: str = "127.0.0.1",
    port: int = 0,
    data_dir: Path | None = None,
    strict: bool = False,
    print_credentials: bool = False,
    cache_dir: Path | None = None,
    ends_with_stdin: bool = False,
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
    print_credentials : bool
        Print one JSON line (``url``, ``project_id``, ``keys``) once connections are accepted.
    cache_dir : Path, optional
        Folder for the generated events; the user's cache folder by default.
    ends_with_stdin : bool
        Stop when standard input closes: the process that started this one is gone.
    """
    with contextlib.ExitStack() as stack:
        listener = stack.enter_context(_listen(host, port))
        folder = data_dir or Path(
            stack.enter_context(tempfile.TemporaryDirectory(prefix="dashwidgets-"))
        )
        storage = Storage(folder)
        if storage.is_new():
            storage.create()
            seed(storage)
        storage.check_version()
        keys = Keys(storage)
        results = Results(storage, Engine(events_path(cache_dir or default_cache()), now))
        stack.callback(results.close)
        world = World(storage, keys, results, strict)

        port = int(listener.getsockname()[1])
        name = f"[{host}]" if ":" in host else host
        credentials = {
            "url": f"http://{name}:{port}",
            "project_id": world.project_id,
            "keys": issue(keys),
        }
        hosts = LOOPBACK if host in LOOPBACK else None
        server = Announcing(
            uvicorn.Config(
                application(world, hosts=hosts),
                log_level="warning",
                timeout_graceful_shutdown=2,
                ws="none",
            ),
            json.dumps(credentials) if print_credentials else f"Serving on {credentials['url']}",
        )
        if ends_with_stdin:
            threading.Thread(target=_wait_for_stdin, args=(server,), daemon=True).start()
        server.run(sockets=[listener])


def issue(keys: Keys) -> dict[str, str]:
    """Fresh keys for the three people every project comes with."""
    owner, member = PEOPLE[0][2], PEOPLE[1][2]
    return {
        "owner": keys.issue(owner),
        "member": keys.issue(member),
        "readonly": keys.issue(member, READ_ONLY),
    }


def default_cache() -> Path:
    """Where generated events are kept between runs."""
    import os

    if sys.platform == "win32":
        root = Path(os.environ.get("LOCALAPPDATA", Path.home() / "AppData" / "Local"))
    elif sys.platform == "darwin":
        root = Path.home() / "Library" / "Caches"
    else:
        root = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache")
    return root / "dashwidgets"


class Announcing(uvicorn.Server):
    """A server that says one line when it listens."""

    def __init__(self, config: uvicorn.Config, line: str) -> None:
        super().__init__(config)
        self._line = line

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        sys.stdout.write(self._line + "\n")
        sys.stdout.flush()


def _listen(host: str, port: int) -> socket.socket:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listener = socket.socket(family, socket.SOCK_STREAM)
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
