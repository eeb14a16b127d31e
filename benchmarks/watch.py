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

from benchmarks.measure import Measured
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
SLOWEST_COMPUTING = 30
WHY = (
    "a cell that computes lets go of Python's lock every 5 ms (sys.getswitchinterval), and a tile "
    "goes through two threads: 8 and 12 ms in the middle, 4 and 6 with 1 ms, alike in a program "
    "with nothing else in it. The slowest twentieth does not change with that: it is how long a "
    "thread waits for a core. The cell has one of two; page, JupyterLab and the server share the "
    "other, and anything else that runs takes its time from both."
)
"""On what the delay depends while a cell computes."""

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


@contextmanager
def tile_server(count: int) -> Iterator[int]:
    command = [sys.executable, "-m", "benchmarks.tile_server", str(count)]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        try:
            yield int(process.stdout.readline())
        finally:
            process.terminate()


def spread(delays: list[float]) -> tuple[float, float]:
    return statistics.median(delays), statistics.quantiles(delays, n=20)[-1]


def latency(port: int, chromium: Browser, folder: Path, quick: bool) -> Iterator[Measured]:
    """The floor, then JupyterLab with an idle and a busy kernel."""
    page = chromium.new_page()
    page.goto(f"http://127.0.0.1:{port}/floor.html")
    page.wait_for_function("() => window.isOver", timeout=60_000, polling=1_000)
    median, slow = spread(page.evaluate("() => window.delays"))
    yield Measured("floor, a bare page that fetches: median", median, "ms")
    yield Measured("floor, a bare page that fetches: 95th percentile", slow, "ms")
    page.close()
    notebooks = folder / "notebooks"
    notebooks.mkdir()
    states = dict(list(BUSY.items())[:1]) if quick else BUSY
    for number, code in enumerate(states.values()):
        cells = [nbformat.v4.new_code_cell(WATCH.format(port=port))]
        cells += [nbformat.v4.new_code_cell(code)] if code else []
        kernelspec = {"name": "python3", "display_name": "Python 3", "language": "python"}
        whole = nbformat.v4.new_notebook(cells=cells, metadata={"kernelspec": kernelspec})
        nbformat.write(whole, notebooks / f"{number}.ipynb")
    with serve_lab(notebooks, folder / "home") as (url, token):
        for number, name in enumerate(states):
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
            slowest = SLOWEST_COMPUTING if name == "while a cell computes" else 40
            yield Measured(f"flush to DOM {name}: tiles seen", len(delays), "rows")
            yield Measured(f"flush to DOM {name}: median", median, "ms", 15)
            what = f"flush to DOM {name}: 95th percentile"
            yield Measured(what, slow, "ms", slowest, why=WHY)
            lab.page.close()


def throughput(count: int) -> Iterator[Measured]:
    """Tiles of 5 kB as fast as they come, to a front end of a real kernel."""
    with kernel() as front:
        front.run("from tests.widgets.scripted import *; import threading, time")
        made = f"[padded(n, 5_000) for n in range(1, {count} + 1)]"
        front.run(f"go = threading.Event(); tiles = {made}")
        front.run("live = watch(go, METADATA, *tiles, Complete())")
        (view,) = front.boards().values()
        began = time.monotonic()
        front.run("go.set(); _ = live.wait(60)")
        while len(view.names()) < count and time.monotonic() - began < 60:
            front.pump(0.05)
        rate = len(view.names()) / (time.monotonic() - began)
        what = f"{count:,} tiles of 5 kB to a front end"
        yield Measured(f"{what}: arrived", len(view.names()), "rows", count, least=True)
        yield Measured(what, rate, "a second", 1_000, least=True)
        most = view.most_in_a_second()
        yield Measured(f"{what}: most in any second", most, "messages", 30)


def saved(folder: Path) -> Iterator[Measured]:
    """A notebook with one board of 20 tiles of 5 to 50 kB, as nbclient saves it."""
    code = (
        "import random\nfrom benchmarks.tile_server import tile\n"
        "from tests.widgets.scripted import Complete, METADATA, one_tile, watch\n"
        "def one(n):\n"
        "    body = tile(n, random.Random(n).randint(5_000, 50_000), f'Tile {n}')\n"
        "    return one_tile({**body, 'order': n - 1})\n"
        "live = watch(METADATA, *[one(n) for n in range(1, 21)], Complete())\n"
        "_ = live.wait(30)\nlive"
    )
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(code)])
    NotebookClient(
        notebook, store_widget_state=True, resources={"metadata": {"path": str(ROOT)}}
    ).execute()
    path = folder / "saved.ipynb"
    nbformat.write(notebook, path)
    size = path.stat().st_size / 1000
    yield Measured("an executed notebook with one board of 20 tiles", size, "kB", 600)


def burst(count: int) -> Iterator[Measured]:
    """Events without anything behind them: what our side costs."""
    events = [padded(n % 200 + 1, 5_000, n) for n in range(count)]
    began = time.perf_counter()
    watch(METADATA, *events, Complete()).wait(120)
    rate = len(events) / (time.perf_counter() - began)
    yield Measured("tiles of 5 kB taken in, in a plain script", rate, "a second", 1_000, least=True)


def measure(quick: bool) -> Iterator[Measured]:
    """20 tiles a second of 5 to 50 kB, and bursts."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        yield from burst(2_000 if quick else 20_000)
        yield from throughput(500 if quick else 5_000)
        yield from saved(folder)
        with sync_playwright() as playwright, tile_server(40 if quick else 300) as port:
            chromium = playwright.chromium.launch(executable_path=find_chromium(), args=FLAGS)
            yield from latency(port, chromium, folder, quick)
            chromium.close()
