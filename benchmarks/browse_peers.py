"""The same list in other tables, each in a notebook of one JupyterLab: sent, shown, sorted.

Every time is taken inside the page, alike for all: from the moment the cell's ``execute_request``
is sent to the frame that shows the first row, and from the click's ``pointerup`` to the frame whose
first row is the first by name. What is sent is counted at the kernel's websocket. Imports and what
a table needs done to the frame before are not timed. Peers are measured where they are installed:
``pip install "dashwidgets[peers]"``.
"""

from __future__ import annotations

import statistics
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

import nbformat
from playwright.sync_api import Error, Page, sync_playwright

from benchmarks.browse_page import FLAGS
from benchmarks.browse_watch import FIRST, SORTED, WAIT_FOR_SORT, WATCH
from benchmarks.measure import Measured
from tests.browser.lab import Lab, serve_lab
from tests.chromium import find_chromium

ROUNDS = 5
# Some tables go on working after their first row; that is not to count against the sort.
SETTLED = 1_000
ROOT = Path(__file__).parents[1]
SET_UP = f"""import sys
sys.path.insert(0, {str(ROOT)!r})
from ipywidgets import Widget
from benchmarks.browse_page import boards
from dashwidgets.frames.dashboards import dashboards_frame
listing = boards({{number}})
frame = dashboards_frame(listing)
"""


@dataclass(frozen=True)
class Table:
    """How a table is made, and where its first row's name and its header are."""

    name: str
    prepare: str
    make: str
    cell: str
    """Selector of the first row's name; shadow roots are looked into. Empty: it is on a canvas."""
    sort: Callable[[Page], None]
    note: str = ""


@dataclass
class Measurements:
    """What was taken of one table, a value a round."""

    shown: list[float] = field(default_factory=list[float])
    drawn: list[float | None] = field(default_factory=list["float | None"])
    """From the message with the list to the first row; of ours only."""
    sorted: list[float] = field(default_factory=list[float])
    sent: int = 0
    sent_to_sort: int = 0
    silent: list[str] = field(default_factory=list[str])
    """Of rounds that came to nothing: what did not come."""

    def rows(self, name: str, ours: Measurements | None, note: str) -> Iterator[Measured]:
        """Medians; for a peer, how many times ours they are."""
        first = ours is None
        if self.silent:
            note = f"{note}; {self.silent[0]} in {len(self.silent)} runs".removeprefix("; ")
        shown, took = statistics.median(self.shown), statistics.median(self.sorted)
        yield Measured(f"{name}: sent", self.sent / 1e6, "MB", SENT if first else None, note=note)
        yield Measured(f"{name}: shown", shown, "ms", SHOWN if first else None, why=WHY)
        yield Measured(f"{name}: sorted", took, "ms")
        yield Measured(f"{name}: sent to sort", self.sent_to_sort / 1e3, "kB")
        if ours is not None:
            times = shown / statistics.median(ours.shown)
            yield Measured(f"{name}: shown, as a multiple of ours", times, "times", 1, least=True)


def click(header: str, sign: str = "") -> Callable[[Page], None]:
    """Click a header, or the sign that it shows under the pointer."""

    def act(page: Page) -> None:
        place = page.locator(header).first
        place.hover()
        (place.locator(sign) if sign else place).click()

    return act


def click_in_menu(page: Page) -> None:
    """ipydatagrid sorts from a menu behind its header's sign: the last click of the two counts."""
    box = page.locator(".lm-DataGrid-viewport").first.bounding_box()
    assert box is not None
    page.mouse.click(box["x"] + 64 + 64 + 64 - 8, box["y"] + 10)
    page.locator(".lm-Menu-item", has_text="Sort Ascending").click()


TABLES = (
    Table(
        "dashwidgets",
        "from dashwidgets.widgets.browse.widget import Browser",
        "Browser(listing, host='https://us.posthog.com', project_id=1)",
        "tbody tr[data-dw-at='0'] .dw-col-name b",
        click("th.dw-col-name button"),
    ),
    Table(
        "itables",
        "from itables.widget import ITable",
        "ITable(frame, maxBytes=0)",
        "tbody tr:first-child td:nth-child(2)",
        click("thead th:nth-child(2)", ".dt-column-order"),
        "ten rows a page",
    ),
    Table(
        "quak",
        "import quak",
        "quak.Widget(frame)",
        "tbody tr:first-child td:nth-child(3)",
        click("thead th:nth-child(3)", ".sort-button"),
        "sorts in the kernel",
    ),
    Table(
        "buckaroo",
        "import buckaroo",
        "buckaroo.BuckarooWidget(frame)",
        ".ag-row[row-index='0'] [col-id='b']",
        click(".ag-header-cell[col-id='b']"),
        "with a summary of each column",
    ),
    Table(
        "ipydatagrid",
        "import ipydatagrid\ntexts = frame.astype(str)",
        "ipydatagrid.DataGrid(texts)",
        "",
        click_in_menu,
        "its code is an extension of JupyterLab and not in what is sent",
    ),
)


SENT, SHOWN = 0.45, 150
"""Our targets: MB over the kernel's websocket, milliseconds to the first row."""


WHY = (
    "Python takes 33 ms for 5,000 dashboards, the page 50 from the message to painted rows; the "
    "rest is JupyterLab's: the cell, its output and 95 kB of module."
)


def peers(number: int, quick: bool) -> Iterator[Measured]:
    """Each table that is installed, ours first; alone when quick."""
    print(f"  {number:,} dashboards in a cell of JupyterLab, medians after a first run;")
    print("  sent: over the kernel's websocket; shown: cell run to first row;")
    print("  sorted: click to first row by name")
    with lab() as one:
        ours: Measurements | None = None
        for table in TABLES[:1] if quick else TABLES:
            try:
                named = f"{table.name} {version(table.name)}"
                found = watched(one, table, number, 1 if quick else ROUNDS)
            except PackageNotFoundError:
                print(f"  {table.name:18} not measured: it is not installed (the extra `peers`)")
                continue
            if not found.shown:
                print(f"  {named:18} not measured: {found.silent[0]}, every time")
                continue
            yield from found.rows(named if ours else table.name, ours, table.note)
            ours = ours or found


def watched(one: Lab, table: Table, number: int, rounds: int) -> Measurements:
    """Run the cell and click the header, again and again."""
    set_up = SET_UP.format(number=number) + table.prepare
    cells = [nbformat.v4.new_code_cell(code) for code in (set_up, table.make)]
    kernel = {"name": "python3", "display_name": "Python 3 (ipykernel)"}
    notebook = nbformat.v4.new_notebook(cells=cells, metadata={"kernelspec": kernel})
    nbformat.write(notebook, one.root / f"{table.name}.ipynb")
    page = one.open(f"{table.name}.ipynb")
    one.ask(set_up)
    measured = Measurements()
    for nth in range(rounds + 1):
        one.ask("Widget.close_all()")
        try:
            shown, sorted_ = play(page, table)
        except Error as error:
            measured.silent.append(error.message.splitlines()[0].split("Error: ")[-1])
            continue
        if nth:
            measured.shown.append(shown["took"])
            measured.drawn.append(shown["drawn"])
            measured.sorted.append(sorted_["took"])
        measured.sent, measured.sent_to_sort = shown["sent"], sorted_["sent"]
    return measured


def play(page: Page, table: Table) -> tuple[dict[str, Any], dict[str, Any]]:
    """Run the cell, then click; what was taken inside the page."""
    shown = page.evaluate(FIRST, table.cell)
    page.wait_for_timeout(SETTLED)
    page.evaluate(WAIT_FOR_SORT, table.cell)
    table.sort(page)
    return shown, page.evaluate(SORTED)


@contextmanager
def lab() -> Iterator[Lab]:
    """A JupyterLab, and a page of it that counts and watches."""
    with tempfile.TemporaryDirectory() as name, sync_playwright() as playwright:
        root = Path(name) / "notebooks"
        root.mkdir()
        with serve_lab(root, Path(name) / "home") as (url, token):
            chromium = playwright.chromium.launch(executable_path=find_chromium(), args=FLAGS)
            page = chromium.new_page(viewport={"width": 1280, "height": 900})
            page.set_default_timeout(60_000)
            page.add_init_script(WATCH)
            yield Lab(url, token, root, page)
            chromium.close()
