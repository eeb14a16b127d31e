"""Trends: a number over time, or in total, for each series (contract 13.1, 13.2)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from dashwidgets.local.queries import calendar
from dashwidgets.local.queries.breakdowns import Breakdown, breakdown_of
from dashwidgets.local.queries.dates import (
    BUCKET,
    DateRange,
    Interval,
    checked_interval,
    compared,
    date_range,
    intervals,
)
from dashwidgets.local.queries.events import Schema, matches_event, series_of, within
from dashwidgets.local.queries.maths import ROLLING_DAYS, aggregate, first_time_events, rolling
from dashwidgets.local.queries.outcome import Database, Outcome
from dashwidgets.local.queries.problem import unsupported
from dashwidgets.local.queries.properties import condition
from dashwidgets.local.queries.trend_results import SERIES, TOTALS, Numbers, series


def compute(source: dict[str, Any], database: Database) -> Outcome:
    """Compute a ``TrendsQuery``."""
    schema = database.schema
    shown: dict[str, Any] = source.get("trendsFilter") or {}
    display = shown.get("display") or "ActionsLineGraph"
    if display == "CalendarHeatmap":
        return calendar.compute(source, database)
    if display not in TOTALS | SERIES:
        raise unsupported(f"trends drawn as {display}")
    interval = checked_interval(source.get("interval"))
    dates = date_range(source.get("dateRange") or {}, database.now(), schema.first)
    if source.get("conversionGoal"):
        raise unsupported("trends with a conversionGoal")
    spans = compared(source.get("compareFilter"), dates)
    nodes = series_of(source)
    breakdown = breakdown_of(source, schema)
    statements: list[str] = []
    result: list[dict[str, Any]] = []
    has_more = False
    for label, span in spans:
        starts = intervals(span, interval)
        computed: list[tuple[dict[str, Any], int, list[Numbers]]] = []
        for order, node in enumerate(nodes):
            question = Question(node, source, span, interval, breakdown, display in TOTALS, dates)
            numbers, more, sql = question.answer(database, starts)
            computed.append((node, order, numbers))
            statements.append(sql)
            has_more = has_more or more
        made = series(computed, source, starts, interval, display)
        if len(spans) > 1:
            counted = [f"{interval} {at}" for at in range(len(starts))]
            for one in made:
                one |= {"compare": True, "compare_label": label}
                if one["days"]:
                    one["labels"] = counted
        result += made
    return Outcome(
        result=result,
        hogql=statements[0],
        has_more=has_more,
        resolved_date_range=dates.resolved(),
    )


@dataclass(frozen=True)
class Question:
    """One series over one range; ``ranked`` is the range that decides which values are shown.

    Both sides of a comparison show the same values.
    """

    node: dict[str, Any]
    source: dict[str, Any]
    dates: DateRange
    interval: Interval
    breakdown: Breakdown | None
    total: bool
    ranked: DateRange

    def answer(self, database: Database, starts: list[datetime]) -> tuple[list[Numbers], bool, str]:
        """Its numbers for each breakdown value, whether values were cut off, and the SQL."""
        schema = database.schema
        where = self._where(schema)
        values: list[str | None] = [None]
        has_more = False
        split = "NULL"
        if self.breakdown:
            measure = aggregate(self.node, schema)
            ranked = f"{within(self.ranked)} AND {where}"
            values, has_more = self.breakdown.top(database, self._events(schema), ranked, measure)
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
