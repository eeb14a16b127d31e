"""The system tables as one actor may read them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from dashwidgets.embedded.queries.sql import sessions
from dashwidgets.embedded.queries.sql.tables import LocalTable
from dashwidgets.embedded.resources.access import hidden
from dashwidgets.embedded.resources.system.tables import TABLES, Column, SystemTable
from dashwidgets.embedded.server.auth import Actor
from dashwidgets.embedded.storage import Storage

TEXT, WHOLE, TRUTH = "String", "Int64", "Bool"
_PUBLIC = {
    "events": {
        "uuid": TEXT,
        "event": TEXT,
        "timestamp": "DateTime",
        "distinct_id": TEXT,
        "person_id": TEXT,
        "properties": TEXT,
        "$session_id": TEXT,
    },
    "persons": {"id": TEXT, "distinct_id": TEXT, "created_at": "DateTime", "properties": TEXT},
    "sessions": dict.fromkeys(sessions.COLUMNS, TEXT)
    | dict.fromkeys(("$start_timestamp", "$end_timestamp"), "DateTime")
    | dict.fromkeys(("$session_duration", "duration", "$is_bounce"), WHOLE)
    | dict.fromkeys(("$pageview_count", "$screen_count", "$autocapture_count"), WHOLE),
}
_TYPES = {"Int64": "Integer", "String": "String", "Bool": "Boolean", "DateTime": "DateTime"}


class SystemTables:
    """What one actor may read of the project by SQL.

    Parameters
    ----------
    storage : Storage
    actor : Actor
        A table whose scope the key lacks is not there; rows that the user may not see are left
        out, and the table says so.
    strict : bool
        Only the columns that every PostHog with these tables has.
    """

    def __init__(self, storage: Storage, actor: Actor, *, strict: bool) -> None:
        self._storage = storage
        self._actor = actor
        self._strict = strict

    def find(self, name: str, events: Iterable[str]) -> LocalTable | None:
        """Rows of ``system.x``, read now; None: no such table, or not for this actor."""
        if name == "system.information_schema.tables":
            return self._tables(name)
        if name == "system.information_schema.columns":
            return self._columns(name, events)
        table = TABLES.get(name.removeprefix("system."))
        if not name.startswith("system.") or table is None:
            return None
        return self._read(name, table) if self._may_read(table) else None

    def _may_read(self, table: SystemTable) -> bool:
        if not self._actor.may(table.scope):
            return False
        # Whoever may see nothing of a kind is told that there is no such table.
        return not (
            table.resource and hidden(self._storage, self._actor, table.resource).everything
        )

    def _read(self, name: str, table: SystemTable) -> LocalTable:
        columns = list(self._offered(table))
        unseen = {each: hidden(self._storage, self._actor, each) for each in table.about}
        # Most people may see everything: then no extra column is read, and Python looks at no row.
        unseen = {each: found for each, found in unseen.items() if found.everything or found.ids}
        reads = [f"{each.read or each.name} AS {each.name}" for each in columns]
        reads += [table.about[resource] for resource in unseen]
        rows = self._storage.tuples(f"SELECT {', '.join(reads)} FROM {table.source}")  # noqa: S608
        said: list[str] = []
        for at, (resource, found) in enumerate(unseen.items(), len(columns)):
            # A row about nothing in particular, such as a project's annotation, has no id here and
            # stays.
            kept = [row for row in rows if row[at] is None or row[at] not in found]
            if len(kept) < len(rows):
                said.append(f"Results may exclude rows of resources you can't access: {resource}.")
            rows = kept
        if unseen:
            rows = [row[: len(columns)] for row in rows]
        return LocalTable(name, {each.name: each.type for each in columns}, rows, said)

    def _offered(self, table: SystemTable) -> Iterator[Column]:
        return (each for each in table.columns if not (each.extra and self._strict))

    def _allowed(self) -> Iterator[tuple[str, SystemTable]]:
        for name, table in TABLES.items():
            if self._may_read(table):
                yield f"system.{name}", table

    def _tables(self, name: str) -> LocalTable:
        rows: list[tuple[Any, ...]] = [("public", each, "posthog", None, None) for each in _PUBLIC]
        rows += [("system", each, "system", None, None) for each, _ in self._allowed()]
        kinds = dict.fromkeys(("table_schema", "table_name", "table_type"), TEXT)
        more = {"description": f"Nullable({TEXT})", "row_count": f"Nullable({WHOLE})"}
        return LocalTable(name, kinds | more, rows)

    def _columns(self, name: str, events: Iterable[str]) -> LocalTable:
        there = set(events)
        told: list[tuple[Any, ...]] = []
        for table, columns in _PUBLIC.items():
            lacking = {"$session_id"} - there
            given = [column for column in columns if column not in lacking]
            for at, column in enumerate(given, 1):
                shown = "JSON" if column == "properties" else _TYPES[columns[column]]
                told.append(("public", table, column, at, shown, False))
        for table, system in self._allowed():
            for at, column in enumerate(self._offered(system), 1):
                kind = column.type.removeprefix("Nullable(").removesuffix(")")
                shown = "JSON" if column.is_json else _TYPES[kind]
                null = column.type.startswith("Nullable")
                told.append(("system", table, column.name, at, shown, null))
        rows = [(*row, False, "column", None) for row in told]
        kinds = dict.fromkeys(("table_schema", "table_name", "column_name"), TEXT)
        kinds |= {"ordinal_position": WHOLE, "data_type": TEXT, "is_nullable": TRUTH}
        kinds |= {"is_array": TRUTH, "field_kind": TEXT, "description": f"Nullable({TEXT})"}
        return LocalTable(name, kinds, rows)
