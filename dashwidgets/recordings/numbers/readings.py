"""Which columns of a result's frame are numbers, and what says which numbers they are."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import pandas as pd

from dashwidgets.frames.results import result_frame
from dashwidgets.frames.results.kinds import Shape, kind_of


@dataclass(frozen=True)
class Reading:
    """Which columns of a result's frame are which of `NUMBERS`.

    ``headline`` is the measure that represents the tile, and ``how`` it becomes one number.
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
"""How the frame of each shape becomes numbers."""
TABLE = Reading()
"""Rows with columns of their own, which are read by their dtypes."""


def long_frame(insight: Mapping[str, Any], error: str | None) -> tuple[pd.DataFrame, str]:
    """A result's numbers as a long frame, and why they are not all there; empty when they are."""
    frame = result_frame(insight, error=error)
    reason = "" if frame.attrs.get("complete") else str(frame.attrs["reason"])
    if frame.empty:
        return pd.DataFrame(), reason
    reading = reading_of(insight)
    return (_rows(frame) if reading is TABLE else _long(frame, reading)), reason


def reading_of(insight: Mapping[str, Any]) -> Reading:
    """How an insight's result becomes numbers."""
    kind = kind_of(insight)
    if kind is None or isinstance(insight.get("columns"), list):
        return TABLE
    return READINGS.get(kind.shape, TABLE)


def _long(frame: pd.DataFrame, reading: Reading) -> pd.DataFrame:
    if reading.step == "place":
        # One number for both: 314 is Wednesday at 14:00.
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
    return pd.concat(parts, ignore_index=True) if parts else pd.DataFrame()


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
