"""The explorer going from board to board: how soon each is there, and what stays behind."""

from __future__ import annotations

import json

from playwright.sync_api import CDPSession

from tests.browser.lab import Lab

BOARDS = ["Growth overview", "Activation", "Retention", "Acquisition by channel"]
# From the click to the first tile of the board that was clicked, in the page's own time.
SWITCH = """async (name) => {
  const row = [...document.querySelectorAll(".dw-browse tbody tr[data-dw-id]")]
    .find((one) => one.querySelector(".dw-name bdi").textContent === name);
  const began = performance.now();
  row.click();
  const there = () =>
    document.querySelector(".dw-watch h2")?.textContent === name
    && document.querySelector(".dw-watch .dw-tile[data-dw-state=done]");
  while (!there()) {
    if (performance.now() - began > 30000) throw new Error(`${name} did not come`);
    await new Promise((done) => setTimeout(done, 4));
  }
  return performance.now() - began;
}"""
COUNTS = """import gc, json, threading, ipywidgets
gc.collect()
print(json.dumps({
  "widgets": len(ipywidgets.widget._instances),
  "threads": sum(one.name.startswith("dashwidgets") for one in threading.enumerate()),
  "objects": len(gc.get_objects()),
}))"""


def counted(lab: Lab, memory: CDPSession) -> dict[str, float]:
    """What is there in kernel and page, after both have collected garbage."""
    lab.page.wait_for_timeout(1_000)  # threads that end by themselves
    memory.send("HeapProfiler.collectGarbage")
    memory.send("HeapProfiler.collectGarbage")
    heap = memory.send("Runtime.getHeapUsage")["usedSize"]
    return json.loads(lab.ask(COUNTS)) | {"heap": heap}
