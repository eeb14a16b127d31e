"""Run one statement: wait for its rows, cancel it, point at its errors."""

from __future__ import annotations

import re
import time
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from functools import cached_property
from typing import Any
from uuid import uuid4

from dashwidgets.api.client import Client
from dashwidgets.api.endpoints import query as api
from dashwidgets.api.errors import (
    BadRequest,
    DashwidgetsError,
    NotAllowed,
    NotFound,
    ServerError,
)
from dashwidgets.bulk.garbage import collector_paused
from dashwidgets.queries.types import read_type

_PLACE = re.compile(r"line (\d+)[,:]? col(?:umn)? (\d+)", re.IGNORECASE)
FIRST_WAIT, LONGEST_WAIT = 0.5, 20.0
RUNNING = "Running SQL"
NO_ENDPOINT = (
    "this server offers no SQL for this project. Check the host and the project's id; an older "
    'PostHog has none, and ph.tiles(deep="open") and ph.audit() do without'
)


@dataclass(frozen=True)
class Rows:
    """The answer to one statement.

    Attributes
    ----------
    pieces : iterable of lists of rows
        Each time it is gone through, the rows are decoded.
    """

    columns: list[str]
    types: list[str | None]
    pieces: Iterable[list[tuple[Any, ...]]]
    cut: bool | None
    hogql: str | None
    warnings: list[Any]
    zone: str

    @cached_property
    def rows(self) -> list[tuple[Any, ...]]:
        """All rows; they stay in memory with the answer."""
        with collector_paused():
            return [row for piece in self.pieces for row in piece]


@dataclass(frozen=True)
class _Pieces:
    answer: api.Answer
    exact: bool

    def __iter__(self) -> Iterator[list[tuple[Any, ...]]]:
        return api.read_rows(self.answer, exact=self.exact)


def ask(client: Client, statement: str, values: Mapping[str, Any]) -> Rows:
    """Run a checked statement; interrupting it stops it on the server too.

    Raises
    ------
    BadRequest
        The server's sentence; where that names a line and column, a note shows the place.
    """
    # Ours, so that the query can be canceled before the server has answered.
    query_id = str(uuid4())
    try:
        answer = client.send(api.run(statement, values, query_id))
        return _rows(_finished(client, answer, query_id))
    except KeyboardInterrupt:
        with suppress(DashwidgetsError):
            # Without waiting: whoever interrupts a cell wants it back now.
            client.send(api.cancel(query_id), deadline=0)
        raise
    except (NotFound, NotAllowed) as error:
        # Every project has this address: whatever the server's words, it is the address that fails.
        detail = f"{error.detail.rstrip('.')}: {NO_ENDPOINT}"
        raise type(error)(
            error.status, detail, code=error.code, body=error.body, what=RUNNING
        ) from error
    except BadRequest as error:
        if note := _pointer(statement, error.detail):
            error.add_note(note)
        raise


def _finished(client: Client, answer: api.Answer, query_id: str) -> api.Answer:
    """Poll the server until it has the answer."""
    status, wait = answer.query_status, FIRST_WAIT
    while status is not None and not status.complete and not status.error:
        # With growing pauses: each poll is a request from the same scarce budget.
        time.sleep(wait)
        wait = min(LONGEST_WAIT, wait * 2)
        status = client.send(api.status(status.id or query_id))
    if status is None:
        return answer
    if status.error:
        raise ServerError(500, status.error_message or "The query failed", what=RUNNING, body=None)
    return answer if bytes(status.results) == b"null" else api.read_answer(status.results)


def _rows(answer: api.Answer) -> Rows:
    columns = [str(name) for name in answer.columns or []]
    types: list[str | None] = [_type(each) for each in answer.types or []]
    # A type that belongs to another column is worse than none.
    if len(types) != len(columns):
        types = [None] * len(columns)
    # Decimals travel as JSON numbers: read as floats they would lose digits.
    exact = any(kind and "Decimal" in kind for kind in types)
    return Rows(
        columns,
        types,
        _Pieces(answer, exact),
        answer.has_more,
        answer.hogql,
        answer.warnings or [],
        answer.timezone or "UTC",
    )


def _type(found: Any) -> str | None:
    named = found[1] if isinstance(found, list) and len(found) == 2 else found  # pyright: ignore[reportUnknownVariableType, reportUnknownArgumentType]
    return named if isinstance(named, str) and read_type(named).name else None


def _pointer(statement: str, detail: str) -> str | None:
    """The line an error refers to, with a mark under the column."""
    if not (found := _PLACE.search(detail)):
        return None
    lines, line, column = statement.split("\n"), int(found[1]), int(found[2])
    if not 0 < line <= len(lines) or column > len(lines[line - 1]):
        return None
    return f"{lines[line - 1]}\n{' ' * column}^"
