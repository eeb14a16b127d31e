"""What was answered is kept, whatever happens next."""

from __future__ import annotations

import json
import os
import signal
import sqlite3
import subprocess
import sys
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

import duckdb
import httpx
import pytest

from dashwidgets.embedded.sample import SAMPLE
from dashwidgets.embedded.storage import Storage
from tests.embedded.conftest import Api

KILLS = 20
WRITES = 1_000
CLIENTS = 16


def one_event(folder: Path) -> Path:
    """A file of events, so that a server does not load the sample's at every start."""
    file = folder / "events.parquet"
    if not file.is_file():
        one = "SELECT 'seen' AS event, TIMESTAMP '2026-01-01' AS timestamp, 'a' AS distinct_id"
        duckdb.sql(f"COPY ({one}) TO '{file}'")
    return file


@contextmanager
def served(folder: Path) -> Iterator[tuple[subprocess.Popen[str], httpx.Client]]:
    command = [sys.executable, "-m", "dashwidgets", "serve", "--print-credentials"]
    command += ["--data-dir", str(folder), "--events", str(one_event(folder))]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        said: dict[str, Any] = json.loads(process.stdout.readline())
        headers = {"Authorization": f"Bearer {said['keys']['owner']}"}
        base = f"{said['url']}/api/projects/{said['project_id']}/"
        limits = httpx.Limits(max_connections=CLIENTS)
        try:
            with httpx.Client(
                base_url=base, headers=headers, limits=limits, timeout=30, trust_env=False
            ) as http:
                yield process, http
        finally:
            process.kill()


def test_killed_in_the_middle_of_a_thousand_writes_twenty_times(tmp_path: Path) -> None:
    """Every acknowledged write is there after a restart, and the file is whole."""
    acknowledged: dict[int, str] = {}
    for run in range(KILLS):
        with served(tmp_path) as (process, http):
            rows = http.get("dashboards/", params={"limit": 100_000}).json()["results"]
            found = {row["id"]: row["name"] for row in rows}
            lost = {k: name for k, name in acknowledged.items() if found.get(k) != name}
            assert lost == {}, f"lost before run {run}"
            acknowledged |= write_until_killed(process, http, run, kill_after=10 + 7 * run)
        with closing(sqlite3.connect(tmp_path / "project.sqlite3")) as database:
            assert database.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    assert len(acknowledged) > KILLS * 10


def write_until_killed(
    process: subprocess.Popen[str], http: httpx.Client, run: int, kill_after: int
) -> dict[int, str]:
    """A thousand concurrent writes; SIGKILL after some; returns those that were answered."""
    answered: dict[int, str] = {}
    killed = threading.Event()

    def write(n: int) -> None:
        if killed.is_set():
            return
        name = f"run {run} write {n}"
        try:
            answer = http.post("dashboards/", json={"name": name})
        except httpx.TransportError:
            return  # killed before it answered: the write may or may not be there
        assert answer.status_code == 201
        answered[answer.json()["id"]] = name
        if len(answered) >= kill_after:
            killed.set()
            os.kill(process.pid, signal.SIGKILL)

    with ThreadPoolExecutor(CLIENTS) as pool:
        list(pool.map(write, range(WRITES)))
    process.wait(timeout=20)
    return answered


def add_boards(folder: Path, count: int) -> None:
    made = {"created_at": "2026-01-01T00:00:00Z", "tags": ["x"]}
    with closing(Storage(folder)) as storage, storage.writing():
        for n in range(count):
            storage.insert("dashboard", made | {"name": f"Board {n:05}"})


def test_no_update_is_lost_among_many_clients(api: Api, tmp_path: Path) -> None:
    """A hundred clients on 5,000 dashboards, each tagging the same one and changing another.

    Every fifth reads the whole list meanwhile, the others a page.
    """
    add_boards(tmp_path, 5_000)
    boards = [api.post("dashboards/", {"name": f"Shared {n}"}).json()["id"] for n in range(20)]

    def client(n: int) -> list[int]:
        mine = boards[n % len(boards)]
        codes = [api.patch(f"dashboards/{mine}/", {"description": f"by {n}"}).status_code]
        body = {"ids": [boards[0]], "action": "add", "tags": [f"client-{n}"]}
        codes.append(api.post("dashboards/bulk_update_tags/", body).status_code)
        limit = 100 if n % 5 else 5_000
        codes.append(api.get("dashboards/", limit=limit).status_code)
        return codes

    with ThreadPoolExecutor(100) as pool:
        codes = [code for some in pool.map(client, range(100)) for code in some]
    assert set(codes) == {200}
    tags = api.get(f"dashboards/{boards[0]}/").json()["tags"]
    assert set(tags) == {f"client-{n}" for n in range(100)}


def test_a_page_of_five_thousand_takes_a_handful_of_statements(
    api: Api, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    add_boards(tmp_path, 5_000)
    asked: list[str] = []
    inner = Storage.all
    monkeypatch.setattr(
        Storage, "all", lambda self, sql, *v: asked.append(sql) or inner(self, sql, *v)
    )
    page = api.get("dashboards/", limit=5_000).json()
    assert (page["count"], len(page["results"])) == (5_000 + len(SAMPLE), 5_000)
    assert len(asked) <= 4, asked
