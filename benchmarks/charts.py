"""Charts in a real Chromium: from tiles that arrive to what is laid out for painting."""

from __future__ import annotations

import statistics
from datetime import datetime, timedelta
from typing import Any

from playwright.sync_api import Page, sync_playwright

from tests.chromium import find_chromium
from tests.gallery.board import state, tiles
from tests.gallery.page import gallery

ROUNDS = 9
TARGETS = {"20 tiles drawn": 100, "20 tiles updated": 33, "100,000 points": 40}
"""Milliseconds at most."""

# The message, the drawing, and the style and layout of the next frame.
MEASURE = """async ([states, selector, n]) => {
  const began = performance.now();
  window.arrive(states);
  while (document.querySelectorAll(selector).length < n) await Promise.resolve();
  await new Promise((resolve) => queueMicrotask(resolve));
  document.body.getBoundingClientRect();
  return performance.now() - began;
}"""


def main() -> bool:
    """Time each target on pages of its own; say the median and the fastest."""
    board = [one for one in tiles() if one["tile"]["insight"].get("result")][:20]
    times: dict[str, list[float]] = {name: [] for name in TARGETS}
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=find_chromium(), args=["--no-sandbox"])
        for _ in range(ROUNDS):
            with gallery(browser) as page:
                times["20 tiles drawn"].append(drawn(page, board))
                page.wait_for_timeout(500)
                times["20 tiles updated"].append(updated(page, board))
            with gallery(browser) as page:
                times["100,000 points"].append(drawn(page, [long_series()]))
    good = True
    print()
    for name, target in TARGETS.items():
        median = statistics.median(times[name])
        good &= median <= target
        met = "met" if median <= target else "MISSED"
        fastest = min(times[name])
        print(f"  {name:20} {median:6.1f} ms, fastest {fastest:.1f} (target {target}: {met})")
    return good


def drawn(page: Page, states: list[dict[str, Any]]) -> float:
    """Milliseconds until tiles that were not there are."""
    selector = "[data-dw-state=done] .dw-tile-body > :not(.dw-grey)"
    return page.evaluate(MEASURE, [states, selector, len(states)])


def updated(page: Page, states: list[dict[str, Any]]) -> float:
    """Milliseconds until all have other numbers."""
    for one in states:
        one["elapsed"] += 0.001
    later = [one | {"tile": renamed(one["tile"])} for one in states]
    return page.evaluate(MEASURE, [later, "h3[title$=', again']", len(states)])


def renamed(tile: dict[str, Any]) -> dict[str, Any]:
    insight = tile["insight"]
    changed = insight | {"name": f"{insight['name']}, again", "result": other(insight["result"])}
    return tile | {"insight": changed}


def other(value: Any) -> Any:
    """The same shape with larger numbers."""
    match value:
        case bool() | str() | None:
            return value
        case int() | float():
            return value * 1.1
        case list():
            return [other(one) for one in value]
        case dict():
            return {key: other(one) for key, one in value.items()}
        case _:
            raise TypeError(type(value))


def long_series() -> dict[str, Any]:
    """A value a minute for ten weeks."""
    start = datetime(2026, 1, 1)
    days = [str(start + timedelta(minutes=minute)) for minute in range(100_000)]
    data = [(minute * 7919) % 1_000 for minute in range(100_000)]
    source = {"kind": "TrendsQuery", "trendsFilter": {"display": "ActionsLineGraph"}}
    result = [{"label": "value", "days": days, "data": data}]
    query = {"kind": "InsightVizNode", "source": source}
    return state(1, "Long", {"query": query, "result": result}, (0, 0, 12))
