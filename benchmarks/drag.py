"""A tile dragged over a board of 50: frames a second, and from pointer to painted.

The bundle alone on a page, with a model that answers nothing: the browser's part of a drag.
"""

from __future__ import annotations

import json
import tempfile
from collections.abc import Iterator
from pathlib import Path

from playwright.sync_api import sync_playwright

from benchmarks.measure import Measured
from dashwidgets.widgets.shared.state.arrange import (
    ArrangeProgress,
    ArrangeState,
    ArrangeTile,
    DraftTile,
)
from tests.chromium import find_chromium

STATIC = Path(__file__).parents[1] / "dashwidgets" / "static"
TILES, SECONDS = 50, 4
LEAST_FPS, MOST_MS = 55, 32

PAGE = """<!doctype html><style>%s</style><div id="here"></div><script type="module">
%s
const heard = {};
const state = %s;
const model = {
  get: (name) => state[name],
  set: (name, value) => {
    state[name] = value;
    (heard["change:" + name] ?? []).forEach((f) => f());
  },
  save_changes() {}, send() {},
  on: (name, f) => (heard[name] ??= []).push(f), off() {},
};
widget.render({ model, el: document.getElementById("here"), signal: new AbortController().signal });
window.ready = true;
</script>"""

# Frames are counted where they are drawn; a move is painted in the frame after it.
RECORD = """() => {
  window.frames_ = []; window.late = [];
  let moved = null;
  addEventListener("pointermove", (event) => (moved ??= event.timeStamp), true);
  const frame = (now) => {
    frames_.push(now);
    if (moved !== null) {
      const since = moved; moved = null;
      const channel = new MessageChannel();
      channel.port1.onmessage = () => late.push(performance.now() - since);
      channel.port2.postMessage(0);
    }
    requestAnimationFrame(frame);
  };
  requestAnimationFrame(frame);
}"""


def state() -> ArrangeState:
    """A board of text tiles of many sizes, as Python would send it."""
    draft: list[DraftTile] = [
        {
            "id": key,
            "box": {"x": 3 * (key % 4), "y": 3 * (key // 4), "w": 3, "h": 3},
            "name": "",
            "body": f"## Tile {key}\nA few words that say what this is about.",
            "color": None,
            "show_description": None,
            "transparent_background": None,
            "to": None,
            "copy_to": [],
        }
        for key in range(TILES)
    ]
    tiles: list[ArrangeTile] = [
        {
            "id": tile["id"],
            "kind": "text",
            "insight": None,
            "uncached": False,
            "note": "",
            "min_w": 1,
            "min_h": 1,
            "places": [],
        }
        for tile in draft
    ]
    progress: ArrangeProgress = {
        "saving": False,
        "computing": False,
        "can_undo": False,
        "can_redo": False,
        "requests": 0,
        "message": "",
    }
    return {
        "board": {"id": 1, "name": "Fifty", "url": "", "denied": "", "breakdown_colors": []},
        "tiles": tiles,
        "saved": draft,
        "draft": draft,
        "pending_rows": [],
        "theirs": [],
        "refused": {},
        "differs": [],
        "notes": [],
        "progress": progress,
        "saves": "click",
        "selected_ids": [],
    }


def page_source() -> str:
    """The bundle in a page; its export is given a name there."""
    module = (STATIC / "arrange.js").read_text(encoding="utf-8")
    head, _, tail = module.rpartition("export default ")
    code = f"{head}\nconst widget = {tail}"
    return PAGE % ((STATIC / "arrange.css").read_text(encoding="utf-8"), code, json.dumps(state()))


def measure(quick: bool) -> Iterator[Measured]:
    seconds = 1 if quick else SECONDS
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        file = Path(folder) / "board.html"
        file.write_text(page_source(), encoding="utf-8")
        browser = playwright.chromium.launch(
            executable_path=find_chromium(), args=["--no-sandbox", "--disable-gpu"]
        )
        page = browser.new_page(viewport={"width": 1280, "height": 900})
        page.goto(file.as_uri())
        page.wait_for_selector(".dw-tile")
        box = page.locator(".dw-tile .dw-tile-head").first.bounding_box()
        assert box is not None
        x, y = box["x"] + 20, box["y"] + 8
        page.mouse.move(x, y)
        page.mouse.down()
        page.mouse.move(x + 10, y + 10)
        page.wait_for_timeout(200)
        page.evaluate(RECORD)
        began = page.evaluate("performance.now()")
        at = 0
        while page.evaluate("performance.now()") < began + 1000 * seconds:
            at += 1
            page.mouse.move(x + 9 * at % 800, y + 7 * at % 600)
        frames = page.evaluate("frames_")
        late = sorted(page.evaluate("late"))
        page.mouse.up()
        browser.close()
    fps = (len(frames) - 1) / (frames[-1] - frames[0]) * 1000
    p95 = late[int(0.95 * (len(late) - 1))]
    title = f"a tile dragged over a board of {TILES}"
    yield Measured(f"{title}: frames", fps, "a second", LEAST_FPS, least=True)
    yield Measured(f"{title}: pointer to painted, 95th percentile", p95, "ms", MOST_MS)
    yield Measured(f"{title}: moves sent", at / seconds, "a second")
