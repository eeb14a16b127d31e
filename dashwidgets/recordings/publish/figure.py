"""A tile as an Altair chart, for papers and slides."""

from __future__ import annotations

from collections.abc import Mapping
from importlib import import_module
from typing import TYPE_CHECKING, Any

import pandas as pd

from dashwidgets.api.errors import ConfigurationError
from dashwidgets.frames.results.kinds import kind_of
from dashwidgets.recordings.publish import drawings

if TYPE_CHECKING:
    from altair import Chart, LayerChart

NEEDED = 'Figures need the extra "figures": pip install "dashwidgets[figures]".'


def figure(insight: Mapping[str, Any], frame: pd.DataFrame) -> Chart | LayerChart:
    """The chart of a result's frame; see `Recording.figure`."""
    alt = altair()
    kind = kind_of(insight)
    reason = frame.attrs.get("reason")
    if kind is None or (frame.empty and reason):
        raise refused(reason or "its kind is not known; its frame has what the server sent")
    if frame.empty:
        raise refused("it has no data in this range")
    data = plain(frame) if kind.shape == "columns" else labelled(plain(frame))
    chart = drawings.OF_SHAPE[kind.shape](alt, data, kind.drawing)
    if isinstance(chart, str):
        raise refused(chart)
    return chart.properties(title=str(insight.get("name") or ""))


def altair() -> Any:
    """Altair, which is an extra."""
    try:
        return import_module("altair")
    except ImportError as error:
        raise ConfigurationError(NEEDED) from error


def refused(reason: str) -> ConfigurationError:
    """The error for a tile without a figure."""
    return ConfigurationError(f"This tile has no figure: {reason.rstrip('.')}.")


def plain(frame: pd.DataFrame) -> pd.DataFrame:
    """The frame in dtypes that Altair writes, with None for what is missing."""
    columns = {
        str(name): column.astype("object").where(column.notna(), None)
        if column.dtype == "str"
        else column
        for name, column in frame.items()
    }
    return pd.DataFrame(columns) if len(columns) == frame.shape[1] else frame


def labelled(data: pd.DataFrame) -> pd.DataFrame:
    """With ``label``, a name for each line, and ``beside``, one for each line of each period."""
    parts = [name for name in ("series", "breakdown", "status") if name in data]
    label = _joined(data, parts)
    # Raw breakdown values are of any kind: Altair could not write them.
    data = data.drop(columns=["breakdown_raw"], errors="ignore").assign(label=label)
    beside = ["label", *(["compared"] if "compared" in data else [])]
    return data.assign(beside=_joined(data, beside))


def _joined(data: pd.DataFrame, names: list[str]) -> pd.Series[Any]:
    """Words with a dot between; what the words before end with is not said again."""
    made = [""] * len(data)
    for name in names:
        for at, word in enumerate(data[name].tolist()):
            if word and not made[at].endswith(str(word)):
                made[at] += f" · {word}" if made[at] else str(word)
    return pd.Series(made, index=data.index, dtype="object")
