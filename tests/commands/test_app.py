"""``dashwidgets app``: the explorer as a page, behind a token of its own."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
import urllib.request

import pytest
import typer

from dashwidgets.commands import app as app_command
from tests.local import Running


def test_its_notebook_is_one_cell_without_a_key(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("POSTHOG_PERSONAL_API_KEY", "phx_" + "s" * 40)
    text = app_command.notebook()
    assert len(json.loads(text)["cells"]) == 1
    assert "phx_" not in text


def test_without_voila_it_says_how_to_get_it(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(app_command, "find_spec", lambda _: None)
    with pytest.raises(typer.Exit) as ended:
        app_command.app()
    assert ended.value.exit_code == 1
    assert "dashwidgets[app]" in capsys.readouterr().err


def test_what_is_in_the_way_is_said_before_a_page_opens(served: Running) -> None:
    environment = os.environ | {
        "POSTHOG_HOST": served.url,
        "POSTHOG_PERSONAL_API_KEY": "phx_" + "0" * 40,
    }
    command = [sys.executable, "-m", "dashwidgets", "app", "--no-browser"]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=120)
    assert done.returncode == 1
    assert "FAILED" in done.stderr


def test_it_listens_on_this_machine_and_asks_for_its_token() -> None:
    pytest.importorskip("voila", reason="the extra `app` is not installed")
    command = [sys.executable, "-m", "dashwidgets", "app", "--local", "--no-browser"]
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, start_new_session=True
    ) as process:
        try:
            assert process.stdout is not None
            found = next(
                match
                for line in process.stdout
                if (match := re.search(r"(http://127\.0\.0\.1:\d+/)\?token=\w+", line))
            )
            address = found[1]
            with urllib.request.urlopen(address, timeout=30) as answer:  # noqa: S310 - our own
                assert "/login" in answer.geturl(), "nobody gets in without it"
        finally:
            os.killpg(process.pid, signal.SIGTERM)
