"""``board.arrange()`` as its user uses it, in a real JupyterLab."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from tests.browser.arrange.arranger import DRAFT, drag, keep_picture, save, start, tile, wait_dirty
from tests.browser.lab import Lab

AXE = Path(__file__).parents[3] / "js" / "node_modules" / "axe-core" / "axe.min.js"


def blame(lab: Lab, selector: str) -> list[str]:
    """What axe finds wrong inside an element."""
    lab.page.evaluate("source => { (0, eval)(source) }", AXE.read_text())
    found: Any = lab.page.evaluate(
        "selector => axe.run(selector).then((r) => r.violations)", selector
    )
    return [f"{v['id']}: {n['html'][:160]} {n['any'][:1]}" for v in found for n in v["nodes"]]


def test_drag_then_save_is_what_the_server_has(lab: Lab) -> None:
    # With results in the cache, tiles show what they are about.
    warm = "(board.read(refresh='blocking'), board.arrange())[1]"
    page = start(lab, "arrange.ipynb", warm)
    before = lab.ask_json("stored()")

    # From Python: numbers to the right, the table less high. Then a tile is selected.
    lab.ask(
        "layout = arranger.arrangement\n"
        "text = next(t['id'] for t in layout.tiles if t['body'])\n"
        "layout.pack([text, 'Daily signups', 'Weekly actives', 'Signups, 30 days'])\n"
        "layout.resize('Signups by country', h=4)"
    )
    wait_dirty(page)
    tile(page, "Browsers").locator(".dw-tile-head").click()

    # By mouse: a shadow shows where it would land, and nothing is sent.
    drag(page, tile(page, "Weekly actives").locator(".dw-tile-head"), -42, 98, drop=False)
    assert page.locator(".dw-shadow").count() == 1
    assert page.locator(".dw-arrange .dw-bare-plane").count() >= 1
    page.wait_for_timeout(300)
    for theme in lab.themes():
        keep_picture(page, f"arrange-{theme}")
    page.mouse.up()
    page.wait_for_selector(".dw-tile[data-dw-held]", state="detached")
    selected = page.locator(".dw-tile[data-dw-selected]")
    assert selected.count() == 1, "a drag is no click"
    assert (selected.get_attribute("aria-label") or "").startswith("Browsers")
    assert lab.ask_json("stored()") == before
    draft = lab.ask_json(DRAFT)
    assert draft != before
    pending = lab.ask_json("arranger.pending['tile'].tolist()")
    assert pending
    assert "1 request" in page.locator(".dw-arrange .dw-foot").inner_text()
    for _theme in lab.themes():
        assert blame(lab, ".dw-arrange") == []

    save(page)
    after = lab.ask_json("stored()")
    assert after == draft
    assert {int(key) for key in after if after[key] != before[key]} == set(pending)


def test_keys_move_resize_cancel_undo_and_say_so(lab: Lab) -> None:
    page = start(lab, "arrange_keys.ipynb")
    before = lab.ask_json(DRAFT)
    browsers = tile(page, "Browsers")
    said = page.locator(".dw-arrange .dw-said")
    key = str(lab.ask_json("named('Browsers')"))

    browsers.focus()
    page.keyboard.press("Enter")
    page.wait_for_selector(".dw-tile[data-dw-held=keys]")
    assert "Picked up Browsers" in said.inner_text()
    page.keyboard.press("ArrowLeft")
    page.keyboard.press("Escape")
    assert "Canceled" in said.inner_text()
    assert lab.ask_json(DRAFT) == before

    page.keyboard.press(" ")
    page.keyboard.press("ArrowLeft")
    page.keyboard.press("Shift+ArrowDown")
    assert "column 4" in said.inner_text()
    page.keyboard.press("Enter")
    wait_dirty(page)
    moved = lab.ask_json(DRAFT)
    assert moved[key]["x"] == before[key]["x"] - 1
    assert moved[key]["h"] == before[key]["h"] + 1
    # JupyterLab took none of the keys: no cell was added, moved or left.
    cells = "() => window.jupyterapp.shell.currentWidget.content.widgets.length"
    assert page.evaluate(cells) == 2
    assert browsers.evaluate("e => e === e.getRootNode().activeElement")

    page.keyboard.press("Control+z")
    page.wait_for_selector(".dw-arrange :text('Everything is saved')")
    assert lab.ask_json(DRAFT) == before
    page.keyboard.press("Control+Shift+z")
    wait_dirty(page)
    assert lab.ask_json(DRAFT) == moved
    page.keyboard.press("Control+s")
    page.wait_for_selector(".dw-arrange :text('Everything is saved')")
    assert lab.ask_json("stored()") == moved


def test_tiles_go_to_another_board(lab: Lab) -> None:
    page = start(lab, "arrange_targets.ipynb")
    page.get_by_role("button", name="Move to…").click()
    target = page.locator("[data-dw-target]", has_text="Launch week")
    target.wait_for()
    tile(page, "Browsers").locator(".dw-tile-head").click()
    page.get_by_label("Search dashboards").fill("launch")
    assert page.locator("[data-dw-target]").count() == 1
    page.get_by_role("button", name="Move to Launch week").click()
    tile(page, "Browsers").wait_for(state="detached")

    # Dropping one there does the same.
    funnel = tile(page, "Signup funnel").locator(".dw-tile-head")
    there, here = target.bounding_box(), funnel.bounding_box()
    assert there is not None
    assert here is not None
    page.mouse.move(here["x"] + 30, here["y"] + 10)
    page.mouse.down()
    page.mouse.move(here["x"] + 60, here["y"] + 10)
    page.mouse.move(there["x"] + 20, there["y"] + 10, steps=8)
    page.mouse.up()
    tile(page, "Signup funnel").wait_for(state="detached")
    assert blame(lab, ".dw-arrange") == []
    save(page)
    names = lab.ask_json("ph.dashboard('Launch week').tiles()['name'].dropna().tolist()")
    assert {"Browsers", "Signup funnel"} <= set(names)
    assert lab.ask_json("stored()") == lab.ask_json(DRAFT)


def test_both_arrangements_are_shown_when_somebody_else_was_there(lab: Lab) -> None:
    page = start(lab, "arrange_conflict.ipynb")
    drag(page, tile(page, "Browsers").locator(".dw-tile-head"), 400, 0)
    wait_dirty(page)
    mine = lab.ask_json(DRAFT)
    lab.ask("_ = ph.dashboard(board.id).reorder([int(k) for k in stored()], 'full_width')")
    theirs = lab.ask_json("stored()")

    page.get_by_role("button", name="Save", exact=True).click()
    both = page.locator(".dw-theirs")
    both.wait_for()
    assert both.locator(".dw-plan").count() == 2
    assert lab.ask_json("stored()") == theirs, "nothing was overwritten"
    assert blame(lab, ".dw-arrange") == []

    both.get_by_role("button", name="Take theirs").click()
    both.wait_for(state="detached")
    assert lab.ask_json(DRAFT) == theirs
    page.get_by_role("button", name="Undo", exact=True).click()
    wait_dirty(page)
    assert lab.ask_json(DRAFT) == mine
    save(page)
    assert lab.ask_json("stored()") == mine


def test_a_server_that_is_lost_while_saving_loses_nothing(lab: Lab) -> None:
    page = start(lab, "arrange_lost.ipynb")
    page.get_by_role("button", name="Two columns").click()
    wait_dirty(page)
    before, draft = lab.ask_json("stored()"), lab.ask_json(DRAFT)
    # The write arrives, its answer does not.
    lab.ask(
        "from dashwidgets.api.errors import ConnectionFailed\n"
        "really = arranger._client.send\n"
        "def lost(request):\n"
        "    if request.method == 'GET':\n"
        "        return really(request)\n"
        "    raise ConnectionFailed('The server can not be reached.')\n"
        "arranger._client.send = lost"
    )
    page.get_by_role("button", name="Save", exact=True).click()
    page.wait_for_selector(".dw-notice[data-dw-tone=bad]")
    assert lab.ask_json("stored()") == before
    assert lab.ask_json(DRAFT) == draft
    assert lab.ask_json("arranger.dirty")
    lab.ask("arranger._client.send = really")
    page.get_by_role("button", name="Try again").click()
    page.wait_for_selector(".dw-arrange :text('Everything is saved')")
    assert lab.ask_json("stored()") == draft


def test_texts_lists_and_removals(lab: Lab) -> None:
    page = start(lab, "arrange_texts.ipynb")
    page.get_by_role("button", name="+ Text").click()
    tile(page, "New text").wait_for()
    page.get_by_label("Text (markdown)").fill("## Weekly\n<img src=x onerror='window.ran=1'>")
    page.get_by_role("button", name="blue").click()
    tile(page, "Weekly").wait_for()
    assert blame(lab, ".dw-arrange") == []
    tile(page, "Browsers").locator(".dw-tile-head").click()
    page.get_by_role("button", name="Remove from dashboard").click()
    tile(page, "Browsers").wait_for(state="detached")
    page.get_by_role("button", name="Undo", exact=True).click()
    tile(page, "Browsers").wait_for()

    # In the list the order is moved, by key.
    page.get_by_role("button", name="List", exact=True).click()
    first = page.locator(".dw-rows .dw-grip").first
    assert page.locator(".dw-rows li").count() == 8
    page.locator("[data-dw-row] .dw-grip").last.focus()
    page.keyboard.press("Enter")
    for _ in range(7):
        page.keyboard.press("ArrowUp")
    page.keyboard.press("Enter")
    page.wait_for_function(
        "() => document.querySelector('.dw-rows li b')?.textContent === 'Weekly'"
    )
    assert "1 of 8" in (first.get_attribute("aria-label") or "")
    # And by hand, over several rows and back: a row that moves keeps its pointer.
    box = page.locator(".dw-rows .dw-grip").nth(1).bounding_box()
    assert box
    second = page.locator(".dw-rows li b").nth(1).text_content()
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    page.mouse.move(x, y)
    page.mouse.down()
    for row in (2, 3, 4, 3):
        at = page.locator(".dw-rows li").nth(row).bounding_box()
        assert at
        page.mouse.move(x, at["y"] + at["height"] * 0.5 + 4 * (1 if row > 3 else -1), steps=4)
    page.mouse.up()
    page.locator(".dw-arrange", has_text="Packed in this order.").first.wait_for()
    moved = page.locator(".dw-rows li b").all_text_contents().index(second or "")
    assert moved > 1
    assert page.locator(".dw-rows [data-dw-held]").count() == 0
    assert blame(lab, ".dw-arrange") == []
    save(page)
    bodies = lab.ask_json("[t['text']['body'] for t in board.read()['tiles'] if t['text']]")
    assert any(body.startswith("## Weekly") for body in bodies)
    assert lab.ask_json("stored()") == lab.ask_json(DRAFT)
    assert page.evaluate("window.ran") is None
