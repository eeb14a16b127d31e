"""Streams tiles at a steady rate, each with the moment it was flushed in its name.

``python -m benchmarks.tile_server COUNT`` prints its own port.
"""

from __future__ import annotations

import json
import random
import sys
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

RATE, TILES = 20, 20
SIZES = 5_000, 50_000
KINDS = {"kind": "TrendsQuery", "trendsFilter": {"display": "ActionsLineGraph"}}

# What a page can do at best: the same tiles by fetch, each drawn as a title.
FLOOR = """<!doctype html><body><script>
window.delays = [];
(async () => {
  const reader = (await fetch("/floor/stream_tiles/")).body.getReader();
  const decoder = new TextDecoder();
  let text = "";
  for (;;) {
    const {done, value} = await reader.read();
    if (done) break;
    text += decoder.decode(value, {stream: true});
    for (let end; (end = text.indexOf("\\n\\n")) >= 0; text = text.slice(end + 2)) {
      const event = JSON.parse(text.slice(6, end));
      if (event.type !== "tile") continue;
      const title = document.createElement("h3");
      title.textContent = event.tile.insight.name;
      document.body.replaceChildren(title);
      title.getBoundingClientRect();
      const sent = Number(event.tile.insight.name.split("@")[1]);
      window.delays.push(performance.timeOrigin + performance.now() - sent);
    }
  }
  window.isOver = true;
})();
</script>"""


def tile(key: int, size: int, name: str) -> dict[str, Any]:
    """A line chart of about this many bytes."""
    days = [f"2026-{month:02}-{day:02}" for month in range(1, 4) for day in range(1, 29)]
    line = {"label": "web", "days": days, "labels": days}
    series: list[dict[str, Any]] = []
    while not series or len(json.dumps(series)) < size - 700:
        data = [random.Random(len(series) + day).randrange(1_000) for day in range(len(days))]
        series.append(line | {"data": data, "count": sum(data)})
    insight = {"id": key, "name": name, "query": {"source": KINDS}, "result": series}
    box = {"x": 6 * (key % 2), "y": 5 * (key // 2), "w": 6, "h": 5}
    return {"id": key, "insight": insight, "layouts": {"sm": box}, "order": key - 1}


class Tiles(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        if self.path.startswith("/floor.html"):
            self._whole(FLOOR.encode(), "text/html")
        elif "stream_tiles" in self.path:
            self._stream()
        else:
            known = [tile(key, 700, f"Tile {key}") for key in range(1, TILES + 1)]
            self._whole(json.dumps({"id": 5, "name": "B", "tiles": known}).encode(), "text/json")

    def log_message(self, *_: object) -> None: ...

    def _whole(self, body: bytes, kind: str) -> None:
        self.send_response(200)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def _stream(self) -> None:
        self.send_response(200)
        self.send_header("Content-Type", "text/event-stream")
        self.send_header("Connection", "close")
        self.end_headers()
        self._say({"type": "metadata", "dashboard": {"id": 5, "name": "Board", "tiles": []}})
        chance = random.Random(7)
        ready = [
            tile(n % TILES + 1, chance.randint(*SIZES), f"Tile {n} @STAMP")
            for n in range(int(sys.argv[1]))
        ]
        packed = [json.dumps({"type": "tile", "order": one["order"], "tile": one}) for one in ready]
        began = time.monotonic() + 1
        for number, text in enumerate(packed):
            time.sleep(max(0.0, began + number / RATE - time.monotonic()))
            stamped = text.replace("@STAMP", f"@{time.time_ns() / 1e6:.3f}")
            self.wfile.write(b"data: " + stamped.encode() + b"\n\n")
        self._say({"type": "complete"})

    def _say(self, event: dict[str, Any]) -> None:
        self.wfile.write(b"data: " + json.dumps(event).encode() + b"\n\n")


if __name__ == "__main__":
    server = ThreadingHTTPServer(("127.0.0.1", 0), Tiles)
    print(server.server_port, flush=True)
    sys.exit(server.serve_forever())
