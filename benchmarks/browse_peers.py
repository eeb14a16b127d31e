"""The same list in other tables: bytes over the comm, time to the first row and to sorted.

Peers are measured where they are installed: ``pip install itables quak ipydatagrid``. itables draws
in the same page as ours; quak and ipydatagrid draw with a kernel or an extension of JupyterLab, so
that only what they send is compared.
"""

from __future__ import annotations

import json
import statistics
from collections.abc import Callable
from importlib import import_module
from typing import Any

import pandas as pd
from ipywidgets import Widget
from ipywidgets.widgets.widget import _remove_buffers  # pyright: ignore
from playwright.sync_api import Page

from benchmarks.browse_page import PREPARE, ROW, SHOW, boards
from dashwidgets.frames.dashboards import dashboards_frame
from dashwidgets.widgets.browse import Browser

ROUNDS = 5
# Done when another row is the first.
SORT = """async ([heading, row]) => {
  const first = () => document.querySelector(row).textContent;
  const [before, began] = [first(), performance.now()];
  document.querySelector(heading).click();
  while (first() === before && performance.now() - began < 10000)
    await new Promise((done) => setTimeout(done));
  return first() === before ? NaN : await window.painted() - began;
}"""
PEERS: dict[str, Callable[[Any, pd.DataFrame], Widget]] = {
    "itables.widget": lambda itables, frame: itables.ITable(frame, maxBytes=0),
    "quak": lambda quak, frame: quak.Widget(frame),
    "ipydatagrid": lambda grid, frame: grid.DataGrid(frame.astype(str)),
}


def compare(page: Page, number: int) -> None:
    """Print a line a table."""
    listing = boards(number)
    frame = dashboards_frame(listing)
    print(f"\n{number} dashboards in other tables (module included)")
    ours = Browser(listing, host="https://us.posthog.com", project_id=1)
    heading = "th.dw-col-owner button"
    line("dashwidgets", ours, drawn(page, ours, ROW, heading))
    for name, make in PEERS.items():
        try:
            widget = make(import_module(name), frame)
        except ImportError as error:
            print(f"  {name:16} not measured: {error}")
            continue
        times = (
            drawn(page, widget, "tbody tr:has(td)", "thead th:nth-child(4)") if "it" in name else ()
        )
        line(name, widget, times)


def drawn(page: Page, widget: Any, row: str, heading: str) -> tuple[float, float]:
    """Milliseconds from the message to the first row, and from a click to sorted."""
    page.evaluate(PREPARE, [str(widget._esm), str(widget._css)])
    state = {key: value for key, value in widget.get_state().items() if key not in ("_esm", "_css")}
    text = json.dumps(state, default=str)
    first = [page.evaluate(SHOW, [text, row]) for _ in range(ROUNDS)][1:]
    return statistics.median(first), page.evaluate(SORT, [heading, row])


def line(name: str, widget: Widget, times: tuple[float, ...]) -> None:
    state, _, buffers = _remove_buffers(widget.get_state())  # pyright: ignore
    sent = len(json.dumps(state, default=str)) + sum(memoryview(one).nbytes for one in buffers)
    said = "".join(
        f"{time:9.1f} ms to {what}" if time == time else f"   a click did not lead to {what}"
        for time, what in zip(times, ("the first row", "sorted"), strict=False)
    )
    print(f"  {name:16} {sent / 1e6:7.2f} MB{said or '   drawn elsewhere'}")
