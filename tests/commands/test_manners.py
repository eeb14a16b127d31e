"""What a command line is expected to do: pipes, colors, Ctrl+C, JSON, one logger, one warning."""

from __future__ import annotations

import json
import os
import re
import signal
import socket
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest
import typer
from typer.testing import CliRunner

import dashwidgets as dw
from dashwidgets.cli import app

ROOT = Path(__file__).parents[2]
COLOR = re.compile(r"\x1b\[(?:\d+;)*3[0-7]")


def command(*arguments: str, **options: object) -> subprocess.Popen[str]:
    line = [sys.executable, "-m", "dashwidgets", *arguments]
    pipes = {"stdin": subprocess.DEVNULL, "stdout": subprocess.PIPE, "stderr": subprocess.PIPE}
    # A shell starts what it runs in the background without Ctrl+C, and so what that starts.
    heard = signal.signal(signal.SIGINT, signal.default_int_handler)
    try:
        return subprocess.Popen(line, text=True, **(pipes | options))  # type: ignore[call-overload]
    finally:
        signal.signal(signal.SIGINT, heard)


@pytest.mark.usefixtures("connected")
@pytest.mark.parametrize("words", ["list --format csv", "audit", "references *", "watch 1"])
def test_head_ends_a_command_in_silence(words: str) -> None:
    with command(*words.split()) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.close()  # as head does once it has its lines
        assert process.stderr.read() == "" or "Traceback" not in process.stderr.read()
        process.wait(60)


@pytest.mark.usefixtures("connected")
@pytest.mark.parametrize("words", ["list", "audit", "references signed_up", "doctor"])
def test_without_a_terminal_there_are_no_colors_and_no_bars(words: str) -> None:
    with command(*words.split()) as process:
        printed, errors = process.communicate(timeout=60)
    assert printed.strip()
    assert "\x1b" not in printed + errors
    assert "%|" not in errors


@pytest.mark.skipif(os.name != "posix", reason="pseudo terminals are of POSIX systems")
@pytest.mark.usefixtures("connected")
def test_no_color_is_kept() -> None:
    def colors(**environment: str) -> bool:
        main, terminal = os.openpty()
        variables = os.environ | {"TERM": "xterm-256color"} | environment
        with command("audit", stdout=terminal, env=variables) as process:
            read: list[bytes] = []
            reader = threading.Thread(target=lambda: read.extend(iter(lambda: take(main), b"")))
            reader.start()
            process.wait(60)
        os.close(terminal)
        reader.join(10)
        os.close(main)
        assert read
        return bool(COLOR.search(b"".join(read).decode()))

    def take(main: int) -> bytes:
        try:
            return os.read(main, 65_536)
        except OSError:  # Linux says so when the other end is closed
            return b""

    assert colors()
    assert not colors(NO_COLOR="1")


@pytest.mark.skipif(os.name != "posix", reason="Windows has no SIGINT for another process")
@pytest.mark.parametrize(
    "words",
    ["list", "audit", "watch 1", "references x", "backup DIR", "restore DIR", "diff 1", "doctor"],
)
def test_ctrl_c_ends_a_command_that_waits(
    words: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with socket.socket() as silent:  # it takes connections and never answers
        silent.bind(("127.0.0.1", 0))
        silent.listen()
        silent.settimeout(60)  # a command that ends before it asks fails the test, not the run
        monkeypatch.setenv("POSTHOG_HOST", f"http://127.0.0.1:{silent.getsockname()[1]}")
        monkeypatch.setenv("POSTHOG_PERSONAL_API_KEY", "phx_test")
        monkeypatch.setenv("POSTHOG_PROJECT_ID", "1")
        with command(*words.replace("DIR", str(tmp_path)).split()) as process:
            asked, _ = silent.accept()
            with asked:
                assert asked.recv(1)
                process.send_signal(signal.SIGINT)
                began = time.monotonic()
                _, errors = process.communicate(timeout=30)
                assert time.monotonic() - began < 10
    assert process.returncode == 130
    assert "Traceback" not in errors


@pytest.mark.usefixtures("connected")
@pytest.mark.parametrize(
    ("words", "name"),
    [
        ("list --json", "id"),
        ("references signed_up --json", "role"),
        ("doctor --json", "state"),
        ("diff 1 2 --json", "field"),
    ],
)
def test_every_table_is_there_as_json(words: str, name: str) -> None:
    done = CliRunner().invoke(app, words.split())
    rows = json.loads(done.stdout)
    assert isinstance(rows, list)
    assert name in rows[0]


@pytest.mark.usefixtures("connected")
def test_an_audit_and_a_watch_as_json() -> None:
    audit = json.loads(CliRunner().invoke(app, ["audit", "--json"]).stdout)
    assert audit["findings"]
    lines = CliRunner().invoke(app, ["watch", "1", "--json"]).stdout.splitlines()
    assert {"seconds", "tile", "name", "bytes", "error"} == set(json.loads(lines[0]))
    assert len(lines) == len([json.loads(line) for line in lines])


@pytest.mark.usefixtures("connected")
def test_a_plan_as_json(tmp_path: Path) -> None:
    with dw.connect() as ph:
        boards = ph.dashboards()
        boards.loc[boards.index[0], "name"] = "Renamed"
        path = ph.plan(boards).to_csv(tmp_path / "plan.csv")
    done = CliRunner().invoke(app, ["apply", str(path), "--json"])
    assert [(row["field"], row["new"]) for row in json.loads(done.stdout)] == [("name", "Renamed")]
    assert "Nothing was sent" in done.stderr


def test_completion_can_be_installed() -> None:
    shown = CliRunner().invoke(app, ["--show-completion", "bash"], prog_name="dashwidgets")
    assert shown.exit_code == 0
    assert "--show-completion" in CliRunner().invoke(app, ["--help"]).output


def test_one_logger_and_one_warning() -> None:
    """Whoever sets up logging or filters warnings needs one name for each.

    Names that go warn as Python's do, at the user's line: `docs/deprecations.md`.
    """
    loggers: set[str] = set()
    for path in (ROOT / "dashwidgets").rglob("*.py"):
        text = path.read_text(encoding="utf-8")
        loggers |= set(re.findall(r"getLogger\(\"([\w.]+)\"\)(?!\.setLevel)", text))
        for call in re.findall(r"warnings\.warn\((?:[^()]|\([^()]*\))*\)", text):
            deprecates = "DeprecationWarning" in call and "stacklevel=" in call
            assert "DashwidgetsWarning" in call or deprecates, f"{path}: {call}"
    assert {name.partition(".")[0] for name in loggers} == {"dashwidgets"}
    assert issubclass(dw.DashwidgetsWarning, UserWarning)


def test_every_command_is_in_the_documentation() -> None:
    page = (ROOT / "docs" / "commands.md").read_text(encoding="utf-8")
    named = set(re.findall(r"`([a-z][a-z-]*)", "\n".join(re.findall(r"^\| (`.*?) \|", page, re.M))))
    assert named == set(typer.main.get_group(app).commands)
