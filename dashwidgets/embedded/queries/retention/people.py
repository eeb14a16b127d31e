"""Who began in each interval, and who came back when, as ClickHouse SQL."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from dashwidgets.embedded.queries.dates import BUCKET, DateRange, Interval
from dashwidgets.embedded.queries.filters.events import matches_event, within
from dashwidgets.embedded.queries.filters.properties import condition
from dashwidgets.embedded.queries.problem import InvalidQuery, unsupported
from dashwidgets.embedded.queries.schema import Schema, number

_RECURRING = (None, "retention_recurring")
_FIRST_TIME = ("retention_first_time", "retention_first_occurrence_matching_filters")
_FIRST_EVER = "retention_first_ever_occurrence"


@dataclass(frozen=True)
class People:
    """The two groups of people that a retention is computed from."""

    source: dict[str, Any]
    dates: DateRange
    period: Interval
    value: str
    schema: Schema

    @property
    def shown(self) -> dict[str, Any]:
        """The query's ``retentionFilter``."""
        return self.source.get("retentionFilter") or {}

    def began(self) -> str:
        """A row for everybody who began in an interval, with the sum of their own events."""
        kind = self.shown.get("retentionType")
        if kind not in (*_RECURRING, *_FIRST_TIME, _FIRST_EVER):
            raise InvalidQuery(f"{kind!r} is not a type of retention.", "invalid_choice")
        target = self._matched("targetEntity")
        # Whoever begins only once did so at any time, not only within the range.
        where = f"{target} AND {within(self.dates)}" if kind in _RECURRING else target
        rows = (
            f"SELECT person_id, {self.value} AS value, {self._bucket()} AS cohort, "
            f"min(timestamp) AS first_at, sum({self._amount()}) AS amount FROM events "
            f"WHERE {where} GROUP BY person_id, value, cohort"
        )
        if kind in _RECURRING:
            return rows
        # The earliest cohort of each person; within a breakdown each value has its own.
        first = (
            f"SELECT * FROM ({rows}) AS each_time "
            "QUALIFY row_number() OVER (PARTITION BY person_id, value ORDER BY cohort) = 1"
        )
        if kind in _FIRST_TIME:
            return first
        ever = self._matched("targetEntity", properties=False)
        return (
            "SELECT earliest.person_id AS person_id, value, cohort, first_at, amount "
            f"FROM ({first}) AS earliest JOIN (SELECT person_id, min(timestamp) AS ever "
            f"FROM events WHERE {ever} GROUP BY person_id) AS known "
            "ON earliest.person_id = known.person_id WHERE first_at = ever"
        )

    def came(self) -> str:
        """A row for everybody and every interval in which they came, often enough."""
        least = self.shown.get("minimumOccurrences") or 1
        if not isinstance(least, int):
            raise InvalidQuery("minimumOccurrences must be a number.", "invalid_input")
        return (
            f"SELECT person_id, {self.value} AS value, {self._bucket()} AS seen, "
            f"sum({self._amount()}) AS amount FROM events "
            f"WHERE {self._matched('returningEntity')} AND {within(self.dates)} "
            f"GROUP BY person_id, value, seen HAVING count() >= {least}"
        )

    def at_once(self) -> str | None:
        """Sums of what came in the first interval, after the beginning; None when not asked for.

        Where both events are the same one, the beginning holds them already.
        """
        if not self.aggregated or self._same_entities():
            return None
        came = (
            f"SELECT person_id, {self.value} AS value, timestamp AS came_at, "
            f"{self._bucket()} AS seen, {self._amount()} AS amount FROM events "
            f"WHERE {self._matched('returningEntity')} AND {within(self.dates)}"
        )
        return (
            f"SELECT cohort, began.value AS value, sum(soon.amount) AS amount "
            f"FROM ({self.began()}) AS began JOIN ({came}) AS soon "
            "ON began.person_id = soon.person_id AND began.value = soon.value "
            "AND cohort = soon.seen WHERE came_at > first_at GROUP BY cohort, began.value"
        )

    @property
    def aggregated(self) -> bool:
        """Whether a property is summed up, not only people counted."""
        by_value = self.shown.get("aggregationType") in ("sum", "avg")
        # A type without a property is left over from editing: people are counted then.
        return by_value and bool(self.shown.get("aggregationProperty"))

    def _amount(self) -> str:
        if not self.aggregated:
            return "0"
        kind = "person" if self.shown.get("aggregationPropertyType") == "person" else None
        column = self.schema.column(str(self.shown["aggregationProperty"]), kind)
        return f"ifNull({number(column)}, 0)"

    def _bucket(self) -> str:
        return BUCKET[self.period].format("timestamp")

    def _matched(self, name: str, *, properties: bool = True) -> str:
        node = _entity(self.shown, name)
        if not properties:
            node["properties"] = None
        filters = condition(self.source.get("properties"), self.schema)
        return f"({matches_event(node, self.schema)}) AND {filters}"

    def _same_entities(self) -> bool:
        target, returning = (
            _entity(self.shown, name) for name in ("targetEntity", "returningEntity")
        )
        return all(target.get(key) == returning.get(key) for key in ("kind", "event", "id"))


def _entity(shown: dict[str, Any], name: str) -> dict[str, Any]:
    """The event or action that counts; a page view when none is named."""
    entity: dict[str, Any] = shown.get(name) or {}
    kind = entity.get("type") or "events"
    properties = entity.get("properties")
    if kind == "actions":
        return {"kind": "ActionsNode", "id": entity.get("id"), "properties": properties}
    if kind != "events":
        raise unsupported(f"retention of {kind}")
    # An id of null means every event.
    event = entity["id"] if "id" in entity else entity.get("name", "$pageview")
    return {"kind": "EventsNode", "event": event, "properties": properties}
