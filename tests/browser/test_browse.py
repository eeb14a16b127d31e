"""``ph.browse()`` as its user uses it, in a real JupyterLab."""

from __future__ import annotations

from tests.browser.lab import Lab
from tests.browser.test_edit import HOSTILE, blame, write
from tests.browser.test_first_look import save_picture

ROWS = ".dw-browse tbody tr[data-dw-id]"
START = "import dashwidgets as dw\nph = dw.local()"
HOSTILE_START = "import dashwidgets as dw\nph = dw.local(sample='hostile')"
THREADS = "[t.name for t in __import__('threading').enumerate() if t.name == 'dashwidgets-reply']"
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


def test_find_narrow_sort_and_open(lab: Lab) -> None:
    page = lab.open(write(lab, "browse.ipynb", START, SHOW))
    lab.run_all()
    page.locator(ROWS).first.wait_for()
    everything = count(lab)
    assert everything == lab.ask_json("len(ph.dashboards())")
    assert page.locator("td.dw-col-findings .dw-severity").count() > 5
    for _theme in lab.themes():
        assert blame(lab, ".dw-browse") == []

    # A facet says how many rows each value leaves, and leaves as many.
    widget = page.locator(".dw-browse")
    widget.get_by_role("button", name="Last opened", exact=True).first.click()
    never = widget.locator("[data-dw-facet] button", has_text="never")
    told = int(never.locator(".dw-count").inner_text())
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
    page.wait_for_timeout(500)  # rows that are still being sorted would drop the focus
    first.focus()
    page.keyboard.press("Home")
    page.wait_for_function("() => document.activeElement.matches('tr[data-dw-at=\"0\"]')")
    page.keyboard.press("Space")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Space")
    wait_for_python(lab, "len(browser.selected) == 2")
    page.keyboard.press("Enter")
    page.wait_for_selector(".dw-detail .dw-small:not(.dw-skeleton)")
    link = page.locator(".dw-detail a")
    assert link.get_attribute("rel") == "noopener noreferrer"
    assert lab.ask_json("ph.dashboard(int(browser.selected['id'].iloc[1])).url") == (
        link.get_attribute("href")
    )
    assert page.locator(".dw-detail .dw-choices .dw-chip").count() > 0  # what they depend on
    tiles = page.locator(".dw-detail .dw-small").count()
    opened = "int(browser.selected['id'].iloc[1])"
    assert lab.ask_json(f"int((ph.tiles()['dashboard_id'] == {opened}).sum())") == tiles
    lab.ask("now = ph.dashboards().set_index('id')['last_accessed_at']")
    widget.get_by_role("button", name="Owner", exact=True).first.click()
    page.wait_for_selector("[data-dw-facet=owner]")
    for theme in lab.themes():
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
    used = page.locator(".dw-detail .dw-choices .dw-chip").first
    name = used.inner_text()
    widget.get_by_role("button", name="Uses", exact=True).first.click()
    page.locator("[data-dw-facet=uses] .dw-chip").first.wait_for()
    used.click()
    lab.ask("used = ph.references()\nnamed = used['kind'] + ': ' + used['name']")
    boards = f"set(used['dashboard_id'][named == {name!r}].tolist())"
    wait_for_rows(lab, lab.ask_json(f"len({boards})"))
    wait_for_python(lab, f"set(browser.visible['id']) == {boards}")
    for theme in lab.themes():
        save_picture(lab, ".dw-browse", f"browse-uses-{theme}")
    widget.get_by_role("button", name="remove").click()
    for panel in ("More", "Columns", "Views", "Findings"):
        widget.get_by_role("button", name=panel, exact=True).first.click()
        page.wait_for_selector(".dw-panel")
        for _theme in lab.themes():
            assert blame(lab, ".dw-browse") == []


def test_an_action_is_shown_confirmed_and_undone(lab: Lab) -> None:
    page = lab.open(write(lab, "browse_act.ipynb", START, "browser = ph.browse()\nbrowser"))
    lab.run_all()
    page.locator(ROWS).first.wait_for()
    lab.ask("tags = ph.dashboards()['tags'].tolist()")
    page.locator(ROWS).nth(0).locator("input").click()
    page.locator(ROWS).nth(2).locator("input").click()
    page.get_by_role("button", name="Tag…", exact=True).click()
    page.get_by_label("Tag 2 dashboards").fill("Reviewed")
    page.keyboard.press("Enter")
    send = page.get_by_role("button", name="Send 2 changes")
    send.wait_for()
    assert page.locator(".dw-plan tbody tr").count() == 2
    assert "request" in page.locator(".dw-plan-head").inner_text()
    assert blame(lab, ".dw-browse") == []
    save_picture(lab, ".dw-browse", "browse-plan-light")
    assert lab.ask_json("ph.dashboards()['tags'].tolist() == tags") is True
    send.click()
    undo = page.get_by_role("button", name="Undo 2 changes")
    undo.wait_for()
    assert page.locator(f"{ROWS} .dw-chip", has_text="reviewed").count() == 2
    assert lab.ask_json("int(browser.selected['tags'].map(lambda t: 'reviewed' in t).sum())") == 2
    assert blame(lab, ".dw-browse") == []
    undo.click()
    page.wait_for_selector(".dw-plan :text('Reverted: 2 of 2')")
    assert lab.ask_json("ph.dashboards()['tags'].tolist() == tags") is True
    page.keyboard.press("Escape")
    page.locator(".dw-plan").wait_for(state="detached")


OUTSIDE = """(widget) => [...widget.querySelectorAll("*")].filter((one) => {
  const box = one.getBoundingClientRect();
  return box.width && box.right > widget.getBoundingClientRect().right + 1
    && !one.closest(".dw-scroll, .dw-hidden, .dw-clip");
}).map((one) => one.outerHTML.slice(0, 200))"""


def test_hostile_text_is_text_and_the_layout_holds(lab: Lab) -> None:
    setup = (
        f"text = {(HOSTILE + 'w' * 400)[:400]!r}\n"
        "boards = [ph.dashboard(int(key)) for key in ph.dashboards()['id'][:3]]\n"
        "for board in boards:\n"
        "    board.update(name=text, description=text, tags=[text[:200], 'x' * 180])\n"
        "report = ph.audit()"
    )
    show = (
        "from dataclasses import replace\n"
        "bad = report.findings.assign(evidence=text, suggestion=text, tile=text)\n"
        "browser = ph.browse(replace(report, findings=bad))\n"
        "browser.views = {text: browser.view}\n"
        "path = browser.to_html('hostile.html')\n"
        "browser"
    )
    page = lab.open(write(lab, "browse_hostile.ipynb", HOSTILE_START, setup, show))
    lab.run_all()
    page.locator(ROWS).first.wait_for()
    widget = page.locator(".dw-browse")
    row = page.locator(ROWS).filter(has_text="<script>").first
    row.locator(".dw-expand").click()
    page.wait_for_selector(".dw-detail .dw-tiles h4")
    row.locator("input").click()
    for panel in ("Tags", "Owner", "Findings", "More", "Columns", "Views"):
        widget.get_by_role("button", name=panel, exact=True).first.click()
        page.wait_for_selector(".dw-panel")
        assert widget.evaluate(OUTSIDE) == []
    widget.get_by_role("button", name="Tags", exact=True).first.click()
    widget.locator("[data-dw-facet=tags] button", has_text="<script>").first.click()
    page.get_by_role("button", name="Delete…", exact=True).click()
    page.wait_for_selector(".dw-plan table")
    assert "<script>" in page.locator(".dw-plan").inner_text()
    page.wait_for_timeout(300)
    assert page.evaluate("window.ran") is None
    assert widget.locator("script, img, a[href^='javascript' i]").count() == 0
    assert widget.evaluate("e => e.scrollWidth <= e.clientWidth")
    assert widget.evaluate(OUTSIDE) == []
    heights = page.locator(ROWS).evaluate_all("rows => rows.map((row) => row.offsetHeight)")
    assert set(heights) == {34}

    # The page of its own is as deaf, asks no network, and is as usable.
    asked: list[str] = []
    assert page.context.browser is not None
    alone = page.context.browser.new_page()
    alone.on("request", lambda request: asked.append(request.url))
    errors: list[str] = []
    alone.on("pageerror", lambda error: errors.append(str(error)))
    alone.goto(f"file://{lab.root / 'hostile.html'}")
    alone.locator(ROWS).first.wait_for(timeout=20_000)
    everything = alone.locator(ROWS).count()
    alone.locator("input[type=search]").fill("<script>")
    alone.wait_for_function("([rows]) => document.querySelectorAll(rows).length === 3", arg=[ROWS])
    assert everything == lab.ask_json("len(ph.dashboards())")
    assert alone.evaluate("window.ran") is None
    assert errors == []
    assert [url for url in asked if not url.startswith(("file:", "blob:"))] == []
    alone.close()


OPEN_VIEW = """() => {
  window.jupyterapp.shell.currentWidget.content.activeCellIndex = 1;
  return window.jupyterapp.commands.execute("notebook:create-output-view");
}"""


def test_a_view_more_a_restart_and_an_end_leave_nothing_behind(lab: Lab) -> None:
    page = lab.open(write(lab, "browse_life.ipynb", START, "browser = ph.browse()\nbrowser"))
    complaints: list[str] = []
    page.on("console", lambda m: complaints.append(m.text) if m.type == "error" else None)
    lab.run_all()
    page.locator(ROWS).first.wait_for()
    # A second view shows the same search, and a re-run cell begins anew.
    page.evaluate(OPEN_VIEW)
    page.wait_for_function("() => document.querySelectorAll('.dw-browse').length === 2")
    page.locator(".dw-browse input[type=search]").first.fill("growth")
    page.wait_for_function(
        "() => [...document.querySelectorAll('.dw-browse input[type=search]')]"
        ".every((one) => one.value === 'growth')"
    )
    lab.ask("first = browser; browser.close()")
    page.wait_for_function("() => document.querySelectorAll('.dw-browse').length === 0")
    assert lab.ask_json(THREADS) == []
    lab.run_all()
    page.locator(ROWS).first.wait_for()
    page.locator(".dw-expand").first.click()
    page.wait_for_selector(".dw-detail .dw-small:not(.dw-skeleton)")
    assert lab.ask_json(THREADS) == []

    # The kernel goes: what is drawn stays, what can't be done says so, the cell brings it back.
    page.evaluate(
        "() => window.jupyterapp.shell.currentWidget.sessionContext.session.kernel.restart()"
    )
    page.locator(".dw-browse .dw-notice", has_text="Not connected to Python").first.wait_for()
    # So does a view that is opened only then.
    there = page.locator(".dw-browse").count()
    page.evaluate(OPEN_VIEW)
    page.wait_for_function(
        "(there) => document.querySelectorAll('.dw-browse').length > there"
        " && document.querySelectorAll('.dw-browse:not(:has(.dw-notice))').length === 0",
        arg=there,
    )
    page.locator(".dw-browse input[type=search]").first.fill("growth")
    page.locator(".dw-detail").first.wait_for(state="detached")
    lab.run_all()
    page.locator(ROWS).first.wait_for()
    page.wait_for_function(
        "([rows, n]) => [...document.querySelectorAll('.dw-browse')]"
        ".every((one) => one.querySelectorAll(rows).length === n)",
        arg=["tbody tr[data-dw-id]", lab.ask_json("len(ph.dashboards())")],
    )
    assert page.locator(".dw-notice").count() == 0
    assert [c for c in complaints if "dw-" in c or "dashwidgets" in c or "TypeError" in c] == []
