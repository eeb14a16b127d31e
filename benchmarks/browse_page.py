"""A bundle in headless Chromium with a model that has no Python behind it."""

from __future__ import annotations

import json
from base64 import b64encode
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from playwright.sync_api import Page, sync_playwright

from dashwidgets.api.paging import Listing
from dashwidgets.widgets.browse.widget import Browser
from tests.chromium import find_chromium

FLAGS = ["--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking"]
PEOPLE = [("Mara", "Oduya"), ("Ines", "Falk"), ("Tom", "Kern"), ("Priya", "Nair")]
SUBJECTS = ["Growth", "Checkout funnel", "Retention", "Launch week", "Émile's board", "Web vitals"]
DAY = 86_400

# What a kernel's message does: text is parsed, the model is filled, the view is drawn.
PREPARE = """async ([module, style]) => {
  document.body.innerHTML = '<div id="here"></div>';
  document.head.append(Object.assign(document.createElement("style"), {textContent: style}));
  const url = URL.createObjectURL(new Blob([module], {type: "text/javascript"}));
  window.widget = (await import(url)).default;
  window.painted = () => new Promise((done) =>
    requestAnimationFrame(() => {
      const channel = new MessageChannel();
      channel.port1.onmessage = () => done(performance.now());
      channel.port2.postMessage(0);
    }));
}"""
# A binary part of a message arrives as bytes: they are made before the clock runs.
SHOW = """async ([message, buffers, row]) => {
  const views = Object.entries(buffers).map(([name, text]) =>
    [name, new DataView(Uint8Array.from(atob(text), (one) => one.charCodeAt(0)).buffer)]);
  const began = performance.now();
  const state = {...JSON.parse(message), ...Object.fromEntries(views)};
  const heard = new EventTarget();
  const model = {
    get: (name) => state[name],
    set: (name, value) => {
      state[name] = value;
      heard.dispatchEvent(new Event(`change:${name}`));
    },
    on: (name, call) => heard.addEventListener(name, call),
    off: (name, call) => heard.removeEventListener(name, call),
    save_changes: () => {}, send: () => {},
  };
  window.closing?.abort();
  window.closing = new AbortController();
  const el = document.getElementById("here");
  el.replaceChildren();
  await window.widget.render({model, el, signal: window.closing.signal});
  while (!document.querySelector(row)) await new Promise(requestAnimationFrame);
  return await window.painted() - began;
}"""
ROW = "tbody tr[data-dw-id]"


def boards(number: int) -> Listing:
    """A list like a large company's."""
    now = datetime.now(UTC).timestamp()
    rows: list[dict[str, Any]] = []
    for n in range(number):
        first, last = PEOPLE[n % len(PEOPLE)]
        opened = datetime.fromtimestamp(now - (n * 7919 % 900) * DAY, UTC).isoformat()
        rows.append(
            {
                "id": n + 1,
                "name": f"{SUBJECTS[n % 6]} {n * 2_654_435_761 % 100_000}",
                "description": f"What team {n % 40} looks at on Mondays, number {n}",
                "created_by": {
                    "id": n % 4,
                    "first_name": first,
                    "last_name": last,
                    "email": f"{first.lower()}@example.com",
                },
                "tags": [f"team-{n % 40}", "weekly"][: n % 3],
                "pinned": n % 50 == 0,
                "is_shared": n % 30 == 0,
                "creation_mode": "default",
                "created_at": "2025-03-01T09:00:00Z",
                "last_accessed_at": None if n % 11 == 0 else opened,
                "restriction_level": 21,
                "effective_restriction_level": 21,
                "effective_privilege_level": 37,
                "user_access_level": "editor",
                "access_control_version": "v2",
            }
        )
    return Listing(number, True, 0, 1, datetime.now(UTC), 0.3, rows)


@dataclass(frozen=True)
class Message:
    """The state of a widget as Jupyter sends it: JSON, and bytes beside it."""

    text: str
    buffers: dict[str, str]
    """Base64, which is how they get into a page here."""

    @property
    def size(self) -> int:
        """Bytes over the websocket."""
        return len(self.text) + sum(len(text) * 3 // 4 for text in self.buffers.values())


def message(number: int) -> Message:
    """The state of a table of so many dashboards."""
    browser = Browser(boards(number), host="https://us.posthog.com", project_id=1)
    state = {name: value for name, value in browser.get_state().items() if name[0] != "_"}
    buffers = {name: value for name, value in state.items() if isinstance(value, bytes)}
    plain = {name: value for name, value in state.items() if name not in buffers}
    encoded = {name: b64encode(value).decode() for name, value in buffers.items()}
    return Message(json.dumps(plain), encoded)


@contextmanager
def chromium() -> Iterator[Page]:
    """A page as wide as a notebook."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=find_chromium(), args=FLAGS)
        page = browser.new_page(viewport={"width": 1200, "height": 900})
        page.set_default_timeout(120_000)
        yield page
        browser.close()
