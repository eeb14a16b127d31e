"""A draft over a dashboard: undo, save, and merging what others did in the meantime."""

from __future__ import annotations

import warnings
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Any, Self

import pandas as pd

from dashwidgets.api.client import Client
from dashwidgets.api.endpoints import dashboards
from dashwidgets.api.errors import ConfigurationError, DashwidgetsWarning, UnexpectedAnswer
from dashwidgets.layout.board import Board, DraftTile, checked_tiles, read_board
from dashwidgets.layout.drafts.history import History
from dashwidgets.layout.drafts.merge import merged
from dashwidgets.layout.drafts.pending import pending, pending_rows
from dashwidgets.layout.drafts.save import Outcome, brought_up, renumbered, save
from dashwidgets.layout.drafts.steps import steps


class Draft:
    """Changes of a board that are not sent before `save`."""

    def __init__(self, client: Client, dashboard: int) -> None:
        self._client = client
        self._id = dashboard
        self._base: Board | None = None
        self._draft: list[DraftTile] = []
        self._history = History()
        self.theirs: Board | None = None
        self.outcome: Outcome | None = None
        self.on_change: Callable[[], object] = lambda: None

    @property
    def base(self) -> Board:
        """The board as it was read last."""
        if self._base is None:
            self._base = read_board(self._client.send(dashboards.read(self._id)))
            # Copies: a draft that changed the board it is compared with would have no changes.
            self._draft = [tile.copy() for tile in self._base.tiles]
        return self._base

    @property
    def tiles(self) -> list[DraftTile]:
        """The draft, tile by tile; setting it is one step for `undo`."""
        _ = self.base
        return self._draft

    @tiles.setter
    def tiles(self, tiles: Sequence[DraftTile]) -> None:
        new = checked_tiles(tiles, self.base)
        if new == self._draft:
            return
        self._history.push(self._draft)
        self._draft = new
        self.on_change()

    @property
    def pending(self) -> pd.DataFrame:
        """What would change: ``tile, name, change, from, to``."""
        return pending(self.base, self.tiles)

    @property
    def dirty(self) -> bool:
        """Whether anything is not saved."""
        return self._base is not None and bool(pending_rows(self._base, self._draft))

    @property
    def requests(self) -> int:
        """Requests that write when the draft is saved."""
        return len(steps(self.base, self.tiles)) if self.dirty else 0

    @property
    def undo_steps(self) -> int:
        """How many steps `undo` can take back."""
        return len(self._history.past)

    @property
    def can_undo(self) -> bool:
        """Whether there is a step to undo."""
        return bool(self._history.past)

    @property
    def can_redo(self) -> bool:
        """Whether there is a step to redo."""
        return bool(self._history.future)

    def undo(self) -> Self:
        """Undo the last step, also one from before a `save`; the next save sends the result."""
        return self._go(self._history.back(self._draft))

    def redo(self) -> Self:
        """Redo the step that was undone last."""
        return self._go(self._history.on(self._draft))

    def discard(self) -> Self:
        """Discard the draft; `undo` restores it."""
        self.theirs = None
        self.tiles = [tile.copy() for tile in self.base.tiles]
        self.on_change()
        return self

    def save(self) -> Self:
        """Send the draft, and nothing else.

        One request to check whether somebody else changed the dashboard; one PATCH with the tiles
        that changed; one per rename, copy, move and move back. The answer is compared with the
        request; a warning says what somebody else changed between the two.

        Raises
        ------
        ConfigurationError
            The board was changed on the server too: `keep_mine` or `take_theirs` first.
        UnexpectedAnswer
            The server stored something else; the draft is now what it has.
        DashwidgetsError
            What the server refused, or that it can't be reached; what was not saved stays drafted.
        """
        outcome = self.try_save()
        if outcome is None:
            return self
        if outcome.error is not None:
            raise outcome.error
        if outcome.disagree:
            raise ConfigurationError(
                "The dashboard was rearranged on the server, so nothing was saved: "
                "choose keep_mine() or take_theirs(), then save again."
            )
        if outcome.differs:
            row = outcome.differs[0]
            raise UnexpectedAnswer(
                f"The server stored {len(outcome.differs)} tiles differently than requested: "
                f"{row['name']!r}: {row['got']}, not {row['asked']}."
            )
        for note in outcome.notes:
            warnings.warn(note, DashwidgetsWarning, stacklevel=2)
        return self

    def try_save(self) -> Outcome | None:
        """Save and return the outcome; None if there was nothing to save."""
        if not self.dirty:
            return None
        base, sent = self.base, self._draft
        outcome = save(self._client, base, sent)
        self.outcome = outcome
        if outcome.disagree:
            self.theirs = outcome.board
        else:
            self.theirs = None
            # The save ran in another thread while the user went on dragging.
            since = self._draft
            self._base, self._draft = outcome.board, outcome.draft
            if since is not sent:  # changed while it was being saved, so still pending
                was = replace(outcome.board, tiles=renumbered(sent, outcome.made))
                now = replace(outcome.board, tiles=outcome.draft)
                self._draft = merged(was, now, renumbered(since, outcome.made))[0]
            # Undo keeps its steps over a save; each is rebased, so that it undoes nothing of
            # others.
            self._history.rewrite(lambda draft: brought_up(draft, base, sent, outcome), self._draft)
        self.on_change()
        return outcome

    def note(self, detail: Mapping[str, Any]) -> None:
        """Take note of the board as somebody else left it; sends nothing.

        What only they changed is taken; where both changed the same, `theirs` has their board.
        """
        if self._base is None:
            return
        base = self._base
        # What we moved or copied is not in the detail form, and undo still needs it.
        fresh = replace(read_board(detail), gone=base.gone, copies=base.copies)
        mine, disagree = merged(base, fresh, self._draft)
        if disagree and self.dirty:
            self.theirs = fresh
        else:
            self._base, self._draft, self.theirs = fresh, mine, None
            self._history.rewrite(lambda draft: merged(base, fresh, draft)[0], mine)
        self.on_change()

    def keep_mine(self) -> Self:
        """Let the next `save` overwrite what somebody else arranged."""
        return self._settle(lambda mine: mine)

    def take_theirs(self) -> Self:
        """Replace the draft with what somebody else arranged; `undo` restores it."""

        def theirs(mine: list[DraftTile]) -> list[DraftTile]:
            self._history.push(mine)
            return [tile.copy() for tile in self.base.tiles]

        return self._settle(theirs)

    def _settle(self, choose: Callable[[list[DraftTile]], list[DraftTile]]) -> Self:
        if self.theirs is not None:
            base, theirs = self.base, self.theirs
            mine = merged(base, theirs, self._draft)[0]
            self._base, self.theirs = theirs, None
            self._history.rewrite(lambda draft: merged(base, theirs, draft)[0], mine)
            self._draft = choose(mine)
            self.on_change()
        return self

    def __repr__(self) -> str:
        if self._base is None:
            return f"{type(self).__name__}(dashboard {self._id}, not read yet)"
        name, changes = self._base.name, len(pending_rows(self._base, self._draft))
        tiles = f"{len(self._draft)} tiles, {changes} unsaved changes"
        return f"{type(self).__name__}({name!r}, {tiles})"

    def _go(self, draft: list[DraftTile]) -> Self:
        # By identity: `History` returns the same list when there is nothing to undo.
        if draft is not self._draft:
            self._draft = draft
            self.on_change()
        return self
