"""Read a project's references: its lists once, and its dashboards only when asked to."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any

from dashwidgets.api.client import Client
from dashwidgets.api.endpoints import dashboards, insights
from dashwidgets.api.paging import Listing, take_pages
from dashwidgets.bulk.sweep import sweep
from dashwidgets.frames.dashboards import provenance
from dashwidgets.references.frame import Collected
from dashwidgets.references.sql.parse import is_exact
from dashwidgets.references.table import References

NOT_DEEP = "filters of dashboards and of single tiles: use ph.references(deep=True)"
NO_TEST_FILTERS = "the project's filters of internal users: give test_account_filters="
NOT_EXACT = "SQL was read without PostHog's parser (hogql-parser-rs), so nothing in it is certain"


def read_references(
    client: Client,
    listing: Listing,
    name: str | Collection[str] | None = None,
    kind: str | Collection[str] | None = None,
    *,
    everywhere: bool = False,
    deep: bool = False,
    test_account_filters: Sequence[Any] | None = None,
) -> References:
    """See ``ph.references``; ``listing`` is the list of dashboards."""
    boards = {row["id"]: row for row in listing.rows}
    collected = Collected(
        boards, name, kind, everywhere=everywhere, test_account_filters=test_account_filters or ()
    )
    # Page by page, so that no more than one page of queries is in memory.
    reading = take_pages(client, insights.page, collected.insights)
    attrs: dict[str, Any] = provenance(listing)
    attrs["requests_spent"] += reading.requests_spent
    attrs["complete"] = listing.complete and reading.complete
    missing = [] if deep else [NOT_DEEP]
    if test_account_filters is None:
        missing.append(NO_TEST_FILTERS)
    if not is_exact():
        missing.append(NOT_EXACT)
    if deep:
        read = sweep(client, list(boards), dashboards.read, "Reading dashboards")
        collected.boards(read.found.values())
        collected.unread |= {f"dashboard {key}": why for key, why in read.unread.items()}
        attrs["requests_spent"] += read.requests_spent
    attrs |= {"host": client.host, "project_id": client.project_id, "not_covered": missing}
    return References.of(collected.to_frame(**attrs))
