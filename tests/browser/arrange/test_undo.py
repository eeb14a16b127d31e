"""``board.arrange()`` after a save: the way back, and what the save came to."""

from __future__ import annotations

from playwright.sync_api import Page

from tests.browser.arrange.arranger import (
    DRAFT,
    SAVED,
    corner,
    drag,
    head,
    save,
    start,
    tile,
    wait_dirty,
)
from tests.browser.lab import Lab


def undo(page: Page) -> None:
    page.get_by_role("button", name="Undo", exact=True).click()
    wait_dirty(page)


def summary(page: Page) -> str:
    return page.locator(".dw-arrange .dw-foot").inner_text()


def test_what_was_removed_or_moved_away_comes_back_with_the_next_save(lab: Lab) -> None:
    page = start(lab, "arrange_undo.ipynb")
    before = lab.ask_json("stored()")
    head(page, "Browsers").click()
    page.get_by_role("button", name="Tile…").click()
    page.get_by_role("button", name="Remove from dashboard").click()
    tile(page, "Browsers").wait_for(state="detached")
    save(page)
    assert lab.ask_json("stored()") != before

    undo(page)
    tile(page, "Browsers").wait_for()
    assert "1 tile restored" in summary(page)
    assert "1 request" in summary(page)
    assert len(lab.ask_json("stored()")) == len(before) - 1, "undo sends nothing"
    save(page)
    assert lab.ask_json("stored()") == before

    page.get_by_role("button", name="Move to…").click()
    head(page, "Browsers").click()
    page.get_by_role("button", name="Move to Launch week").click()
    tile(page, "Browsers").wait_for(state="detached")
    save(page)
    undo(page)
    assert "1 tile moved back" in summary(page)
    assert "2 requests" in summary(page)
    page.locator(".dw-edited").click()
    row = page.locator(".dw-pending tr", has_text="moved back")
    assert row.locator("td").nth(2).inner_text() == "Launch week"
    save(page)
    assert lab.ask_json("stored()") == before


def test_who_else_was_there_while_it_was_saved_is_shown(lab: Lab) -> None:
    page = start(lab, "arrange_meanwhile.ipynb")
    lab.ask(
        "from dashwidgets.api.endpoints import dashboards\n"
        "really, other = arranger._client.send, named('Signup funnel')\n"
        "def late(request):\n"
        "    if request.method == 'PATCH':\n"
        "        patch = [{'id': other, 'color': 'green'}]\n"
        "        really(dashboards.update(board.id, tiles=patch))\n"
        "    return really(request)\n"
        "arranger._client.send = late"
    )
    drag(page, tile(page, "Daily signups").locator("[data-dw-edge=s]"), 0, 60)
    wait_dirty(page)
    save(page)
    said = page.get_by_role("alert", name="About the last save")
    assert "color of 'Signup funnel' is green now" in said.inner_text()
    assert lab.ask_json("stored()") == lab.ask_json(DRAFT)
    said.get_by_role("button", name="Dismiss").click()
    said.wait_for(state="detached")


def test_a_board_that_refuses_a_tile_says_why_before_it_is_dropped(lab: Lab) -> None:
    page = start(lab, "arrange_refused.ipynb")
    page.get_by_role("button", name="Move to…").click()
    target = page.locator("[data-dw-target]", has_text="Board pack")
    target.scroll_into_view_if_needed()
    there = target.bounding_box()
    assert there is not None
    x, y = corner(head(page, "Signup funnel"))
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x + 20, y)
    page.mouse.move(there["x"] + 20, there["y"] + 10, steps=8)
    page.wait_for_selector("[data-dw-target][data-dw-over]")
    assert "Already shows Signup funnel." in target.inner_text()
    page.mouse.up()
    page.wait_for_selector(".dw-said:text('Board pack: Already shows Signup funnel.')")
    assert page.locator(SAVED).count() == 1
    assert page.locator("[data-dw-over]").count() == 0
