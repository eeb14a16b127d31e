"""Widgets that share their JavaScript: it is sent once and loaded once, however many there are.

anywidget sends and loads a module with every widget: 200 boards opened one after the other would
send 40 MB, and the page never frees a module. Inside `sharing`, a widget has a few lines instead,
which fetch its module, gzipped, from one model that holds it.
"""

# pyright: basic
# ipywidgets has no types.
from __future__ import annotations

import gzip
import hashlib
import json
from collections.abc import Generator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import lru_cache
from string import Template
from typing import Any, cast

import traitlets

from dashwidgets.widgets.shared.ipywidgets import Widget

# Called once a model, as anywidget calls it; a module may be a function of its own.
_STUB = Template(
    """
async function load(manager) {
  const holder = await manager.get_model($holder);
  if (!holder.get($name).byteLength)
    await new Promise((done, fail) => {
      holder.once($changes, done);
      holder.once("destroy", () => fail(new Error("closed before its code came")));
    });
  const packed = new Blob([holder.get($name)]).stream();
  const unpacked = packed.pipeThrough(new DecompressionStream("gzip"));
  const [module, style] = await new Response(unpacked).json();
  const element = document.createElement("style");
  element.textContent = style;
  document.head.append(element);
  const url = URL.createObjectURL(new Blob([module], { type: "text/javascript" }));
  try { return (await import(url)).default; } finally { URL.revokeObjectURL(url); }
}
export default () => {
  const loaded = (globalThis.dashwidgetsModules ??= new Map());
  let made;
  return {
    async initialize(context) {
      // From one's own holder also when another's was closed before its code came.
      const found = await (loaded.get($digest) ?? Promise.reject()).catch(() => {
        const own = load(context.model.widget_manager);
        loaded.set($digest, own);
        return own;
      });
      made = typeof found === "function" ? await found() : found;
      return made.initialize?.(context);
    },
    render: (context) => made.render(context),
  };
};
"""
)


@lru_cache(maxsize=8)
def _packed(module: str, style: str) -> bytes:
    """Both, gzipped: 10 ms of work for each explorer, of which a kernel may make many."""
    return gzip.compress(json.dumps([module, style]).encode(), mtime=0)


class Modules(Widget):
    """The model that holds modules and style sheets, a trait a widget; it has no view."""

    _model_name: Any = traitlets.Unicode("WidgetModel").tag(sync=True)
    arrange: Any = traitlets.Bytes().tag(sync=True)
    browse: Any = traitlets.Bytes().tag(sync=True)
    edit: Any = traitlets.Bytes().tag(sync=True)
    watch: Any = traitlets.Bytes().tag(sync=True)

    def stub(self, model_id: str, name: str, module: str, style: str) -> str:
        """A module that fetches another from here; the first call sends that one."""
        if not getattr(self, name):
            setattr(self, name, _packed(module, style))
        # By content, so that a page which holds an older version loads the new one beside it.
        digest = hashlib.sha256((module + style).encode()).hexdigest()[:16]
        values = {"holder": model_id, "name": name, "digest": digest}
        values["changes"] = f"change:{name}"
        return _STUB.substitute({key: json.dumps(value) for key, value in values.items()})


# A context variable: panes are made in threads, and each must see only its own explorer's.
_held: ContextVar[Modules | None] = ContextVar("dashwidgets_modules", default=None)


@contextmanager
def sharing(modules: Modules) -> Generator[None]:
    """Widgets made inside take their JavaScript from here, and belong to who made them."""
    before = _held.set(modules)
    try:
        yield
    finally:
        _held.reset(before)


def is_owned() -> bool:
    """Whether what is made now is part of a larger widget, which closes it."""
    return _held.get() is not None


def shared(name: str, module: object, style: object) -> tuple[Any, Any]:
    """The module and style that a widget is to have itself."""
    holder = _held.get()
    # Closed meanwhile by another thread: the widget is made whole, and nobody will show it.
    comm = None if holder is None else holder.comm
    if holder is None or comm is None or not (isinstance(module, str) and isinstance(style, str)):
        return cast("Any", module), cast("Any", style)
    return holder.stub(comm.comm_id, name, module, style), ""
