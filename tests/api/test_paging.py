"""A list is whole, or says that it is not."""

from __future__ import annotations

import json
from urllib.parse import parse_qs, urlsplit

import pytest

from dashwidgets.api import paging
from dashwidgets.api.client import Client
from dashwidgets.api.endpoints import dashboards
from dashwidgets.api.errors import ServerError
from tests.api.conftest import Answer, Scripted


def pages_of(rows: list[int], *, largest: int = 10**6, count: int | None = None):
    """A server that pages over ids and refuses pages over a size."""

    def answer(path: str) -> Answer:
        query = parse_qs(urlsplit(path).query)
        limit, offset = int(query["limit"][0]), int(query["offset"][0])
        if limit > largest:
            return 500, {}, b"too large"
        some = rows[offset : offset + limit]
        total = len(rows) if count is None else count
        following = "http://elsewhere.example/" if offset + limit < len(rows) else None
        body = {"count": total, "next": following, "results": [{"id": row} for row in some]}
        return 200, {}, json.dumps(body).encode()

    return answer


def test_one_request_for_a_whole_project(server: Scripted, client: Client) -> None:
    server.says(pages_of(list(range(3_000))))
    listing = paging.collect(client, dashboards.page)
    assert (len(listing.rows), listing.complete, listing.requests_spent) == (3_000, True, 1)


def test_smaller_pages_when_the_server_can_not(server: Scripted, client: Client) -> None:
    server.says(pages_of(list(range(450)), largest=200))
    listing = paging.collect(client, dashboards.page)
    assert (len(listing.rows), listing.complete) == (450, True)

    server.says((500, {}, b""))
    with pytest.raises(ServerError):
        paging.collect(client, dashboards.page)


def test_rows_seen_twice_and_rows_missed(server: Scripted, client: Client) -> None:
    server.says(pages_of([1, 2, 2, 3], count=4))
    listing = paging.collect(client, dashboards.page)
    assert [row["id"] for row in listing.rows] == [1, 2, 3]
    assert not listing.complete
    assert listing.duplicates >= 1


def test_next_is_never_followed_elsewhere(server: Scripted, client: Client) -> None:
    server.says(pages_of(list(range(25))))
    listing = paging.collect(client, dashboards.page, limit=10)
    assert len(listing.rows) == 25
    assert all(asked.startswith("GET /api/projects/7/dashboards/") for asked in server.asked)


def test_a_list_that_lost_rows_is_read_once_more(server: Scripted, client: Client) -> None:
    whole = pages_of([1, 2, 3])
    server.says(pages_of([1, 2], count=3), whole)
    listing = paging.collect(client, dashboards.page)
    assert [row["id"] for row in listing.rows] == [1, 2, 3]
    assert (listing.complete, listing.requests_spent, listing.duplicates) == (True, 2, 2)
    assert (listing.expected, listing.seconds >= 0) == (3, True)
    again = paging.collect(client, dashboards.page)
    assert (again.requests_spent, again.duplicates) == (1, 0)


def test_a_list_of_nothing_is_complete(server: Scripted, client: Client) -> None:
    server.says((200, {}, b'{"count": 0, "next": "http://x/", "results": []}'))
    listing = paging.collect(client, dashboards.page)
    assert (listing.rows, listing.complete, listing.requests_spent) == ([], True, 1)
