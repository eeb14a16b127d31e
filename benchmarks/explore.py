"""The explorer beside its parts: what goes over the comm, and how soon a board is there."""

from __future__ import annotations

import json
import statistics
import time
from collections.abc import Callable, Generator, Iterator
from contextlib import contextmanager
from typing import Any

import comm
import nbformat
from comm.base_comm import BaseComm
from ipywidgets.widgets import widget as core

import dashwidgets as dw
from benchmarks.browse_peers import Table, click, lab, watched
from benchmarks.measure import Measured
from tests.browser.lab import Lab
from tests.browser.switching import BOARDS, SWITCH, counted

SWITCHES = 200
FIRST_ROW, FIRST_TILE = 250, 150
"""Our targets, in milliseconds."""
# Everything but the list is as it always is.
MANY = Table(
    "explorer",
    "import dashwidgets as dw\nph = dw.local()\n"
    "ph._listing = lambda: listing\nph.explore().close()",
    "ph.explore()",
    ".dw-browse tbody tr[data-dw-at='0'] .dw-col-name b",
    click(".dw-browse th.dw-col-name button"),
)
SWITCHED = "import dashwidgets as dw\nph = dw.local()\nexplorer = ph.explore()\nexplorer"


class Counted(BaseComm):
    """A comm to nowhere that counts what it is given."""

    sent = 0

    def publish_msg(self, msg_type: str, data: Any = None, **rest: Any) -> None:
        text = json.dumps([data, rest.get("metadata")], default=str)
        Counted.sent += len(text) + sum(len(one) for one in rest.get("buffers") or ())


@contextmanager
def counting() -> Generator[Callable[[], int]]:
    """Gives the bytes sent since it was last called."""
    before, comm.create_comm = comm.create_comm, Counted
    mark = [Counted.sent]

    def since() -> int:
        count, mark[0] = Counted.sent - mark[0], Counted.sent
        return count

    try:
        yield since
    finally:
        comm.create_comm = before


def measure(quick: bool) -> Iterator[Measured]:
    """Without a browser, then in JupyterLab."""
    yield from in_python(20 if quick else SWITCHES)
    with lab() as one:
        rounds, number = (1, 500) if quick else (5, 5_000)
        found = watched(one, MANY, number, rounds)
        drawn = statistics.median(one_took for one_took in found.drawn if one_took is not None)
        yield Measured(f"{number:,} boards: message to first row", drawn, "ms", FIRST_ROW)
        whole = statistics.median(found.shown)
        yield Measured(f"{number:,} boards: cell run to first row", whole, "ms")
        yield from in_page(one, 8 if quick else SWITCHES)


def in_python(switches: int) -> Iterator[Measured]:
    """Bytes over the comm, and the time until a tile is in Python."""
    with dw.local() as ph, counting() as sent:
        ids = ph.dashboards()["id"].tolist()[:4]
        for key in ids:
            ph[key].watch().wait(timeout=120).close()  # everything is cached
        sent()
        browser, alone = ph.browse(), ph[ids[0]].watch()
        alone.wait(timeout=60)
        parts = sent()
        browser.close()
        alone.close()
        sent()
        explorer = ph.explore({"board": ids[0], "tab": "tiles"})
        explorer.live.wait(timeout=60)
        whole = sent()
        yield Measured("list and tiles: explorer against its parts", whole / parts, "x", 1)

        took: list[float] = []
        models = len(core._instances)
        for n in range(switches):
            began = time.perf_counter()
            explorer.where = {"board": ids[(n + 1) % len(ids)], "tab": "tiles"}
            while not explorer.live.events["tile"].size:
                time.sleep(0.002)
            took.append(time.perf_counter() - began)
            explorer.live.wait(timeout=60)
        switching = sent() / switches
        own = ph[ids[0]].watch()
        own.wait(timeout=60)
        one = sent()
        own.close()
        yield Measured("a board opened in the explorer", switching / 1000, "kB")
        yield Measured("the same against a widget of its own", switching / one, "x", 0.3)
        what = f"{switches} boards one after the other"
        first = 1000 * statistics.median(took)
        yield Measured(f"{what}: first tile in Python", first, "ms", FIRST_TILE)
        more = len(core._instances) - models
        yield Measured(f"{what}: models more than at first", more, "rows", 0)
        explorer.close()


def in_page(one: Lab, switches: int) -> Iterator[Measured]:
    """From the click in the list to the first tile in the page, and what stays in both."""
    cells = [nbformat.v4.new_code_cell(SWITCHED)]
    kernel = {"name": "python3", "display_name": "Python 3 (ipykernel)"}
    notebook = nbformat.v4.new_notebook(cells=cells, metadata={"kernelspec": kernel})
    nbformat.write(notebook, one.root / "switches.ipynb")
    page = one.open("switches.ipynb")
    one.run_all()
    page.locator(".dw-browse tbody tr[data-dw-id]").first.wait_for()
    for name in BOARDS * 2:  # everything is cached, every module loaded
        page.evaluate(SWITCH, name)
    memory = page.context.new_cdp_session(page)
    warm = switches // 4
    took = [page.evaluate(SWITCH, BOARDS[n % len(BOARDS)]) for n in range(warm)]
    before = counted(one, memory)
    took += [page.evaluate(SWITCH, BOARDS[n % len(BOARDS)]) for n in range(warm, switches)]
    after = counted(one, memory)
    what = f"{switches} boards clicked in JupyterLab"
    yield Measured(f"{what}: first tile", statistics.median(took), "ms", FIRST_TILE)
    yield Measured(f"{what}: comms more", after["widgets"] - before["widgets"], "rows", 0)
    yield Measured(f"{what}: threads left", after["threads"], "rows", 0)
    objects = after["objects"] / before["objects"]
    yield Measured(f"{what}: objects in the kernel, end against a quarter in", objects, "x", 1.05)
    heap = after["heap"] / before["heap"]
    yield Measured(f"{what}: the page's memory, likewise", heap, "x", 1.15)
    each = (after["heap"] - before["heap"]) / 1000 / (switches - warm)
    yield Measured(f"{what}: the page's memory, a switch", each, "KB")
