"""From the server's flush of a tile to the page of a real JupyterLab; bursts; a saved notebook."""

from __future__ import annotations

import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import nbformat
from nbclient import NotebookClient
from playwright.sync_api import Browser, sync_playwright

from dashwidgets.api.stream.events import Complete
from tests.browser.conftest import FLAGS
from tests.browser.lab import Lab, serve_lab
from tests.chromium import find_chromium
from tests.widgets.kernel import ROOT, kernel
from tests.widgets.scripted import METADATA, padded, watch

WATCH = """from dashwidgets.api.client import Client
from dashwidgets.dashboard import Dashboard
board = Dashboard(Client("http://127.0.0.1:{port}", "phx_of_nobody", 7), {{"id": 5, "name": "B"}})
live = board.watch()
live"""
BUSY = {
    "while idle": "",
    "while a cell sleeps": "import time; time.sleep(17)",
    "while a cell computes": (
        "import time\nend = time.time() + 17\nwhile time.time() < end: sum(range(1000))"
    ),
}

# Titles hold the moment of the flush; the browser and the server have one clock.
OBSERVE = """() => {
  window.delays = [];
  new MutationObserver((changes) => {
    const now = performance.timeOrigin + performance.now();
    for (const {target} of changes) {
      const sent = Number((target.title || "").split("@")[1]);
      if (sent && target.tagName === "H3") window.delays.push(now - sent);
    }
  }).observe(document.body, {subtree: true, attributes: true, attributeFilter: ["title"]});
}"""


def judge(what: str, value: float, target: float, unit: str, *, least: bool = False) -> bool:
    """Print a value beside its target."""
    met = value >= target if least else value <= target
    side = "at least" if least else "at most"
    word = "met" if met else "MISSED"
    print(f"  {what:58} {value:9,.1f} {unit:8} ({side} {target:,.0f}: {word})", flush=True)
    return met


@contextmanager
def tile_server() -> Iterator[int]:
    command = [sys.executable, "-m", "benchmarks.tile_server"]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        yield int(process.stdout.readline())
        process.terminate()


def spread(delays: list[float]) -> tuple[float, float]:
    return statistics.median(delays), statistics.quantiles(delays, n=20)[-1]


def latency(port: int, chromium: Browser, folder: Path) -> bool:
    """The floor, then JupyterLab with an idle and a busy kernel."""
    page = chromium.new_page()
    page.goto(f"http://127.0.0.1:{port}/floor.html")
    page.wait_for_function("() => window.isOver", timeout=60_000, polling=1_000)
    median, slow = spread(page.evaluate("() => window.delays"))
    print(f"  {'floor: a bare page that fetches':58} {median:9.1f} ms median, {slow:.1f} ms p95")
    page.close()
    notebooks = folder / "notebooks"
    notebooks.mkdir()
    for number, code in enumerate(BUSY.values()):
        cells = [nbformat.v4.new_code_cell(WATCH.format(port=port))]
        cells += [nbformat.v4.new_code_cell(code)] if code else []
        kernelspec = {"name": "python3", "display_name": "Python 3", "language": "python"}
        whole = nbformat.v4.new_notebook(cells=cells, metadata={"kernelspec": kernelspec})
        nbformat.write(whole, notebooks / f"{number}.ipynb")
    good = True
    with serve_lab(notebooks, folder / "home") as (url, token):
        for number, name in enumerate(BUSY):
            lab = Lab(
                url, token, notebooks, chromium.new_page(viewport={"width": 1280, "height": 900})
            )
            lab.page.set_default_timeout(60_000)
            lab.open(f"{number}.ipynb")
            lab.page.evaluate(OBSERVE)
            lab.run_all()
            done = "() => document.querySelector('.dw-watch[data-dw-phase=complete]')"
            lab.page.wait_for_function(done, polling=1_000)
            delays = lab.page.evaluate("() => window.delays")
            median, slow = spread(delays)
            good &= judge(f"flush to DOM {name}, {len(delays)} tiles: median", median, 15, "ms")
            good &= judge(f"flush to DOM {name}: 95th percentile", slow, 40, "ms")
            lab.page.close()
    return good


def throughput() -> bool:
    """5,000 tiles of 5 kB as fast as they come, to a front end of a real kernel."""
    with kernel() as front:
        front.run("from tests.widgets.scripted import *; import threading, time")
        front.run("go = threading.Event(); tiles = [padded(n, 5_000) for n in range(1, 5_001)]")
        front.run("live = watch(go, METADATA, *tiles, Complete())")
        (view,) = front.boards().values()
        began = time.monotonic()
        front.run("go.set(); _ = live.wait(60)")
        while len(view.names()) < 5_000 and time.monotonic() - began < 60:
            front.pump(0.05)
        took = time.monotonic() - began
        good = judge(
            "tiles of 5 kB to a front end", len(view.names()) / took, 1_000, "a second", least=True
        )
        return good and judge("messages in any second of it", view.most_in_a_second(), 30, "")


def saved(folder: Path) -> bool:
    """A notebook with one board of 20 tiles of 5 to 50 kB, as nbclient saves it."""
    code = (
        "import random\nfrom benchmarks.tile_server import tile\n"
        "import json\nfrom tests.widgets.scripted import Complete, METADATA, TileRendered, watch\n"
        "def one(n):\n"
        "    body = tile(n, random.Random(n).randint(5_000, 50_000), f'Tile {n}')\n"
        "    return TileRendered(n, n - 1, json.dumps(body).encode())\n"
        "live = watch(METADATA, *[one(n) for n in range(1, 21)], Complete())\n"
        "_ = live.wait(30)\nlive"
    )
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(code)])
    NotebookClient(
        notebook, store_widget_state=True, resources={"metadata": {"path": str(ROOT)}}
    ).execute()
    path = folder / "saved.ipynb"
    nbformat.write(notebook, path)
    return judge("executed notebook with one 20-tile board", path.stat().st_size / 1000, 600, "kB")


def burst() -> bool:
    """20,000 events without anything behind them: what our side costs."""
    events = [padded(n % 200 + 1, 5_000, n) for n in range(20_000)]
    began = time.perf_counter()
    watch(METADATA, *events, Complete()).wait(120)
    rate = len(events) / (time.perf_counter() - began)
    return judge("tiles of 5 kB taken in, in a plain script", rate, 1_000, "a second", least=True)


def main() -> bool:
    print("\nWatching a board: 20 tiles a second of 5 to 50 kB")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        good = burst() & throughput() & saved(folder)
        with sync_playwright() as playwright, tile_server() as port:
            chromium = playwright.chromium.launch(executable_path=find_chromium(), args=FLAGS)
            good &= latency(port, chromium, folder)
            chromium.close()
    return good
