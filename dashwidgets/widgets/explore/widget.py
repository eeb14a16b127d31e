"""``ph.explore()``: the list of dashboards, and beside it the open one."""

# pyright: basic
# ipywidgets has no types.
from __future__ import annotations

import threading
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any, cast

import pandas as pd
import traitlets
from ipywidgets import HTML, Box, Button, Layout, Tab, Widget

from dashwidgets.api.client import Client
from dashwidgets.api.errors import ConfigurationError, DashwidgetsError
from dashwidgets.display.in_a_cell import public
from dashwidgets.widgets.arrange.widget import Arranger
from dashwidgets.widgets.browse.actions import VERBS, Collect, MakePlan
from dashwidgets.widgets.browse.widget import Browser
from dashwidgets.widgets.edit.widget import Editor
from dashwidgets.widgets.explore import pages
from dashwidgets.widgets.explore.bar import Bar
from dashwidgets.widgets.explore.panes import PANES, Board, InHand, Sources
from dashwidgets.widgets.explore.pending import Collected
from dashwidgets.widgets.shared.ipywidgets import VBox
from dashwidgets.widgets.shared.modules import Modules, sharing
from dashwidgets.widgets.shared.output_cells import replaces
from dashwidgets.widgets.shared.widget import DashWidget
from dashwidgets.widgets.watch.widget import Watch

NAMES = tuple(PANES)
FROM_MENU: dict[str, str | None] = {
    "open": None,
    "watch": "tiles",
    "edit": "edit",
    "arrange": "arrange",
    "history": "history",
}
"""What a row's menu asks for, and the tab it leads to; None stays where one is."""
OF_A_TILE = ("arrange", "references")
"""Tabs that can be about one tile."""
NOTHING: dict[str, Any] = {"board": None, "tab": "tiles"}
MakeBrowser = Callable[[Collect], Browser]


class Explorer(VBox):
    """Every widget in one place; a board is chosen in the list and worked on beside it.

    Attributes
    ----------
    where : dict
        ``{"board": 7, "tab": "arrange"}``: what is shown. Set it to go there, observe it, keep it
        in a notebook. Tabs: tiles, edit, arrange, findings, references, history. Arrange and
        references can be about one tile: ``{"board": 7, "tab": "arrange", "tile": 12}``.
    board : Dashboard or None
        The open dashboard; can be observed.
    live : Watch or None
        Its tiles, while they are shown; can be observed.
    browser : Browser
        The list; its ``selected`` is a DataFrame of the selected rows.
    pending : DataFrame
        What waits to be sent: ``dashboard, what, old, new, state``.
    """

    where: Any = traitlets.Dict(NOTHING)
    board: Any = traitlets.Any(None, read_only=True)
    live: Any = traitlets.Any(None, read_only=True)

    def __init__(
        self,
        client: Client,
        browse: MakeBrowser,
        plan: MakePlan,
        sources: Sources,
        *,
        where: Mapping[str, Any] | None = None,
    ) -> None:
        self._sources = sources
        self._turn = threading.RLock()
        # Held for moments only, unlike the turn: closing must not wait until a board was read.
        self._ending = threading.Lock()
        self._shown: dict[str, Any] = dict(NOTHING)
        self._ended = False
        self._modules = Modules()
        self._collected = Collected(plan, self._editor_of, self._note_changes)
        with sharing(self._modules):
            self.browser: Browser = browse(self._collected.add)
        self._bar = Bar(client, self.apply, self.undo)
        self._heading = HTML(layout=Layout(margin="2px 8px", min_height="28px"))
        room = Layout(min_width="0", overflow="visible")
        panes = [VBox(layout=room) for _ in NAMES]
        self._tabs = Tab(panes, titles=[title for title, _ in PANES.values()])
        self._tabs.layout.min_width = "0"
        self._tabs.observe(self._tab_chosen, "selected_index")
        left = VBox([self.browser], layout=Layout(flex="1 1 300px", min_width="0"))
        right = VBox([self._heading, self._tabs], layout=Layout(flex="2 1 540px", min_width="0"))
        beside = Layout(display="flex", flex_flow="row wrap", grid_gap="8px 12px", width="100%")
        body = Box([left, right], layout=beside)
        super().__init__([self._bar, body], layout=Layout(overflow="visible", width="100%"))
        self.add_class("dw-explore")
        self.browser.observe(self._row_picked, "selected_ids")
        self.browser.on_open(self._row_opened)
        self.browser.observe(self._listed_again, "columns")
        self._note_changes()
        self._show_nothing()
        self._name_parts()
        # The same cell run again closes what it showed before, with all its threads and comms.
        replaces(self.close)
        if where is not None:
            self.where = dict(where)

    @property
    def selected(self) -> pd.DataFrame:
        """The selected rows of the list, as in ``ph.dashboards()``."""
        return self.browser.selected

    @property
    def widget(self) -> Any:
        """What the open tab holds: a `Watch`, an `Editor`, an `Arranger`, a page; or None."""
        children = self._pane(self._shown["tab"]).children
        return children[0] if children else None

    def collect(self, verb: str, ids: Iterable[int], *tags: str) -> Explorer:
        """Plan a verb for some dashboards, as the buttons of the list do. Reads the list.

        Parameters
        ----------
        verb : str
            ``"tag"``, ``"untag"``, ``"pin"``, ``"unpin"``, ``"unshare"`` or ``"delete"``.
        ids : iterable of int
        *tags : str
            For ``"tag"`` and ``"untag"``.

        Raises
        ------
        ConfigurationError
            There is no such verb or dashboard, or a tag is missing.
        """
        if verb not in VERBS:
            raise ConfigurationError(f"{verb!r} can't be planned: there are {', '.join(VERBS)}.")
        self._collected.add(verb, [int(key) for key in ids], list(tags))
        return self

    @property
    def plan(self) -> Any:
        """The plan over the list that is being collected; None while there is none."""
        return self._collected.plan

    @property
    def pending(self) -> pd.DataFrame:
        """Pending changes, a row each: ``dashboard, what, old, new, state``."""
        return self._collected.pending

    @property
    def requests(self) -> int:
        """Requests that `apply` would send."""
        return self._collected.requests

    @property
    def trouble(self) -> list[str]:
        """What went wrong in the last apply or undo, a sentence each."""
        return list(self._collected.trouble)

    def apply(self) -> None:
        """Send all pending changes. What was refused stays; `trouble` says why."""
        self._work("Sending …", self._collected.apply)

    def undo(self) -> None:
        """Undo the last step; where there is none, revert what was sent last, which sends."""
        self._work("Reverting …", self._collected.undo)

    def close(self) -> None:
        """Close the explorer and everything in it; changes that were not sent are lost."""
        with self._ending:
            if self._ended:
                return
            self._ended = True
        for widget in (*self._collected.editors.values(), *self._collected.arrangers.values()):
            widget.close()
        close_all(self)
        self._modules.close()

    @traitlets.validate("where")
    def _checked(self, proposal: Mapping[str, Any]) -> dict[str, Any]:
        value = dict(proposal["value"])
        unknown = set(value) - set(NOTHING) - {"tile"}
        if unknown:
            raise traitlets.TraitError(
                f"where has no {sorted(map(str, unknown))[0]!r}: it has board, tab and tile."
            )
        value = {"board": None, "tab": self._shown["tab"]} | value
        if value["tab"] not in PANES:
            raise traitlets.TraitError(
                f"There is no tab {value['tab']!r}: there are {', '.join(PANES)}."
            )
        board = value["board"]
        if board is not None and board not in self.browser.columns["id"]:
            raise traitlets.TraitError(f"No dashboard of this project has the id {board!r}.")
        tile = value.pop("tile", None)
        if tile is None or board is None or value["tab"] not in OF_A_TILE:
            return value
        if not isinstance(tile, int):
            raise traitlets.TraitError(f"A tile is an id, not {tile!r}.")
        return value | {"tile": tile}

    @traitlets.observe("where")
    def _go(self, change: Mapping[str, Any]) -> None:
        """Show the board and tab of ``where``, unless it has changed again meanwhile."""
        wanted = change["new"]
        with self._turn:
            # Several clicks may wait for the lock; only the last one's target is still worth
            # reading.
            if self._ended or self.where != wanted or self._shown == wanted:
                return
            self._leave()
            if self._shown["board"] != wanted["board"]:
                key = wanted["board"]
                self.set_trait("board", None if key is None else self.browser.dashboard(key))
            self._shown = dict(wanted)
            self._tabs.selected_index = NAMES.index(wanted["tab"])
            self._enter()
        key = wanted["board"]
        if key is not None and key not in self.browser.selected_ids:
            self.browser.selected_ids = [key]

    def _enter(self) -> None:
        board, tab = self.board, self._shown["tab"]
        if board is None:
            self._show_nothing()
            return
        # Said here, in what is there already: JupyterLab keeps something of every comm.
        self._heading.value = _heading(board, reading=True)
        try:
            held = self._made(tab, self._shown.get("tile"))
        except DashwidgetsError as error:
            why = HTML(pages.note(str(error), alert=True))
            held = [why, self._button("Try again", self._again)]
        finally:
            self._heading.value = _heading(board)
        self._put(tab, held)

    def _made(self, tab: str, tile: int | None) -> list[Any]:
        """What a tab holds, made now."""
        with sharing(self._modules):
            made = PANES[tab][1](InHand(self.board, self._sources, self._collected, tile))
        if tab == "references" and tile is not None:
            return [made, self._button("All tiles", self._set)]
        return [made]

    def _put(self, tab: str, held: list[Any]) -> None:
        """Show what was made for a tab, or close it if the explorer was closed meanwhile."""
        with self._ending:
            if not self._ended:
                self._pane(tab).children = held
                self._name_parts()
        if self._ended:
            for widget in held:
                close_all(widget)
        elif isinstance(held[0], Watch):
            held[0].on_open(self._tile_wanted)
            self.set_trait("live", held[0])

    def _name_parts(self) -> None:
        """Tell the list which models are around it: its code lets them go when they are closed."""
        plain = [part for part in parts_of(self) if not isinstance(part, DashWidget)]
        ids = [part.model_id for part in (self._modules, *plain)]
        self.browser.beside = list(dict.fromkeys(ids))

    def _leave(self) -> None:
        """Close what is shown, unless it holds pending changes."""
        pane = self._pane(self._shown["tab"])
        left, pane.children = pane.children, []
        self.set_trait("live", None)
        for widget in left:
            if not isinstance(widget, Editor | Arranger) or self._collected.lets_go(widget):
                close_all(widget)

    def _show_nothing(self) -> None:
        self._heading.value = pages.note("Choose a dashboard in the list.")

    def _button(self, words: str, call: Callable[[], None]) -> Button:
        button = Button(description=words)
        button.on_click(lambda _: self._later(call))
        return button

    def _again(self) -> None:
        with self._turn:
            self._leave()
            self._enter()

    def _pane(self, tab: str) -> Any:
        return cast("Any", self._tabs).children[NAMES.index(tab)]

    def _tab_chosen(self, change: Mapping[str, Any]) -> None:
        index = change["new"]
        if index is not None and NAMES[index] != self._shown["tab"]:
            self._later(lambda: self._set(tab=NAMES[index]))

    def _row_picked(self, change: Mapping[str, Any]) -> None:
        ids = change["new"]
        if len(ids) == 1 and ids[0] != self.where["board"]:
            self._later(lambda: self._set(board=ids[0]))

    def _listed_again(self, _change: object) -> None:
        """The board in hand may be called something else now."""
        if self.board is None or self.board.id not in self.browser.columns["id"]:
            return
        board = self.browser.dashboard(self.board.id)
        if board.name != self.board.name:
            self.set_trait("board", board)
        self._heading.value = _heading(board)

    def _row_opened(self, board: Board, what: str) -> None:
        if what == "duplicate":
            self._later(lambda: self._duplicate(board))
            return
        tab = FROM_MENU[what] or self.where["tab"]
        self._later(lambda: self._set(board=board.id, tab=tab))

    def _tile_wanted(self, board: int, tile: int, what: str) -> None:
        self._later(lambda: self._set(board=board, tab=what, tile=tile))

    def _duplicate(self, board: Board) -> None:
        try:
            made = board.duplicate()
        except DashwidgetsError as error:
            self._collected.trouble = [str(error)]
            self._note_changes()
            return
        self.browser.refresh()
        self._set(board=made.id)

    def _set(self, **where: Any) -> None:
        """Go elsewhere; what one tile was about is left with it."""
        self.where = {"board": self.where["board"], "tab": self.where["tab"]} | where

    def _editor_of(self, key: int) -> Editor:
        with sharing(self._modules):
            return self.browser.dashboard(key).edit()

    def _note_changes(self) -> None:
        if not self._ended and hasattr(self, "_bar"):
            self._bar.shows(self._collected)

    def _work(self, said: str, call: Callable[[], None]) -> None:
        with self._turn:
            self._bar.shows(self._collected, working=said)
            try:
                call()
            finally:
                self._drop_idle()
                self._note_changes()
            if self._shown["tab"] == "history":  # there is more of it now
                self._again()

    def _drop_idle(self) -> None:
        """Close editors and arrangers that are not shown and have nothing to send any more."""
        shown = set(self._pane(self._shown["tab"]).children)
        for widget in (*self._collected.editors.values(), *self._collected.arrangers.values()):
            if widget not in shown and self._collected.lets_go(widget):
                widget.close()

    def _later(self, call: Callable[[], None]) -> None:
        """In a thread, so that the kernel stays responsive while a board is read."""

        def run() -> None:
            if not self._ended:
                call()

        threading.Thread(target=run, name="dashwidgets-explore", daemon=True).start()

    def _repr_mimebundle_(self, **kwargs: Any) -> Any:
        view: Any = super()._repr_mimebundle_(**kwargs)  # pyright: ignore[reportUnknownMemberType]
        # Its metadata name what draws such widgets in Colab; a box has none.
        list_, metadata = self.browser._repr_mimebundle_(**kwargs)  # pyright: ignore[reportPrivateUsage]
        return view | {"text/html": list_["text/html"]}, metadata

    def __dir__(self) -> list[str]:
        own = [name for name in vars(Explorer) if name != "trait_events"]
        return public([*own, "observe", "unobserve", "layout", "browser", "children"])

    def __repr__(self) -> str:
        board = "no board" if self.board is None else repr(self.board.name)
        return f"Explorer({board}, {self.where['tab']}, {len(self.pending)} unsent changes)"


def _heading(board: Board, *, reading: bool = False) -> str:
    return pages.heading(board.name or "Untitled", board.url, f"id {board.id}", reading=reading)


def close_all(widget: Any) -> None:
    """Close a widget, what is in it, and the layouts and styles that belong to it."""
    for part in list(parts_of(widget)):
        if isinstance(part, Explorer):
            super(Explorer, part).close()
        else:
            part.close()


def parts_of(widget: Any) -> Iterator[Any]:
    """A widget, what is in it, and layouts and styles, but those that close with their widget."""
    for child in getattr(widget, "children", ()):
        yield from parts_of(child)
    yield widget
    if not isinstance(widget, DashWidget):
        parts = [getattr(widget, name, None) for name in ("layout", "style")]
        yield from (part for part in parts if isinstance(part, Widget))
