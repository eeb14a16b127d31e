"""``ph.browse()`` as its user uses it, in a real JupyterLab."""

from __future__ import annotations

import pytest

from tests.browser.lab import Lab
from tests.browser.test_edit import blame, write
from tests.browser.test_first_look import save_picture

ROWS = ".dw-browse tbody tr[data-dw-id]"
START = "import dashwidgets as dw\nph = dw.local()"
SHOW = "report = ph.audit()\nbrowser = ph.browse(report)\nbrowser"


def count(lab: Lab) -> int:
    return lab.page.locator(ROWS).count()


def wait_for_rows(lab: Lab, number: int) -> None:
    lab.page.wait_for_function(
        "([rows, n]) => document.querySelectorAll(rows).length === n", arg=[ROWS, number]
    )


def wait_for_python(lab: Lab, expression: str) -> None:
    """A comm message has no answer to wait for: ask until Python has it."""
    for _ in range(50):
        if lab.ask_json(f"bool({expression})"):
            return
        lab.page.wait_for_timeout(100)
    raise AssertionError(f"never came true: {expression}")


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_find_narrow_sort_and_open(lab: Lab, theme: str) -> None:
    page = lab.open(write(lab, f"browse_{theme}.ipynb", START, SHOW), theme)
    lab.run_all()
    page.locator(ROWS).first.wait_for()
    everything = count(lab)
    assert everything == lab.ask_json("len(ph.dashboards())")
    assert page.locator("td.dw-col-findings .dw-severity").count() > 5
    assert blame(lab, ".dw-browse") == []

    # A facet says how many rows each value leaves, and leaves as many.
    widget = page.locator(".dw-browse")
    widget.get_by_role("button", name="Last opened", exact=True).first.click()
    never = widget.locator("[data-dw-facet] button", has_text="never")
    told = int(never.locator(".dw-number").inner_text())
    never.click()
    wait_for_rows(lab, told)
    wait_for_python(lab, f"len(browser.visible) == {told}")
    assert lab.ask_json("browser.visible['last_accessed_at'].isna().all().item()") is True
    widget.get_by_role("button", name="remove").click()
    wait_for_rows(lab, everything)
    widget.get_by_role("button", name="Last opened", exact=True).first.click()

    # Several columns sort: the first by click, the second by Shift and Enter.
    page.locator("th.dw-col-owner button").click()
    page.locator("th.dw-col-name button").press("Shift+Enter")
    page.locator("th.dw-col-name button").press("Shift+Enter")
    assert page.locator("th.dw-col-name sup").inner_text() == "2"
    wait_for_python(lab, "len(browser.sort) == 2 and browser.sort[1]['descending']")
    wait_for_python(lab, "browser.visible['name'].iloc[0] != ph.dashboards()['name'].iloc[0]")
    shown = page.locator(ROWS).evaluate_all("rows => rows.map((row) => Number(row.dataset.dwId))")
    assert lab.ask_json("browser.visible['id'].tolist()") == shown
    page.locator("th.dw-col-owner button").click()
    page.locator("th.dw-col-owner button").click()

    # By keyboard alone: to the rows, two picked, one opened in place.
    page.locator(".dw-browse input[type=search]").first.press("Escape")
    first = page.locator(f"{ROWS}[tabindex='0']")
    first.focus()
    page.keyboard.press("Home")
    page.keyboard.press("Space")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Space")
    wait_for_python(lab, "len(browser.selected) == 2")
    page.keyboard.press("Enter")
    page.wait_for_selector(".dw-detail .dw-tile:not(.dw-skeleton)")
    link = page.locator(".dw-detail a")
    assert link.get_attribute("rel") == "noopener noreferrer"
    assert lab.ask_json("ph.dashboard(int(browser.selected['id'].iloc[1])).url") == (
        link.get_attribute("href")
    )
    tiles = page.locator(".dw-detail .dw-tile").count()
    opened = "int(browser.selected['id'].iloc[1])"
    assert lab.ask_json(f"int((ph.tiles()['dashboard_id'] == {opened}).sum())") == tiles
    lab.ask("now = ph.dashboards().set_index('id')['last_accessed_at']")
    widget.get_by_role("button", name="Owner", exact=True).first.click()
    page.wait_for_selector("[data-dw-facet=owner]")
    assert blame(lab, ".dw-browse") == []
    save_picture(lab, ".dw-browse", f"browse-{theme}")

    # Opening rows opened no dashboard.
    lab.ask("read = browser._frame['last_accessed_at']")
    assert (
        lab.ask_json(
            "read.sort_index().astype(str).tolist() == now.sort_index().astype(str).tolist()"
        )
        is True
    )
    for panel in ("More", "Columns", "Views", "Findings"):
        widget.get_by_role("button", name=panel, exact=True).first.click()
        page.wait_for_selector(".dw-panel")
        assert blame(lab, ".dw-browse") == []
