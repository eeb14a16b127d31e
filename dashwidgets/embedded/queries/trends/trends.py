"""Trends: a number over time, or in total, for each series (contract 13.1, 13.2)."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from dashwidgets.embedded.queries.breakdowns import Breakdown, breakdown_of
from dashwidgets.embedded.queries.by_cohort import CohortSplit, cohort_splits
from dashwidgets.embedded.queries.dates import (
    DateRange,
    Interval,
    checked_interval,
    compared,
    date_range,
    intervals,
)
from dashwidgets.embedded.queries.filters.events import series_of
from dashwidgets.embedded.queries.outcome import Database, Outcome
from dashwidgets.embedded.queries.problem import unsupported
from dashwidgets.embedded.queries.trends import box_plot, calendar
from dashwidgets.embedded.queries.trends.results import SERIES, TOTALS, Numbers, series
from dashwidgets.embedded.queries.trends.series import SeriesQuery
from dashwidgets.embedded.queries.trends.slope import as_line, ends


def compute(source: dict[str, Any], database: Database) -> Outcome:
    """Compute a ``TrendsQuery``."""
    shown: dict[str, Any] = source.get("trendsFilter") or {}
    display: str = shown.get("display") or "ActionsLineGraph"
    if display == "CalendarHeatmap":
        return calendar.compute(source, database)
    if display == "BoxPlot":
        return box_plot.compute(source, database)
    if display == "SlopeGraph":
        return ends(_compute(as_line(source), "ActionsLineGraph", database), source, database.now())
    if display not in TOTALS | SERIES:
        raise unsupported(f"trends drawn as {display}")
    return _compute(source, display, database)


def _compute(source: dict[str, Any], display: str, database: Database) -> Outcome:
    asked = _Asked(source, display, database)
    spans = compared(source.get("compareFilter"), asked.dates)
    statements: list[str] = []
    result: list[dict[str, Any]] = []
    has_more = False
    for label, span in spans:
        starts = intervals(span, asked.interval)
        computed: list[tuple[dict[str, Any], int, list[Numbers]]] = []
        for order, node in enumerate(series_of(source)):
            numbers, more, sql = asked.numbers(node, span, starts)
            computed.append((node, order, numbers))
            statements.append(sql)
            has_more = has_more or more
        made = series(computed, source, starts, asked.interval, display, database.schema)
        if len(spans) > 1:
            # Dates of two periods can't stand on one axis: the server labels them "day 0", "day 1"
            # …
            counted = [f"{asked.interval} {at}" for at in range(len(starts))]
            for one in made:
                one |= {"compare": True, "compare_label": label}
                if one.get("labels"):
                    one["labels"] = counted
        result += made
    return Outcome(
        result=result,
        hogql=statements[0],
        has_more=has_more,
        resolved_date_range=asked.dates.resolved(),
    )


@dataclass(init=False)
class _Asked:
    """What all series of a query have in common."""

    interval: Interval
    dates: DateRange

    def __init__(self, source: dict[str, Any], display: str, database: Database) -> None:
        self._source = source
        self._database = database
        self._total = display in TOTALS
        schema = database.schema
        self.interval = checked_interval(source.get("interval"))
        self.dates = date_range(source.get("dateRange") or {}, database.now(), schema.first)
        self._cohorts = cohort_splits(source, schema)
        self._breakdown: Breakdown | None = (
            None if self._cohorts is not None else breakdown_of(source, schema)
        )

    def numbers(
        self, node: dict[str, Any], span: DateRange, starts: list[datetime]
    ) -> tuple[list[Numbers], bool, str]:
        """A series' numbers for each breakdown value, whether values were cut off, the SQL."""
        if self._cohorts is None:
            return self._query(node, self._source, span).answer(self._database, starts)
        found: list[Numbers] = []
        sql = ""
        for split in self._cohorts:
            query = self._query(node, split.source, span)
            numbers, _, sql = query.answer(self._database, starts)
            found += [_of_cohort(one, split) for one in numbers]
        return found, False, sql

    def _query(self, node: dict[str, Any], source: dict[str, Any], span: DateRange) -> SeriesQuery:
        return SeriesQuery(
            node, source, span, self.interval, self._breakdown, self._total, self.dates
        )


def _of_cohort(numbers: Numbers, split: CohortSplit) -> Numbers:
    return replace(numbers, value=split.key or "all", name=split.name)
