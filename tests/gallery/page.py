"""The watch widget on a bare page: a model in the page stands for the kernel."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from playwright.sync_api import Browser, Page, Route

from dashwidgets.widgets.shared.bundle import bundle

ADDRESS = "http://gallery.invalid/"

HTML = """<!doctype html><meta charset="utf-8"><title>Gallery</title>
<link rel="icon" href="data:,"><link rel="stylesheet" href="/watch.css">
<body data-jp-theme-light="LIGHT" style="margin: 0; background: GROUND">
<div id="here"></div>
<script type="module">
  import widget from "/watch.js";
  const status = (phase, n) => ({phase, arrived: n, failed: 0, expected: n, elapsed: 1, bytes: 1,
                                 source: "stream_tiles", message: "", round: 1, next_in: null,
                                 asking: [], refresh: "blocking", date_from: null});
  const encoded = (value) => new TextEncoder().encode(JSON.stringify(value));
  const zipped = new Response(encoded({seq: 0, sections: []})).body
    .pipeThrough(new CompressionStream("gzip"));
  const heard = {};
  const state = {boards: [{id: 1, name: "Gallery", description: "", tags: [], url: "", ...COLORS}],
                 statuses: [status("streaming", 0)], skeletons: [[]], opens: false,
                 layout_size: "sm",
                 snapshot: new DataView(await new Response(zipped).arrayBuffer())};
  const model = {
    get: (name) => state[name], set() {}, save_changes() {}, send() {}, off() {},
    on: (event, callback) => (heard[event] ??= []).push(callback),
  };
  let seq = 0;
  const {signal} = new AbortController();
  const board = widget();
  board.initialize({model, signal});
  board.render({model, signal, el: document.getElementById("here")});
  const tell = (kind, count, bytes) => {
    const sections = [{section: 0, status: status("complete", count)}];
    for (const callback of heard["msg:custom"] ?? [])
      callback({kind, seq: ++seq, sections}, [new DataView(bytes.buffer)]);
  };
  window.packed = encoded;
  window.arrive = (tiles, bytes = encoded(tiles)) => tell("tiles", tiles.length, bytes);
  window.forget = () => tell("snapshot", 0, encoded([]));
  window.ready = true;
</script>
"""


@contextmanager
def gallery(
    browser: Browser, theme: str = "light", width: int = 1200, **colors: Any
) -> Iterator[Page]:
    """A page with an empty board; ``page.evaluate("tiles => arrive(tiles)", states)`` fills it.

    ``colors``: the board's own ``breakdown_colors`` and ``theme_colors``, ``annotations`` and
    ``currency``.

    Fails when anything was written to the console or asked of the network.
    """
    module, style = map(str, bundle("watch"))
    ground = {"light": "white", "dark": "#111418"}[theme]
    none = {"breakdown_colors": [], "theme_colors": {}, "annotations": [], "currency": ""}
    chosen = none | colors
    html = HTML.replace("LIGHT", json.dumps(theme == "light")).replace("GROUND", ground)
    html = html.replace("COLORS", json.dumps(chosen))
    bodies = {"": ("text/html", html), "watch.js": ("text/javascript", module)}
    bodies["watch.css"] = ("text/css", style)
    troubles: list[str] = []

    def answer(route: Route) -> None:
        kind, body = bodies.get(route.request.url.removeprefix(ADDRESS), ("", None))
        if body is None:
            troubles.append(f"asked for {route.request.url}")
            route.abort()
        else:
            route.fulfill(content_type=f"{kind}; charset=utf-8", body=body)

    page = browser.new_page(viewport={"width": width, "height": 900}, device_scale_factor=1)
    page.on("console", lambda message: troubles.append(message.text))
    page.on("pageerror", lambda error: troubles.append(str(error)))
    page.route("**/*", answer)
    page.goto(ADDRESS)
    page.wait_for_function("() => window.ready")
    yield page
    page.close()
    assert troubles == [], troubles


def fill(page: Page, states: list[dict[str, Any]]) -> None:
    """Let tiles arrive, and wait until they are drawn."""
    # As text: numbers of JavaScript would lose digits on the way.
    packed = [len(states), json.dumps(states)]
    page.evaluate("([length, text]) => arrive({length}, new TextEncoder().encode(text))", packed)
    page.wait_for_function(
        "n => document.querySelectorAll('.dw-watch [data-dw-state=done]').length === n",
        arg=len(states),
    )
    page.wait_for_timeout(300)  # sizes are told a frame later


def unrolled(page: Page) -> None:
    """Make the window as high as the board: what is out of sight is not painted."""
    height = page.evaluate("() => document.documentElement.scrollHeight")
    page.set_viewport_size({"width": page.viewport_size["width"], "height": height})  # pyright: ignore
    two_frames = (
        "() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))"
    )
    for _ in range(2):  # painted, measured, and drawn with what was measured
        page.evaluate(two_frames)
