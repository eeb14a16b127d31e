"""Hours of work in one JupyterLab, and what they leave: ``python -m tests soak [SECONDS]``.

A cell watches, arranges, edits and explores, again and again; now and then the kernel and the
page are measured. Prints a table; fails when something grows with the rounds.
"""

from __future__ import annotations

import json
import statistics
import tempfile
import time
from dataclasses import astuple, dataclass, fields
from pathlib import Path

import nbformat
from playwright.sync_api import sync_playwright

from tests.browser.conftest import FLAGS
from tests.browser.lab import Lab, serve_lab
from tests.chromium import find_chromium

START = """import gc, json, threading
import psutil
import dashwidgets as dw
from ipywidgets.widgets.widget import _instances
ph = dw.local()
board = ph.dashboard("Growth overview")"""
CELL = """from IPython.display import display
live, arranger, editor, explorer = board.watch(), board.arrange(), board.edit(), ph.explore()
display(live, arranger, editor, explorer)
board.update(description=str(len(ph.dashboards())))
_ = live.wait(60)"""
THERE = """() => document.querySelector(".dw-watch[data-dw-phase=complete]")
  && document.querySelector(".dw-browse tbody tr[data-dw-id]") !== null"""
MEASURE = """gc.collect()
print(json.dumps([threading.active_count(), len(psutil.Process().net_connections()),
                  len(_instances), psutil.Process().memory_info().rss / 1e6]))"""


@dataclass(frozen=True)
class Left:
    """What is there after some rounds."""

    rounds: int
    threads: int
    sockets: int
    comms: int
    kernel: float
    """Megabytes."""
    page: float
    """Megabytes of JavaScript's heap after collection."""
    listeners: int


MOST = {"threads": 2, "sockets": 2, "comms": 4, "kernel": 25, "page": 12, "listeners": 60}
"""How much more there may be at the end than after warming up."""


def measured(lab: Lab, rounds: int) -> Left:
    session = lab.page.context.new_cdp_session(lab.page)
    for _ in range(2):  # what only the first collection sets free is freed by the second
        session.send("HeapProfiler.collectGarbage")
    session.send("Performance.enable")
    told = {one["name"]: one["value"] for one in session.send("Performance.getMetrics")["metrics"]}
    session.detach()
    threads, sockets, comms, memory = json.loads(lab.ask(MEASURE))
    heap, listeners = told["JSHeapUsedSize"] / 1e6, int(told["JSEventListeners"])
    return Left(rounds, threads, sockets, comms, round(memory, 1), round(heap, 1), listeners)


def notebook(folder: Path) -> str:
    cells = [nbformat.v4.new_code_cell(code) for code in (START, CELL)]
    kernelspec = {"name": "python3", "display_name": "Python 3", "language": "python"}
    whole = nbformat.v4.new_notebook(cells=cells, metadata={"kernelspec": kernelspec})
    nbformat.write(whole, folder / "soak.ipynb")
    return "soak.ipynb"


def work(lab: Lab) -> None:
    """The second cell again; the widgets of the round before are replaced.

    It stays the active one: JupyterLab keeps some 800 listeners of the toolbar of each cell that
    ever was, whatever is in the cell.
    """
    lab.page.evaluate(
        """async () => {
          const {content} = window.jupyterapp.shell.currentWidget;
          content.activeCellIndex = 1;
          await window.jupyterapp.commands.execute("notebook:run-cell");
        }"""
    )
    # Not `wait_for_selector`: it returns a handle, which keeps the page from freeing the element.
    lab.page.wait_for_function(THERE)


def worked(lab: Lab, seconds: float) -> list[Left]:
    """What is left after some rounds, as often as it was measured; printed as well."""
    print(" ".join(f"{field.name:>9}" for field in fields(Left)))
    lab.open(notebook(lab.root))
    lab.run_all()
    found: list[Left] = []
    began, rounds = time.monotonic(), 0
    while rounds < 6 or time.monotonic() - began < seconds:
        work(lab)
        rounds += 1
        due = len(found) * max(2, rounds // 12)
        if rounds >= 3 and rounds - 3 >= due:
            found.append(measured(lab, rounds))
            print(" ".join(f"{value:>9}" for value in astuple(found[-1])), flush=True)
    found.append(measured(lab, rounds))
    print(" ".join(f"{value:>9}" for value in astuple(found[-1])), flush=True)
    return found


def grown(found: list[Left]) -> list[str]:
    """What there is more of at the end: medians of the first and the last third."""
    third = max(1, len(found) // 3)
    wrong: list[str] = []
    for name, most in MOST.items():
        first = statistics.median(getattr(one, name) for one in found[:third])
        last = statistics.median(getattr(one, name) for one in found[-third:])
        if last - first > most:
            wrong.append(f"{name} grew from {first:g} to {last:g} (at most {most} more)")
    return wrong


def soak(seconds: float = 7_200) -> int:
    """Two hours, or as long as given."""
    with tempfile.TemporaryDirectory() as name, sync_playwright() as playwright:
        folder = Path(name)
        (folder / "notebooks").mkdir()
        with serve_lab(folder / "notebooks", folder / "home") as (url, token):
            chromium = playwright.chromium.launch(executable_path=find_chromium(), args=FLAGS)
            page = chromium.new_page(viewport={"width": 1280, "height": 1600})
            page.set_default_timeout(60_000)
            wrong = grown(worked(Lab(url, token, folder / "notebooks", page), seconds))
            chromium.close()
    print("\n".join(wrong) or "Nothing grew.")
    return 1 if wrong else 0
