"""``ph.explore()`` as its user uses it, in a real JupyterLab."""

from __future__ import annotations

import itertools
import statistics
from typing import Any

from playwright.sync_api import Page

from tests.browser.lab import Lab
from tests.browser.switching import BOARDS, SWITCH, counted
from tests.browser.test_edit import CONNECT, blame, write
from tests.browser.test_first_look import save_picture

SWITCHES = 100  # the benchmark does twice as many


def row(page: Page, name: str) -> Any:
    return page.locator(".dw-browse tbody tr[data-dw-id]", has_text=name).first


def open_explorer(lab: Lab, name: str) -> Page:
    page = lab.open(write(lab, name, CONNECT, "explorer = ph.explore()\nexplorer"))
    lab.run_all()
    page.locator(".dw-browse tbody tr[data-dw-id]").first.wait_for()
    return page


def test_find_change_send_and_take_back(lab: Lab) -> None:
    page = open_explorer(lab, "explore.ipynb")
    bar = page.locator(".dw-explore summary")

    # A row that is picked is shown beside the list, and Python knows.
    row(page, "Growth overview").click()
    page.locator(".dw-watch .dw-tile[data-dw-state=done]").first.wait_for()
    assert lab.ask("print(explorer.board.name, explorer.where['tab'])") == "Growth overview tiles"

    # Changes made in different places are counted together.
    page.get_by_role("button", name="Tag…", exact=True).click()
    page.get_by_placeholder("tags, separated by commas").fill("reviewed")
    page.get_by_role("button", name="Preview", exact=True).click()
    page.get_by_text("Added to the plan above").wait_for()
    page.locator(".dw-plan").get_by_role("button", name="Close").click()
    page.get_by_role("tab", name="Edit").click()
    page.get_by_label("Name", exact=True).fill("Growth, every Monday")
    page.keyboard.press("Tab")
    bar.get_by_text("2 changes on").wait_for()
    page.get_by_role("tab", name="Tiles").click()
    page.locator(".dw-watch .dw-tile[data-dw-state=done]").first.wait_for()
    for theme in lab.themes():
        save_picture(lab, ".dw-explore", f"explore-{theme}")
        assert blame(lab, ".dw-explore") == []

    page.get_by_role("button", name="Apply", exact=True).click()
    page.get_by_text("Sent. Undo reverts it.").wait_for()
    saved = "print(ph[1].name, sorted(ph[1].read()['tags']))"
    assert lab.ask(saved) == "Growth, every Monday ['growth', 'reviewed', 'weekly']"
    row(page, "Growth, every Monday").wait_for()
    page.get_by_role("button", name="Undo", exact=True).first.click()
    page.get_by_text("No pending changes.").wait_for()
    assert lab.ask(saved) == "Growth overview ['growth', 'weekly']"

    # Every tab is whole for a screen reader, and what is not offered is said.
    for tab in ("Edit", "Arrange", "Findings", "References", "History"):
        page.get_by_role("tab", name=tab).click()
        page.get_by_role("status").get_by_text("Reading …").wait_for(state="detached")
        for _theme in lab.themes():
            assert blame(lab, ".dw-explore") == []


def test_by_keyboard_alone(lab: Lab) -> None:
    page = open_explorer(lab, "explore_keys.ipynb")
    page.locator(".dw-browse tbody tr[tabindex='0']").focus()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.locator(".dw-watch .dw-tile[data-dw-state=done]").first.wait_for()
    page.get_by_role("tab", name="Tiles").focus()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Enter")
    page.locator(".dw-edit").wait_for()
    assert lab.ask("print(explorer.where['tab'])") == "edit"

    # From a tile to its place, where it is selected and under the keys.
    page.get_by_role("tab", name="Edit").focus()
    page.keyboard.press("ArrowLeft")
    page.keyboard.press("Enter")
    tile = page.locator(".dw-watch .dw-tile[data-dw-state=done]:has(.dw-menu)").first
    tile.focus()
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    tile.get_by_role("button", name="Arrange").focus()
    page.keyboard.press("Enter")
    page.locator(".dw-arrange .dw-tile[data-dw-selected]:focus").wait_for()
    assert lab.ask("print(explorer.widget.selected_ids == [explorer.where['tile']])") == "True"
    page.keyboard.press("Enter")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.locator(".dw-explore summary").get_by_text("not sent yet").wait_for()

    # A row draws its tiles in place.
    page.locator(".dw-browse tbody tr[tabindex='0']").focus()
    page.keyboard.press("ArrowRight")
    page.get_by_role("button", name="Draw tiles").focus()
    page.keyboard.press("Enter")
    page.locator(".dw-browse .dw-small .dw-value").first.wait_for()
    assert blame(lab, ".dw-explore") == []


def test_nothing_sticks_out(lab: Lab) -> None:
    page = open_explorer(lab, "explore_widths.ipynb")
    row(page, "Growth overview").click()
    page.locator(".dw-watch .dw-tile[data-dw-state=done]").first.wait_for()
    for width, tab in itertools.product((600, 760, 1_100, 1_900), ("Tiles", "Edit", "Arrange")):
        page.set_viewport_size({"width": width, "height": 1_000})
        page.get_by_role("tab", name=tab).click()
        page.wait_for_timeout(500)
        out = page.evaluate(
            """() => {
              const box = document.querySelector(".dw-explore");
              const right = box.getBoundingClientRect().right + 1;
              return [...box.querySelectorAll(".dw, .dw-bar, .dw-button, .lm-TabPanel")]
                .filter((one) => one.getBoundingClientRect().right > right)
                .map((one) => one.className);
            }"""
        )
        assert out == [], f"{tab}, {width} pixels wide"


def test_switching_from_board_to_board_leaves_nothing_behind(lab: Lab) -> None:
    page = open_explorer(lab, "explore_switches.ipynb")
    memory = page.context.new_cdp_session(page)
    for name in BOARDS * 2:  # everything is cached, every module loaded
        page.evaluate(SWITCH, name)
    took: list[float] = []
    marks: list[dict[str, float]] = [counted(lab, memory)]
    for n in range(SWITCHES):
        took.append(page.evaluate(SWITCH, BOARDS[n % len(BOARDS)]))
        if (n + 1) % (SWITCHES // 4) == 0:
            marks.append(counted(lab, memory))
    print(f"\nfirst tile after {statistics.median(took):.0f} ms (median)")
    for mark in marks:
        print(mark)
    assert {mark["widgets"] for mark in marks} == {marks[0]["widgets"]}, "one comm a live widget"
    assert marks[-1]["threads"] == 0
    # From the first quarter on: caches fill before.
    assert marks[-1]["objects"] < 1.05 * marks[1]["objects"]
    assert marks[-1]["heap"] < 1.08 * marks[1]["heap"]
