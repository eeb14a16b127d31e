"""Numbers as lines: a name for each, and arrays of times and values."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, cast

import numpy as np
import numpy.typing as npt
import pandas as pd

from dashwidgets.frames.columns import inner
from dashwidgets.frames.results.kinds import kind_of
from dashwidgets.frames.results.read import CUT
from dashwidgets.frames.results.reading import known
from dashwidgets.recordings.numbers.readings import long_frame
from dashwidgets.widgets.watch.tile_log import Arrival

NO_TIME = np.iinfo(np.int64).min
"""What pandas and numpy keep for a missing time."""
_EXACT = 2**53

Key = tuple[str | None, str | None, str | None, float | None, str, int]


@dataclass(frozen=True, eq=False)
class Line:
    """Numbers that differ only in their time.

    Attributes
    ----------
    key : tuple
        Series, breakdown, compared, step, measure, and a count that tells twins apart.
    times : array of int64
        Microseconds since 1970, `NO_TIME` where there is none; none occurs twice.
    values : array of float64
        NaN where the server sent null.
    """

    key: Key
    times: npt.NDArray[np.int64]
    values: npt.NDArray[np.float64]


def lines_of(error: str | None, insight: Mapping[str, Any]) -> tuple[list[Line], str]:
    """The numbers of a tile, and why they are not all there; empty when they are."""
    if error is None and (quick := _of_series(insight)) is not None:
        return quick, CUT if insight.get("hasMore") else ""
    frame, reason = long_frame(insight, error)
    return list(_of_frame(frame)), reason


def _of_series(insight: Mapping[str, Any]) -> list[Line] | None:
    """Lines and columns, of which boards have most, without a row each.

    None for whatever is not plain, which is then read with all the checks of a result's frame.
    """
    kind, sent = kind_of(insight), insight.get("result")
    if kind is None or kind.shape != "series" or not isinstance(sent, list):
        return None
    if isinstance(insight.get("columns"), list):
        return None
    result = cast("list[Any]", sent)
    lines: list[Line] = []
    twins: dict[Any, int] = {}
    read: dict[tuple[str, ...], npt.NDArray[np.int64] | None] = {}
    for series in result:
        if not isinstance(series, dict):
            return None
        fields = cast("dict[str, Any]", series)
        days: Any = fields.get("days")
        data: Any = fields.get("data")
        if not _is_plain(days, data) or (not data and fields.get("aggregated_value") is not None):
            return None
        marks: tuple[str, ...] = tuple(days)
        if marks not in read:
            read[marks] = _times(marks)
        if (times := read[marks]) is None:
            return None
        names = known(fields)
        name = tuple(names[which] for which in ("series", "breakdown", "compared"))
        if any(not isinstance(part, str | None) for part in name):
            return None
        twins[name] = twins.get(name, -1) + 1
        values = np.array(data, dtype=np.float64)
        if len(values):
            # Two series may have the same name and breakdown; the count keeps them two.
            lines.append(Line((*name, None, "value", twins[name]), times, values))
    return lines


def _is_plain(days: Any, data: Any) -> bool:
    """A number or null for each day."""
    if not isinstance(days, list) or not isinstance(data, list):
        return False
    marks, values = cast("list[Any]", days), cast("list[Any]", data)
    kinds = set(map(type, values))
    if not kinds <= {int, float, type(None)} or set(map(type, marks)) - {str}:
        return False
    # More values than days, or fewer: the slower way reports that.
    if len(marks) != len(values):
        return False
    return int not in kinds or all(abs(value) <= _EXACT for value in values if value is not None)


def _times(days: Sequence[str]) -> npt.NDArray[np.int64] | None:
    """Dates as the server sends them; None when one of them is no plain date, or is there twice."""
    if any(len(day) not in (10, 19) for day in days):  # 2026-11-29, 2026-11-29T10:00:00
        return None
    try:
        found = np.array(days, dtype="datetime64[us]").astype(np.int64)
    except ValueError:
        return None
    return found if len(np.unique(found)) == len(found) else None


def _of_frame(frame: pd.DataFrame) -> Iterator[Line]:
    if frame.empty:
        return
    names = ("series", "breakdown", "compared", "step", "measure")
    columns = [frame[name].astype(object).where(frame[name].notna(), None) for name in names]
    moments: Any = frame["time"].astype("datetime64[us, UTC]").astype("int64")
    times: npt.NDArray[np.int64] = moments.to_numpy()
    values = frame["value"].to_numpy(dtype=np.float64)
    rows: dict[Any, list[int]] = {}
    seen: dict[Any, int] = {}
    for at, (time, *key) in enumerate(zip(times.tolist(), *columns, strict=True)):
        moment = (time, *key)
        seen[moment] = nth = seen.get(moment, -1) + 1
        rows.setdefault((*key, nth), []).append(at)
    for key, places in rows.items():
        yield Line(key, times[places], values[places])


def all_times(lines: Sequence[Line]) -> npt.NDArray[np.int64]:
    """Every time that occurs, in order; the series of a tile mostly share theirs."""
    shared = {id(line.times): line.times for line in lines}
    return np.unique(np.concatenate(list(shared.values())))


def insight_of(tile: Arrival) -> Mapping[str, Any]:
    """The insight of a tile; empty where there is none."""
    return inner(tile.tile(), "insight")
