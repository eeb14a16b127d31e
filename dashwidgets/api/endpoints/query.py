"""The query endpoint: HogQL, and the other kinds of queries, answered with rows."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal
from functools import lru_cache
from types import GenericAlias
from typing import Any

import msgspec

from dashwidgets.api.errors import UnexpectedAnswer
from dashwidgets.api.request import NOT_THIS_API, UNREADABLE, Request, read_nothing


class QueryStatus(msgspec.Struct):
    """Status of a query that the server runs in the background."""

    id: str | None = None
    complete: bool = True
    error: bool | None = False
    error_message: str | None = None
    results: msgspec.Raw = msgspec.Raw(b"null")


class Answer(msgspec.Struct, rename={"has_more": "hasMore"}):
    """The query endpoint's answer, its rows not yet decoded.

    Attributes
    ----------
    results : msgspec.Raw
        Rows as JSON: a list of lists.
    columns : list of str
    types : list of [name, ClickHouse type]
    """

    results: msgspec.Raw = msgspec.Raw(b"null")
    columns: list[Any] | None = None
    types: list[Any] | None = None
    has_more: bool | None = None
    hogql: str | None = None
    warnings: list[Any] | None = None
    timezone: str | None = None
    query_status: QueryStatus | None = None


class _Status(msgspec.Struct):
    query_status: QueryStatus


PIECE = 128 * 1024
"""Bytes of rows decoded at once: what fits in a processor's cache is read and freed faster."""

_ANSWER = msgspec.json.Decoder(Answer)
_STATUS = msgspec.json.Decoder(_Status)


def run(
    query: str, values: Mapping[str, Any], query_id: str, *, name: str = "dashwidgets"
) -> Request[Answer]:
    """``POST query/`` with one HogQL statement. Scope ``query:read``.

    ``values`` fill ``{name}`` placeholders on the server; ``query_id`` is what `cancel` takes.
    It only reads, so it is sent again when the connection breaks.
    """
    node: dict[str, Any] = {"kind": "HogQLQuery", "query": query}
    if values:
        node["values"] = dict(values)
    # The server refuses longer names instead of cutting them.
    body = {"query": node, "refresh": "blocking", "client_query_id": query_id, "name": name[:128]}
    return Request(
        "POST", "query/", read_answer, "query:read", "Running SQL", json=body, reads_only=True
    )


def status(query_id: str) -> Request[QueryStatus]:
    """``GET query/{id}/``: status of a query that was answered before it finished."""
    return Request("GET", f"query/{query_id}/", _read_status, "query:read", "Waiting for SQL")


def cancel(query_id: str) -> Request[None]:
    """``DELETE query/{id}/``: stop a query on the server."""
    return Request("DELETE", f"query/{query_id}/", read_nothing, "query:read", "Canceling SQL")


def read_answer(body: bytes | msgspec.Raw) -> Answer:
    """Decode the envelope and leave the rows as bytes."""
    try:
        answer = _ANSWER.decode(body)
    except (*UNREADABLE, msgspec.ValidationError) as error:
        raise UnexpectedAnswer(NOT_THIS_API) from error
    # Rows are decoded later: what has none now, and none to wait for, is no answer.
    if answer.query_status is None and bytes(answer.results) == b"null":
        raise UnexpectedAnswer(NOT_THIS_API)
    return answer


def read_rows(answer: Answer, *, exact: bool = False) -> Iterator[list[tuple[Any, ...]]]:
    """The rows of an answer, each as long as its list of columns, in pieces; at least one piece.

    ``exact`` reads fractions as decimals, which is slower.
    """
    width = len(answer.columns or [])
    decode, rows, start = _decoder(width, exact).decode, bytes(answer.results), 1
    while (end := rows.find(b"],[", start + PIECE)) >= 0:
        try:
            piece = decode(b"[%b]" % rows[start : end + 1])
        except UNREADABLE:
            break  # inside of a row, where no piece of JSON ends: the rest comes at once
        yield piece
        start = end + 2
    try:
        yield decode(rows if start == 1 else b"[%b" % rows[start:])
    except (*UNREADABLE, msgspec.ValidationError) as error:
        raise UnexpectedAnswer(
            f"The server's answer has no rows of {width} columns: check that the host is PostHog's."
        ) from error


@lru_cache(16)
def _decoder(width: int, exact: bool) -> msgspec.json.Decoder[list[tuple[Any, ...]]]:
    # Tuples of a known length are read twice as fast as lists.
    rows: Any = GenericAlias(list, (tuple[(Any,) * width] if width else tuple[()],))
    return msgspec.json.Decoder(rows, float_hook=Decimal if exact else None)


def _read_status(body: bytes) -> QueryStatus:
    try:
        return _STATUS.decode(body).query_status
    except (*UNREADABLE, msgspec.ValidationError) as error:
        raise UnexpectedAnswer(NOT_THIS_API) from error
