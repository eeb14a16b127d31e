"""The numbers of one series of a trend over one range."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from dashwidgets.embedded.queries.breakdowns import Breakdown
from dashwidgets.embedded.queries.dates import BUCKET, DateRange, Interval
from dashwidgets.embedded.queries.filters.events import matches_event, within
from dashwidgets.embedded.queries.filters.properties import condition
from dashwidgets.embedded.queries.maths import (
    PER_ACTOR,
    ROLLING_DAYS,
    aggregate,
    first_time_events,
    rolling,
)
from dashwidgets.embedded.queries.outcome import Database
from dashwidgets.embedded.queries.schema import Schema
from dashwidgets.embedded.queries.trends.results import Numbers


@dataclass(frozen=True)
class SeriesQuery:
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
            # Always by the current range: both periods must show the same values.
            ranked = f"{within(self.ranked)} AND {where}"
            # The server ranks values by how often they occur when the number is not a count.
            measure = "count()" if self.node.get("math") in PER_ACTOR else self._aggregate(schema)
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

    def _aggregate(self, schema: Schema) -> str:
        return aggregate(self.node, schema)

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
        rows = f"FROM {self._events(schema)} WHERE {within(self.dates)} AND {where}"
        if math in PER_ACTOR:
            of_each = (
                f"SELECT {bucket} AS bucket, {split} AS value, person_id, count() AS times {rows} "
                "GROUP BY bucket, value, person_id"
            )
            return (
                f"SELECT bucket, value, {PER_ACTOR[math].format('times')} AS number "
                f"FROM ({of_each}) AS of_each GROUP BY bucket, value"
            )
        return (
            f"SELECT {bucket} AS bucket, {split} AS value, "
            f"{self._aggregate(schema)} AS number {rows} GROUP BY bucket, value"
        )
