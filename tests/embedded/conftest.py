"""The embedded project in this process: a fresh one for every test, one engine for all."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx
import pytest

from dashwidgets.embedded.events.engine import Engine
from tests import local
from tests.local import events


class Api:
    """A project as one user sees it: ``api.get("dashboards/")``."""

    def __init__(self, http: httpx.Client, key: str | None, keys: dict[str, str]) -> None:
        self.http = http
        self.keys = keys
        self.headers = {"Authorization": f"Bearer {key}"} if key else {}

    def as_user(self, who: str | None) -> Api:
        return Api(self.http, who and self.keys[who], self.keys)

    def send(self, method: str, path: str, **options: Any) -> httpx.Response:
        headers = self.headers | options.pop("headers", {})
        url = path if path.startswith("/") else f"/api/projects/1/{path}"
        return self.http.request(method, url, headers=headers, **options)

    def get(self, path: str, **params: Any) -> httpx.Response:
        return self.send("GET", path, params=params)

    def patch(self, path: str, body: Any) -> httpx.Response:
        return self.send("PATCH", path, json=body)

    def post(self, path: str, body: Any = None) -> httpx.Response:
        return self.send("POST", path, json={} if body is None else body)

    def board(self, name: str) -> dict[str, Any]:
        """A row of the list by its name."""
        rows = self.get("dashboards/", limit=1000).json()["results"]
        return next(row for row in rows if row["name"] == name)


@pytest.fixture(scope="session")
def engine() -> Engine:
    return events()


@contextmanager
def running(
    folder: Path, engine: Engine, *, strict: bool = False, system_tables: bool = True
) -> Iterator[Api]:
    """Open or make a project in a folder and serve it over a socket."""
    with (
        local.running(folder, engine, strict=strict, system_tables=system_tables) as server,
        httpx.Client(base_url=server.url, timeout=120, trust_env=False) as http,
    ):
        yield Api(http, server.keys["owner"], server.keys)


@pytest.fixture
def api(tmp_path: Path, engine: Engine) -> Iterator[Api]:
    with running(tmp_path, engine) as found:
        yield found


@pytest.fixture
def strict(tmp_path: Path, engine: Engine) -> Iterator[Api]:
    with running(tmp_path, engine, strict=True) as found:
        yield found
