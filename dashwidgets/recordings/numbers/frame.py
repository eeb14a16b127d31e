"""Lines of numbers as one long frame."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import pandas as pd

from dashwidgets.frames.columns import Column, Table
from dashwidgets.recordings.numbers.lines import Line, insight_of, lines_of
from dashwidgets.widgets.watch.tile_log import Arrival

KEYS = (
    Column("tile", "id", "tile", "Tile id."),
    Column("name", "text", "name", "The tile's name."),
    Column("series", "text", "series", "Series, funnel step, figure or column."),
    Column("breakdown", "text", "breakdown", "Breakdown value; in a table, the row."),
    Column("compared", "text", "compared", "current or previous; missing when not compared."),
    Column("time", "time", "time", "Start of the interval; missing where there is none."),
    Column("step", "number", "step", "Funnel step, retention period or hour: a position."),
    Column("measure", "text", "measure", "value, count, conversion, median and so on."),
)
NUMBERS = Table(
    "numbers",
    (*KEYS, Column("value", "number", "value", "The number; missing when the server sent null.")),
)

Owner = tuple[int, str | None]
"""Tile id and name."""


def numbers(tiles: Sequence[Arrival], *, complete: bool) -> pd.DataFrame:
    """Every number of every tile; see `Recording.numbers`."""
    found: list[tuple[Owner, Line]] = []
    unread: dict[int, str] = {}
    for tile in tiles:
        if tile.kind != "insight" and tile.error is None:
            continue
        lines, reason = lines_of(tile.error, insight_of(tile))
        found += [((tile.id, tile.name), line) for line in lines]
        if reason:
            unread[tile.id] = reason
    frame = frame_of(found, value=[line.values for _, line in found])
    frame.attrs.update(complete=complete and not unread, unread=unread)
    return frame


def frame_of(lines: Sequence[tuple[Owner, Line]], **values: Sequence[Any]) -> pd.DataFrame:
    """The keys of numbers, a row each, and columns of values: one array per line."""
    lengths = [len(line.times) for _, line in lines]
    keys = [line.key for _, line in lines]
    times = _joined([line.times for _, line in lines], np.int64)
    texts = list(zip(*keys, strict=True)) or [()] * 6
    return pd.DataFrame(
        {
            "tile": np.repeat(np.array([owner[0] for owner, _ in lines], dtype=np.int64), lengths),
            "name": _text([owner[1] for owner, _ in lines], lengths),
            "series": _text(texts[0], lengths),
            "breakdown": _text(texts[1], lengths),
            "compared": _text(texts[2], lengths),
            "time": pd.DatetimeIndex(times.view("datetime64[us]")).tz_localize("UTC"),
            "step": np.repeat(np.array(texts[3], dtype=np.float64), lengths),
            "measure": _text(texts[4], lengths),
            **{name: _joined(arrays, np.float64) for name, arrays in values.items()},
        },
        copy=False,
    )


def _joined(arrays: Sequence[Any], dtype: Any) -> Any:
    return np.concatenate(arrays) if arrays else np.array([], dtype=dtype)


def _text(words: Sequence[str | None], lengths: Sequence[int]) -> Any:
    """Each word as often as its line is long; made once, then only pointed at."""
    places: dict[str | None, int] = {}
    codes = [places.setdefault(word, len(places)) for word in words]
    found = pd.array(list(places), dtype="str")
    return found.take(np.repeat(np.array(codes, dtype=np.int64), lengths))
