"""The embedded project, for every test that speaks HTTP."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, settings

import dashwidgets as dw
from tests.local import Running, local, running

# How long drawing an example takes tells how busy the machine is, and nothing about this project.
settings.register_profile("any machine", suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("any machine")

LONGEST = (
    "test_explore.py",
    "test_kills.py",
    "test_durability.py",
    "test_table.py",
    "test_kernel.py",
    "test_clickhouse.py",
    "test_restore.py",
    "test_apply.py",
)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The longest files first, so that no core waits for one of them at the end."""
    items.sort(key=lambda item: item.path.name not in LONGEST)


@dataclass
class Served:
    """What ``dashwidgets serve --print-credentials`` printed, and its process."""

    url: str
    project_id: int
    keys: dict[str, str]
    process: subprocess.Popen[str]


@contextmanager
def serve(*options: str) -> Iterator[Served]:
    """``dashwidgets serve`` as a user starts it: another process, another port, fresh keys."""
    command = [sys.executable, "-m", "dashwidgets", "serve", "--print-credentials", *options]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        line: dict[str, Any] = json.loads(process.stdout.readline())
        try:
            yield Served(line["url"], line["project_id"], line["keys"], process)
        finally:
            process.terminate()


@pytest.fixture
def served_apart() -> Iterator[Served]:
    """A server that can be killed."""
    with serve() as found:
        yield found


@pytest.fixture
def served() -> Iterator[Running]:
    with running() as found:
        yield found


@pytest.fixture(autouse=True)
def state(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where this test's journals go, instead of the user's own state folder."""
    folder = tmp_path / "state"
    monkeypatch.setenv("DASHWIDGETS_STATE", str(folder))
    return folder


@pytest.fixture(scope="module")
def shared() -> Iterator[dw.Project]:
    """A project for tests that leave it as it was."""
    with local() as project:
        yield project


@pytest.fixture(scope="module")
def server() -> Iterator[Running]:
    """One server for a module whose tests leave each other's dashboards alone."""
    with running() as found:
        yield found


@pytest.fixture(scope="module")
def ph(server: Running) -> Iterator[dw.Project]:
    """That server's project, as its owner."""
    with server.connect() as project:
        yield project
