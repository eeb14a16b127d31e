"""Trends: a number over time, or in total, for each series (contract 13.1, 13.2)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from dashwidgets.local.queries import formulas
from dashwidgets.local.queries.breakdowns import Breakdown, breakdown_of, spoken
from dashwidgets.local.queries.dates import (
    BUCKET,
    DateRange,
    Interval,
    checked_interval,
    date_range,
    day_text,
    intervals,
    label_text,
)
from dashwidgets.local.queries.events import (
    Schema,
    action_of,
    event_name,
    matches_event,
    series_of,
    within,
)
from dashwidgets.local.queries.maths import ROLLING_DAYS, aggregate, first_time_events, rolling
from dashwidgets.local.queries.outcome import Database, Outcome
from dashwidgets.local.queries.problem import unsupported
from dashwidgets.local.queries.properties import condition

TOTALS = {"BoldNumber", "ActionsPie", "ActionsBarValue", "ActionsTable", "WorldMap"}
SERIES = {
    "ActionsLineGraph",
    "ActionsLineGraphCumulative",
    "ActionsAreaGraph",
    "ActionsBar",
    "ActionsStackedBar",
    "ActionsUnstackedBar",
}


@dataclass(frozen=True)
class Numbers:
    """One series and breakdown value: its numbers by interval, or its total."""

    value: str | None
    by_interval: list[float]
    total: float


def compute(source: dict[str, Any], database: Database) -> Outcome:
    """Compute a ``TrendsQuery``."""
    schema = database.schema
    shown: dict[str, Any] = source.get("trendsFilter") or {}
    display = shown.get("display") or "ActionsLineGraph"
    if display not in TOTALS | SERIES:
        raise unsupported(f"trends drawn as {display}")
    interval = checked_interval(source.get("interval"))
    dates = date_range(source.get("dateRange") or {}, database.now(), schema.first)
    comparing: dict[str, Any] = source.get("compareFilter") or {}
    compares = bool(comparing.get("compare"))
    nodes = series_of(source)
    breakdown = breakdown_of(source, schema)
    statements: list[str] = []
    result: list[dict[str, Any]] = []
    has_more = False
    for label, span in [("current", dates)] + (
        [("previous", dates.previous())] if compares else []
    ):
        starts = intervals(span, interval)
        computed: list[tuple[dict[str, Any], int, list[Numbers]]] = []
        for order, node in enumerate(nodes):
            question = Question(node, source, span, interval, breakdown, display in TOTALS)
            numbers, more, sql = question.answer(database, starts)
            computed.append((node, order, numbers))
            statements.append(sql)
            has_more = has_more or more
        made = _series(computed, source, starts, interval, display)
        if compares:
            made = [
                one | {"compare": True, "compare_label": label, "label": one["label"]}
                | ({"labels": [f"day {at}" for at in range(len(starts))]} if one["days"] else {})
                for one in made
            ]  # fmt: skip
        result += made
    return Outcome(
        result=result,
        hogql=statements[0],
        has_more=has_more,
        resolved_date_range=dates.resolved(),
    )


@dataclass(frozen=True)
class Question:
    """One series over one range."""

    node: dict[str, Any]
    source: dict[str, Any]
    dates: DateRange
    interval: Interval
    breakdown: Breakdown | None
    total: bool

    def answer(self, database: Database, starts: list[datetime]) -> tuple[list[Numbers], bool, str]:
        """Its numbers for each breakdown value, whether values were cut off, and the SQL."""
        schema = database.schema
        where = self._where(schema)
        values: list[str | None] = [None]
        has_more = False
        split = "NULL"
        if self.breakdown:
            measure = aggregate(self.node, schema)
            values, has_more = self.breakdown.top(database, self._events(schema), where, measure)
            split = self.breakdown.bucket(values)
        sql = self._statement(schema, where, split)
        found: dict[Any, dict[datetime | None, float]] = {}
        for bucket, value, number in database.rows(sql):
            found.setdefault(value, {})[bucket] = float(number or 0)
        if self.breakdown:
            values = self.breakdown.shown(values, list(found))
        numbers: list[Numbers] = []
        for value in values:
            by = found.get(value, {})
            line = [] if self.total else [by.get(start, 0.0) for start in starts]
            numbers.append(Numbers(value, line, by.get(None, 0.0) if self.total else sum(line)))
        return numbers, has_more, sql

    def _where(self, schema: Schema) -> str:
        matched = matches_event(self.node, schema)
        return f"{matched} AND {condition(self.source.get('properties'), schema)}"

    def _events(self, schema: Schema) -> str:
        if self.node.get("math") == "first_time_for_user":
            return first_time_events(matches_event(self.node, schema))
        return "events"

    def _statement(self, schema: Schema, where: str, split: str) -> str:
        math = self.node.get("math")
        if math in ROLLING_DAYS:
            return rolling(
                ROLLING_DAYS[math], where, split, self.dates, self.interval, total=self.total
            )
        bucket = "NULL" if self.total else BUCKET[self.interval].format("timestamp")
        return (
            f"SELECT {bucket} AS bucket, {split} AS value, "
            f"{aggregate(self.node, schema)} AS number FROM {self._events(schema)} "
            f"WHERE {within(self.dates)} AND {where} GROUP BY bucket, value"
        )


def _series(
    computed: list[tuple[dict[str, Any], int, list[Numbers]]],
    source: dict[str, Any],
    starts: list[datetime],
    interval: Interval,
    display: str,
) -> list[dict[str, Any]]:
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
                made.append(one | {"action": None, "order": order})
        return made
    several = len(computed) > 1
    made = []
    for node, order, numbers in computed:
        for number in numbers:
            label = node.get("custom_name") or event_name(node)
            if number.value is not None:
                text = number.value.replace("\x1f", "::")
                label = f"{label} - {text}" if several else text
            one = _one(number, starts, interval, display, label, shown)
            days = [f"{start.isoformat()}Z" for start in starts] if one["days"] else []
            made.append(one | {"action": action_of(node, order) | {"days": days}})
    return made


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
        total = number.total
        whole = int(total) if float(total).is_integer() else total
        return {
            "data": [],
            "days": [],
            "count": 0,
            "aggregated_value": whole,
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
