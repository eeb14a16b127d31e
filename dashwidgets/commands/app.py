"""``dashwidgets app``: the explorer as a page of its own, through Voila."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from importlib.util import find_spec
from pathlib import Path
from typing import Annotated, Any

import typer

CELL = """import os

import dashwidgets as dw

ph = dw.local() if os.environ.get("DASHWIDGETS_APP_LOCAL") else dw.connect()
ph.explore()"""
NAME = "dashwidgets.ipynb"


def notebook() -> str:
    """The one cell that the app runs; a key is never in it."""
    kernel = {"name": "python3", "display_name": "Python 3", "language": "python"}
    cell: dict[str, Any] = {
        "cell_type": "code",
        "id": "explore",
        "metadata": {},
        "execution_count": None,
        "outputs": [],
        "source": CELL,
    }
    return json.dumps(
        {"cells": [cell], "metadata": {"kernelspec": kernel}, "nbformat": 4, "nbformat_minor": 5}
    )


def app(
    port: Annotated[int, typer.Option(min=0, max=65535, help="0 takes Voila's usual one.")] = 0,
    local: Annotated[
        bool, typer.Option("--local", help="Without an account: an embedded project.")
    ] = False,
    browser: Annotated[bool, typer.Option(help="Open a browser window.")] = True,
) -> None:
    """Serve the explorer to this machine's browser, without cells.

    Host, key and project come from the environment, as everywhere. The address has a token of its
    own, another one each time: others on this machine can't open it.
    """
    if find_spec("voila") is None:
        typer.echo('Voila is not installed: pip install "dashwidgets[app]"', err=True)
        raise typer.Exit(1)
    if not local:
        _check()
    with tempfile.TemporaryDirectory(prefix="dashwidgets-app-") as folder:
        path = Path(folder) / NAME
        path.write_text(notebook(), encoding="utf-8")
        command = [sys.executable, "-m", "voila", str(path), "--Voila.ip=127.0.0.1", "--token"]
        command += ["--theme=light", "--VoilaConfiguration.show_margins=False"]
        if port:
            command.append(f"--port={port}")
        if not browser:
            command.append("--no-browser")
        # Through the environment, not the command line: other users can read that in the process
        # list.
        environment = os.environ | ({"DASHWIDGETS_APP_LOCAL": "1"} if local else {})
        typer.echo("Ctrl+C ends it.")
        try:
            code = subprocess.run(command, env=environment, check=False).returncode
        except KeyboardInterrupt:
            code = 0
    raise typer.Exit(code)


def _check() -> None:
    """Say what is wrong before a browser opens on an error."""
    from dashwidgets.checkup.doctor import doctor

    found = doctor()
    if not found.ok:
        typer.echo(repr(found), err=True)
        raise typer.Exit(1)
