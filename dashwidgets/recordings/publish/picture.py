"""A figure as a file: SVG or PNG, made without a browser and without a network."""

from __future__ import annotations

import io
from importlib.util import find_spec
from pathlib import Path
from typing import Any, Literal

from dashwidgets.api.errors import ConfigurationError
from dashwidgets.recordings.publish.figure import NEEDED, altair
from dashwidgets.recordings.write import write


def save(chart: Any, path: str | Path, form: Literal["svg", "png"], scale: float = 1.0) -> Path:
    """Write a chart, a whole file or none."""
    alt = altair()
    if find_spec("vl_convert") is None:
        raise ConfigurationError(NEEDED)
    # A figure that is drawn once may have more rows than one that a notebook keeps.
    with alt.data_transformers.enable("default", max_rows=None):
        if form == "svg":
            drawn = io.StringIO()
            chart.save(drawn, format="svg", engine="vl-convert")
            data = drawn.getvalue().encode()
        else:
            image = io.BytesIO()
            chart.save(image, format="png", engine="vl-convert", scale_factor=scale)
            data = image.getvalue()
    path = Path(path).expanduser()
    write(path, data)
    return path
