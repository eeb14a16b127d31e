"""Hands on ``board.arrange()``: touch, edges, groups, scrolling, and what must not happen."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from tests.browser.arrange.arranger import DRAFT, SAVED, corner, drag, head, start, tile, wait_dirty
from tests.browser.lab import Lab

SCROLLED = "() => document.querySelector('.jp-WindowedPanel-outer').scrollTop"


@pytest.fixture
def tablet(lab_server: tuple[str, str, Path], chromium: Browser) -> Iterator[Lab]:
    url, token, root = lab_server
    page = chromium.new_page(viewport={"width": 1024, "height": 700}, has_touch=True)
    page.set_default_timeout(60_000)
    yield Lab(url, token, root, page)
    page.close()


def swipe(page: Page, x: float, y: float, dx: float, dy: float) -> None:
    """A finger put down, drawn along and lifted."""
    finger = page.context.new_cdp_session(page)

    def touch(kind: str, *points: tuple[float, float]) -> None:
        where = [{"x": left, "y": top} for left, top in points]
        finger.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": where})

    touch("touchStart", (x, y))
    for step in range(1, 13):
        touch("touchMove", (x + dx * step / 12, y + dy * step / 12))
    page.wait_for_timeout(100)  # a frame or two: nothing tells when one was drawn
    touch("touchEnd")


def place(lab: Lab, name: str) -> dict[str, int]:
    return lab.ask_json(f"arranger.arrangement.boxes[named({name!r})]")


def test_a_finger_moves_a_tile_by_its_header_and_scrolls_by_its_body(tablet: Lab) -> None:
    page = start(tablet, "arrange_touch.ipynb")
    before = place(tablet, "Browsers")
    x, y = corner(head(page, "Browsers"))
    scrolled = page.evaluate(SCROLLED)
    swipe(page, x, y, 300, -60)
    wait_dirty(page)
    assert page.evaluate(SCROLLED) == scrolled, "the page stood still"
    after = place(tablet, "Browsers")
    assert after["x"] > before["x"]

    draft = tablet.ask_json(DRAFT)
    x, y = corner(head(page, "Signup funnel"))
    swipe(page, x, y + 120, 0, -100)
    page.wait_for_function(f"(was) => ({SCROLLED})() > was", arg=scrolled)
    assert tablet.ask_json(DRAFT) == draft, "and no tile went along"


def scroller(page: Page) -> dict[str, float]:
    return page.evaluate(
        "() => { const e = document.querySelector('.jp-WindowedPanel-outer');"
        " const { top, bottom } = e.getBoundingClientRect();"
        " return { top, bottom, at: e.scrollTop }; }"
    )


def test_a_tile_at_the_edge_scrolls_the_board_and_follows_the_pointer(lab: Lab) -> None:
    lab.page.set_viewport_size({"width": 1280, "height": 600})
    page = start(
        lab,
        "arrange_scroll.ipynb",
        arrange="(board.layout.full_width().save(), board)[1].arrange()",
    )
    held = tile(page, "Weekly actives")
    x, y = corner(held.locator(".dw-tile-head"))
    start_at = scroller(page)

    def gap() -> float:
        box = held.bounding_box()
        assert box is not None
        return at - box["y"]

    at = y
    grip = gap()
    page.mouse.move(x, y)
    page.mouse.down()
    for edge, onward in ((start_at["bottom"] - 10, 1), (start_at["top"] + 10, -1)):
        was = scroller(page)["at"]
        page.mouse.move(x, (y + edge) / 2)
        page.mouse.move(x, at := edge)
        page.wait_for_function(
            f"([was, on]) => (({SCROLLED})() - was) * on > 400", arg=[was, onward]
        )
        # Nobody moves the pointer now: the tile stays under it all the same.
        assert abs(gap() - grip) <= 16
    page.keyboard.press("Escape")
    page.mouse.up()


def test_edges_and_corner_resize_down_to_the_least(lab: Lab) -> None:
    page = start(lab, "arrange_resize.ipynb")
    before = place(lab, "Browsers")
    browsers = tile(page, "Browsers")
    edges = browsers.locator(".dw-edge")
    assert [edge.get_attribute("data-dw-edge") for edge in edges.all()] == ["e", "s", "se"]
    for edge, way, changed in (
        ("e", (-100, 60), {"w"}),
        ("s", (60, 100), {"h"}),
        ("se", (100, -100), {"w", "h"}),
    ):
        was = place(lab, "Browsers")
        drag(page, browsers.locator(f"[data-dw-edge={edge}]"), *way)
        give_up = time.monotonic() + 10
        while (now := place(lab, "Browsers")) == was and time.monotonic() < give_up:
            page.wait_for_timeout(50)
        assert {side for side in now if now[side] != was[side]} == changed, edge
    drag(page, browsers.locator("[data-dw-edge=se]"), -300, -250)
    least = place(lab, "Browsers")
    assert (least["w"], least["h"]) == (2, 2)
    drag(page, browsers.locator("[data-dw-edge=e]"), 650, 0)
    assert place(lab, "Browsers")["w"] == 12 - before["x"]
    assert page.locator(".dw-tile[data-dw-selected]").count() == 0


def test_selected_tiles_go_together(lab: Lab) -> None:
    page = start(lab, "arrange_group.ipynb")
    before = {name: place(lab, name) for name in ("Browsers", "Signups by country")}
    head(page, "Browsers").click()
    head(page, "Signups by country").click(modifiers=["Shift"])
    assert page.locator(".dw-tile[data-dw-selected]").count() == 2
    drag(page, head(page, "Browsers"), -400, 0, drop=False)
    assert page.locator(".dw-tile[data-dw-held=pointer]").count() == 2
    assert page.locator(".dw-shadow").count() == 2
    page.mouse.up()
    wait_dirty(page)
    after = {name: place(lab, name) for name in before}
    shift = {(after[n]["x"] - before[n]["x"], after[n]["y"] - before[n]["y"]) for n in before}
    assert len(shift) == 1
    assert shift.pop()[0] < 0
    assert page.locator(".dw-tile[data-dw-selected]").count() == 2, "a drag is no click"
    page.get_by_role("button", name="Undo", exact=True).click()
    page.wait_for_selector(SAVED)
    assert {name: place(lab, name) for name in before} == before


def test_escape_lets_go_and_leaves_no_click_behind(lab: Lab) -> None:
    page = start(lab, "arrange_escape.ipynb")
    before = lab.ask_json(DRAFT)
    drag(page, head(page, "Browsers"), -300, 40, drop=False)
    assert page.locator(".dw-tile[data-dw-held]").count() == 1
    page.keyboard.press("Escape")
    page.wait_for_function("() => !document.querySelector('[data-dw-held]')")
    page.wait_for_timeout(400)  # longer than a click is ignored for after a drop
    x, y = corner(head(page, "Browsers"))
    page.mouse.move(x, y)
    page.mouse.up()
    assert page.locator(".dw-tile[data-dw-selected]").count() == 0
    assert lab.ask_json(DRAFT) == before
    assert page.locator(".dw-arrange .dw-said").inner_text() == "Canceled."
    # Clicks are clicks again.
    head(page, "Browsers").click()
    assert page.locator(".dw-tile[data-dw-selected]").count() == 1


REFUSE = """
from dashwidgets.api.errors import ServerError
really = arranger._client.send
def refuse(request):
    if request.method == "GET":
        return really(request)
    raise ServerError(500, "The server is out of tiles.")
arranger._client.send = refuse
"""


def test_immediately_saves_each_gesture_and_a_refusal_keeps_the_draft(lab: Lab) -> None:
    page = start(lab, "arrange_now.ipynb", arrange="board.arrange(save='immediately')")
    for dx in (-300, 200):
        before = lab.ask_json("stored()")
        drag(page, head(page, "Browsers"), dx, 0)
        wait_dirty(page)
        page.wait_for_selector(SAVED)
        draft = lab.ask_json(DRAFT)
        assert lab.ask_json("stored()") == draft != before
    lab.ask(REFUSE)
    drag(page, head(page, "Browsers"), -300, 0)
    page.wait_for_selector(".dw-notice[data-dw-tone=bad]")
    assert lab.ask_json("arranger.dirty")
    assert lab.ask_json("stored()") == draft
    lab.ask("arranger._client.send = really")
    page.get_by_role("button", name="Try again").click()
    page.wait_for_selector(SAVED)
    assert lab.ask_json("stored()") == lab.ask_json(DRAFT) != draft
