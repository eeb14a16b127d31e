"""Charts in a real Chromium: from tiles that arrive to what is laid out for painting.

The main thread's own time counts, on a page that has drawn charts before: on a shared machine the
clock on the wall times the neighbors, too. It is printed beside.
"""

from __future__ import annotations

import statistics
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from playwright.sync_api import CDPSession, Page, sync_playwright

from benchmarks.measure import Measured
from tests.chromium import find_chromium
from tests.gallery.board import state, tiles
from tests.gallery.page import gallery

ROUNDS, WARMING = 9, 3
TARGETS = {"20 tiles drawn": 100, "20 tiles updated": 33, "100,000 points": 40}
"""Milliseconds of the page's main thread at most."""

# The message, the drawing, and the style and layout of the next frame.
MEASURE = """async ([selector, n]) => {
  const [states, bytes] = window.given;
  const began = performance.now();
  window.arrive(states, bytes);
  while (document.querySelectorAll(selector).length < n) await Promise.resolve();
  document.body.getBoundingClientRect();
  return performance.now() - began;
}"""


@dataclass(frozen=True)
class Took:
    """Milliseconds of the main thread, and on the wall."""

    thread: float
    wall: float


def measure(quick: bool) -> Iterator[Measured]:
    """Time each target in turn: the medians."""
    rounds, warming = (1, 1) if quick else (ROUNDS, WARMING)
    board = [one for one in tiles() if one["tile"]["insight"].get("result")][:20]
    took: dict[str, list[Took]] = {name: [] for name in TARGETS}
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=find_chromium(), args=["--no-sandbox"])
        with gallery(browser) as page:
            for number in range(rounds + warming):
                first = drawn(page, [moved(one, number * 100) for one in board])
                then = updated(page, [moved(one, number * 100) for one in board])
                clear(page)
                long = drawn(page, [moved(long_series(), 10_000 + number)])
                clear(page)
                if number >= warming:
                    for name, time in zip(TARGETS, (first, then, long), strict=True):
                        took[name].append(time)
    for name, target in TARGETS.items():
        thread = statistics.median(time.thread for time in took[name])
        yield Measured(f"{name}: the main thread's time", thread, "ms", target)
        wall = statistics.median(time.wall for time in took[name])
        yield Measured(f"{name}: on the wall", wall, "ms")


def moved(one: dict[str, Any], by: int) -> dict[str, Any]:
    """The same tile under another id: a new tile to the page."""
    return one | {"id": one["id"] + by, "tile": one["tile"] | {"id": one["id"] + by}}


def clear(page: Page) -> None:
    """An empty board, and nothing left to do."""
    page.evaluate("() => window.forget()")
    page.wait_for_function("() => !document.querySelector('[data-dw-tile]')")
    page.wait_for_timeout(200)


def drawn(page: Page, states: list[dict[str, Any]]) -> Took:
    """Time until tiles that were not there are."""
    selector = "[data-dw-state=done] .dw-tile-body > :not(.dw-grey)"
    return timed(page, states, selector)


def updated(page: Page, states: list[dict[str, Any]]) -> Took:
    """Time until all have other numbers."""
    page.wait_for_timeout(300)  # the numbers for screen readers come when all is quiet
    later = [one | {"elapsed": 99, "tile": renamed(one["tile"])} for one in states]
    return timed(page, later, "h3[title$=', again']")


def timed(page: Page, states: list[dict[str, Any]], selector: str) -> Took:
    session = page.context.new_cdp_session(page)
    page.evaluate("states => { window.given = [states, window.packed(states)]; }", states)
    session.send("Performance.enable", {"timeDomain": "threadTicks"})
    before = busy(session)
    wall = page.evaluate(MEASURE, [selector, len(states)])
    took = Took((busy(session) - before) * 1000, wall)
    session.detach()
    return took


def busy(session: CDPSession) -> float:
    """Seconds the main thread has worked."""
    metrics = session.send("Performance.getMetrics")["metrics"]
    return next(one["value"] for one in metrics if one["name"] == "TaskDuration")


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
