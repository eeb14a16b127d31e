"""Every kind of chart in a real browser: marks drawn, nothing complained, nothing run."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Browser, Page

from tests.gallery.board import HOSTILE, tiles
from tests.gallery.extremes import extremes
from tests.gallery.page import fill, gallery, unrolled
from tests.gallery.settings import ANNOTATIONS, settings

MARKS = "svg path, svg rect, td, .dw-upright i, .dw-meter-name, .dw-number strong, .dw-note"
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
# Cells whose numbers can't be read on their ground (WCAG AA).
PALE = """() => {
  const pixel = document.createElement('canvas').getContext('2d', {willReadFrequently: true});
  const light = (color) => {
    pixel.clearRect(0, 0, 1, 1);
    pixel.fillStyle = color;
    pixel.fillRect(0, 0, 1, 1);
    const [red, green, blue] = [...pixel.getImageData(0, 0, 1, 1).data].map((one) =>
      one / 255 <= 0.04045 ? one / 255 / 12.92 : ((one / 255 + 0.055) / 1.055) ** 2.4);
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue + 0.05;
  };
  return [...document.querySelectorAll('.dw-matrix-cell')].filter((cell) => {
    const {color, backgroundColor} = getComputedStyle(cell);
    const [one, other] = [light(color), light(backgroundColor)];
    return Math.max(one, other) / Math.min(one, other) < 4.5;
  }).map((cell) => `${cell.closest('[data-dw-tile]').ariaLabel}: ${cell.textContent}`);
}"""
COLORS = """(paths) => paths.map((path) => {
  const pixel = document.createElement('canvas').getContext('2d');
  pixel.fillStyle = getComputedStyle(path).stroke;
  pixel.fillRect(0, 0, 1, 1);
  return [...pixel.getImageData(0, 0, 1, 1).data].slice(0, 3);
})"""
HEATS = ("Calendar heatmap", "SQL as a heatmap", "Days as weeks")
KEYED = ("Line", "Bar, stacked", "World map", "Retention", "Paths", "Metric", "SQL with two axes")
KEYED += HEATS
SAVED = ("Line", "World map", "Retention", "Names are only text", "Metric", "SQL with two axes")
SAVED += HEATS


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("width", [1200, 600])
def test_every_kind_draws_marks_and_keeps_its_labels_apart(
    chromium: Browser, theme: str, width: int
) -> None:
    with gallery(chromium, theme, width) as page:
        fill(page, tiles())
        unrolled(page)
        look(page)
        assert page.evaluate(PALE) == []


@pytest.mark.parametrize("narrow", [False, True])
def test_extremes_draw_marks_and_keep_their_labels_apart(chromium: Browser, narrow: bool) -> None:
    with gallery(chromium) as page:
        fill(page, extremes(narrow=narrow))
        unrolled(page)
        look(page)
        if not narrow:
            assert page.evaluate(PALE) == []


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("width", [1200, 600])
def test_every_setting_draws_marks_and_keeps_its_labels_apart(
    chromium: Browser, theme: str, width: int
) -> None:
    with gallery(chromium, theme, width, annotations=ANNOTATIONS, currency="EUR") as page:
        fill(page, settings())
        unrolled(page)
        look(page)
        assert page.evaluate(PALE) == []


def test_what_is_hidden_in_posthog_starts_hidden_and_comes_back(chromium: Browser) -> None:
    with gallery(chromium) as page:
        fill(page, settings())
        inside = page.get_by_role("article", name="Hidden: Sales, by index")
        assert inside.locator(".dw-stroke").count() == 1
        inside.get_by_role("button", name="Sales", exact=True).click()
        inside.locator(".dw-stroke").nth(1).wait_for()


def test_an_annotation_tells_its_words_to_the_mouse_and_to_keys(chromium: Browser) -> None:
    with gallery(chromium, annotations=ANNOTATIONS) as page:
        fill(page, settings())
        inside = page.get_by_role("article", name="Moving average")
        mark = inside.get_by_role("button", name="11 Jan 2026: Outage of two hours")
        mark.hover()
        assert "Outage of two hours" in inside.locator(".dw-tip").inner_text()
        inside.get_by_role(
            "button", name="5 Jan 2026: Pricing page released; Newsletter sent"
        ).focus()
        assert "Newsletter sent" in inside.locator(".dw-tip").inner_text()
        inside.locator("table").wait_for(state="attached")
        assert "Newsletter sent" in (inside.locator("table").text_content() or "")


def test_a_foot_names_what_is_not_drawn(chromium: Browser) -> None:
    with gallery(chromium) as page:
        fill(page, settings())
        foot = page.get_by_role("article", name="Named at the foot").locator(".dw-chart-foot")
        words = "Not drawn here: an axis that does not begin at zero, future thing"
        assert words in (foot.text_content() or "")


def look(page: Page) -> None:
    """Every tile shows something, somewhere, and no label is cut off or over another."""
    for tile in page.locator("[data-dw-tile]").all():
        name = tile.get_attribute("aria-label")
        seen = tile.locator(MARKS)
        sizes = seen.evaluate_all("all => all.map((one) => one.getBoundingClientRect().width)")
        assert any(size > 0 for size in sizes), f"{name} drew nothing"
        assert "NaN" not in tile.inner_html(), f"{name} has a mark that is nowhere"
    assert page.evaluate(LOST) == []
    assert page.evaluate(OVERLAPPING) == []


def test_the_board_its_theme_and_a_person_choose_colors(chromium: Browser) -> None:
    chosen = {"breakdownValue": "Safari", "breakdownType": "event", "colorToken": "preset-3"}
    theme = {
        "preset-1": "rgb(10, 20, 30)",
        "preset-2": "red; background: url(https://example.invalid/pixel)",
        "preset-3": "#0a6b2d",
    }
    with gallery(chromium, breakdown_colors=[chosen], theme_colors=theme) as page:
        fill(page, tiles())
        strokes = page.locator(f"{tile(page, 'Line')} .dw-stroke > path:last-child")
        colors = strokes.evaluate_all(COLORS)
        # In order Chrome, Safari, Firefox, Edge, Samsung: the third and fifth come round again.
        assert colors[0] == [10, 20, 30]
        assert colors[1] == colors[2] == [0x0A, 0x6B, 0x2D]
        assert colors[3] == [10, 20, 30]
        own = page.locator(f"{tile(page, 'SQL with two axes')} .dw-stroke > path:last-child")
        assert own.evaluate_all(COLORS) == [[0xE4, 0xA6, 0x04]]


def test_a_second_axis_stands_on_the_right_with_its_unit(chromium: Browser) -> None:
    with gallery(chromium) as page:
        fill(page, tiles())
        inside = page.locator(tile(page, "SQL with two axes"))
        left, right = inside.locator(".dw-plane-marks").all()
        area = inside.locator(".dw-plane-area").bounding_box()
        assert area is not None
        beside = right.locator("span").first.bounding_box()
        assert beside is not None
        assert beside["x"] >= area["x"] + area["width"]
        assert "new" in (right.text_content() or "")
        assert "new" not in (left.text_content() or "")
        assert "→" in (inside.locator(".dw-legend").text_content() or "")


def tile(page: Page, name: str) -> str:
    key = next(one["id"] for one in tiles() if one["tile"]["insight"]["name"] == name)
    return f"[data-dw-tile='{key}']"


def test_arrow_keys_and_the_mouse_ask_a_chart_for_its_numbers(chromium: Browser) -> None:
    with gallery(chromium) as page:
        fill(page, tiles())
        for name in KEYED:
            page.locator(tile(page, name)).focus()
            page.keyboard.press("ArrowRight")
            tip = page.locator(f"{tile(page, name)} .dw-tip")
            first = tip.inner_text()
            page.keyboard.press("ArrowRight")
            assert tip.inner_text() != first, name
        cell = page.locator(f"{tile(page, 'Calendar heatmap')} [data-cell='33']")
        cell.hover()
        assert "Tue, 9:00" in page.locator(f"{tile(page, 'Calendar heatmap')} .dw-tip").inner_text()
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
        for name in SAVED:
            inside = page.locator(tile(page, name))
            inside.hover()
            inside.locator(".dw-menu button").first.click()
            with page.expect_download() as saved:
                inside.get_by_role("button", name="SVG", exact=True).click()
            assert saved.value.suggested_filename == f"{name}.svg"
            svg = saved.value.path().read_text()
            assert not re.search(r"(color|oklab|color-mix)\(", svg), "few programs know these"
            picture = page.evaluate(READ, svg)
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
