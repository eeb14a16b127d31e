"""``ph.browse()`` in Chromium: shown, scrolled, typed into, sorted; and its size."""

from __future__ import annotations

import gzip
import statistics
from typing import Any

from playwright.sync_api import Page

from benchmarks.browse_page import PREPARE, ROW, SHOW, chromium, message
from benchmarks.browse_peers import compare
from dashwidgets.widgets.shared.bundle import bundle

ROUNDS = 9
MANY, VERY_MANY = 5_000, 100_000

# Two thousand pixels a second for four seconds, as a hand on a wheel does it.
SCROLL = """async (selector) => {
  const box = document.querySelector(selector);
  box.scrollTop = 0;
  await window.painted();
  const frame = 1000 / 60;
  const times = [];
  const began = performance.now();
  for (let now = began; now - began < 4000; ) {
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


def main() -> bool:
    module, style = map(str, bundle("browse"))
    good = size(module)
    text, _ = message(MANY)
    large, _ = message(VERY_MANY)
    with chromium() as page:
        page.goto("about:blank")
        page.evaluate(PREPARE, [module, style])
        print(f"\n{MANY} dashboards, {len(text) / 1e6:.2f} MB of state")
        good &= told("message to painted rows", shown(page, text), 150, "ms")
        typed = [page.evaluate(TYPE, word) for word in ("growth", "team-7", "checkout 12")]
        assert not any(one["shown"].startswith(f"{MANY} of") for one in typed)
        letters = [took for one in typed for took in one["took"]]
        good &= told("keystroke to painted result", letters, 50, "ms")
        told("the slowest keystroke", [max(letters)], None, "ms")
        columns = ("name", "last_accessed_at", "owner")
        told("click to sorted", [page.evaluate(SORT, one) for one in columns], None, "ms")

        print(f"\n{VERY_MANY} rows")
        told("message to painted rows", [page.evaluate(SHOW, [large, ROW])], None, "ms")
        page.evaluate(EMPTY)
        page.evaluate(SCROLL, ".dw-scroll")  # warms up
        scrolls: list[dict[str, Any]] = []
        empty: list[dict[str, Any]] = []
        for _ in range(3):  # in turn, so that a busy machine slows both alike
            scrolls.append(page.evaluate(SCROLL, ".dw-scroll"))
            empty.append(page.evaluate(SCROLL, "#empty"))
        assert not any(one["blank"] for one in scrolls)
        good &= told("frames dropped", [100 * one["dropped"] for one in scrolls], 5, "%")
        told("by an empty box of that height", [100 * one["dropped"] for one in empty], None, "%")
        last = page.evaluate(JUMP)
        assert last == VERY_MANY - 1, f"the end of the list is row {last}"
        page.evaluate("() => window.closing.abort()")
    compare(MANY)
    return good


def size(module: str) -> bool:
    body = module.encode()
    print("\nThe bundle")
    good = told("minified", [len(body) / 1000], 100, "kB")
    return told("gzip -9", [len(gzip.compress(body, 9)) / 1000], 35, "kB") and good


def shown(page: Page, text: str) -> list[float]:
    page.evaluate(SHOW, [text, ROW])  # warms up
    return [page.evaluate(SHOW, [text, ROW]) for _ in range(ROUNDS)]


def told(what: str, values: list[float], most: float | None, unit: str) -> bool:
    """Print a median beside its target."""
    median = statistics.median(values)
    good = most is None or median <= most
    target = "" if most is None else f" (target {most} {unit}: {'met' if good else 'MISSED'})"
    print(f"  {what:34} {median:9.1f} {unit}{target}")
    return good
