"""The numbers of two tiles side by side: what changed, what is new, what is gone."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal

import numpy as np
import numpy.typing as npt
import pandas as pd

from dashwidgets.frames.columns import Column, Table
from dashwidgets.recordings.numbers.frame import KEYS, Owner, frame_of
from dashwidgets.recordings.numbers.lines import NO_TIME, Line, all_times

CHANGES = Table(
    "changes",
    (
        *KEYS,
        Column("before", "number", "before", "The number in the first; missing: not there."),
        Column("after", "number", "after", "The number in the second; missing: not there."),
        Column("change", "number", "change", "after minus before."),
        Column("share", "number", "share", "change as a share of before; missing when that is 0."),
        Column("kind", "text", "kind", "changed, new, gone, or query changed (no numbers)."),
    ),
)

Kind = Literal["changed", "new", "gone"]
Floats = npt.NDArray[np.float64]
Places = npt.NDArray[np.intp]
Meeting = tuple[Places, Places, tuple[Places, Places]]


@dataclass(frozen=True, eq=False)
class Change:
    """Numbers of one line that are not the same; ``line.values`` are those of the second."""

    kind: Kind
    line: Line
    before: Floats


def changes(
    before: Sequence[Line], after: Sequence[Line], *, by_position: bool, whole: bool
) -> tuple[list[Change], int]:
    """Numbers that differ between two tiles, and how many were compared.

    Parameters
    ----------
    by_position : bool
        Compare the first interval with the first, whatever its date.
    whole : bool
        Whether each side has all its numbers: else what is on one side only says nothing.
    """
    left = {line.key: line for line in before}
    found: list[Change] = []
    met: dict[tuple[int, int], Meeting] = {}
    compared = 0
    ranks = (_ranks(before), _ranks(after)) if by_position else None
    for line in after:
        one = left.pop(line.key, None)
        if one is None:
            found.append(_one_sided("new", line))
            continue
        pair = id(one.times), id(line.times)  # the series of a tile share their dates
        if pair not in met:
            marks = one.times, line.times
            if ranks is not None:
                marks = np.searchsorted(ranks[0], one.times), np.searchsorted(ranks[1], line.times)
            met[pair] = _meet(*marks)
        here, there, both = met[pair]
        compared += len(both[0])
        found += [
            _differing(_some(one, both[0]), _some(line, both[1])),
            _one_sided("gone", _some(one, here)),
            _one_sided("new", _some(line, there)),
        ]
    found += [_one_sided("gone", line) for line in left.values()]
    kept = [each for each in found if len(each.line.times) and (whole or each.kind == "changed")]
    return kept, compared


def has_no_time_in_common(before: Sequence[Line], after: Sequence[Line]) -> bool:
    """Whether both have dates and none of them is the same: two periods, not two readings."""
    left, right = _ranks(before), _ranks(after)
    return bool(len(left) and len(right)) and not np.isin(left, right).any()


def frame_of_changes(found: Sequence[tuple[Owner, Change]]) -> pd.DataFrame:
    """A row for each number."""
    frame = frame_of(
        [(owner, each.line) for owner, each in found],
        before=[each.before for _, each in found],
        after=[each.line.values for _, each in found],
    )
    old, new = frame["before"].to_numpy(), frame["after"].to_numpy()
    # Infinities are in real results (a share of nothing), and a warning would help nobody.
    with np.errstate(all="ignore"):
        frame["change"] = new - old
        frame["share"] = np.where(old == 0, np.nan, (new - old) / np.abs(old))
    kinds = pd.array(["changed", "new", "gone"], dtype="str")
    codes = [("changed", "new", "gone").index(each.kind) for _, each in found]
    lengths = [len(each.line.times) for _, each in found]
    frame["kind"] = kinds.take(np.repeat(np.array(codes, dtype=np.int64), lengths))
    return frame


def _ranks(lines: Sequence[Line]) -> npt.NDArray[np.int64]:
    """Every date that occurs, in order."""
    if not lines:
        return np.array([], dtype=np.int64)
    times = all_times(lines)
    return times[times != NO_TIME]


def _meet(left: npt.NDArray[np.int64], right: npt.NDArray[np.int64]) -> Meeting:
    """Places that are only in the one, only in the other, and in both."""
    # The usual case, and by far the quickest.
    if np.array_equal(left, right):
        every = np.arange(len(left))
        return every[:0], every[:0], (every, every)
    _, here, there = np.intersect1d(left, right, assume_unique=True, return_indices=True)
    return _others(len(left), here), _others(len(right), there), (here, there)


def _others(count: int, places: Places) -> Places:
    rest = np.ones(count, dtype=bool)
    rest[places] = False
    return np.nonzero(rest)[0]


def _some(line: Line, places: Places) -> Line:
    return replace(line, times=line.times[places], values=line.values[places])


def _differing(one: Line, other: Line) -> Change:
    old, new = one.values, other.values
    differs = ~((old == new) | (np.isnan(old) & np.isnan(new)))
    return Change("changed", _some(other, np.nonzero(differs)[0]), old[differs])


def _one_sided(kind: Kind, line: Line) -> Change:
    missing = np.full(len(line.values), np.nan)
    if kind == "new":
        return Change(kind, line, missing)
    return Change(kind, replace(line, values=missing), line.values)
