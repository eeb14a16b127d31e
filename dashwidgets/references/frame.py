"""``ph.references()``: one row per place where a name is used."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from operator import itemgetter
from typing import Any

from dashwidgets.frames.columns import Builder, Column, Table, inner, inner_list
from dashwidgets.references.matching import checked_names, wanted
from dashwidgets.references.pointers import value_at
from dashwidgets.references.queries.boards import board_references, tile_references
from dashwidgets.references.queries.kinds import references
from dashwidgets.references.reference import EVENT, SQL, Found, Reference
from dashwidgets.references.sql.tokens import quoted_texts

REFERENCES = Table(
    "references",
    (
        Column("dashboard_id", "integer", itemgetter(0), "Dashboard; missing: on none."),
        Column("dashboard", "text", itemgetter(1), "Its name."),
        Column("tile_id", "integer", itemgetter(2), "Tile; missing: the whole dashboard."),
        Column("insight_id", "integer", itemgetter(3), "Insight; missing: the dashboard itself."),
        Column("insight", "text", itemgetter(4), "Its name."),
        Column("owner_email", "text", itemgetter(5), "Who made the insight or the dashboard."),
        Column("kind", "text", itemgetter(6), "event, action, event property and others."),
        Column("name", "text", itemgetter(7), "The name; numbers of actions and cohorts as text."),
        Column("role", "text", itemgetter(8), "series, filter, breakdown, SQL and others."),
        Column(
            "where",
            "text",
            itemgetter(9),
            "JSON pointer into the query; in SQL also the line and column.",
        ),
        Column(
            "certain", "boolean", itemgetter(10), "Whether the query certainly means this name."
        ),
        Column("line", "text", itemgetter(11), "The line of SQL; missing outside SQL."),
    ),
)

LONGEST_LINE = 160
Place = tuple[int | None, str | None, int | None, int | None, str | None, str | None]


class Collected:
    """Collects the references of a project while its insights arrive.

    Parameters
    ----------
    boards : mapping
        Dashboard id to its row of the list.
    name, kind
        What is searched for; see `matching.wanted`.
    everywhere : bool
        Whether saved insights on no dashboard count.
    test_account_filters : sequence of dict
    """

    def __init__(
        self,
        boards: Mapping[int, Mapping[str, Any]],
        name: str | Collection[str] | None = None,
        kind: str | Collection[str] | None = None,
        *,
        everywhere: bool = False,
        test_account_filters: Sequence[Any] = (),
    ) -> None:
        self._boards, self._everywhere = boards, everywhere
        self._test = test_account_filters
        self._wanted: Callable[[Reference], bool] = wanted(name, kind)
        self._named = [one for one in checked_names(name) if "*" not in one and "?" not in one]
        self._all = name is None and kind is None
        self._rows: list[tuple[Any, ...]] = []
        # Searched at the end: only then is every name known that a text may contain.
        self._texts: list[tuple[list[Place], str, str, str]] = []
        assumed = kind if isinstance(kind, str) else EVENT
        self._known: dict[str, str] = dict.fromkeys(self._named, assumed)
        self.unread: dict[str, str] = {}

    def insights(self, rows: Iterable[Mapping[str, Any]]) -> None:
        """Add rows of the insights list."""
        for row in rows:
            places = list(self._places(row))
            if places:
                query = row.get("query")
                found = references(query, row.get("filters"), test_account_filters=self._test)
                self._take(found, places, f"insight {row.get('id')}", query)

    def boards(self, details: Iterable[Mapping[str, Any]]) -> None:
        """Add detail forms of dashboards: their filters and those of their tiles."""
        for detail in details:
            key, name = detail.get("id"), detail.get("name")
            email = _email(detail)
            place: Place = (key, name, None, None, None, email)
            self._take(board_references(detail), [place], f"dashboard {key}", detail)
            for at, tile in enumerate(inner_list(detail, "tiles")):
                insight = inner(tile, "insight")
                place = (key, name, tile.get("id"), insight.get("id"), _name(insight), email)
                self._take(tile_references(tile, at), [place], f"dashboard {key}", detail)

    def to_frame(self, **attrs: Any) -> Any:
        """All references so far; ``attrs`` say where they came from."""
        for places, pointer, role, text in self._texts:
            self._search(places, pointer, role, text)
        self._texts.clear()
        builder = Builder(REFERENCES)
        builder.add(self._rows)
        self._rows = []
        return builder.to_frame(**attrs, unread=self.unread)

    def _take(self, found: Found, places: list[Place], what: str, query: Any) -> None:
        for one in found.unread:
            self.unread[f"{what} {one.pointer}".rstrip()] = one.reason
        for pointer, role, text in found.texts:
            self._texts.append((places, pointer, role, text))
        known = self._known
        for one in found.references:
            # By position, quicker than by name: this runs for every reference of a project.
            if one[4] and one[1] not in known:
                known[one[1]] = one[0]
        kept = found.references if self._all else list(filter(self._wanted, found.references))
        # Outside SQL the pointer is enough. These are most references: a call for each is too slow.
        rows = [
            (*one[:3], one.where, one[4], _line(one, query))
            if one[7] or one[2] == SQL
            else (one[0], one[1], one[2], one[3], one[4], None)
            for one in kept
        ]
        for place in places:
            self._rows += [place + row for row in rows]

    def _places(self, row: Mapping[str, Any]) -> Iterator[Place]:
        key, name = row.get("id"), _name(row)
        email = _email(row)
        placed = False
        for tile in inner_list(row, "dashboard_tiles"):
            board = tile.get("dashboard_id")
            if not tile.get("deleted") and board in self._boards:
                placed = True
                yield board, self._boards[board].get("name"), tile.get("id"), key, name, email
        # Insights that nobody saved are left over from exploring, and of no interest here.
        if not placed and self._everywhere and row.get("saved"):
            yield None, None, None, key, name, email

    def _search(self, places: list[Place], pointer: str, role: str, text: str) -> None:
        """Known names in a text that could not be parsed; none of them is certain."""
        seen: set[tuple[str, int]] = set()
        rows: list[tuple[Any, ...]] = []
        for start, end, name in quoted_texts(text):
            kind = self._known.get(name)
            if kind is None or (name, start) in seen:
                continue
            seen.add((name, start))
            line = text.count("\n", 0, start) + 1
            column = start - text.rfind("\n", 0, start)
            one = Reference(kind, name, role, pointer, False, start, end, line, column)
            if self._all or self._wanted(one):
                rows.append((*one[:3], one.where, False, _cut(text, start)))
        for place in places:
            self._rows += [place + row for row in rows]


def _line(one: Reference, query: Any) -> str | None:
    text = value_at(query, one.pointer)
    if not isinstance(text, str):
        return None
    # Only PostHog's parser gives the place; otherwise the first occurrence is the best guess.
    return _cut(text, one.start if one.start >= 0 else max(0, text.find(one.name)))


def _cut(text: str, at: int) -> str:
    """The line around a place; a long one is shortened between words, with an ellipsis."""
    begin = text.rfind("\n", 0, at) + 1
    end = text.find("\n", at)
    end = len(text) if end < 0 else end
    if end - begin <= LONGEST_LINE:
        return text[begin:end].strip()
    first, last = max(begin, at - LONGEST_LINE // 2), min(end, at + LONGEST_LINE // 2)
    before, after = text[first:at], text[at:last]
    # A text without spaces is cut anywhere.
    before = before.partition(" ")[2] or before if first > begin else before
    after = after.rpartition(" ")[0] or after if last < end else after
    words = (before + after).strip()
    return ("… " if first > begin else "") + words + (" …" if last < end else "")


def _name(row: Mapping[str, Any]) -> str | None:
    return row.get("name") or row.get("derived_name")


def _email(row: Mapping[str, Any]) -> str | None:
    return inner(row, "created_by").get("email")
