"""Read a whole list, and prove that it is whole.

The list's order is not unique, so offset pages can repeat and lose rows. One large page is safer
and faster; rows are counted once by id and compared with the server's own count (contract 4, 8.1).
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Protocol

import msgspec

from dashwidgets.api.client import Client
from dashwidgets.api.errors import BadRequest, ServerError, TimedOut, UnexpectedAnswer
from dashwidgets.api.request import Request

LARGEST = 5000
SMALLEST = 50


class Page(msgspec.Struct):
    """One page of a list: the envelope of contract 4."""

    count: int
    results: list[dict[str, Any]]
    next: str | None = None


@dataclass(frozen=True)
class Listing:
    """A list as it was read.

    Attributes
    ----------
    rows : list of dict
        As the server sent them, each id once.
    expected : int
        How many the server says there are.
    complete : bool
        Whether every one of them is in ``rows``.
    duplicates : int
        Rows that came more than once.
    requests_spent : int
        Requests it took, retries included.
    taken_at : datetime
        When reading began, UTC.
    seconds : float
        How long it took.
    """

    rows: list[dict[str, Any]]
    expected: int
    complete: bool
    duplicates: int
    requests_spent: int
    taken_at: datetime
    seconds: float


class MakePage(Protocol):
    """What builds the request for one page."""

    def __call__(self, limit: int, offset: int) -> Request[Page]: ...


def read_page(body: bytes) -> Page:
    """Read one page."""
    try:
        return msgspec.json.decode(body, type=Page)
    except msgspec.DecodeError as error:
        raise UnexpectedAnswer(
            "The server's answer is not a list of this API: check that the host is PostHog's."
        ) from error


def collect(
    client: Client,
    make_page: MakePage,
    *,
    limit: int = LARGEST,
    on_page: Callable[[int, int], None] | None = None,
) -> Listing:
    """Read every page of a list.

    Starts with one large page and halves it when the server can't give it. When rows were seen
    twice, others were missed: the list is then read once more from the start. Costs one request
    for up to 5,000 rows.

    Raises what `Client.send` raises. An incomplete list is returned, with ``complete`` False.
    """
    taken_at, began, spent = datetime.now(UTC), time.monotonic(), client.requests_spent
    rows: dict[Any, dict[str, Any]] = {}
    duplicates, expected = 0, 0
    for _pass in range(2):
        offset, more = 0, True
        while more:
            page, limit = _one(client, make_page, limit, offset)
            expected = page.count
            for row in page.results:
                duplicates += row.get("id") in rows
                rows.setdefault(row.get("id"), row)
            if on_page is not None:
                on_page(len(rows), expected)
            offset += len(page.results)
            more = bool(page.results) and page.next is not None
        if len(rows) >= expected:
            break
    return Listing(
        rows=list(rows.values()),
        expected=expected,
        complete=len(rows) == expected,
        duplicates=duplicates,
        requests_spent=client.requests_spent - spent,
        taken_at=taken_at,
        seconds=time.monotonic() - began,
    )


def _one(client: Client, make_page: MakePage, limit: int, offset: int) -> tuple[Page, int]:
    """One page, and the size that worked."""
    while True:
        try:
            return client.send(make_page(limit, offset)), limit
        except (BadRequest, ServerError, TimedOut):
            if limit <= SMALLEST:
                raise
            limit = max(SMALLEST, limit // 5)
