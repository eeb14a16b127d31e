"""The result of computing a query, and what it is computed with."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol

from dashwidgets.embedded.queries.schema import Schema
from dashwidgets.embedded.queries.sql.cancel import Stop
from dashwidgets.embedded.queries.sql.tables import LocalTable


@dataclass(frozen=True)
class Outcome:
    """The result of a query, in the shapes of contract 13."""

    result: Any
    hogql: str | None = None
    columns: list[str] | None = None
    types: list[Any] | None = None
    has_more: bool | None = False
    resolved_date_range: dict[str, str] | None = None
    timezone: str = "UTC"
    limit: int | None = None
    warnings: Sequence[str] = ()


class Database(Protocol):
    """What a query is computed with."""

    @property
    def schema(self) -> Schema:
        """The columns there are."""
        ...

    def now(self) -> datetime:
        """The present, UTC without a zone."""
        ...

    def rows(
        self, clickhouse: str, *, stop: Stop | None = None, written: bool = False
    ) -> list[tuple[Any, ...]]:
        """Rows of one of our own ClickHouse statements; users may have ``written`` a part of it."""
        ...

    def table(
        self, clickhouse: str, local: Sequence[LocalTable] = (), *, stop: Stop | None = None
    ) -> tuple[list[str], list[str], list[tuple[Any, ...]]]:
        """Names, ClickHouse types and rows of a statement, with ``local`` tables beside events."""
        ...
