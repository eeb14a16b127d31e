"""Published pages in a real browser: no network, no other script, both themes."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, Request

import dashwidgets as dw
from dashwidgets.recordings.publish.notebook import StaticExporter
from tests.recordings.rounds import WEEK, recorded, series, trend
from tests.recordings.test_notebook import notebook

HOSTILE = "<img src=x onerror=alert(1)> *x* [a](javascript:alert(1))"


def opened(browser_page: Page, path: Path) -> list[str]:
    """Open it; what it asked of the network and what went wrong."""
    told: list[str] = []

    def asked(request: Request) -> None:
        if not request.url.startswith(("file:", "blob:", "data:")):
            told.append(request.url)

    browser_page.on("request", asked)
    browser_page.on("console", lambda message: told.append(message.text))
    browser_page.on("pageerror", lambda error: told.append(str(error)))
    browser_page.goto(path.as_uri())
    browser_page.wait_for_selector("[data-dw-state=done]")
    return told


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_a_page_opens_without_a_network(
    shared: dw.Project, tmp_path: Path, theme: str, chromium: Browser
) -> None:
    board = shared.dashboard("Growth overview")
    run = board.record()
    page = run.to_html(tmp_path / "board.html")
    changed = board.compare({"date_from": "-14d"}, to={"date_from": "-7d"})
    both = changed.to_html(tmp_path / "changed.html")
    view = chromium.new_page(color_scheme=theme)  # pyright: ignore[reportArgumentType]
    assert opened(view, page) == []
    assert view.locator("[data-dw-tile]").count() == 7
    assert view.locator(".dw-watch").get_attribute("data-dw-theme") == theme
    assert view.get_by_role("button", name="Retry").count() == 0
    assert view.get_by_label("Refresh").count() == 0
    assert "Recorded" in view.locator(".facts").inner_text()
    injected = "document.body.append(Object.assign(document.createElement('script'), "
    injected += "{textContent: 'window.ran = true'})); window.ran === true"
    assert view.evaluate(injected) is False
    view.evaluate("dispatchEvent(new Event('beforeprint'))")
    assert view.locator(".dw-watch").get_attribute("data-dw-theme") == "light"
    view.emulate_media(media="print")
    assert view.locator(".dw-legend button").first.is_visible(), "lines have names on paper, too"

    view = chromium.new_page()
    assert opened(view, both) == []
    names = view.locator("[data-dw-tile] h3")
    first = names.nth(0).inner_text()
    assert "-46.7%" in first
    view.get_by_label("Order").select_option("name")
    view.wait_for_function(
        "() => document.querySelector('[data-dw-tile] h3')?.innerText.startsWith('Browsers')"
    )


def test_a_hostile_board_is_text_on_the_page(tmp_path: Path, chromium: Browser) -> None:
    run = recorded(trend(1, HOSTILE, [series(HOSTILE, WEEK)]), name=f"</script>{HOSTILE}")
    view = chromium.new_page()
    assert opened(view, run.to_html(tmp_path / "a.html")) == []
    assert view.locator("h2").first.inner_text() == f"</script>{HOSTILE}"
    assert view.locator("img").count() == 0


def test_an_exported_notebook_draws_its_widgets_without_a_network(
    shared: dw.Project, tmp_path: Path, chromium: Browser
) -> None:
    board = shared.dashboard("Growth overview")
    shown = notebook(dw.replay(board.record()), shared.browse(), board.edit(), board.arrange())
    path = tmp_path / "notebook.html"
    path.write_text(StaticExporter(theme="dark").from_notebook_node(shown)[0], encoding="utf-8")
    context = chromium.new_context(offline=True, color_scheme="light")
    view = context.new_page()
    view.goto(path.as_uri())
    frames = [view.frame_locator("iframe.dashwidgets").nth(at) for at in range(4)]
    frames[0].get_by_role("heading", name="Daily signups").wait_for()
    frames[1].get_by_role("button", name="Columns").wait_for()
    frames[2].get_by_label("Description").wait_for()
    frames[3].get_by_role("button", name="Tidy up").wait_for()
    for frame in frames:
        assert frame.locator("[data-dw-theme]").first.get_attribute("data-dw-theme") == "dark"
    for frame in frames[1:]:
        assert frame.get_by_text("A saved view.").count() == 1
    # Each is as high as what is in it: no bar to scroll with inside of a page that scrolls.
    fitted = "() => [...document.querySelectorAll('iframe')].every(a => a.style.height !== '600px')"
    view.wait_for_function(fitted)
    assert frames[0].locator("[data-dw-tile]").count() == 7
    context.close()
