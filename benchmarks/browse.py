"""``ph.browse()`` in Chromium: shown, scrolled, typed into, sorted; and its size."""

from __future__ import annotations

import gzip
import statistics
from collections.abc import Iterator
from typing import Any

from playwright.sync_api import Page

from benchmarks.browse_page import PREPARE, ROW, SHOW, Message, chromium, message
from benchmarks.browse_peers import peers
from benchmarks.measure import Measured
from dashwidgets.widgets.shared.bundle import bundle

ROUNDS = 9
MANY, VERY_MANY = 5_000, 100_000
TYPED = ("growth", "team-7", "checkout 12")

# Two thousand pixels a second for four seconds, as a hand on a wheel does it.
SCROLL = """async ([selector, milliseconds]) => {
  const box = document.querySelector(selector);
  box.scrollTop = 0;
  await window.painted();
  const frame = 1000 / 60;
  const times = [];
  const began = performance.now();
  for (let now = began; now - began < milliseconds; ) {
    box.scrollTop += 34;
    now = await new Promise(requestAnimationFrame);
    times.push(now);
  }
  const gaps = times.slice(1).map((time, nth) => time - times[nth]);
  const due = gaps.reduce((sum, gap) => sum + Math.max(1, Math.round(gap / frame)), 0);
  const blank = selector === ".dw-scroll" && !document.querySelector("tbody tr[data-dw-id]");
  return {dropped: (due - gaps.length) / due, frames: gaps.length, blank};
}"""
# As high and as empty as can be: what the machine itself drops.
EMPTY = """() => {
  const box = Object.assign(document.createElement("div"), {id: "empty"});
  box.style = "height: 560px; overflow: auto";
  box.append(Object.assign(document.createElement("div"), {style: "height: 3400000px"}));
  document.body.append(box);
}"""
JUMP = """async () => {
  const box = document.querySelector(".dw-scroll");
  box.scrollTop = box.scrollHeight;
  await window.painted();
  await window.painted();
  return Number([...document.querySelectorAll("tbody tr[data-dw-at]")].at(-1).dataset.dwAt);
}"""
TYPE = """async (words) => {
  const box = document.querySelector("input[type=search]");
  const took = [];
  for (let end = 1; end <= words.length; end += 1) {
    box.value = words.slice(0, end);
    const began = performance.now();
    box.dispatchEvent(new Event("input", {bubbles: true}));
    took.push(await window.painted() - began);
    await new Promise((done) => setTimeout(done, 150));
  }
  const shown = document.querySelector(".dw-foot").textContent;
  box.value = "";
  box.dispatchEvent(new Event("input", {bubbles: true}));
  await window.painted();
  return {took, shown};
}"""
SORT = """async (column) => {
  const began = performance.now();
  document.querySelector(`th.dw-col-${column} button`).click();
  return await window.painted() - began;
}"""


def measure(quick: bool) -> Iterator[Measured]:
    """In a bare page without Python; then beside other tables in JupyterLab."""
    many, very_many = (500, 5_000) if quick else (MANY, VERY_MANY)
    module, style = map(str, bundle("browse"))
    yield Measured("the bundle, minified", len(module.encode()) / 1000, "kB", 100)
    packed = len(gzip.compress(module.encode(), 9))
    yield Measured("the bundle, gzip -9", packed / 1000, "kB", 35)
    few, large = message(many), message(very_many)
    yield Measured(f"{many:,} rows: their message", few.size / 1000, "kB")
    with chromium() as page:
        page.goto("about:blank")
        page.evaluate(PREPARE, [module, style])
        yield median(
            f"{many:,} rows: message to painted rows",
            shown(page, few, 2 if quick else ROUNDS),
            "ms",
            150,
        )
        yield from typed(page, f"{many:,} rows", ("growth",) if quick else TYPED)
        columns = ("name", "last_accessed_at", "owner")
        sorts = [page.evaluate(SORT, one) for one in columns]
        yield median(f"{many:,} rows: click to sorted", sorts, "ms")
        times = shown(page, large, 1 if quick else 5)
        yield median(f"{very_many:,} rows: message to painted rows", times, "ms", 200)
        yield from scrolled(page, f"{very_many:,} rows", *((1, 500) if quick else (3, 4_000)))
        last = page.evaluate(JUMP)
        assert last == very_many - 1, f"the end of the list is row {last}"
        page.evaluate("() => window.closing.abort()")
    yield from peers(many, quick)


def median(what: str, values: list[float], unit: str, target: float | None = None) -> Measured:
    return Measured(what, statistics.median(values), unit, target)


def shown(page: Page, message: Message, rounds: int) -> list[float]:
    said = [message.text, message.buffers, ROW]
    return [page.evaluate(SHOW, said) for _ in range(rounds + 1)][1:]  # the first warms up


def typed(page: Page, rows: str, what: tuple[str, ...]) -> Iterator[Measured]:
    words = [page.evaluate(TYPE, word) for word in what]
    every = rows.partition(" ")[0].replace(",", "")
    assert not any(one["shown"].startswith(f"{every} of") for one in words)
    letters = [took for one in words for took in one["took"]]
    yield median(f"{rows}: keystroke to painted result", letters, "ms", 50)
    yield Measured(f"{rows}: the slowest keystroke", max(letters), "ms")


def scrolled(page: Page, rows: str, rounds: int, milliseconds: int) -> Iterator[Measured]:
    page.evaluate(EMPTY)
    page.evaluate(SCROLL, [".dw-scroll", milliseconds])  # warms up
    scrolls: list[dict[str, Any]] = []
    empty: list[dict[str, Any]] = []
    for _ in range(rounds):  # in turn, so that a busy machine slows both alike
        scrolls.append(page.evaluate(SCROLL, [".dw-scroll", milliseconds]))
        empty.append(page.evaluate(SCROLL, ["#empty", milliseconds]))
    assert not any(one["blank"] for one in scrolls)
    lost = [100 * one["dropped"] for one in scrolls]
    yield median(f"{rows} scrolled: frames dropped", lost, "%", 5)
    lost = [100 * one["dropped"] for one in empty]
    yield median("an empty box of that height scrolled: frames dropped", lost, "%")
