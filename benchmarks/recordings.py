"""Recordings: their size, what one costs a watch, how soon it is drawn, how fast two compare."""

from __future__ import annotations

import json
import random
import tempfile
import time
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from playwright.sync_api import sync_playwright

import dashwidgets as dw
from benchmarks.measure import Measured
from dashwidgets.api.stream.events import Complete, Metadata, rendered
from dashwidgets.recordings.record import record_board
from dashwidgets.widgets.watch.feed import Options, Source
from tests.chromium import find_chromium

PAINTED = """
addEventListener("DOMContentLoaded", () => {
  const el = document.getElementById("widget");
  let began;
  new MutationObserver(() => {
    if (el.querySelector(".dw")) began ??= performance.now();
    const done = el.querySelectorAll("[data-dw-state=done]").length;
    if (done < 20 || window.painted) return;
    requestAnimationFrame(() => setTimeout(() => (window.painted ??= performance.now() - began)));
  }).observe(el, { childList: true, subtree: true, attributes: true });
});
"""


def measure(quick: bool) -> Iterator[Measured]:
    yield from size()
    yield from watched(3 if quick else 20)
    yield from painted(1 if quick else 9)
    yield from compared(20 if quick else 200)


def size() -> Iterator[Measured]:
    """A board of 20 tiles of some 20 kB, as a server sends them."""
    run = round_of(20, 6, 90, labels=True)
    content = sum(tile.size for tile in run.tiles)
    yield Measured("JSON of 20 tiles", content / 1e3, "kB")
    yield Measured("their recording", len(run.to_bytes()) / 1e3, "kB", 60.0)


def watched(rounds: int) -> Iterator[Measured]:
    """The embedded board, watched with and without a recording, in turn."""
    arrivals: dict[str, list[float]] = {"watched": [], "watched and recorded": []}
    spent: dict[str, set[int]] = {name: set() for name in arrivals}
    with dw.local() as ph, tempfile.TemporaryDirectory() as folder:
        board = ph.dashboard("Growth overview")
        for turn in range(rounds + 1):
            for name, latencies in arrivals.items():
                before = ph.client.requests_spent
                live = board.watch(refresh="force_cache")
                if name != "watched":
                    live.record(Path(folder) / f"{turn}.dwr")
                live.wait(60)
                if turn:  # the first round warms up
                    spent[name].add(ph.client.requests_spent - before)
                    latencies.append(float(live.events["elapsed"].median()))
                live.close()
    # The fastest of many rounds: the rest is what else the machine did.
    plain, recorded = (min(found) for found in arrivals.values())
    for name, counts in spent.items():
        yield Measured(name, max(counts), "requests", max(spent["watched"]))
    yield Measured("median arrival of a tile, watched", plain * 1e3, "ms")
    yield Measured("the same, recorded / not", recorded / plain, "ratio", 1.1)


def painted(rounds: int) -> Iterator[Measured]:
    """A published page of 20 tiles: from the widget's start until all of them are on the screen."""
    found: list[float] = []
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        path = round_of(20, 6, 90, labels=True).to_html(Path(folder) / "board.html")
        yield Measured("page of 20 tiles", path.stat().st_size / 1e3, "kB", 1_000.0)
        flags = ["--no-sandbox", "--disable-gpu"]
        browser = playwright.chromium.launch(executable_path=find_chromium(), args=flags)
        for _ in range(rounds):
            page = browser.new_page(bypass_csp=True)  # to be able to ask the page
            page.add_init_script(PAINTED)
            page.goto(path.as_uri())
            found.append(page.wait_for_function("window.painted").json_value())
            page.close()
        browser.close()
    yield Measured("20 tiles painted after the widget starts", min(found), "ms", 100.0)


def compared(tiles: int) -> Iterator[Measured]:
    """Two rounds that have most of their days in common, and no number the same."""
    before, after = (round_of(tiles, 25, 50, seed=seed, shift=seed * 7) for seed in (0, 1))
    numbers = sum(len(run.numbers) for run in (before, after))
    seconds: dict[str, list[float]] = {"compare": [], "a frame a tile": []}
    for _ in range(3):
        began = time.process_time()
        comparison = dw.compare(before, after)
        assert len(comparison.tiles) == tiles
        assert len(comparison.frame) > numbers / 3
        seconds["compare"].append(time.process_time() - began)
        began = time.process_time()
        for run in (before, after):
            for name in run.results:
                run.results[name]
        seconds["a frame a tile"].append(time.process_time() - began)
    ours, frames = (min(found) for found in seconds.values())
    target = 1.5 * tiles / 200
    yield Measured(f"{numbers:,} numbers of {tiles} tiles compared, processor", ours, "s", target)
    yield Measured("compared / read into a frame a tile", ours / frames, "ratio", 0.5)


def round_of(
    tiles: int, series: int, days: int, *, seed: int = 0, shift: int = 0, labels: bool = False
) -> dw.Recording:
    """A round of line charts by a breakdown."""
    chance = random.Random(seed)
    start = date(2026, 8, 1) + timedelta(days=shift)
    dates = [start + timedelta(days=at) for at in range(days)]
    acts: list[Any] = [Metadata({"id": 7, "name": "Board"})]
    for key in range(1, tiles + 1):
        result = [_series(chance, f"country {at}", dates, labels) for at in range(series)]
        query = {"source": {"kind": "TrendsQuery", "series": [{"event": f"event {key}"}]}}
        insight = {"id": key, "short_id": f"s{key}", "name": f"T{key}", "query": query}
        body = {"id": key, "layouts": {}, "insight": {**insight, "result": result}}
        acts.append(rendered(json.dumps(body).encode(), key - 1))
    acts.append(Complete())
    board: Any = {"id": 7, "name": "Board", "description": "", "tags": [], "url": ""}
    return record_board(Source(board, list, lambda *_: _Stream(acts)), Options())  # pyright: ignore


def _series(chance: random.Random, name: str, dates: list[date], labels: bool) -> dict[str, Any]:
    level = chance.randrange(50, 3000)
    made: dict[str, Any] = {
        "label": name,
        "breakdown_value": name,
        "count": level,
        "days": [day.isoformat() for day in dates],
        "data": [float(chance.randrange(level, level * 2)) for _ in dates],
    }
    if labels:
        made["labels"] = [f"{day:%d-%b-%Y}" for day in dates]
        made["action"] = {"id": "signed_up", "type": "events", "name": "signed_up", "order": 0}
        made["filter"] = {"insight": "TRENDS", "events": [made["action"]], "interval": "day"}
    return made


class _Stream:
    """Events that were made before."""

    source = "stream_tiles"

    def __init__(self, acts: list[Any]) -> None:
        self._acts = acts

    def __iter__(self) -> Any:
        return iter(self._acts)

    def __enter__(self) -> _Stream:
        return self

    def __exit__(self, *_: object) -> None: ...

    def close(self) -> None: ...

    def pause(self) -> None: ...

    def resume(self) -> None: ...
