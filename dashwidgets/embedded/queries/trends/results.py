"""A trend's numbers as a result: a series, or one total (contract 13.1, 13.2)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from dashwidgets.embedded.queries.breakdowns import JOINT, spoken
from dashwidgets.embedded.queries.dates import Interval, day_text, label_text
from dashwidgets.embedded.queries.filters.events import action_of, event_name
from dashwidgets.embedded.queries.schema import Schema
from dashwidgets.embedded.queries.trends import formulas

TOTALS = {
    "BoldNumber",
    "ActionsPie",
    "ActionsBarValue",
    "ActionsTable",
    "WorldMap",
    "RegionMap",
    "Progress",
}
SERIES = {
    "ActionsLineGraph",
    "ActionsLineGraphCumulative",
    "ActionsAreaGraph",
    "ActionsBar",
    "ActionsStackedBar",
    "ActionsUnstackedBar",
    "Metric",
}


@dataclass(frozen=True)
class Numbers:
    """One series and breakdown value: its numbers by interval, or its total.

    A cohort is an id with a name; other values are their own names.
    """

    value: str | int | None
    by_interval: list[float]
    total: float
    name: str | None = None


def series(
    computed: list[tuple[dict[str, Any], int, list[Numbers]]],
    source: dict[str, Any],
    starts: list[datetime],
    interval: Interval,
    display: str,
    schema: Schema,
) -> list[dict[str, Any]]:
    """Every series or formula, for every value of a breakdown."""
    shown: dict[str, Any] = source.get("trendsFilter") or {}
    written = formulas.of(shown)
    if written:
        lines = [(n.value, n.by_interval, n.total) for _, _, numbers in computed for n in numbers]
        by_letter = [
            {n.value: (n.by_interval, n.total) for n in numbers} for _, _, numbers in computed
        ]
        made: list[dict[str, Any]] = []
        values = list(dict.fromkeys(value for value, _, _ in lines))
        for order, (formula, name) in enumerate(written):
            for value in values:
                line, total = formulas.over(formula, by_letter, value, len(starts))
                label = name or f"Formula ({formula})"
                one = _one(Numbers(value, line, total), starts, interval, display, label, shown)
                # A formula is of no event; clients must cope with a null here.
                made.append(one | {"action": None, "order": order})
        return made
    several = len(computed) > 1
    made = []
    for node, order, numbers in computed:
        for number in numbers:
            label = node.get("custom_name") or event_name(node, schema)
            if number.value is not None:
                text = number.name or str(number.value).replace(JOINT, "::")
                label = f"{label} - {text}" if several else text
            one = _one(number, starts, interval, display, label, shown)
            days = [f"{start.isoformat()}Z" for start in starts] if one["days"] else []
            made.append(one | {"action": action_of(node, order, schema) | {"days": days}})
    return made


def plain(number: float) -> float:
    """A number, as a whole one where it is one."""
    return int(number) if float(number).is_integer() else number


def _one(
    number: Numbers,
    starts: list[datetime],
    interval: Interval,
    display: str,
    label: str,
    shown: dict[str, Any],
) -> dict[str, Any]:
    split = {} if number.value is None else {"breakdown_value": spoken(number.value)}
    if display in TOTALS:
        return {
            "data": [],
            # What is left to a goal needs the range that the number is of.
            "days": [day_text(at, interval) for at in starts] if display == "Progress" else [],
            "count": 0,
            "aggregated_value": plain(number.total),
            "label": label,
            **split,
        }
    data = _smoothed(number.by_interval, int(shown.get("smoothingIntervals") or 1))
    if display == "ActionsLineGraphCumulative":
        running, data = 0.0, list(data)
        for at, value in enumerate(data):
            running += value
            data[at] = running
    return {
        "data": data,
        "labels": [label_text(start, interval) for start in starts],
        "days": [day_text(start, interval) for start in starts],
        "count": (data[-1] if data else 0.0)
        if display == "ActionsLineGraphCumulative"
        else sum(data),
        "label": label,
        **split,
    }


def _smoothed(data: list[float], over: int) -> list[float]:
    """The mean of each value and those before it."""
    if over <= 1:
        return data
    return [
        sum(data[max(0, at - over + 1) : at + 1]) / len(data[max(0, at - over + 1) : at + 1])
        for at in range(len(data))
    ]
