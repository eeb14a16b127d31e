"""Every number of a recording in one long frame, whatever kind of result it is from."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pandas as pd

from dashwidgets.frames.columns import Column, Table
from dashwidgets.frames.results import result_frame
from dashwidgets.frames.results.kinds import Shape, kind_of

if TYPE_CHECKING:
    from dashwidgets.widgets.watch.tile_log import Arrival

NUMBERS = Table(
    "numbers",
    (
        Column("tile", "id", "tile", "Tile id."),
        Column("name", "text", "name", "The tile's name."),
        Column("series", "text", "series", "Series, funnel step, figure or column."),
        Column("breakdown", "text", "breakdown", "Breakdown value; of a table, its row."),
        Column("compared", "text", "compared", "current or previous; missing alone."),
        Column("time", "time", "time", "Start of the interval; missing where there is none."),
        Column("step", "number", "step", "Funnel step, retention period, hour: a place, not time."),
        Column("measure", "text", "measure", "value, count, conversion, median and so on."),
        Column("value", "number", "value", "The number; missing when the server sent null."),
    ),
)
CUT = "the server sent the first rows only"
COLUMNS = [column.name for column in NUMBERS.columns]


@dataclass(frozen=True)
class Reading:
    """Which columns of a result's frame are which of `NUMBERS`.

    ``headline`` is the measure that stands for the tile, and ``how`` it becomes one number.
    """

    measures: tuple[str, ...] = ("value",)
    series: str | None = "series"
    breakdown: str | None = "breakdown"
    time: str | None = None
    step: str | None = None
    headline: str = "value"
    how: str = "total"


READINGS: Mapping[Shape, Reading] = {
    "series": Reading(time="day", how="mean per interval"),
    "totals": Reading(),
    "boxes": Reading(
        ("min", "p25", "median", "p75", "max", "mean"),
        breakdown=None,
        time="day",
        headline="median",
        how="mean per interval",
    ),
    "calendar": Reading(breakdown=None, step="place"),
    "hours": Reading(breakdown=None, step="place"),
    "steps": Reading(
        ("count", "conversion", "average_time", "median_time"),
        series="name",
        step="step",
        headline="conversion",
        how="last step",
    ),
    "times": Reading(("count",), series=None, breakdown=None, step="seconds", headline="count"),
    "retention": Reading(
        ("count", "value"), series=None, time="cohort", step="period", headline="count"
    ),
    "paths": Reading(("value", "average_time"), series="source", breakdown="target", step="step"),
    "stickiness": Reading(breakdown=None, step="intervals"),
    "lifecycle": Reading(breakdown="status", time="day", how="mean per interval"),
    "overview": Reading(series="figure", breakdown=None, how="first"),
}
"""How the frame of each shape becomes numbers; tables of rows are read by their dtypes."""


def numbers(tiles: Sequence[Arrival], *, complete: bool) -> pd.DataFrame:
    """Every number of every tile; see `Recording.numbers`."""
    parts: list[pd.DataFrame] = []
    unread: dict[int, str] = {}
    for tile in tiles:
        insight = (tile.tile() or {}).get("insight")
        if tile.kind != "insight" and tile.error is None:
            continue
        part, reason = tile_numbers(tile, insight or {})
        if reason:
            unread[tile.id] = reason
        if len(part):
            parts.append(part)
    frame = pd.concat(parts, ignore_index=True) if parts else NUMBERS.empty()
    frame.attrs.clear()
    frame.attrs.update(complete=complete and not unread, unread=unread)
    return frame


def tile_numbers(tile: Arrival, insight: Mapping[str, Any]) -> tuple[pd.DataFrame, str]:
    """The numbers of one tile, and why they are not all there; empty when they are."""
    frame = result_frame(insight, error=tile.error)
    reason = "" if frame.attrs.get("complete") else str(frame.attrs.get("reason") or CUT)
    kind = kind_of(insight)
    reading = READINGS.get(kind.shape) if kind else None
    has_columns = isinstance(insight.get("columns"), list)
    if frame.empty:
        return NUMBERS.empty(), reason
    long = _rows(frame) if reading is None or has_columns else _long(frame, reading)
    long["tile"] = tile.id
    long["name"] = pd.Series(tile.name, index=long.index, dtype="str")
    return long[COLUMNS], reason


def _long(frame: pd.DataFrame, reading: Reading) -> pd.DataFrame:
    if reading.step == "place":
        frame = frame.assign(place=frame["weekday"].astype("float64") * 100 + frame["hour"])
    parts = [_part(frame, reading, measure) for measure in reading.measures]
    return parts[0] if len(parts) == 1 else pd.concat(parts, ignore_index=True)


def _part(frame: pd.DataFrame, reading: Reading, measure: str) -> pd.DataFrame:
    values = frame[measure].astype("float64")
    # Most funnels send no times, most cohorts no sums: a column of nothing is no measure.
    kept = frame if measure == reading.headline else frame.loc[values.notna()]
    return pd.DataFrame(
        {
            "series": _text(kept, reading.series),
            "breakdown": _text(kept, reading.breakdown),
            "compared": _text(kept, "compared" if "compared" in kept else None),
            "time": _time(kept, reading.time),
            "step": _number(kept, reading.step),
            "measure": pd.Series(measure, index=kept.index, dtype="str"),
            "value": values.loc[kept.index],
        }
    ).reset_index(drop=True)


def _rows(frame: pd.DataFrame) -> pd.DataFrame:
    """Rows of a table: each column of numbers is a series, what is not a number names the row."""
    frame = frame.copy(deep=False)
    names = [str(name) for name in frame.columns]
    frame.columns = pd.Index([f"{at}" for at in range(len(names))])
    is_number = [
        pd.api.types.is_numeric_dtype(dtype) and not pd.api.types.is_bool_dtype(dtype)
        for dtype in frame.dtypes
    ]
    times = [at for at, dtype in enumerate(frame.dtypes) if isinstance(dtype, pd.DatetimeTZDtype)]
    time = times[0] if times else None
    keys = [at for at, yes in enumerate(is_number) if not yes and at != time]
    key = pd.Series(None, index=frame.index, dtype="str")
    if keys:
        key = frame.iloc[:, keys].astype("str").fillna("").agg(", ".join, axis=1).astype("str")
    parts = [
        pd.DataFrame(
            {
                "series": pd.Series(names[at], index=frame.index, dtype="str"),
                "breakdown": key,
                "compared": _text(frame, None),
                "time": _time(frame, None if time is None else str(time)),
                "step": _number(frame, None),
                "measure": pd.Series("value", index=frame.index, dtype="str"),
                "value": frame.iloc[:, at].astype("float64"),
            }
        )
        for at, yes in enumerate(is_number)
        if yes
    ]
    return pd.concat(parts, ignore_index=True) if parts else NUMBERS.empty()


def _text(frame: pd.DataFrame, name: str | None) -> pd.Series[Any]:
    if name is not None:
        return frame[name].astype("str")
    return pd.Series(None, index=frame.index, dtype="str")


def _time(frame: pd.DataFrame, name: str | None) -> pd.Series[Any]:
    if name is not None:
        return frame[name].astype("datetime64[us, UTC]")
    return pd.Series(pd.NaT, index=frame.index, dtype="datetime64[us, UTC]")


def _number(frame: pd.DataFrame, name: str | None) -> pd.Series[Any]:
    if name is not None:
        return frame[name].astype("float64")
    return pd.Series(float("nan"), index=frame.index, dtype="float64")
