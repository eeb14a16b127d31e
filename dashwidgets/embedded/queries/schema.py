"""What queries are computed from: the columns of the events, and the project's definitions."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from dashwidgets.embedded.queries.sql.dialect import name
from dashwidgets.embedded.queries.sql.tables import NoTables, Tables

PERSON = "person.properties."
EVENT = "properties."
_FIELDS = ("event", "distinct_id", "person_id", "timestamp", "uuid")

Definition = Mapping[str, Any]


@dataclass(frozen=True)
class Definitions:
    """What a project's queries refer to by id.

    Attributes
    ----------
    actions, cohorts : mapping
        By id, as the API shows them; a static cohort also has its ``distinct_ids``.
    path_cleaning : sequence
        The project's ``path_cleaning_filters``.
    tables : Tables
        The ``system.*`` tables that whoever asks may read; none by default.
    """

    actions: Mapping[int, Definition] = field(default_factory=dict[int, Definition])
    cohorts: Mapping[int, Definition] = field(default_factory=dict[int, Definition])
    path_cleaning: Sequence[Definition] = ()
    tables: Tables = field(default_factory=NoTables)


@dataclass(frozen=True)
class Schema:
    """The columns of the events table, the time they span, and what queries refer to.

    ``written`` collects the expressions that users wrote into a query, as they are resolved: a
    statement with one of them is bounded like their SQL.
    """

    columns: frozenset[str]
    first: datetime
    last: datetime
    now: datetime | None = None
    definitions: Definitions = field(default_factory=Definitions)
    written: list[str] = field(default_factory=list[str], compare=False)

    def column(self, key: str, kind: str | None) -> str:
        """A property as a column; one that was never sent is null."""
        if kind in (None, "event", "event_metadata") and key in _FIELDS:
            return name(key)
        if kind in ("person", "cohort") and key == "id":
            return "person_id"
        if kind == "session" or key == "$session_id":
            return name("$session_id")
        found = (PERSON if kind == "person" else EVENT) + key
        # Not an error: a property that nobody sent yet is a filter that matches nothing.
        return name(found) if found in self.columns else "NULL"


def number(column: str) -> str:
    """A property as a number; text of none is null."""
    return f"toFloat64OrNull(toString({column}))"
