"""Trends drawn as a slope: the first and the last interval of a range."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import Any

from dashwidgets.embedded.queries.dates import checked_interval, date_range, floor
from dashwidgets.embedded.queries.outcome import Outcome


def as_line(source: dict[str, Any]) -> dict[str, Any]:
    """The same query as a line: its ends are the comparison, and smoothing would move them."""
    shown: dict[str, Any] = source.get("trendsFilter") or {}
    plain = {key: value for key, value in shown.items() if key != "smoothingIntervals"}
    return source | {"compareFilter": None, "trendsFilter": plain}


def ends(outcome: Outcome, source: dict[str, Any], now: datetime) -> Outcome:
    """Only the first and the last point of every series."""
    interval = checked_interval(source.get("interval"))
    last = date_range(source.get("dateRange") or {}, now, now).end
    # The period that is not over yet is drawn as such.
    incomplete = floor(last, interval) == floor(now, interval)
    made: list[dict[str, Any]] = []
    for one in outcome.result:
        cut = {
            key: [one[key][0], one[key][-1]]
            for key in ("data", "labels", "days")
            if len(one.get(key) or []) > 2
        }
        made.append(one | cut | {"incomplete_end": incomplete})
    return replace(outcome, result=made)
