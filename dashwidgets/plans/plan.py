"""`Plan`: changes to preview, apply and revert."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from pathlib import Path
from typing import Any

import pandas as pd

from dashwidgets.api.checks import checked_id
from dashwidgets.api.client import Client
from dashwidgets.api.endpoints.dashboards import ANYONE, COLLABORATORS
from dashwidgets.api.errors import ConfigurationError
from dashwidgets.display.in_a_cell import InACell
from dashwidgets.plans import display as show
from dashwidgets.plans import fields
from dashwidgets.plans.applying import deletion
from dashwidgets.plans.applying.apply import Sender
from dashwidgets.plans.applying.inverse import inverse
from dashwidgets.plans.change import Change, Key, changes_frame
from dashwidgets.plans.conflicts.conflicts import find_conflicts
from dashwidgets.plans.conflicts.server_state import MISSING, ServerState
from dashwidgets.plans.file import read_plan, write_plan
from dashwidgets.plans.from_frame import edited_cells
from dashwidgets.plans.journal.journal import Journal, Run, begin
from dashwidgets.plans.prices import price, requests
from dashwidgets.plans.verbs.dashboards import (
    Text,
    Which,
    emails_of,
    ids_of,
    tagged,
    text_for,
    untagged,
)
from dashwidgets.plans.verbs.queries import QueryVerbs


class Plan(InACell, QueryVerbs):
    """Changes of one project, compared with the server. Nothing is sent before `apply`.

    Verbs add changes and return the plan, so that they can be chained. They take an id or exact
    name, several, a frame (``ph.dashboards()``, ``browser.selected``, findings) or a report.

    Attributes
    ----------
    run : str or None
        Name of its journal, once it was applied.
    notes : list of str
        What was ignored in an edited frame.
    """

    def __init__(
        self, client: Client, changes: Iterable[Change] = (), *, reverts: str | None = None
    ) -> None:
        self._client = client
        self._reverts = reverts
        self._cells: dict[Key, Change] = {one.key: one for one in changes}
        self._state: ServerState | None = None
        self._journal: Path | None = None
        self.run: str | None = None
        self.notes: list[str] = []

    @property
    def changes(self) -> pd.DataFrame:
        """One row per changed cell.

        ``dashboard``, ``dashboard_name``, ``tile``, ``field``, ``old``, ``new``, ``state`` (ready,
        conflict, refused, done, skipped, failed) and ``reason``.
        """
        return changes_frame(self._cells.values(), run=self.run)

    @property
    def requests(self) -> int:
        """Requests that `apply` will send, including the checks before and after."""
        return requests(self._cells.values())

    @property
    def price(self) -> str:
        """The same in words, with the least time the key's limits allow."""
        return price(self._client, self._cells.values())

    def __len__(self) -> int:
        return len(self._cells)

    def tag(self, which: Which, *tags: str) -> Plan:
        """Add tags."""
        words = _words(tags)
        return self._each(which, "tags", lambda _, before: tagged(before, words))

    def untag(self, which: Which, *tags: str) -> Plan:
        """Remove tags; ``"team-*"`` removes every tag with that prefix."""
        words = _words(tags)
        return self._each(which, "tags", lambda _, before: untagged(before, words))

    def rename(self, which: Which, name: Text) -> Plan:
        """Set the name: a text, a mapping of id to text, or a function of the old name."""
        return self._each(which, "name", lambda key, old: text_for(name, key, old or ""))

    def describe(self, which: Which, description: Text) -> Plan:
        """Set the description: a text, a mapping of id to text, or a function of the old one."""
        return self._each(
            which, "description", lambda key, old: text_for(description, key, old or "")
        )

    def pin(self, which: Which, on: bool = True) -> Plan:
        """Pin, or unpin with False."""
        return self._each(which, "pinned", _always(on))

    def restrict(self, which: Which, on: bool = True) -> Plan:
        """Let only collaborators edit, or everyone with False."""
        level = COLLABORATORS if on else ANYONE
        return self._each(which, "restriction_level", _always(level))

    def share(self, which: Which) -> Plan:
        """Open the public link."""
        return self._each(which, fields.PUBLIC, _always(True))

    def unshare(self, which: Which) -> Plan:
        """Close the public link. Opening it again gives the same link."""
        return self._each(which, fields.PUBLIC, _always(False))

    def rotate_links(self, which: Which) -> Plan:
        """Give public links new tokens. Can't be undone: the old ones stop after five minutes."""
        return self._each(which, fields.LINK, _always(fields.A_NEW_LINK))

    def invite(self, which: Which, people: Any) -> Plan:
        """Add collaborators of restricted dashboards, by email."""
        for email in emails_of(people):
            self._each(which, f"{fields.PERSON}{email}", _always(True))
        return self

    def uninvite(self, which: Which, people: Any) -> Plan:
        """Remove collaborators, by email."""
        for email in emails_of(people):
            self._each(which, f"{fields.PERSON}{email}", _always(False))
        return self

    def delete(self, which: Which, *, grace: str | None = None) -> Plan:
        """Delete after a backup; ``grace="14D"`` only tags dashboards with the day it is due.

        ``ph.delete_due()`` plans what is due then. `revert` restores deleted dashboards.
        """
        if grace is None:
            return self._each(which, fields.DELETED, _always(True))
        tag = deletion.due_tag(grace)
        return self.untag(which, f"{deletion.PENDING}*").tag(which, tag)

    def delete_if(self, dashboard: int, memo: Mapping[str, Any], spared: str) -> Plan:
        """Delete only while ``memo`` still holds; ``spared``, if not empty, says why not to."""
        self.delete(dashboard)
        one = self._cells[(dashboard, None, fields.DELETED)]
        one.memo |= memo
        if spared:
            one.becomes("refused", spared)
        return self

    def move_tile(self, tile: int, *, to: Which) -> Plan:
        """Move a tile to another dashboard; reads the insights list and both dashboards."""
        [there] = ids_of(to, self._rows)
        here = self._server().dashboard_of(checked_id(tile, "tile id"))
        return self._set([(here, tile, fields.PLACE, there)])

    def layout(self, dashboard: Which, boxes: Mapping[int, Mapping[str, int]]) -> Plan:
        """Place tiles: tile id to any of ``x``, ``y``, ``w``, ``h`` on the 12-column grid."""
        [here] = ids_of(dashboard, self._rows)
        for tile, box in boxes.items():
            checked_id(tile, "tile id")
            if unknown := [side for side in box if side not in fields.BOX]:
                raise ConfigurationError(f"{unknown[0]!r} is not a side of a tile: use x, y, w, h.")
        return self._set(
            [(here, tile, side, n) for tile, box in boxes.items() for side, n in box.items()]
        )

    def edit(self, frame: pd.DataFrame, since: pd.DataFrame | None = None) -> Plan:
        """Add what was edited in a frame; see ``ph.plan``."""
        edited = edited_cells(self._client, frame, since)
        self.notes += edited.notes
        self._take(edited.changes)
        return self

    def apply(self) -> pd.DataFrame:
        """Send the remaining changes; each row of the answer says what became of one.

        Looks at the server once more before (one list) and after (one list), sends several
        dashboards at a time inside the key's budget, and writes a journal first. Called again, it
        does only what is left: what failed, and what was not reached.

        Returns
        -------
        DataFrame
            As `changes`; ``state`` is done, skipped, refused or failed. ``.attrs`` has ``run``,
            ``requests_spent`` and ``complete``: whether all was done, and seen on the server after.
        """
        # Called again after a success: not even the check is sent.
        if not any(one.is_left for one in self._cells.values()):
            return self._outcome(0)
        spent = self._client.requests_spent
        changes = list(self._cells.values())
        if self._journal is None:
            self.run, journal = begin(
                self._client.host, self._client.project_id, changes, self._reverts
            )
            self._journal = journal.path
        else:
            journal = Journal(self._journal)
        try:
            Sender(self._client, changes, journal).run()
        finally:
            journal.close()
            # The snapshot is out of date, however the run ended.
            self._state = None
        return self._outcome(self._client.requests_spent - spent)

    def revert(self) -> pd.DataFrame:
        """Restore the old values of everything that was done, and read them back.

        What somebody else changed since is left alone and reported. Returns the same as `apply`,
        and writes its own journal.
        """
        # After a kill some changes may have been made without an answer; those are undone as well.
        self._settle()
        return Plan(self._client, inverse(self._cells.values()), reverts=self.run).apply()

    def to_csv(self, path: str | Path) -> Path:
        """Write the plan as CSV, to be reviewed, shortened and applied later."""
        return write_plan(Path(path), self._client, self._cells.values())

    @classmethod
    def from_csv(cls, path: str | Path, client: Client) -> Plan:
        """Read a plan and compare it with the server; `ConfigurationError` if it is not one."""
        plan = cls(client)
        plan._take(read_plan(Path(path), client))
        return plan

    @classmethod
    def of_run(cls, run: Run, client: Client) -> Plan:
        """The plan of a run from its journal; `apply` continues it."""
        plan = cls(client, run.changes, reverts=run.reverts)
        plan.run, plan._journal = run.name, run.path
        return plan

    def __str__(self) -> str:
        return show.text(self._cells.values(), self.price, self.notes)

    __repr__ = __str__

    def to_html(self, path: str | Path) -> Path:
        """Every change on one page, for somebody who looks at the plan before it is applied."""
        page = show.page(self._cells.values(), self.price, self.notes)
        Path(path).write_text(page, encoding="utf-8")
        return Path(path)

    def _repr_html_(self) -> str:
        return show.html(self._cells.values(), self.price, self.notes)

    def _server(self) -> ServerState:
        if self._state is None:
            self._state = ServerState(self._client)
        return self._state

    @property
    def _rows(self) -> Collection[Mapping[str, Any]]:
        return self._server().rows.values()

    def _each(self, which: Which, field: str, make: Callable[[int, Any], Any]) -> Plan:
        """Set a field of each dashboard; ``make`` is given its id and the value it would have."""
        now = self._server()
        ids = ids_of(which, self._rows)
        known = now.find(ids)
        if missing := [key for key in ids if key not in known]:
            raise ConfigurationError(f"Dashboard {missing[0]} is not in this project.")
        now.read(Change(key, None, None, field, None, None) for key in ids)
        cells: list[tuple[int, int | None, str, Any]] = []
        for key in ids:
            pending = self._cells.get((key, None, field))
            # Verbs add up: a second tag() starts from what the first one planned.
            before = pending.new if pending else now.value((key, None, field))
            cells.append((key, None, field, make(key, before)))
        return self._set(cells)

    def _set(self, cells: list[tuple[int, int | None, str, Any]]) -> Plan:
        now = self._server()
        made: list[Change] = []
        for dashboard, tile, field, new in cells:
            value = new if field == fields.LINK else fields.as_kept(field, new)
            made.append(Change(dashboard, now.name(dashboard), tile, field, None, value))
        if missing := [one for one in made if one.dashboard not in now.find([one.dashboard])]:
            raise ConfigurationError(f"Dashboard {missing[0].dashboard} is not in this project.")
        now.read(made)
        for one in made:
            old = now.value(one.key)
            if old is MISSING:
                raise ConfigurationError(f"Tile {one.tile} is not on dashboard {one.dashboard}.")
            one.old = old
        self._take(made)
        return self

    def _take(self, made: list[Change]) -> None:
        """Add changes; one that changes nothing cancels an earlier one of its cell."""
        now = self._server()
        now.read(made)
        fresh: list[Change] = []
        for one in made:
            earlier = self._cells.get(one.key)
            if earlier is not None and earlier.sent:
                raise ConfigurationError("This plan was applied: start another with ph.plan().")
            if fields.same(one.field, one.old, one.new):
                self._cells.pop(one.key, None)
                continue
            one.dashboard_name = one.dashboard_name or now.name(one.dashboard)
            self._cells[one.key] = one
            fresh.append(one)
        # All of them again: a new change may allow an older one, as restrict() does for invite().
        find_conflicts(list(self._cells.values()), now)

    def _settle(self) -> None:
        """Find out what became of changes that were sent but not answered."""
        unknown = [one for one in self._cells.values() if one.sent and one.is_left]
        if unknown:
            now = ServerState(self._client)
            now.read(unknown)
            find_conflicts(unknown, now)

    def _outcome(self, spent: int) -> pd.DataFrame:
        frame = self.changes
        overtaken = frame["state"] == "conflict"
        # Before applying it is a conflict; afterwards what matters is that nothing was sent.
        frame["state"] = frame["state"].mask(overtaken, "skipped")
        frame.attrs |= {
            "requests_spent": spent,
            "complete": all(one.state == "done" and not one.unseen for one in self._cells.values()),
        }
        return frame


def _always(value: Any) -> Callable[[int, Any], Any]:
    def give(_key: int, _before: Any) -> Any:
        return value

    return give


def _words(tags: Iterable[Any]) -> list[str]:
    """Tags of a verb, also given as one list."""
    flat: list[Any] = []
    for one in tags:
        flat += list(one) if isinstance(one, list | tuple | set) else [one]  # pyright: ignore[reportUnknownArgumentType, reportUnknownVariableType]
    if not flat:
        raise ConfigurationError("Give at least one tag.")
    kept: list[str] = fields.as_kept("tags", flat)
    if not all(kept):
        raise ConfigurationError("A tag must not be empty.")
    return kept
