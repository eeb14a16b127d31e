"""Verbs of a plan that rename events and properties in insights."""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING, Any, Self

from dashwidgets.api.endpoints import insights
from dashwidgets.api.errors import ConfigurationError
from dashwidgets.api.paging import collect
from dashwidgets.frames.columns import inner_list
from dashwidgets.plans.change import Change, Key
from dashwidgets.references.reference import (
    ACTION,
    COHORT,
    EVENT,
    EVENT_PROPERTY,
    GROUP_PROPERTY,
    PERSON_PROPERTY,
    SESSION_PROPERTY,
)
from dashwidgets.references.rename import rename

if TYPE_CHECKING:
    from dashwidgets.api.client import Client
    from dashwidgets.plans.conflicts.server_state import ServerState

PROPERTIES = (EVENT_PROPERTY, PERSON_PROPERTY, GROUP_PROPERTY, SESSION_PROPERTY)
NOT_LISTED = (
    "Filters of dashboards and of single tiles are not renamed: see ph.references(deep=True)."
)
NOWHERE = 0
"""Stands for the dashboard of an insight that is on none."""


class QueryVerbs:
    """Each verb reads the list of insights: one request. It sends nothing.

    An insight that several dashboards show changes once; ``notes`` says where else it shows.
    Places that only may mean the name are refused, each with its reason: patterns, SQL that can't
    be read. Applying needs the scope ``insight:write``, one request per insight.
    """

    _client: Client
    _cells: dict[Key, Change]
    notes: list[str]

    def _server(self) -> ServerState:
        raise NotImplementedError

    def _take(self, made: list[Change]) -> None:
        raise NotImplementedError

    def rename_event(self, old: str, new: str) -> Self:
        """Rename an event in every query and SQL text.

        Raises `ConfigurationError` for a name that is empty or not text.

        Examples
        --------
        >>> import dashwidgets as dw
        >>> with dw.local() as ph:
        ...     plan = ph.plan().rename_event("signed_up", "signup completed")
        >>> len(plan) > 5
        True
        """
        return self._rename((EVENT,), _name(old), _name(new))

    def rename_property(self, old: str, new: str, *, kind: str = EVENT_PROPERTY) -> Self:
        """Rename a property; ``kind`` is, for example, ``"person property"``.

        Raises `ConfigurationError` for a kind that is not a kind of property.
        """
        if kind not in PROPERTIES:
            raise ConfigurationError(f"kind must be one of {', '.join(PROPERTIES)}, not {kind!r}.")
        return self._rename((kind,), _name(old), _name(new))

    def replace_cohort(self, old: int, new: int) -> Self:
        """Use another cohort, by number, wherever one is used."""
        return self._rename((COHORT,), _number(old), _number(new))

    def replace_action(self, old: int, new: int) -> Self:
        """Use another action, by number, wherever one is used."""
        return self._rename((ACTION,), _number(old), _number(new))

    def _rename(self, kinds: Collection[str], old: str, new: str) -> Self:
        now = self._server()
        listing = collect(self._client, insights.page)
        made: list[Change] = []
        for row in listing.rows:
            boards = _boards(row, now)
            # A change is of one dashboard in the frame; an insight may be on several, or on none.
            first = boards[0] if boards else NOWHERE
            field = f"insight {row['id']} query"
            pending = self._cells.get((first, None, field))
            # Several renames in one plan work on the same query, one after another.
            query = pending.new if pending else row.get("query")
            done = rename(query, row.get("filters"), kinds, old, new)
            name = now.name(first) if boards else "(on no dashboard)"
            if done.changed:
                made.append(Change(first, name, None, field, row.get("query"), done.query))
                self._say_where(row, boards, now)
            for where, why in dict(done.refused).items():
                one = Change(first, name, None, f"{field} at {where}", old, new)
                one.becomes("refused", why)
                made.append(one)
        if not listing.complete:
            self.notes.append("The list of insights was not complete: plan again.")
        if made and NOT_LISTED not in self.notes:
            self.notes.append(NOT_LISTED)
        self._take(made)
        return self

    def _say_where(self, row: dict[str, Any], boards: list[int], now: ServerState) -> None:
        if len(boards) > 1:
            others = ", ".join(f"{now.name(board)} ({board})" for board in boards[1:])
            name = row.get("name") or row.get("derived_name") or "Untitled"
            note = f"Insight {row['id']} ({name}) changes once, and also shows on {others}."
            if note not in self.notes:
                self.notes.append(note)


def _boards(row: dict[str, Any], now: ServerState) -> list[int]:
    """The listed dashboards that an insight is on."""
    tiles = inner_list(row, "dashboard_tiles")
    found = [tile.get("dashboard_id") for tile in tiles if not tile.get("deleted")]
    return list(dict.fromkeys(board for board in found if board in now.rows))


def _name(value: Any) -> str:
    if not isinstance(value, str) or not value:
        raise ConfigurationError(f"Give a name as text, such as 'signed_up', not {value!r}.")
    return value


def _number(value: Any) -> str:
    if isinstance(value, bool) or not isinstance(value, int):
        raise ConfigurationError(f"Give its number, not {value!r}.")
    return str(value)
