"""The embedded project, in a process of its own, for every test that speaks HTTP."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import pytest


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
def served() -> Iterator[Served]:
    with serve() as found:
        yield found
