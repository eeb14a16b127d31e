"""``ph.sql``: a statement to a frame, page by page beyond the limit of one answer."""

from __future__ import annotations

import warnings
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import UTC, datetime
from itertools import chain
from typing import Any

import pandas as pd

from dashwidgets.api.client import Client
from dashwidgets.api.errors import ConfigurationError, DashwidgetsError, DashwidgetsWarning
from dashwidgets.api.request import Unset
from dashwidgets.bulk.garbage import collector_paused
from dashwidgets.bulk.progress import NOTICEABLE
from dashwidgets.frames import arrow
from dashwidgets.queries.ask import Rows, ask
from dashwidgets.queries.columns import arrow_way, as_column
from dashwidgets.queries.interrupted import QueryInterrupted
from dashwidgets.queries.statement import (
    checked_statement,
    first_page,
    has_limit,
    limited,
    page_of,
)
from dashwidgets.queries.types import read_type
from dashwidgets.queries.values import as_json

MOST = 50_000
"""Rows of one answer (PostHog's limit)."""
WITHOUT_LIMIT = 100
"""Rows that PostHog gives to a statement that says no limit."""
NO_KEYS = ("Array", "Tuple", "Map", "Nested", "JSON", "Object")


def run_sql(
    client: Client,
    query: str,
    values: Mapping[str, Any],
    *,
    limit: int | Unset | None,
    by: str | None = None,
) -> pd.DataFrame:
    """A statement's rows as a frame; see ``ph.sql``."""
    query = checked_statement(query, values)
    sent = {name: as_json(name, value) for name, value in values.items()}
    spent, began = client.requests_spent, datetime.now(UTC)
    pages: list[Rows] = []

    def frame(*, complete: bool) -> pd.DataFrame:
        return to_frame(
            pages,
            complete=complete,
            has_more=not complete,
            requests_spent=client.requests_spent - spent,
            taken_at=began.isoformat(timespec="seconds"),
            host=client.host,
            project_id=client.project_id,
        )

    if limit is None:
        try:
            for page in paged(client, query, sent, by):
                pages.append(page)
        except DashwidgetsError as error:
            if not pages:
                raise
            read = sum(len(page.rows) for page in pages)
            raise QueryInterrupted(
                f"The query stopped after {read:,} rows: {error} They are in .arrived.",
                frame(complete=False),
            ) from error
        return frame(complete=True)
    if by is not None:
        raise ConfigurationError("by= is for limit=None, which reads page by page.")
    if not isinstance(limit, Unset):
        if isinstance(limit, bool) or not 0 < limit <= MOST:
            raise ConfigurationError(f"limit must be 1 to {MOST:,}, or None for every row.")
        query = limited(query, limit)
    # From the answer to the frame, and until its bytes are gone again.
    with collector_paused():
        pages.append(ask(client, query, sent))
        made, cut = frame(complete=True), pages[0].cut
        pages.clear()
    own = has_limit(query)
    if cut is None:
        # A full answer to a statement without a limit was cut, whether or not the server says so.
        cut = len(made) >= (MOST if own else WITHOUT_LIMIT)
    made.attrs.update(complete=not cut, has_more=cut)
    if cut and not own:
        warnings.warn(
            f"Only the first {len(made):,} rows: give limit=, or limit=None for all.",
            DashwidgetsWarning,
            stacklevel=3,
        )
    return made


def paged(
    client: Client, query: str, values: Mapping[str, Any], by: str | None = None
) -> Iterator[Rows]:
    """Every row of a checked statement, by key.

    Without ``by`` the first page comes in the statement's own order. Where it is full, reading
    begins again in the order of a key: ``id``, ``uuid``, else the first column that has an order.
    A key need not be unique: rows that share the last one of a page are left to the next.
    """
    from tqdm.auto import tqdm

    with tqdm(desc="Running SQL", unit="row", delay=NOTICEABLE, leave=False) as bar:
        if by is None:
            first = _decoded(ask(client, first_page(query, MOST), values))
            if not _goes_on(first):
                bar.update(len(first.rows))
                yield first
                return
            by = _key(first)
        last, nulls = None, False
        while True:
            after = last is not None
            sent = dict(values) | ({"dw_last": last} if after else {})
            page = _decoded(ask(client, page_of(query, by, MOST, after=after, nulls=nulls), sent))
            # Checked after the first page: only the answer names the columns of a ``SELECT *``.
            if by not in page.columns:
                raise ConfigurationError(f"The result has no column {by} to read by.")
            at = page.columns.index(by)
            more = _goes_on(page)
            if more:
                # The key need not be unique: its last value may go on in the next page.
                page, last = _whole_groups(page, at)
                # NULL is not greater than anything: without this its rows would never come.
                nulls = bool(page.types[at] and read_type(page.types[at] or "").nullable)
            bar.update(len(page.rows))
            yield page
            if not more:
                return


def _decoded(page: Rows) -> Rows:
    """A page whose rows are decoded once, not each time they are gone through."""
    return replace(page, pieces=[page.rows])


def _goes_on(page: Rows) -> bool:
    return bool(page.cut) or len(page.rows) >= MOST


def _whole_groups(page: Rows, at: int) -> tuple[Rows, Any]:
    """A page without the rows of its last key, of which the next page may hold more."""
    last = page.rows[-1][at]
    end = len(page.rows)
    while end and page.rows[end - 1][at] == last:
        end -= 1
    if not end:
        raise ConfigurationError(
            f"More than {len(page.rows):,} rows share one {page.columns[at]}: "
            "choose a column for by= that identifies rows."
        )
    return replace(page, pieces=[page.rows[:end]]), page.rows[end - 1][at]


def _key(page: Rows) -> str:
    usable = [
        name
        for name, kind in zip(page.columns, page.types, strict=True)
        # A name that two columns share can't be ordered by.
        if page.columns.count(name) == 1 and not (kind and read_type(kind).name in NO_KEYS)
    ]
    found = next((name for name in ("id", "uuid") if name in usable), None)
    if found is None and not usable:
        raise ConfigurationError("No column has an order to page by: give by=.")
    return found or usable[0]


@collector_paused()
def to_frame(pages: list[Rows], **attrs: Any) -> pd.DataFrame:
    """Pages of one statement as a frame; a column that does not fit its type stays as sent."""
    first = pages[0]
    said: list[Any] = []
    for page in pages:
        said += [each for each in page.warnings if each not in said]
    ways = [arrow_way(read_type(kind), first.zone) if kind else None for kind in first.types]
    parts: list[list[Any]] = [[] for _ in ways]
    for rows in _pieces(pages):
        values = zip(*rows, strict=True) if rows else [()] * len(ways)
        for part, way, came in zip(parts, ways, values, strict=True):
            part.append(way[0](came) if way else came)

    def sent(at: int) -> list[Any]:
        if ways[at]:  # only Arrow has them, in its own form
            return [row[at] for rows in _pieces(pages) for row in rows]
        return list(chain.from_iterable(parts[at]))

    columns: list[Any] = []
    for at, (name, kind, way) in enumerate(zip(first.columns, first.types, ways, strict=True)):
        try:
            if kind is None:
                raise TypeError("the server names no type")
            fits = arrow.joined(parts[at]) if way else None
            columns.append(
                way[1](fits) if way and fits is not None else as_column(sent(at), kind, first.zone)
            )
        except (ValueError, TypeError, OverflowError, LookupError, SyntaxError) as error:
            said.append(f"{name} is left as sent ({kind or 'unknown'}): {error}")
            # As sent rather than an error: one odd column must not lose a frame that took minutes.
            columns.append(pd.Series(sent(at), dtype="object"))
    # By number first: SQL may give two columns the same name.
    frame = pd.DataFrame(dict(enumerate(columns)), copy=False)
    frame.columns = pd.Index(first.columns, dtype="object")
    frame.attrs.update(attrs, hogql=first.hogql, warnings=said)
    return frame


def _pieces(pages: list[Rows]) -> Iterator[list[tuple[Any, ...]]]:
    return chain.from_iterable(page.pieces for page in pages)
