"""The numbers of a retention: for each cohort, how many came back in each period."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from itertools import accumulate
from typing import Any

from dashwidgets.embedded.queries.outcome import Database
from dashwidgets.embedded.queries.retention.people import People

_Key = tuple[datetime, str | None, int]
"""A cohort's start, a breakdown value, and the period after the start, from 0."""


@dataclass
class Counts:
    """How many people there were in each period of each cohort, and what they sum up to."""

    people: dict[_Key, int] = field(default_factory=dict[_Key, int])
    amounts: dict[_Key, float] = field(default_factory=dict[_Key, float])
    sql: str = ""

    def add(self, other: Counts) -> None:
        """Take in the counts of other values."""
        self.people |= other.people
        self.amounts |= other.amounts
        self.sql = other.sql

    def by_size(self) -> list[str | None]:
        """The values, those that most people began with first."""
        sizes: dict[str | None, int] = {}
        for (_, value, after), number in self.people.items():
            sizes[value] = sizes.get(value, 0) + (number if after == 0 else 0)
        return sorted(sizes, key=lambda value: (-sizes[value], str(value)))


def count(people: People, brackets: list[int], database: Database) -> Counts:
    """Count people and sum up their events."""
    began = people.began()
    found = Counts()
    sizes = (
        "SELECT cohort, value, uniqExact(person_id), sum(amount) "
        f"FROM ({began}) AS began GROUP BY cohort, value"
    )
    for cohort, value, number, amount in database.rows(sizes):
        found.people[cohort, value, 0] = int(number)
        found.amounts[cohort, value, 0] = float(amount)
    at_once = people.at_once()
    for cohort, value, amount in database.rows(at_once) if at_once else []:
        found.amounts[cohort, value, 0] += float(amount)
    after = _after(people.period, brackets)
    returned = (
        f"SELECT began.person_id AS person_id, began.value AS value, cohort, {after} AS after, "
        f"came.amount AS amount FROM ({began}) AS began JOIN ({people.came()}) AS came "
        "ON began.person_id = came.person_id AND began.value = came.value WHERE seen > cohort"
    )
    if people.shown.get("cumulative"):
        # Whoever comes late has not left before.
        returned = (
            "SELECT person_id, value, cohort, max(after) AS after, sum(amount) AS amount "
            f"FROM ({returned}) AS returned GROUP BY person_id, value, cohort"
        )
    found.sql = (
        "SELECT cohort, value, after, uniqExact(person_id), sum(amount) "
        f"FROM ({returned}) AS returned WHERE after > 0 GROUP BY cohort, value, after"
    )
    for cohort, value, at, number, amount in database.rows(found.sql):
        found.people[cohort, value, int(at)] = int(number)
        found.amounts[cohort, value, int(at)] = float(amount)
    return found


def together(counts: Counts, values: Iterable[str | None], name: str) -> Counts:
    """The same counts with several values under one name."""
    some = set(values)
    made = Counts(sql=counts.sql)
    for (cohort, value, after), number in counts.people.items():
        key = (cohort, name if value in some else value, after)
        made.people[key] = made.people.get(key, 0) + number
        made.amounts[key] = made.amounts.get(key, 0.0) + counts.amounts[cohort, value, after]
    return made


def rows_of(
    counts: Counts,
    value: str | None,
    starts: list[datetime],
    period: str,
    brackets: list[int],
    shown: dict[str, Any],
) -> list[dict[str, Any]]:
    """A row for each cohort, as wide as there is data."""
    unit = period.capitalize()
    labels = _labels(unit, brackets, len(starts))
    how = shown.get("aggregationType") if shown.get("aggregationProperty") else None
    made: list[dict[str, Any]] = []
    for at, cohort in enumerate(starts):
        # Later cohorts have had fewer periods; with brackets the server fills all of them.
        width = len(labels) if brackets else len(starts) - at
        keys = [(cohort, value, after) for after in range(width)]
        people = [counts.people.get(key, 0) for key in keys]
        if shown.get("cumulative"):
            # Summed from the end: whoever comes in period 5 has not left before.
            people = [people[0], *list(accumulate(reversed(people[1:])))[::-1]]
        cells: list[dict[str, Any]] = []
        for key, number, label in zip(keys, people, labels, strict=False):
            cell: dict[str, Any] = {"count": number, "label": label}
            if how in ("sum", "avg"):
                amount = counts.amounts.get(key, 0.0)
                mean = amount / number if number else 0.0
                cell["aggregation_value"] = mean if how == "avg" else amount
            cells.append(cell)
        made.append({"date": f"{cohort.isoformat()}Z", "label": f"{unit} {at}", "values": cells})
    return made


def _after(period: str, brackets: list[int]) -> str:
    """Which period after the start an interval is in; 0 when it is in none."""
    distance = f"dateDiff('{period}', cohort, seen)"
    if not brackets:
        return distance
    ends = list(accumulate(brackets))
    parts = ", ".join(f"{distance} <= {end}, {at}" for at, end in enumerate(ends, 1))
    return f"multiIf({parts}, 0)"


def _labels(unit: str, brackets: list[int], number: int) -> list[str]:
    if not brackets:
        return [f"{unit} {at}" for at in range(number)]
    labels, first = [f"{unit} 0"], 1
    for length in brackets:
        last = first + length - 1
        labels.append(f"{unit} {first}" if length == 1 else f"{unit} {first}-{last}")
        first = last + 1
    return labels
