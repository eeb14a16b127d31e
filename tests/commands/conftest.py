"""The command line, against the embedded project."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from typer.testing import CliRunner, Result

from dashwidgets.cli import app
from tests.local import Running

Run = Callable[..., Result]


@pytest.fixture
def connected(server: Running, monkeypatch: pytest.MonkeyPatch) -> None:
    """The three variables that commands read."""
    monkeypatch.setenv("POSTHOG_HOST", server.url)
    monkeypatch.setenv("POSTHOG_PERSONAL_API_KEY", server.keys["owner"])
    monkeypatch.setenv("POSTHOG_PROJECT_ID", str(server.project_id))


@pytest.fixture
def run(connected: None) -> Run:
    """Run a command in this process."""
    return lambda *arguments: CliRunner().invoke(app, list(arguments))
