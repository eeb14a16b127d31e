"""The one number that represents a tile, so that tiles can be compared and drawn over time."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from dashwidgets.recordings.numbers.lines import Line, all_times
from dashwidgets.recordings.numbers.readings import TABLE, reading_of

_WORDS = {
    "total": "total",
    "mean per interval": "mean per interval",
    "last step": "conversion",
    "first": "first figure",
}


def headline_words(insight: Mapping[str, Any]) -> str:
    """What the headline of a tile is."""
    return _WORDS[reading_of(insight).how]


def headline(lines: Sequence[Line], insight: Mapping[str, Any]) -> float | None:
    """One number for a tile; None where there is none.

    Lines and columns: the mean of the intervals' sums. Funnels: the share that reaches the last
    step. Everything else: the sum of the values; of a table, of its first column of numbers.
    """
    reading = reading_of(insight)
    current = [line for line in lines if line.key[2] != "previous"]
    if reading.how == "last step":
        return _conversion(current)
    if reading is TABLE and current:
        current = [line for line in current if line.key[0] == current[0].key[0]]
    current = [line for line in current if line.key[4] == reading.headline]
    values = [line.values[~np.isnan(line.values)] for line in current]
    if not any(map(len, values)):
        return None
    if reading.how == "first":
        return float(next(found for found in values if len(found))[0])
    with np.errstate(over="ignore"):
        total = float(np.concatenate(values).sum())
    if reading.how == "mean per interval":
        # By the intervals that occur, so that a series with gaps is not averaged over its own
        # alone.
        return total / len(all_times(current))
    return total


def _conversion(lines: Sequence[Line]) -> float | None:
    steps: dict[float, float] = {}
    for line in lines:
        if line.key[4] == "count" and line.key[3] is not None:
            steps[line.key[3]] = steps.get(line.key[3], 0.0) + float(line.values.sum())
    # Nobody entered: there is no share of nobody.
    if not steps or not steps[min(steps)]:
        return None
    return steps[max(steps)] / steps[min(steps)]
