"""``board.arrange()``: move, resize, reorder and send tiles elsewhere; saved on request."""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping
from contextlib import suppress
from typing import Any, ClassVar, Literal, cast

import pandas as pd
import traitlets

from dashwidgets.api.client import Client
from dashwidgets.api.endpoints import dashboards
from dashwidgets.api.errors import ConfigurationError, DashwidgetsError
from dashwidgets.api.transport.writes import Written
from dashwidgets.layout.drafts.pending import pending_rows
from dashwidgets.layout.drafts.save import Outcome
from dashwidgets.layout.layout import Layout
from dashwidgets.widgets.arrange.reads import read_targets, shown_tiles
from dashwidgets.widgets.edit.reads import MAY_NOT_EDIT, may_edit
from dashwidgets.widgets.shared.bundle import bundle
from dashwidgets.widgets.shared.colors import breakdown_colors
from dashwidgets.widgets.shared.fallback import arrangement_html, with_html
from dashwidgets.widgets.shared.replies import Answer, Replies
from dashwidgets.widgets.shared.widget import DashWidget

COMPUTING = 300.0
"""Seconds a heavy board may take to compute."""
PAUSE = 0.6
"""Seconds without a change before a board that is saved immediately is saved."""


class Arranger(DashWidget):
    """A dashboard whose tiles can be rearranged; nothing is written before it is saved.

    Attributes
    ----------
    arrangement : Layout
        The draft; its verbs (``move``, ``resize``, ``two_columns``) show at once.
    pending : DataFrame
        What would change: ``tile, name, change, from, to``.
    dirty : bool
        Whether anything is not saved.
    progress : dict
        ``saving``, ``can_undo``, ``can_redo``, ``requests``, ``message``; can be observed.
    selected_ids : list of int
        The selected tiles; can be set and observed.
    """

    documented: ClassVar[tuple[str, ...]] = ("arrangement", "progress", "saves", "selected_ids")

    board: Any = traitlets.Dict().tag(sync=True)
    tiles: Any = traitlets.List(traitlets.Dict()).tag(sync=True)
    saved: Any = traitlets.List(traitlets.Dict()).tag(sync=True)
    draft: Any = traitlets.List(traitlets.Dict()).tag(sync=True)
    pending_rows: Any = traitlets.List(traitlets.Dict()).tag(sync=True)
    theirs: Any = traitlets.List(traitlets.Dict()).tag(sync=True)
    refused: Any = traitlets.Dict().tag(sync=True)
    differs: Any = traitlets.List(traitlets.Dict()).tag(sync=True)
    notes: Any = traitlets.List(traitlets.Unicode()).tag(sync=True)
    progress: Any = traitlets.Dict().tag(sync=True)
    saves: Any = traitlets.Unicode("click").tag(sync=True)
    selected_ids: Any = traitlets.List(traitlets.Int()).tag(sync=True)
    _later: threading.Timer | None = None

    def __init__(
        self,
        client: Client,
        dashboard: int,
        *,
        url: str = "",
        save: Literal["click", "immediately"] = "click",
    ) -> None:
        if save not in ("click", "immediately"):
            raise ConfigurationError(f"save must be 'click' or 'immediately', not {save!r}.")
        module, style = bundle("arrange")
        self._esm, self._css = module, style
        self._client = client
        self.arrangement: Layout = Layout(client, dashboard)
        # A timer, the thread that computes and the kernel's own all change the arrangement.
        self._turn = threading.RLock()
        self._message = ""
        self._saving = self._computing = False
        self._closed = False
        base = self.arrangement.base
        denied = "" if may_edit(base.detail) else MAY_NOT_EDIT
        super().__init__(
            board={
                "id": dashboard,
                "name": base.name,
                "url": url,
                "denied": denied,
                "breakdown_colors": breakdown_colors(base.detail),
            },
            saves=save,
            **self._state(),
        )
        # After the traits exist: the callback sets them.
        self.arrangement.on_change = self._changed
        asked: dict[str, Callable[[Mapping[str, Any]], object]] = {
            "undo": lambda _: self.undo(),
            "redo": lambda _: self.redo(),
            "discard": lambda _: self.discard(),
            "keep_mine": lambda _: self.keep_mine(),
            "take_theirs": lambda _: self.take_theirs(),
            "arrange": lambda values: self.arrangement.arrange(str(values["how"])),
            "order": lambda values: self.arrangement.pack(values["tiles"]),
            "add_text": lambda values: self.arrangement.add_text(str(values["body"])),
        }
        answers: dict[str, Answer] = {
            name: lambda values, verb=verb: self._do(verb, values) for name, verb in asked.items()
        }
        answers["save"] = lambda _: self._save()
        answers["compute"] = lambda _: self._compute_soon()
        answers["targets"] = lambda _: read_targets(client, dashboard)
        self._replies = Replies(self.send, answers)
        self.on_msg(self._replies.hear)
        self.listens(client.host, client.project_id)

    @property
    def pending(self) -> pd.DataFrame:
        """What would change: ``tile, name, change, from, to``."""
        return self.arrangement.pending

    @property
    def dirty(self) -> bool:
        """Whether anything is not saved."""
        return self.arrangement.dirty

    def save(self) -> Arranger:
        """Send the draft, and nothing else; see `Layout.save` for requests and errors."""
        self._run(self.arrangement.save)
        return self

    def compute(self) -> Arranger:
        """Compute what is not cached, for the small pictures. One request, which can take minutes.

        Raises what the server refused; the draft stays as it is.
        """
        self._computing, self._message = True, ""
        self.progress = self._progress()
        try:
            request = dashboards.read(self.board["id"], refresh="blocking", timeout=COMPUTING)
            detail = self._client.send(request)
        except DashwidgetsError as error:
            self._message = f"Not computed: {error}"
            raise
        else:
            with self._turn:
                self.arrangement.note(detail)
        finally:
            self._computing = False
            self.progress = self._progress()
        return self

    def _compute_soon(self) -> None:
        """For a view, in a thread: saving need not wait for it."""

        def run() -> None:
            with suppress(DashwidgetsError):  # said in `progress`
                self.compute()

        if not self._computing:
            threading.Thread(target=run, name="dashwidgets-compute", daemon=True).start()

    def undo(self) -> Arranger:
        """Undo the last step."""
        self.arrangement.undo()
        return self

    def redo(self) -> Arranger:
        """Redo the step that was undone last."""
        self.arrangement.redo()
        return self

    def discard(self) -> Arranger:
        """Discard the draft; `undo` restores it."""
        self.arrangement.discard()
        return self

    def keep_mine(self) -> Arranger:
        """Let the next save overwrite what somebody else arranged."""
        self.arrangement.keep_mine()
        return self

    def take_theirs(self) -> Arranger:
        """Replace the draft with what somebody else arranged; `undo` restores it."""
        self.arrangement.take_theirs()
        return self

    def close(self) -> None:
        """Remove the widget from the notebook; unsaved changes are lost."""
        self._closed = True
        if self._later:
            self._later.cancel()
        super().close()

    @traitlets.validate("draft")
    def _only_possible(self, proposal: Mapping[str, Any]) -> list[dict[str, Any]]:
        """Accept a view's draft as a step of the arrangement, or refuse it."""
        new: Any = proposal["value"]
        # An echo of what Python sent, which is no step of its own.
        if new == self.arrangement.tiles:
            return new
        if self.board["denied"]:
            raise traitlets.TraitError(self.board["denied"])
        try:
            self.arrangement.tiles = new
        except (ConfigurationError, KeyError, TypeError) as error:
            self._message = str(error)
            self.progress = self._progress()
            self.send_state("draft")  # the view goes back
            raise traitlets.TraitError(str(error)) from error
        return new

    @traitlets.validate("selected_ids")
    def _only_known(self, proposal: Mapping[str, Any]) -> list[int]:
        known = {tile["id"] for tile in self.draft}
        unknown = [key for key in proposal["value"] if key not in known]
        if unknown:
            raise traitlets.TraitError(f"No tile of this dashboard has the id {unknown[0]}.")
        return list(dict.fromkeys(proposal["value"]))

    def _written(self, written: Written) -> None:
        """Show what another widget or cell did to the board."""
        # While saving, the writes heard are our own.
        if written.detail is None or written.dashboard != self.board["id"] or self._saving:
            return
        with self._turn:
            self.arrangement.note(written.detail)
        self.board = self.board | {"name": self.arrangement.base.name}

    def _state(self) -> dict[str, Any]:
        arrangement = self.arrangement
        theirs = arrangement.theirs
        outcome = arrangement.outcome
        return {
            "tiles": list(shown_tiles(arrangement.base)),
            "saved": list(arrangement.base.tiles),
            "draft": list(arrangement.tiles),
            "pending_rows": [
                {name: row[name] for name in row if name not in ("from", "to")}
                | {"before": row["from"] or "", "after": row["to"] or ""}
                for row in pending_rows(arrangement.base, arrangement.tiles)
            ],
            "theirs": [
                {"id": tile["id"], "name": board.title(tile), "box": tile["box"]}
                for board in ([theirs] if theirs else [])
                for tile in board.tiles
            ],
            "refused": {str(key): why for key, why in outcome.refused.items()} if outcome else {},
            "differs": [
                {name: row[name] for name in ("tile", "name", "asked", "got")}
                for row in (outcome.differs if outcome else [])
            ],
            "notes": outcome.notes if outcome else [],
            "progress": self._progress(),
        }

    def _progress(self) -> dict[str, Any]:
        return {
            "saving": self._saving,
            "computing": self._computing,
            "can_undo": self.arrangement.can_undo,
            "can_redo": self.arrangement.can_redo,
            "requests": self.arrangement.requests,
            "message": self._message,
        }

    def _changed(self) -> None:
        """Show the current arrangement, and schedule a save if it is saved immediately."""
        if self._closed:
            return
        if not self._saving:
            self._message = ""
        with self.hold_sync():
            for name, value in self._state().items():
                # Unchanged traits are not sent: pictures of tiles make up most of the state.
                if getattr(self, name) != value:
                    setattr(self, name, value)
        if not self._saving:
            self._save_soon()

    def _save_soon(self) -> None:
        if self._closed or self.saves != "immediately" or self.theirs:
            return
        if not self.arrangement.dirty:
            return
        if self._later:
            self._later.cancel()
        # Started anew with each step, so that a drag of ten steps is one save.
        self._later = threading.Timer(PAUSE, self._save)
        self._later.daemon = True
        self._later.start()

    def _run(self, save: Callable[[], object]) -> None:
        with self._turn:
            self._saving, self._message = True, ""
            self.progress = self._progress()
            try:
                save()
            finally:
                self._saving = False
                self._message = _words(self.arrangement.outcome)
                self.progress = self._progress()
                if not self._message:  # what was refused would be refused again
                    self._save_soon()

    def _save(self) -> dict[str, Any]:
        """Save for a view; errors go into the state."""
        outcomes: list[Outcome | None] = []
        self._run(lambda: outcomes.append(self.arrangement.try_save()))
        outcome = outcomes[0]
        return {
            "saved": outcome is None or (outcome.error is None and not outcome.disagree),
        }

    def _do(
        self, verb: Callable[[Mapping[str, Any]], object], values: Mapping[str, Any]
    ) -> int | None:
        """Carry out a request from a view; returns the id of a new tile."""
        if self.board["denied"]:
            raise ConfigurationError(self.board["denied"])
        with self._turn:
            made = verb(values)
        return made if isinstance(made, int) else None

    def _repr_mimebundle_(self, **kwargs: Any) -> Any:
        view = cast("Any", super())._repr_mimebundle_(**kwargs)
        frame = self.arrangement.to_frame()
        return with_html(view, arrangement_html(frame, len(self.pending_rows)))

    def __repr__(self) -> str:
        return f"Arranger({self.board['name']!r}, {len(self.pending_rows)} unsaved changes)"


def _words(outcome: Outcome | None) -> str:
    return str(outcome.error) if outcome and outcome.error else ""
