"""The JavaScript and CSS that were built for a widget."""

from __future__ import annotations

import os
from pathlib import Path

from dashwidgets.api.errors import DashwidgetsError
from dashwidgets.widgets.shared.modules import shared

STATIC = Path(__file__).parents[2] / "static"


def bundle(name: str) -> tuple[str | Path, str | Path]:
    """Module and style sheet of a widget, as anywidget wants them.

    Text, not paths: anywidget 0.11 never frees a widget whose module is a path. With
    ``ANYWIDGET_HMR=1`` paths are given anyway, and a rebuilt bundle reloads in the page.
    """
    paths = STATIC / f"{name}.js", STATIC / f"{name}.css"
    if not all(path.is_file() for path in paths):
        raise DashwidgetsError(
            f"The {name} widget was not built: install the package again, "
            "or run `python hatch_build.py` in a checkout."
        )
    if os.environ.get("ANYWIDGET_HMR") == "1":
        return paths
    texts = (path.read_text(encoding="utf-8") for path in paths)
    return shared(name, *texts)
