"""List rows as the frames read them. Fields that no column needs are never decoded.

Fields are typed loosely, because servers differ in types; only the nesting is fixed.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

import msgspec

from dashwidgets.api.paging import Page, read_page
from dashwidgets.api.request import UNREADABLE


# ``gc=False``: rows hold no cycles, and the collector would walk through every one.
class Row(msgspec.Struct, gc=False):
    """An object of a list, read by name as a dict is."""

    def get(self, name: str, default: Any = None) -> Any:
        """A field, by the name the API has for it."""
        return getattr(self, name, default)

    def __getitem__(self, name: str) -> Any:
        return getattr(self, name)


R = TypeVar("R", bound=Row)


class UserRow(Row, gc=False):
    """A user (7.1)."""

    id: Any = None
    first_name: Any = None
    last_name: Any = None
    email: Any = None


class DashboardRow(Row, gc=False):
    """A dashboard of the list (7.2)."""

    # In the order the API writes them: msgspec looks for each name after the one before.
    id: int
    name: Any = None
    description: Any = None
    pinned: Any = None
    created_at: Any = None
    created_by: UserRow | None = None
    last_accessed_at: Any = None
    last_viewed_at: Any = None
    is_shared: Any = None
    creation_mode: Any = None
    tags: Any = None
    restriction_level: Any = None
    effective_privilege_level: Any = None
    user_access_level: Any = None
    access_control_version: Any = None
    last_refresh: Any = None


class TrendsFilterRow(Row, gc=False):
    """How a trend is drawn."""

    display: Any = None


class QueryRow(Row, gc=False):
    """The part of a query that frames need; the rest is large."""

    kind: Any = None
    display: Any = None
    source: QueryRow | None = None
    trendsFilter: TrendsFilterRow | None = None  # noqa: N815 - the API's name


class PlaceRow(Row, gc=False):
    """A tile that shows an insight."""

    id: int
    dashboard_id: Any = None
    deleted: Any = None


class InsightRow(Row, gc=False):
    """An insight of the list (12.5)."""

    id: int
    short_id: Any = None
    name: Any = None
    derived_name: Any = None
    description: Any = None
    created_by: UserRow | None = None
    tags: Any = None
    query: QueryRow | None = None
    filters: Any = None
    dashboards: Any = None
    dashboard_tiles: list[PlaceRow] | None = None
    favorited: Any = None
    saved: Any = None
    created_at: Any = None
    last_modified_at: Any = None
    last_viewed_at: Any = None


def reader(page: type[Page[R]]) -> Callable[[bytes], Page[Any]]:
    """Read such a page, as plain dicts where it nests differently."""
    decoder = msgspec.json.Decoder(page)

    def read(body: bytes) -> Page[Any]:
        try:
            return decoder.decode(body)
        # One row of an unexpected shape: the whole page is read again, slower and without a schema.
        except UNREADABLE:
            return read_page(body)

    return read
