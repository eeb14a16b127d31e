"""A widget as a standalone page: its module and its state."""

from __future__ import annotations

import json
from collections.abc import Mapping
from html import escape
from pathlib import Path
from typing import Any

# A model without Python: what is set stays in the page, what is sent is heard by nobody.
_START = """
const text = (id) => document.getElementById(id).textContent;
const state = JSON.parse(text("state"));
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
const { default: widget } = await import(URL.createObjectURL(module));
const el = document.getElementById("widget");
el.replaceChildren();
await widget.render({ model, el, signal: new AbortController().signal });
"""
_STYLE = (
    ":root{color-scheme:light dark}body{margin:24px auto;padding:0 16px;max-width:1400px;"
    "font:13px/1.5 system-ui,sans-serif}"
)
# Nothing is loaded and nothing sent, whatever the texts in it say.
_POLICY = "default-src 'none'; script-src 'unsafe-inline' blob:; style-src 'unsafe-inline'"


def page(
    title: str, module: str | Path, style: str | Path, state: Mapping[str, Any], without: str
) -> str:
    """A page; ``without`` is the HTML that stands there where scripts don't run."""
    return (
        '<!doctype html><html lang="en"><head><meta charset="utf-8">'
        f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">'
        '<meta name="viewport" content="width=device-width">'
        f"<title>{escape(title)}</title><style>{_STYLE}{_text(style)}</style></head>"
        f'<body><main id="widget">{without}</main>'
        f'<script type="application/json" id="state">{_json(state)}</script>'
        f'<script type="application/json" id="module">{_json(_text(module))}</script>'
        f'<script type="module">{_START}</script></body></html>\n'
    )


def _json(value: Any) -> str:
    """JSON that can not end the script element it stands in."""
    return json.dumps(value, ensure_ascii=False, default=list).replace("<", "\\u003c")


def _text(source: str | Path) -> str:
    return source.read_text(encoding="utf-8") if isinstance(source, Path) else source
