"""Split a series by the values of a property (contract 13.1)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, cast

from dashwidgets.embedded.queries.outcome import Database
from dashwidgets.embedded.queries.problem import InvalidQuery, unsupported
from dashwidgets.embedded.queries.schema import Schema
from dashwidgets.embedded.queries.sql.dialect import literal
from dashwidgets.embedded.queries.sql.hogql import expression

OTHER = "$$_posthog_breakdown_other_$$"
NULL = "$$_posthog_breakdown_null_$$"
# PostHog's own; the rest goes into one bucket.
DEFAULT_LIMIT = 25

JOINT = "\x1f"
"""Between the parts of a value of several properties: a character nobody types."""


@dataclass(frozen=True)
class Breakdown:
    """By which columns, how many values, and whether the rest is shown as one."""

    columns: tuple[str, ...]
    limit: int
    hide_other: bool

    @property
    def value(self) -> str:
        """The value of a row as text; several are joined."""
        # Null as a value: GROUP BY would keep it, but IN below never finds it.
        parts = [f"ifNull(toString({column}), {literal(NULL)})" for column in self.columns]
        return parts[0] if len(parts) == 1 else f"concat({f', {literal(JOINT)}, '.join(parts)})"

    def top(
        self, database: Database, events: str, where: str, measure: str
    ) -> tuple[list[str | None], bool]:
        """The values that count most, and whether there are more."""
        rows = database.rows(
            f"SELECT {self.value} AS value, {measure} AS number FROM {events} WHERE {where} "
            # One more than are shown, to learn whether there are others; by name on ties, to be the
            # same each time.
            f"GROUP BY value ORDER BY number DESC, value LIMIT {self.limit + 1}"
        )
        values: list[str | None] = [row[0] for row in rows]
        return values[: self.limit], len(values) > self.limit

    def bucket(self, values: list[str | None]) -> str:
        """The value of a row, or the bucket for all others."""
        if not values:
            return self.value
        known = ", ".join(literal(value) for value in values)
        return f"if({self.value} IN ({known}), {self.value}, {literal(OTHER)})"

    def shown(self, values: list[str | None], found: list[Any]) -> list[str | None]:
        """The values in the order they are shown; the bucket for all others last."""
        kept = [value for value in values if value in found]
        if OTHER in found and not self.hide_other:
            kept.append(OTHER)
        return kept


def breakdown_of(source: dict[str, Any], schema: Schema) -> Breakdown | None:
    """A query's breakdown."""
    given: dict[str, Any] = source.get("breakdownFilter") or {}
    several = cast("list[dict[str, Any]]", given.get("breakdowns") or [])
    if not several and given.get("breakdown") not in (None, "", []):
        given_keys = given["breakdown"]
        keys = cast("list[Any]", given_keys if isinstance(given_keys, list) else [given_keys])
        several = [{"property": key, "type": given.get("breakdown_type")} for key in keys]
    if not several:
        return None
    columns: list[str] = []
    for one in several:
        kind = one.get("type") or "event"
        if kind == "hogql":
            columns.append(expression(one.get("property"), schema))
            continue
        if kind not in ("event", "person", "session", "event_metadata"):
            raise unsupported(f"breakdowns of type {kind}")
        columns.append(schema.column(str(one.get("property")), kind))
    limit = given.get("breakdown_limit") or DEFAULT_LIMIT
    if not isinstance(limit, int) or not 0 < limit <= 1000:
        raise InvalidQuery("breakdown_limit must be between 1 and 1000.", "invalid_input")
    return Breakdown(tuple(columns), limit, bool(given.get("breakdown_hide_other_aggregation")))


def spoken(value: str | int) -> str | int | list[str]:
    """A value as results carry it: several parts are a list, a cohort is its id."""
    return value.split(JOINT) if isinstance(value, str) and JOINT in value else value
