"""A watched board in a real JupyterLab: held, refreshed, retried, seen again."""

from __future__ import annotations

import nbformat
import pytest

from tests.browser.lab import Lab
from tests.browser.test_first_look import save_picture

CELLS = [
    """import time
import dashwidgets as dw
ph = dw.local()
board = ph.dashboard("Heavy board")""",
    'live = board.watch(refresh="force_blocking")\nlive',
    "time.sleep(6)  # tiles arrive meanwhile",
]


@pytest.fixture
def notebook(lab: Lab) -> str:
    cells = [nbformat.v4.new_code_cell(code) for code in CELLS]
    kernelspec = {"name": "python3", "display_name": "Python 3", "language": "python"}
    whole = nbformat.v4.new_notebook(cells=cells, metadata={"kernelspec": kernelspec})
    nbformat.write(whole, lab.root / "watch.ipynb")
    return "watch.ipynb"


def test_a_board_fills_in_while_a_cell_is_busy(lab: Lab, notebook: str) -> None:
    page = lab.open(notebook)
    page.evaluate("() => { window.jupyterapp.commands.execute('notebook:run-all-cells'); }")
    some = """() => {
      const board = document.querySelector('.dw-watch[data-dw-phase=streaming]');
      return board && board.querySelectorAll('[data-dw-state=done]').length >= 6;
    }"""
    page.wait_for_function(some)
    assert "streaming," in page.locator(".dw-phase").inner_text()
    for theme in lab.themes():
        save_picture(lab, ".dw-watch", f"watch-{theme}")

    page.wait_for_selector(".dw-watch[data-dw-phase=complete]")
    assert page.locator(".dw-watch [data-dw-state=waiting]").count() == 0
    assert lab.ask_json("live.status['arrived']") == page.locator("[data-dw-tile]").count()


def test_refresh_keeps_the_tiles_and_a_pause_holds_them(lab: Lab, notebook: str) -> None:
    page = lab.open(notebook)
    lab.run_all()
    page.wait_for_selector(".dw-watch[data-dw-phase=complete]")
    drawn = page.locator(".dw-watch [data-dw-state=done]").count()

    page.select_option("select[aria-label=Refresh]", "force_blocking")
    page.wait_for_selector(".dw-watch[data-dw-phase=refreshing]")
    assert page.locator(".dw-watch [data-dw-state=done]").count() == drawn
    page.get_by_role("button", name="Pause").click()
    page.wait_for_selector(".dw-watch[data-dw-phase=paused]")
    page.get_by_role("button", name="Resume").click()
    page.wait_for_selector(".dw-watch[data-dw-phase=complete]")
    assert lab.ask_json("live.status['round']") == 2
    assert page.locator(".dw-watch [data-dw-stale=true]").count() == 0

    page.select_option("select[aria-label=Dates]", "-7d")
    page.wait_for_selector(".dw-watch[data-dw-phase=refreshing]")
    page.wait_for_selector(".dw-watch[data-dw-phase=complete]")
    assert lab.ask_json("live.status['date_from']") == "-7d"


def test_one_tile_is_retried_and_opened_large_by_keyboard(lab: Lab, notebook: str) -> None:
    page = lab.open(notebook)
    lab.run_all()
    page.wait_for_selector(".dw-watch[data-dw-phase=complete]")
    tile = page.locator(".dw-watch [data-dw-tile]", has_text="Whole journey")
    before = lab.ask_json("live.events.set_index('name').loc['Whole journey', 'elapsed']")
    tile.focus()
    page.keyboard.press("r")
    page.wait_for_timeout(300)
    after = lab.ask_json("live.wait(30).events.set_index('name').loc['Whole journey', 'elapsed']")
    assert after > before
    page.keyboard.press("Enter")
    page.wait_for_selector("dialog.dw-large[open]")
    page.keyboard.press("Escape")
    page.wait_for_selector("dialog.dw-large[open]", state="detached")
