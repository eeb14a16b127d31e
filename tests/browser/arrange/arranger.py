"""An arranger in a notebook, and the hands on it."""

from __future__ import annotations

import os
from pathlib import Path

import nbformat
from playwright.sync_api import Locator, Page

from tests.browser.lab import Lab

CONNECT = (
    "import dashwidgets as dw\nph = dw.local()\nboard = ph.dashboard('Growth overview')\n"
    "def stored(board=board):\n"
    "    return {str(t['id']): t['layouts'].get('sm') for t in board.read()['tiles']}\n"
    "def named(name):\n"
    "    tiles = board.tiles()\n"
    "    return int(tiles.loc[tiles['name'] == name, 'id'].iloc[0])"
)
DRAFT = "{str(k): v for k, v in arranger.arrangement.boxes.items()}"
TWO_FRAMES = """() => new Promise(
  (drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn)))"""
SAVED = ".dw-arrange :text('Everything is saved')"


def start(lab: Lab, name: str, arrange: str = "board.arrange()") -> Page:
    """A notebook with an arranger in it, run and drawn."""
    cells = [CONNECT, f"arranger = {arrange}\narranger"]
    notebook = nbformat.v4.new_notebook(  # pyright: ignore[reportUnknownMemberType]
        cells=[nbformat.v4.new_code_cell(cell) for cell in cells],  # pyright: ignore[reportUnknownMemberType]
        # Without it Lab asks which kernel to start, and waits.
        metadata={"kernelspec": {"name": "python3", "display_name": "Python 3 (ipykernel)"}},
    )
    nbformat.write(notebook, lab.root / name)  # pyright: ignore[reportUnknownMemberType]
    page = lab.open(name)
    lab.run_all()
    page.wait_for_selector(".dw-arrange .dw-canvas")
    return page


def tile(page: Page, title: str) -> Locator:
    return page.locator(f".dw-arrange .dw-tile[aria-label^='{title},']")


def head(page: Page, title: str) -> Locator:
    return tile(page, title).locator(".dw-tile-head")


def corner(what: Locator) -> tuple[float, float]:
    """A point to take hold of, near the top left of what is seen."""
    what.scroll_into_view_if_needed()
    box = what.bounding_box()
    assert box is not None
    return box["x"] + min(40, box["width"] / 2), box["y"] + min(12, box["height"] / 2)


def drag(page: Page, what: Locator, dx: float, dy: float, *, drop: bool = True) -> None:
    x, y = corner(what)
    page.mouse.move(x, y)
    page.mouse.down()
    for step in range(1, 11):
        page.mouse.move(x + dx * step / 10, y + dy * step / 10)
    page.evaluate(TWO_FRAMES)  # in the first the last move is drawn
    if drop:
        page.mouse.up()


def keep_picture(page: Page, name: str) -> None:
    """Keep a picture of the board while a tile is held, when asked to."""
    folder = os.environ.get("DASHWIDGETS_PICTURES")
    box = page.locator(".dw-arrange").bounding_box()
    if folder and box:
        page.screenshot(path=Path(folder) / f"{name}.png", clip=box)


def save(page: Page) -> None:
    page.get_by_role("button", name="Save", exact=True).click()
    page.wait_for_selector(SAVED)


def wait_dirty(page: Page) -> None:
    page.wait_for_selector(".dw-arrange .dw-edited")
