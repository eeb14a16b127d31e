"""PostHog's system tables by SQL: which ones a server has, and their rows."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any
from weakref import WeakKeyDictionary

import msgspec

from dashwidgets.api.client import Client
from dashwidgets.api.errors import NOT_OFFERED, ApiError, BadRequest
from dashwidgets.api.request import UNREADABLE
from dashwidgets.queries import sql
from dashwidgets.queries.ask import Rows, ask

# Every column, because servers name them differently; see the two tuples below.
_COLUMNS = "SELECT * FROM system.information_schema.columns LIMIT 50000"
_TABLE_NAMES = ("table_name", "table")
_COLUMN_NAMES = ("column_name", "column", "name")


@dataclass(frozen=True)
class Schema:
    """The columns of each system table; ``tables`` is None where the server does not tell."""

    tables: dict[str, set[str]] | None

    def known(self, table: str, columns: Iterable[str]) -> list[str]:
        """The columns that the table is known to have."""
        there = (self.tables or {}).get(table, set[str]())
        return [column for column in columns if column in there]


@dataclass
class Found:
    """Rows of a table as dicts, and what the server said about them.

    Attributes
    ----------
    warnings : list
        What the server said, such as that rows were left out; those rows are not all then.
    """

    rows: list[dict[str, Any]] = field(default_factory=list[dict[str, Any]])
    warnings: list[Any] = field(default_factory=list[Any])


# SQL has 120 requests an hour, so the schema is asked for once; a refusal is kept too.
_SCHEMAS: WeakKeyDictionary[Client, Schema | ApiError] = WeakKeyDictionary()


def read_schema(client: Client) -> Schema:
    """The server's system tables, read once per connection. One request.

    Raises `Forbidden` or `NotFound` where the key may not query or the server has no SQL.
    """
    if client not in _SCHEMAS:
        try:
            told = ask(client, _COLUMNS, {})
        except BadRequest:
            _SCHEMAS[client] = Schema(None)  # an older server: the usual columns are tried
        except NOT_OFFERED as error:
            _SCHEMAS[client] = error
        else:
            _SCHEMAS[client] = Schema(_tables(told))
    known = _SCHEMAS[client]
    if isinstance(known, ApiError):
        raise known
    return known


def _tables(told: Rows) -> dict[str, set[str]] | None:
    table = next((told.columns.index(n) for n in _TABLE_NAMES if n in told.columns), None)
    column = next((told.columns.index(n) for n in _COLUMN_NAMES if n in told.columns), None)
    if table is None or column is None:
        return None
    tables: dict[str, set[str]] = {}
    for row in told.rows:
        name = str(row[table]).rpartition(".")[2]
        tables.setdefault(name, set()).add(str(row[column]))
    return tables


def read_table(
    client: Client,
    table: str,
    columns: Sequence[str],
    optional: Sequence[str] = (),
    where: str = "",
    **values: Any,
) -> Found:
    """Rows of a system table by ``id``; ``optional`` columns only where the server has them.

    Raises `BadRequest` where the server does not know the table, or denies it.
    """
    asked = [*columns, *read_schema(client).known(table, optional)]
    statement = f"SELECT {', '.join(asked)} FROM system.{table}"  # noqa: S608 - names of ours
    found = Found()
    pages = sql.paged(client, f"{statement} WHERE {where}" if where else statement, values, "id")
    for page in pages:
        found.rows += [dict(zip(page.columns, row, strict=True)) for row in page.rows]
        found.warnings += [each for each in page.warnings if each not in found.warnings]
    return found


def json_of(text: Any) -> Any:
    """A column of JSON text; None where it holds none."""
    if not isinstance(text, str):
        return text  # some servers send it as JSON already
    try:
        return msgspec.json.decode(text)
    except UNREADABLE:
        return None
