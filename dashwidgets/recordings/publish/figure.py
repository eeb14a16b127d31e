"""A tile as an Altair chart, for papers and slides."""

from __future__ import annotations

from collections.abc import Mapping
from importlib import import_module
from typing import TYPE_CHECKING, Any

import pandas as pd

from dashwidgets.api.errors import ConfigurationError
from dashwidgets.frames.results.kinds import Shape, kind_of

if TYPE_CHECKING:
    from altair import Chart

# Which column is drawn along, which up, and whether as a line.
_AXES: Mapping[Shape, tuple[str, str, bool]] = {
    "series": ("day", "value", True),
    "lifecycle": ("day", "value", False),
    "boxes": ("day", "median", True),
    "totals": ("label", "value", False),
    "steps": ("name", "count", False),
    "times": ("seconds", "count", False),
    "stickiness": ("intervals", "value", False),
    "retention": ("period", "share", True),
    "overview": ("figure", "value", False),
}


def figure(insight: Mapping[str, Any], frame: pd.DataFrame) -> Chart:
    """The chart of a result's frame; see `Recording.figure`."""
    try:
        alt: Any = import_module("altair")
    except ImportError as error:
        raise ConfigurationError(
            'Figures need Altair: pip install "dashwidgets[figures]".'
        ) from error
    kind = kind_of(insight)
    if kind is None or kind.shape not in _AXES or frame.empty:
        reason = frame.attrs.get("reason") or "use its frame, live.results[…], to draw one"
        raise ConfigurationError(f"This tile has no figure: {reason}.")
    x, y, is_line = _AXES[kind.shape]
    data = _labelled(frame)
    x = x if x in data else "label"
    scale = "T" if data[x].dtype.kind == "M" else "Q" if data[x].dtype.kind in "if" else "N"
    chart = alt.Chart(data, title=str(insight.get("name") or ""))
    chart = chart.mark_line() if is_line else chart.mark_bar()
    encoding: dict[str, Any] = {
        "x": alt.X(f"{x}:{scale}", title=None, sort=None if scale == "N" else alt.Undefined),
        "y": alt.Y(f"{y}:Q", title=y),
        "tooltip": [f"{x}:{scale}", f"{y}:Q", "label:N"],
    }
    if data["label"].nunique() > 1 and x != "label":
        encoding["color"] = alt.Color("label:N", title=None)
    if "compared" in data and data["compared"].nunique() > 1:
        encoding["strokeDash" if is_line else "opacity"] = "compared:N"
    return chart.encode(**encoding)


def _labelled(frame: pd.DataFrame) -> pd.DataFrame:
    """A name for each line: series, breakdown, status or cohort, whatever there is."""
    data = frame.drop(columns=["breakdown_raw"], errors="ignore").copy()
    parts = [name for name in ("series", "breakdown", "status") if name in data]
    if "cohort" in data:
        label = data["cohort"].dt.strftime("%Y-%m-%d")
    elif parts:
        columns = [data[name].astype("object").where(data[name].notna(), None) for name in parts]
        words = [
            " · ".join(str(word) for word in row if word) for row in zip(*columns, strict=True)
        ]
        label = pd.Series(words, index=data.index)
    else:
        label = pd.Series("", index=data.index)
    data["label"] = label.astype("object")
    for name in data.columns:
        if data[name].dtype == "str":
            # Altair knows neither pandas' string dtype nor NaN in a column of text.
            data[name] = data[name].astype("object").where(data[name].notna(), None)
    return data
