"""Every kind of chart in a real browser: marks drawn, nothing complained, nothing run."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, Page

from tests.gallery.board import HOSTILE, tiles
from tests.gallery.page import fill, gallery

MARKS = "svg path, svg rect, td, .dw-meter-track > span, .dw-number strong, .dw-note"
READ = """(svg) => {
  const picture = new DOMParser().parseFromString(svg, "image/svg+xml");
  return {
    words: [...picture.querySelectorAll("text")].map((text) => text.textContent).join(" "),
    names: [...picture.querySelectorAll("*")].map((element) => element.localName),
  };
}"""
LOST = """() => [...document.querySelectorAll('[data-dw-tile]')].flatMap((tile) => {
  const box = tile.getBoundingClientRect();
  return [...tile.querySelectorAll('.dw-plane-days span, .dw-plane-marks span')]
    .filter((label) => {
      const {left, right, top, bottom} = label.getBoundingClientRect();
      return left < box.left || right > box.right || top < box.top - 1 || bottom > box.bottom;
    })
    .map((label) => `${tile.ariaLabel}: ${label.textContent}`);
})"""
OVERLAPPING = """() => [...document.querySelectorAll('.dw-plane-days')].flatMap((days) => {
  const boxes = [...days.children].map((label) => [label.getBoundingClientRect(), label]);
  return boxes.slice(1).filter(([box], at) => box.left < boxes[at][0].right)
    .map(([, label]) => `${label.closest('[data-dw-tile]').ariaLabel}: ${label.textContent}`);
})"""


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("width", [1200, 600])
def test_every_kind_draws_marks_and_keeps_its_labels_apart(
    chromium: Browser, theme: str, width: int
) -> None:
    with gallery(chromium, theme, width) as page:
        fill(page, tiles())
        for tile in page.locator("[data-dw-tile]").all():
            name = tile.get_attribute("aria-label")
            seen = tile.locator(MARKS)
            sizes = seen.evaluate_all("all => all.map((one) => one.getBoundingClientRect().width)")
            assert any(size > 0 for size in sizes), f"{name} drew nothing"
            assert "NaN" not in tile.inner_html(), f"{name} has a mark that is nowhere"
        assert page.evaluate(LOST) == []
        assert page.evaluate(OVERLAPPING) == []


def tile(page: Page, name: str) -> str:
    key = next(one["id"] for one in tiles() if one["tile"]["insight"]["name"] == name)
    return f"[data-dw-tile='{key}']"


def test_arrow_keys_and_the_mouse_ask_a_chart_for_its_numbers(chromium: Browser) -> None:
    with gallery(chromium) as page:
        fill(page, tiles())
        for name in ("Line", "Bar, stacked", "World map", "Retention", "Paths"):
            page.locator(tile(page, name)).focus()
            page.keyboard.press("ArrowRight")
            tip = page.locator(f"{tile(page, name)} .dw-tip")
            first = tip.inner_text()
            page.keyboard.press("ArrowRight")
            assert tip.inner_text() != first, name
        page.locator(f"{tile(page, 'Line')} .dw-plane-area").hover()
        assert page.locator(f"{tile(page, 'Line')} .dw-tip").inner_text()


def test_a_legend_takes_a_series_out_and_puts_it_back(chromium: Browser) -> None:
    with gallery(chromium) as page:
        fill(page, tiles())
        inside = page.locator(tile(page, "Line"))
        lines = inside.locator(".dw-stroke")
        top = inside.locator(".dw-plane-marks span").last
        drawn, highest = lines.count(), top.inner_text()
        chip = inside.locator(".dw-legend button").first
        chip.click()
        page.wait_for_function(
            "([tile, n]) => document.querySelectorAll(`${tile} .dw-stroke`).length === n",
            arg=[tile(page, "Line"), drawn - 1],
        )
        assert chip.get_attribute("aria-pressed") == "false"
        assert top.inner_text() != highest
        chip.click()
        page.wait_for_function(
            "([tile, n]) => document.querySelectorAll(`${tile} .dw-stroke`).length === n",
            arg=[tile(page, "Line"), drawn],
        )


def test_charts_are_saved_as_pictures_of_themselves(chromium: Browser) -> None:
    with gallery(chromium) as page:
        fill(page, tiles())
        for name in ("Line", "World map", "Retention", "Names are only text"):
            inside = page.locator(tile(page, name))
            inside.hover()
            inside.locator(".dw-menu button").first.click()
            with page.expect_download() as saved:
                inside.get_by_role("button", name="SVG", exact=True).click()
            assert saved.value.suggested_filename == f"{name}.svg"
            picture = page.evaluate(READ, saved.value.path().read_text())
            assert name in picture["words"]
            assert len(picture["names"]) > 20
            assert not {"parsererror", "script", "image"} & set(picture["names"])
            with page.expect_download() as saved:
                inside.get_by_role("button", name="PNG", exact=True).click()
            assert saved.value.path().read_bytes().startswith(b"\x89PNG")


def test_names_are_only_text_and_a_gap_is_no_zero(chromium: Browser) -> None:
    with gallery(chromium) as page:
        fill(page, tiles())
        inside = page.locator(tile(page, "Names are only text"))
        assert inside.locator("img").count() == 0
        assert HOSTILE in (inside.locator(".dw-legend").text_content() or "")
        line = inside.locator(".dw-stroke > path:not(.dw-stroke-area)").first
        assert (line.get_attribute("d") or "").count("M") == 2


def test_screen_readers_get_the_numbers(chromium: Browser) -> None:
    with gallery(chromium) as page:
        fill(page, tiles())
        hidden = page.locator(f"{tile(page, 'Names are only text')} table")
        hidden.wait_for(state="attached")
        assert "none" in (hidden.text_content() or "")
