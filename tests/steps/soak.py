"""Hours of work in one JupyterLab, and what they leave: ``python -m tests soak [SECONDS]``.

A cell watches, arranges, edits and explores, again and again; now and then the kernel and the
page are measured. Before that, the same is done with as many widgets of others, to compare with:
what grows with those is the host's. Prints what was measured; fails when more is left than may be.
"""

from __future__ import annotations

import itertools
import json
import statistics
import tempfile
import time
from dataclasses import astuple, dataclass, fields
from pathlib import Path

import nbformat
from playwright.sync_api import CDPSession, sync_playwright

from tests.browser.conftest import FLAGS
from tests.browser.lab import Lab, serve_lab
from tests.chromium import find_chromium


@dataclass(frozen=True)
class Work:
    """A cell that is run again and again."""

    name: str
    start: str
    cell: str
    there: str
    """What holds in the page when the cell has shown what it shows."""


COUNT = """import gc, json, threading
import psutil
from ipywidgets.widgets.widget import _instances
"""
OURS = Work(
    "dashwidgets",
    COUNT
    + """import dashwidgets as dw
ph = dw.local()
board = ph.dashboard("Growth overview")""",
    """from IPython.display import display
live, arranger, editor, explorer = board.watch(), board.arrange(), board.edit(), ph.explore()
display(live, arranger, editor, explorer)
board.update(description=str(len(ph.dashboards())))
_ = live.wait(60)""",
    """() => document.querySelector(".dw-watch[data-dw-phase=complete]")
  && document.querySelector(".dw-browse tbody tr[data-dw-id]") !== null""",
)
SHOW = """from IPython.display import display
for one in made:
    one.close()
made = make()
display(*(one for one in made if not isinstance(one, Layout)))"""
CONTROLS = (
    Work("print", COUNT, "print('nothing')", "() => true"),
    # As many models as ours make: 13 of three, 20 of two.
    Work(
        "IntSlider",
        COUNT
        + """from ipywidgets import IntSlider, Layout
made = []
def make():
    sliders = [IntSlider() for _ in range(13)]
    return [part for one in sliders for part in (one, one.layout, one.style)]""",
        SHOW.replace("isinstance(one, Layout)", "not isinstance(one, IntSlider)"),
        "() => document.querySelectorAll('.widget-slider').length === 13",
    ),
    Work(
        "anywidget",
        COUNT
        + """from anywidget import AnyWidget
from ipywidgets import Layout
made = []
class Dot(AnyWidget):
    _esm = "export default { render: ({ el }) => el.append(document.createElement('dfn')) }"
def make():
    return [part for one in [Dot() for _ in range(20)] for part in (one, one.layout)]""",
        SHOW,
        "() => document.querySelectorAll('dfn').length === 20",
    ),
)
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
    nodes: int
    """Of the DOM, those that are held but not shown included."""
    listeners: int
    lasting: int
    """Those of them on what stays as long as the page: window, document and body."""


MOST = {"threads": 2, "sockets": 2, "comms": 4, "kernel": 25, "nodes": 400}
"""How much more there may be at the end than after warming up."""
MOST_A_ROUND = {"threads": 0.5, "sockets": 0.5, "comms": 0.5, "lasting": 0.5}
# JupyterLab adds 130 listeners at once, some time after a page was opened: no bound on their sum.
MOST_A_ROUND |= {"nodes": 10, "listeners": 8, "page": 0.5}
"""How much more there may be after each round: less than one, and less than half a megabyte."""
MOST_OF_PAGE = 0.1
"""Megabytes by which the page may grow with each round once what it needs is compiled."""


def measured(lab: Lab, rounds: int) -> Left:
    session = lab.page.context.new_cdp_session(lab.page)
    for _ in range(2):  # what only the first collection sets free is freed by the second
        session.send("HeapProfiler.collectGarbage")
    session.send("Performance.enable")
    told = {one["name"]: one["value"] for one in session.send("Performance.getMetrics")["metrics"]}
    lasting = sum(listeners_on(session, one) for one in ("window", "document", "document.body"))
    session.detach()
    threads, sockets, comms, memory = json.loads(lab.ask(MEASURE))
    return Left(
        *(rounds, threads, sockets, comms, round(memory, 1)),
        page=round(told["JSHeapUsedSize"] / 1e6, 2),
        nodes=int(told["Nodes"]),
        listeners=int(told["JSEventListeners"]),
        lasting=lasting,
    )


def listeners_on(session: CDPSession, target: str) -> int:
    found = session.send("Runtime.evaluate", {"expression": target})["result"]["objectId"]
    listeners = session.send("DOMDebugger.getEventListeners", {"objectId": found})["listeners"]
    session.send("Runtime.releaseObject", {"objectId": found})
    return len(listeners)


def notebook(folder: Path, work: Work) -> str:
    cells = [nbformat.v4.new_code_cell(code) for code in (work.start, work.cell)]
    kernelspec = {"name": "python3", "display_name": "Python 3", "language": "python"}
    whole = nbformat.v4.new_notebook(cells=cells, metadata={"kernelspec": kernelspec})
    nbformat.write(whole, folder / f"soak-{work.name}.ipynb")
    return f"soak-{work.name}.ipynb"


def again(lab: Lab, work: Work) -> None:
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
    lab.page.wait_for_function(work.there)


def worked(lab: Lab, seconds: float, work: Work = OURS) -> list[Left]:
    """What is left after some rounds, as often as it was measured; printed as well."""
    print(work.name)
    print(" ".join(f"{field.name:>9}" for field in fields(Left)))
    lab.open(notebook(lab.root, work))
    lab.run_all()
    found: list[Left] = []
    began, rounds = time.monotonic(), 0
    while rounds < 6 or time.monotonic() - began < seconds:
        again(lab, work)
        rounds += 1
        due = len(found) * max(2, rounds // 12)
        if rounds >= 3 and rounds - 3 >= due:
            found.append(measured(lab, rounds))
            print(" ".join(f"{value:>9}" for value in astuple(found[-1])), flush=True)
    found.append(measured(lab, rounds))
    print(" ".join(f"{value:>9}" for value in astuple(found[-1])), flush=True)
    return found


def a_round(found: list[Left], name: str) -> float:
    """How much more there is after each round, once it has warmed up."""
    pairs = itertools.combinations(found[len(found) // 3 :], 2)
    # The median over all pairs: one collection that frees more than the others tilts no line.
    return statistics.median(
        (getattr(later, name) - getattr(one, name)) / (later.rounds - one.rounds)
        for one, later in pairs
        if later.rounds > one.rounds
    )


def grown(found: list[Left]) -> list[str]:
    """What there is more of at the end: medians of the first and the last third."""
    third = max(1, len(found) // 3)
    wrong: list[str] = []
    for name, most in MOST.items():
        first = statistics.median(getattr(one, name) for one in found[:third])
        last = statistics.median(getattr(one, name) for one in found[-third:])
        if last - first > most:
            wrong.append(f"{name} grew from {first:g} to {last:g} (at most {most} more)")
    for name, most in MOST_A_ROUND.items():
        if (more := a_round(found, name)) > most:
            wrong.append(f"{name} grew by {more:.2f} a round (at most {most})")
    return wrong


def table(found: dict[str, list[Left]]) -> str:
    """What each work leaves, a round."""
    lines = ["| a round of | rounds | page | nodes | listeners | kernel |", "| --- " * 6 + "|"]
    for name, left in found.items():
        page, kernel = (1_000 * a_round(left, one) for one in ("page", "kernel"))
        nodes, listeners = (a_round(left, one) for one in ("nodes", "listeners"))
        cells = f"{page:.0f} kB | {nodes:.1f} | {listeners:.1f} | {kernel:.0f} kB"
        lines.append(f"| {name}, {left[-1].comms} models | {left[-1].rounds} | {cells} |")
    return "\n".join(lines)


def soak(seconds: float = 7_200) -> int:
    """Two hours, or as long as given; three eighths of them for what is compared with."""
    found: dict[str, list[Left]] = {}
    with tempfile.TemporaryDirectory() as name, sync_playwright() as playwright:
        folder = Path(name)
        (folder / "notebooks").mkdir()
        with serve_lab(folder / "notebooks", folder / "home") as (url, token):
            chromium = playwright.chromium.launch(executable_path=find_chromium(), args=FLAGS)
            for work in (*CONTROLS, OURS):
                share = seconds * (5 if work is OURS else 1) / 8
                page = chromium.new_page(viewport={"width": 1280, "height": 1600})
                page.set_default_timeout(60_000)
                lab = Lab(url, token, folder / "notebooks", page)
                found[work.name] = worked(lab, share, work)
                page.close()
            chromium.close()
    print(table(found))
    wrong = grown(found[OURS.name])
    if (more := a_round(found[OURS.name], "page")) > MOST_OF_PAGE:
        wrong.append(f"page grew by {more:.2f} a round (at most {MOST_OF_PAGE} in a long run)")
    print("\n".join(wrong) or "Nothing grew.")
    return 1 if wrong else 0
