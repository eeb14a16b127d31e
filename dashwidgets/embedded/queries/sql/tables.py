"""Tables that are read for one statement, beside the events: PostHog's ``system.*``."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from sqlglot import exp


@dataclass(frozen=True)
class LocalTable:
    """A table and its rows.

    Attributes
    ----------
    name : str
        As a statement says it: ``system.dashboards``.
    columns : mapping
        Name to ClickHouse type.
    rows : sequence of tuples
        Whole numbers, text, truths and nulls; times as ISO 8601 text in UTC.
    warnings : sequence of str
        What a reader of these rows must know, such as that some are left out.
    """

    name: str
    columns: Mapping[str, str]
    rows: Sequence[tuple[Any, ...]]
    warnings: Sequence[str] = ()


class Tables(Protocol):
    """The tables that whoever asks may read."""

    def find(self, name: str, events: Iterable[str]) -> LocalTable | None:
        """A table's rows; ``events`` are the columns of the events. None: there is no such one."""
        ...


class NoTables:
    """A server without tables of its own."""

    def find(self, name: str, events: Iterable[str]) -> LocalTable | None:
        """None."""
        return None


def localize(tree: exp.Query, tables: Tables, events: Iterable[str]) -> list[LocalTable]:
    """Give each known ``system.x`` of a tree a plain quoted name; returns what must be loaded.

    Unknown ones are left as they are: `check` refuses every name with a database.
    """
    found: dict[str, LocalTable | None] = {}
    for table in list(tree.find_all(exp.Table)):
        name = ".".join(part.name for part in table.parts).lower()
        if not table.args.get("db"):
            continue
        # Each table is read once, however often a statement names it.
        if name not in found:
            found[name] = tables.find(name, events)
        if found[name] is not None:
            alias = table.alias or table.name
            table.set("this", exp.to_identifier(name, quoted=True))
            table.set("db", None)
            table.set("catalog", None)
            table.set("alias", exp.TableAlias(this=exp.to_identifier(alias, quoted=True)))
    local = {name: table for name, table in found.items() if table is not None}
    for column in list(tree.find_all(exp.Column)):
        # `system.dashboards.id`, which names the table in full
        if ".".join(part.name for part in column.parts[:-1]).lower() in local:
            column.set("db", None)
            column.set("catalog", None)
    return list(local.values())
