"""``jupyter nbconvert --to dashwidgets``: an executed notebook as a page that needs no network.

nbconvert's own page loads what draws its widgets from a network. Here each of ours is in the page
whole, in a frame that loads nothing; everything else is as nbconvert makes it.
"""

# pyright: basic
# nbconvert has no types. It is no dependency either: only nbconvert itself imports this module.
from __future__ import annotations

from collections.abc import Iterator, Mapping
from html import escape
from typing import Any, get_type_hints

from nbconvert.exporters import HTMLExporter
from nbconvert.preprocessors import Preprocessor

from dashwidgets.widgets.shared.bundle import bundle
from dashwidgets.widgets.shared.page import page
from dashwidgets.widgets.shared.state import STATES

VIEW = "application/vnd.jupyter.widget-view+json"
STATE = "application/vnd.jupyter.widget-state+json"
REFERENCE = "IPY_MODEL_"
"""How the state of one widget names another."""
EXPLORER = "dw-explore"

Models = Mapping[str, Mapping[str, Any]]
"""The saved widgets of a notebook, by model id."""

_STYLE = "body{margin:0;padding:0;max-width:none}"
# A page can't look into a frame of another origin: each tells how high it is.
_FIT = """<script>
addEventListener("message", ({ source, data }) => {
  for (const frame of document.querySelectorAll("iframe.dashwidgets"))
    if (frame.contentWindow === source) frame.style.height = `${Number(data?.height)}px`;
});
</script>"""


class StaticWidgets(Preprocessor):
    """Puts each of our widgets into the notebook as HTML that needs neither kernel nor network.

    For other exporters, such as slides: ``--SlidesExporter.preprocessors=`` and its full name.
    """

    enabled = True

    def preprocess(self, nb: Any, resources: Any) -> tuple[Any, Any]:
        """Replace what can be drawn; of the saved state, keep what other widgets need."""
        saved = nb.metadata.get("widgets", {}).get(STATE, {})
        models: Models = saved.get("state", {})
        dark = resources.get("theme") == "dark"
        outputs = [
            output.data
            for cell in nb.cells
            for output in cell.get("outputs", ())
            if VIEW in output.get("data", {})
        ]
        left: list[str] = []
        script, unsaved = _FIT, 0
        for data in outputs:
            key = data[VIEW]["model_id"]
            unsaved += key not in models
            frames = [
                _frame(name, models[one], data, dark=dark)
                for one, name in _ours(key, models).items()
            ]
            if not frames:
                left.append(key)
                continue
            del data[VIEW]
            data["text/html"] = script + "\n".join(frames)
            script = ""
        if models:
            needed = {one for key in left for one in _reached(key, models)}
            saved["state"] = {key: models[key] for key in models if key in needed}
            if not needed:
                del nb.metadata["widgets"]
        if unsaved:
            self.log.warning(
                "The notebook holds no state of %s: a plain table or text stands there. Run it "
                "with --execute, or save it with its widget state.",
                "1 widget" if unsaved == 1 else f"{unsaved} widgets",
            )
        return nb, resources


class StaticExporter(HTMLExporter):
    """nbconvert's HTML, with our widgets in it."""

    export_from_notebook = "HTML with dashwidgets"

    def __init__(self, *arguments: Any, **settings: Any) -> None:
        super().__init__(*arguments, **settings)
        # Last, as `--execute` is a preprocessor too.
        self.register_preprocessor(StaticWidgets(parent=self), enabled=True)


def _ours(key: str, models: Models) -> dict[str, str]:
    """Our widgets that an output shows, with the names of their bundles."""
    root = models.get(key, {}).get("state", {})
    # Boxes of a user's hold widgets of others, which a page of ours would lose.
    reached = _reached(key, models) if EXPLORER in root.get("_dom_classes", ()) else [key]
    named = {one: _name(models[one]) for one in reached if one in models}
    return {one: name for one, name in named.items() if name}


def _name(model: Mapping[str, Any]) -> str | None:
    """The bundle that draws a model: the one whose state it has."""
    held = model["state"].keys() | {buffer["path"][0] for buffer in model.get("buffers", ())}
    return next((name for name, of in STATES.items() if get_type_hints(of).keys() <= held), None)


def _reached(key: str, models: Models) -> Iterator[str]:
    """A model and all that it holds, each once, in order."""
    seen: dict[str, None] = {}
    waiting: list[Any] = [REFERENCE + key]
    while waiting:
        match waiting.pop():
            case str(word) if word.startswith(REFERENCE):
                one = word.removeprefix(REFERENCE)
                if one in models and one not in seen:
                    seen[one] = None
                    waiting.append(models[one]["state"])
            case Mapping() as values:
                waiting.extend(reversed(list(values.values())))
            case list(values):
                waiting.extend(reversed(values))
            case _:
                pass
    yield from seen


def _frame(name: str, model: Mapping[str, Any], data: Mapping[str, Any], *, dark: bool) -> str:
    """A widget in a frame: its page, which may run its own script and load nothing."""
    module, style = bundle(name)
    state = {key: model["state"].get(key) for key in get_type_hints(STATES[name])}
    for buffer in model.get("buffers", ()):
        [trait] = buffer["path"]
        state[trait] = {"$base64": buffer["data"]}
    title = data.get("text/plain", "dashwidgets")
    theme = "dark" if dark else "light"
    html = page(
        title, module, style, state, data.get("text/html", ""),
        more_style=_STYLE, theme=theme, saved=True,
    )  # fmt: skip
    return (
        f'<iframe class="dashwidgets" title="{escape(title)}" srcdoc="{escape(html)}" '
        'sandbox="allow-scripts allow-popups allow-popups-to-escape-sandbox" '
        'allow="clipboard-write" '
        'style="display:block;width:100%;height:600px;margin:0 0 8px;border:0;'
        f'color-scheme:{theme}"></iframe>'
    )
