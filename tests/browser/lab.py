"""A real JupyterLab in a real Chromium, as a test sees it."""

from __future__ import annotations

import json
import os
import secrets
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from playwright.sync_api import Page

# Lab shows its cells as ready up to three seconds before the kernel is: run-all would be lost.
READY = """async () => {
  const app = window.jupyterapp;
  await app.restored;
  const panel = app.shell.currentWidget;
  await panel.context.ready;
  await panel.sessionContext.ready;
  await panel.sessionContext.session.kernel.info;
}"""

RUN_ALL = "() => window.jupyterapp.commands.execute('notebook:run-all-cells')"

ASK_KERNEL = """async (code) => {
  const panel = window.jupyterapp.shell.currentWidget;
  const future = panel.sessionContext.session.kernel.requestExecute({code, store_history: false});
  let out = "";
  future.onIOPub = (message) => {
    if (message.header.msg_type === "stream") out += message.content.text;
    if (message.header.msg_type === "error") out += message.content.traceback.join("\\n");
  };
  await future.done;
  return out;
}"""

SETTINGS = {
    "@jupyterlab/apputils-extension:notification": {"fetchNews": "false", "checkForUpdates": False},
    # Autosave would write widget views into the notebook under test.
    "@jupyterlab/docmanager-extension:plugin": {"autosave": False},
}


@dataclass
class Lab:
    url: str
    token: str
    root: Path
    page: Page

    def open(self, notebook: str) -> Page:
        """Open a notebook alone on the page and wait until its kernel answers."""
        self.page.goto(f"{self.url}/doc/tree/{notebook}?token={self.token}")
        self.page.wait_for_function("() => window.jupyterapp?.shell?.currentWidget?.context")
        self.page.evaluate(READY)
        self._choose("light")
        return self.page

    def themes(self) -> Iterator[str]:
        """The page in one theme, then in the other: no need to do everything twice."""
        for theme in ("dark", "light"):
            self._choose(theme)
            yield theme

    def _choose(self, theme: str) -> None:
        name = {"light": "JupyterLab Light", "dark": "JupyterLab Dark"}[theme]
        self.page.evaluate(
            "(theme) => window.jupyterapp.commands.execute('apputils:change-theme', {theme})", name
        )
        self.page.wait_for_selector(
            f"body[data-jp-theme-light='{str(theme == 'light').lower()}']"
            f":not(:has([data-dw-theme]:not([data-dw-theme={theme}])))",
            state="attached",
        )
        # Over pictures, and taken away twice by Lab if another theme is chosen while it fades.
        self.page.wait_for_selector("#jupyterlab-splash", state="detached")

    def run_all(self) -> None:
        """Run every cell; returns when the last has run."""
        self.page.evaluate(RUN_ALL)

    def ask(self, code: str) -> str:
        """Run code in the notebook's own kernel, outside its cells; returns what it printed."""
        return self.page.evaluate(ASK_KERNEL, code).strip()

    def ask_json(self, expression: str) -> Any:
        return json.loads(self.ask(f"import json; print(json.dumps({expression}))"))


@contextmanager
def serve_lab(root: Path, home: Path) -> Iterator[tuple[str, str]]:
    """A JupyterLab server on ``root`` with settings of its own; returns its address and token."""
    (home / "labconfig").mkdir(parents=True)
    overrides = home / "labconfig" / "default_setting_overrides.json"
    overrides.write_text(json.dumps(SETTINGS))
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    token = secrets.token_hex(16)
    command = [
        *(sys.executable, "-m", "jupyterlab", "--no-browser", "--ip=127.0.0.1", f"--port={port}"),
        *("--ServerApp.port_retries=0", f"--IdentityProvider.token={token}"),
        *(f"--ServerApp.root_dir={root}", "--allow-root", "--expose-app-in-browser"),
        "--LabApp.extension_manager=readonly",
    ]
    environment = os.environ | {
        "JUPYTER_CONFIG_DIR": str(home),
        "JUPYTER_DATA_DIR": str(home / "data"),
        "JUPYTER_RUNTIME_DIR": str(home / "runtime"),
    }
    log = (home / "lab.log").open("w")
    server = subprocess.Popen(command, env=environment, stdout=log, stderr=log)
    url = f"http://127.0.0.1:{port}"
    try:
        _wait_until_up(f"{url}/api?token={token}", server, home / "lab.log")
        yield url, token
    finally:
        server.terminate()
        server.wait(timeout=20)
        log.close()


def _wait_until_up(url: str, server: subprocess.Popen[bytes], log: Path) -> None:
    give_up = time.monotonic() + 90
    while time.monotonic() < give_up and server.poll() is None:
        try:
            urllib.request.urlopen(url, timeout=2).close()  # noqa: S310 - our own address
        except OSError:
            time.sleep(0.2)
        else:
            return
    raise RuntimeError(f"JupyterLab did not start:\n{log.read_text()[-3000:]}")
