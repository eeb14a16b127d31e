"""A widget as a standalone page: its module and its state."""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Mapping
from html import escape
from pathlib import Path
from typing import Any, Literal

# A model without Python: what is set stays in the page, what is sent is heard by nobody.
_START = """
const text = (id) => document.getElementById(id).textContent;
const bytes = (packed) => Uint8Array.from(atob(packed), (char) => char.charCodeAt(0));
const revive = (_, value) =>
  value?.$base64 === undefined ? value : new DataView(bytes(value.$base64).buffer);
const state = JSON.parse(text("state"), revive);
const heard = new EventTarget();
const model = {
  get: (name) => state[name],
  set: (name, value) => {
    state[name] = value;
    heard.dispatchEvent(new Event(`change:${name}`));
  },
  on: (name, call) => heard.addEventListener(name, call),
  off: (name, call) => heard.removeEventListener(name, call),
  save_changes: () => {},
  send: () => {},
};
const module = new Blob([JSON.parse(text("module"))], { type: "text/javascript" });
const { default: found } = await import(URL.createObjectURL(module));
const widget = typeof found === "function" ? found() : found;
const el = document.getElementById("widget");
el.replaceChildren();
const { signal } = new AbortController();
await widget.initialize?.({ model, signal });
await widget.render({ model, el, signal });
// Paper is light.
const themed = () => document.querySelectorAll("[data-dw-theme]");
const was = new Map();
addEventListener("beforeprint", () => {
  for (const one of themed()) {
    was.set(one, one.dataset.dwTheme);
    one.dataset.dwTheme = "light";
  }
});
addEventListener("afterprint", () => was.forEach((theme, one) => (one.dataset.dwTheme = theme)));
// In a frame, whose owner may not look inside. Both: sizes are not observed while out of sight.
const whole = document.documentElement;
const tell = () => parent.postMessage({ height: whole.offsetHeight }, "*");
if (parent !== window) {
  new ResizeObserver(tell).observe(whole);
  new MutationObserver(tell).observe(whole, { childList: true, subtree: true });
  tell();
}
"""
_STYLE = (
    ":root{color-scheme:light dark}body{margin:24px auto;padding:0 16px;max-width:1400px;"
    "font:13px/1.5 system-ui,sans-serif}"
)
# Hash instead of 'unsafe-inline': a name that got past the escaping still could not run.
_HASH = base64.b64encode(hashlib.sha256(_START.encode()).digest()).decode()
# Nothing is loaded and nothing sent, whatever the texts in it say; no other script runs.
_POLICY = (
    f"default-src 'none'; script-src 'sha256-{_HASH}' blob:; style-src 'unsafe-inline'; "
    "img-src data: blob:; base-uri 'none'; form-action 'none'"
)


def page(
    title: str,
    module: str | Path,
    style: str | Path,
    state: Mapping[str, Any],
    without: str,
    *,
    head: str = "",
    more_style: str = "",
    theme: Literal["light", "dark"] | None = None,
    saved: bool = False,
) -> str:
    """A page.

    ``without`` is the HTML that stands in the widget's place where scripts don't run, ``head``
    what stands above it. Without a ``theme`` it is the reader's own. ``saved`` says that there was
    more to it than a page can do.
    """
    # As Jupyter marks them, which is what a view looks for.
    themed = f' data-jp-theme-light="{json.dumps(theme == "light")}"' if theme else ""
    marked = ' class="jupyter-widgets-disconnected"' if saved else ""
    scheme = f":root{{color-scheme:{theme}}}" if theme else ""
    return (
        '<!doctype html><html lang="en"><head><meta charset="utf-8">'
        f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">'
        '<meta name="viewport" content="width=device-width">'
        f"<title>{escape(title)}</title><style>{_STYLE}{scheme}{_text(style)}{more_style}</style>"
        f'</head><body{themed}>{head}<main id="widget"{marked}>{without}</main>'
        f'<script type="application/json" id="state">{_json(state)}</script>'
        f'<script type="application/json" id="module">{_json(_text(module))}</script>'
        f'<script type="module">{_START}</script></body></html>\n'
    )


def _json(value: Any) -> str:
    """JSON that can not end the script element it stands in."""
    return json.dumps(value, ensure_ascii=False, default=_plain).replace("<", "\\u003c")


def _plain(value: Any) -> Any:
    if isinstance(value, bytes):
        return {"$base64": base64.b64encode(value).decode()}
    return list(value)


def _text(source: str | Path) -> str:
    return source.read_text(encoding="utf-8") if isinstance(source, Path) else source
