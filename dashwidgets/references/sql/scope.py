"""What the columns of a statement mean: which of them is an event's name, which holds properties.

A meaning is a tuple: its first word says what it is, the others of which kind.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from dashwidgets.references.reference import (
    EVENT_PROPERTY,
    GROUP_PROPERTY,
    PERSON_PROPERTY,
    SESSION_PROPERTY,
)

Meaning = tuple[str, ...]

NOTHING: Meaning = ("nothing",)
IS_EVENT: Meaning = ("event",)
FROM_EVENT: Meaning = ("from event",)
"""Made of an event's name: comparing it says something about events, not with certainty."""
IS_COHORT: Meaning = ("cohort",)


def holds(kind: str) -> Meaning:
    """A column of properties of a kind."""
    return ("properties", kind)


def entity(kind: str) -> Meaning:
    """Somebody or something with properties of a kind."""
    return ("entity", kind)


def is_property(kind: str, name: str) -> Meaning:
    """The value of a property."""
    return ("property", kind, name)


PERSON, GROUP, SESSION = (
    entity(kind) for kind in (PERSON_PROPERTY, GROUP_PROPERTY, SESSION_PROPERTY)
)
PDI: Meaning = ("pdi",)
Columns = Mapping[str, Meaning]

EVENTS: Columns = {
    "event": IS_EVENT,
    "properties": holds(EVENT_PROPERTY),
    "person": PERSON,
    "poe": PERSON,
    "person_properties": holds(PERSON_PROPERTY),
    "pdi": PDI,
    "session": SESSION,
    **{f"group_{n}": GROUP for n in range(5)},
    **{f"goe_{n}": GROUP for n in range(5)},
    **{f"group{n}_properties": holds(GROUP_PROPERTY) for n in range(5)},
}
OTHER: Columns = {"person": PERSON, "pdi": PDI, "session": SESSION}
TABLES: Mapping[str, Columns] = {
    "events": EVENTS,
    "persons": {"properties": holds(PERSON_PROPERTY), "pdi": PDI},
    "groups": {"properties": holds(GROUP_PROPERTY), "group_properties": holds(GROUP_PROPERTY)},
    "sessions": {},
    "cohort_people": {"cohort_id": IS_COHORT, "person": PERSON},
    "static_cohort_people": {"cohort_id": IS_COHORT, "person": PERSON},
    "session_replay_events": OTHER | {"events": ("table", "events")},
    "person_distinct_ids": OTHER,
    "ai_events": EVENTS,
} | dict.fromkeys(
    (
        "raw_persons", "raw_groups", "raw_cohort_people", "raw_person_distinct_ids",
        "raw_session_replay_events", "raw_sessions", "raw_sessions_v3", "log_entries", "logs",
        "heatmaps", "person_overrides", "person_distinct_id_overrides", "query_log", "app_metrics",
        "error_tracking_issue_fingerprint_overrides", "session_replay_features", "trace_spans",
        "console_logs_log_entries", "batch_export_log_entries", "channel_type", "exchange_rate",
        "web_overview_daily", "web_stats_daily", "document_embeddings", "data_warehouse_sources",
    ),
    OTHER,
)  # fmt: skip
SYSTEM = ("system", "information_schema")
NOT_SESSION_PROPERTIES = frozenset(
    ("session_id", "id", "distinct_id", "team_id", "person", "session", "*")
)


@dataclass(slots=True)
class Source:
    """A table of a statement: its known columns, and those a ``*`` lets through.

    Attributes
    ----------
    columns : mapping
    passed : list of Source
        Tables whose columns a ``SELECT *`` of this subquery passes on.
    open : bool
        Whether it may have columns that are not known.
    sessions : bool
        Whether its other columns are session properties.
    """

    columns: Mapping[str, Meaning]
    passed: list[Source] = field(default_factory=list["Source"])
    sessions: bool = False

    def column(self, name: str) -> Meaning | None:
        """What a column means; None where there is no such column."""
        if name in self.columns:
            return self.columns[name]
        if self.sessions and name not in NOT_SESSION_PROPERTIES:
            return ("session column", name)
        for source in self.passed:
            if (meaning := source.column(name)) is not None:
                return meaning
        return None


@dataclass(slots=True)
class Scope:
    """The names of one SELECT."""

    ctes: dict[str, Source]
    sources: dict[str, Source] = field(default_factory=dict[str, Source])
    aliases: dict[str, Meaning] = field(default_factory=dict[str, Meaning])
    parameters: dict[str, Meaning] = field(default_factory=dict[str, Meaning])

    def resolve(self, chain: list[Any]) -> tuple[Meaning, int]:
        """What the beginning of a dotted name means, and how many of its parts that took."""
        first = str(chain[0])
        if first in self.parameters:
            return self.parameters[first], 1
        # Before the columns: in ClickHouse an alias hides the column of its name.
        if first in self.aliases:
            return self.aliases[first], 1
        if len(chain) > 1 and first in self.sources:
            return self.sources[first].column(str(chain[1])) or NOTHING, 2
        for source in self.sources.values():
            if (meaning := source.column(first)) is not None:
                return meaning, 1
        return NOTHING, 1


def events_scope(table: str = "events") -> Scope:
    """The names that an expression of an insight may use."""
    source = Source(TABLES[table], sessions=table == "sessions")
    return Scope({}, {table: source})


def inside(meaning: Meaning, part: str) -> Meaning:
    """What a part of something means: ``person`` and ``properties``, say."""
    what = meaning[0]
    if what == "pdi":
        return PERSON if part == "person" else NOTHING
    if what == "table":
        return TABLES[meaning[1]].get(part, NOTHING)
    if what == "properties":
        return is_property(meaning[1], part)
    if what == "entity" and meaning[1] is SESSION_PROPERTY:
        return NOTHING if part in NOT_SESSION_PROPERTIES else is_property(SESSION_PROPERTY, part)
    if what == "entity" and part == "properties":
        return holds(meaning[1])
    return NOTHING
