"""The main job as its user does it: the first notebook in a real JupyterLab."""

from __future__ import annotations

import os
from pathlib import Path

from tests.browser.lab import Lab

NOTEBOOK = "01_first_look.ipynb"

# Stamp every tile at the frame in which it changed, inside the page: polling would blur it.
RECORD_ARRIVALS = """() => {
  window.arrivals = [];
  new MutationObserver((changes) => {
    for (const {target} of changes)
      if (target.dataset?.dwState === "done")
        window.arrivals.push({tile: target.dataset.dwTile, at: performance.now()});
  }).observe(document.body, {subtree: true, attributes: true, attributeFilter: ["data-dw-state"]});
}"""


def save_picture(lab: Lab, selector: str, name: str) -> None:
    """Keep a picture of a widget where the README can show it, when asked to."""
    folder = os.environ.get("DASHWIDGETS_PICTURES")
    if folder:
        lab.page.mouse.move(0, 0)
        widget = lab.page.locator(selector).first
        widget.evaluate("element => element.scrollIntoView({block: 'start'})")
        box = widget.bounding_box()
        assert box is not None
        tallest = lab.page.viewport_size["height"] - box["y"] - 40  # pyright: ignore
        clip = box | {"height": min(box["height"], tallest, 1_000)}
        lab.page.screenshot(path=Path(folder) / f"{name}.png", clip=clip)


def test_list_browse_and_watch(lab: Lab) -> None:
    page = lab.open(NOTEBOOK)
    page.evaluate(RECORD_ARRIVALS)

    lab.run_all()

    # The frame and the table show the same dashboards.
    table = page.locator(".dw-browse tbody tr[data-dw-id]")
    table.first.wait_for()
    everything = lab.ask_json("len(boards)")
    assert table.count() == everything >= 12

    # Typing in the search box narrows the table, and Python sees what is left.
    page.locator(".dw-browse input[type=search]").fill("heavy")
    page.wait_for_function(
        "n => document.querySelectorAll('.dw-browse tbody tr[data-dw-id]').length < n",
        arg=everything,
    )
    assert "Heavy board" in table.first.inner_text()

    # A row picked by mouse is a row of the frame in Python.
    lab.ask("browser.selected_ids = []")
    page.wait_for_function("() => !document.querySelector('.dw-browse tr[aria-selected=true]')")
    table.first.locator("input[type=checkbox]").click()
    page.wait_for_selector(".dw-browse tr[aria-selected=true]")
    page.wait_for_timeout(300)  # a comm message has no answer to wait for
    assert lab.ask_json("browser.selected['name'].tolist()") == ["Heavy board"]
    assert lab.ask_json("browser.visible['name'].tolist()")[0] == "Heavy board"

    # The tiles of the board came one after another.
    page.wait_for_selector(".dw-watch[data-dw-phase=complete]")
    tiles = lab.ask_json("[int(t) for t in live.events['tile']]")
    arrivals = page.evaluate("() => window.arrivals")
    assert {int(a["tile"]) for a in arrivals} == set(tiles)
    moments = sorted({round(a["at"]) for a in arrivals})
    assert len(moments) >= len(tiles) // 2, f"tiles came in lumps: {moments}"
    assert moments[-1] - moments[0] > 100, f"tiles came all at once: {moments}"
    assert page.locator(".dw-watch [data-dw-state=waiting]").count() == 0


def test_another_view_of_a_finished_board_shows_it(lab: Lab) -> None:
    page = lab.open(NOTEBOOK)
    lab.run_all()
    page.wait_for_selector(".dw-watch[data-dw-phase=complete]")
    drawn = page.locator(".dw-watch [data-dw-state=done]").count()

    page.evaluate(
        """() => {
          const panel = window.jupyterapp.shell.currentWidget;
          const cells = panel.content.widgets;
          const at = cells.findIndex((cell) => cell.model.sharedModel.source.includes("watch()"));
          panel.content.activeCellIndex = at;
          return window.jupyterapp.commands.execute("notebook:create-output-view");
        }"""
    )
    page.wait_for_function(
        "n => document.querySelectorAll('.dw-watch [data-dw-state=done]').length === 2 * n",
        arg=drawn,
    )
