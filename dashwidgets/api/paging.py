"""Read a whole list, and check that it is complete.

The list's order is not unique, so offset pages can repeat and lose rows. One large page is safer
and faster; rows are counted once by id and compared with the server's own count (contract 4, 8.1).
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any, Generic, Protocol, TypeVar, cast

import msgspec

from dashwidgets.api.client import Client
from dashwidgets.api.errors import BadRequest, ServerError, TimedOut, UnexpectedAnswer
from dashwidgets.api.request import NOT_THIS_API, Request, read_as

T = TypeVar("T")

# PostHog has no upper limit for a page; every page more is a chance to lose a row in between.
LARGEST = 5000
SMALLEST = 50


class Page(msgspec.Struct, Generic[T]):
    """One page of a list: the envelope of contract 4."""

    count: int
    results: list[T]
    next: str | None = None


JsonPage = Page[dict[str, Any]]


@dataclass(frozen=True)
class Reading:
    """How a list was read.

    Attributes
    ----------
    expected : int
        How many the server says there are.
    complete : bool
        Whether every one of them was read.
    duplicates : int
        Rows received more than once.
    requests_spent : int
        Requests it took, retries included.
    taken_at : datetime
        When reading began, UTC.
    seconds : float
        How long it took.
    """

    expected: int
    complete: bool
    duplicates: int
    requests_spent: int
    taken_at: datetime
    seconds: float


@dataclass(frozen=True)
class Listing(Reading):
    """A list that was read: the rows as the server sent them, each id once."""

    rows: list[dict[str, Any]]


class MakePage(Protocol[T]):
    """Builds the request for one page."""

    def __call__(self, limit: int, offset: int) -> Request[Page[T]]: ...


def read_page(body: bytes) -> JsonPage:
    """Read one page."""
    return read_as(JsonPage, body, "a list of this API")


def reading_as(make_page: MakePage[Any], reads: Callable[[bytes], Page[T]]) -> MakePage[T]:
    """The same pages with another reader."""

    def page(limit: int, offset: int) -> Request[Page[T]]:
        return replace(make_page(limit, offset), reads=reads)

    return page


def collect(
    client: Client, make_page: MakePage[dict[str, Any]], *, limit: int = LARGEST
) -> Listing:
    """Read every page of a list and keep its rows; see `take_pages`."""
    rows: list[dict[str, Any]] = []
    reading = take_pages(client, make_page, rows.extend, limit=limit)
    return Listing(**vars(reading), rows=rows)


def take_pages(
    client: Client,
    make_page: MakePage[T],
    take: Callable[[list[T]], object],
    *,
    limit: int = LARGEST,
) -> Reading:
    """Read every page of a list, handing on the new rows of each without keeping them.

    Starts with one large page and asks for less when the server can't give it. When rows were seen
    twice, others were missed: the list is then read once more from the start. Costs one request
    for up to 5,000 rows.

    Raises what `Client.send` raises. ``complete`` is False for a list that stays incomplete.
    """
    taken_at, began, spent = datetime.now(UTC), time.monotonic(), client.requests_spent
    seen: set[Any] = set()
    duplicates, expected = 0, 0
    # The second pass only runs when rows were lost to shifting pages.
    for _pass in range(2):
        offset, more = 0, True
        while more:
            page, limit = _one(client, make_page, limit, offset)
            expected = page.count
            new: list[T] = []
            for row in page.results:
                key = cast("Any", row).get("id")
                if key is None:
                    raise UnexpectedAnswer(NOT_THIS_API)
                if key in seen:
                    duplicates += 1
                else:
                    # Counted by id, because a row that moved between two pages is sent twice and
                    # hides another.
                    seen.add(key)
                    new.append(row)
            take(new)
            # By what came, not by ``limit``: some servers cap a page without saying so.
            offset += len(page.results)
            # An empty page ends it too: a server that always names a next page would never stop.
            more = bool(page.results) and page.next is not None
        # Not ==: rows that were added while paging are no loss.
        if len(seen) >= expected:
            break
    return Reading(
        expected=expected,
        complete=len(seen) == expected,
        duplicates=duplicates,
        requests_spent=client.requests_spent - spent,
        taken_at=taken_at,
        seconds=time.monotonic() - began,
    )


def _one(client: Client, make_page: MakePage[T], limit: int, offset: int) -> tuple[Page[T], int]:
    """One page, and the size that worked."""
    while True:
        try:
            return client.send(make_page(limit, offset)), limit
        # Servers refuse large pages in different ways: 400, 500, or no answer in time.
        except (BadRequest, ServerError, TimedOut):
            if limit <= SMALLEST:
                raise
            # 5000, 1000, 200, 50: four sizes at most before the error is the user's to see.
            limit = max(SMALLEST, limit // 5)
