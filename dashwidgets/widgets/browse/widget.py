"""``ph.browse()``: a searchable, sortable table of dashboards."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar, cast, get_type_hints

import pandas as pd
import traitlets

from dashwidgets.api.errors import ConfigurationError
from dashwidgets.api.paging import Listing
from dashwidgets.api.transport.writes import Written
from dashwidgets.frames.dashboards import dashboards_frame
from dashwidgets.widgets.browse.actions import Actions, Collect, MakePlan
from dashwidgets.widgets.browse.copies import MakeCopy
from dashwidgets.widgets.browse.insights import ReadInsights, tiles_of, uses_of
from dashwidgets.widgets.browse.payload import (
    SHOWN,
    checked_columns,
    checked_facets,
    checked_sort,
    checked_view,
    columns_of,
    listing_state,
    packed,
    report_state,
)
from dashwidgets.widgets.shared.bundle import bundle
from dashwidgets.widgets.shared.fallback import dashboards_html, with_html
from dashwidgets.widgets.shared.replies import Answer, Replies
from dashwidgets.widgets.shared.state.browse import BrowseState, SmallTile
from dashwidgets.widgets.shared.widget import DashWidget

if TYPE_CHECKING:
    from dashwidgets.audit.evidence.insights import Asked
    from dashwidgets.audit.report.report import Report

VIEW = {"shown": "columns", "sort": "sort", "search": "search", "facets": "facets"}
"""Traits that make up a view, and their names in it."""
SOON = 0.3
"""Seconds in which writes of others are gathered."""
LISTED = ("name", "description", "tags", "pinned", "restriction_level", "is_shared")
"""What of a dashboard's detail form the table shows, and a write may change."""
OPENS = ("open", "watch", "edit", "arrange", "duplicate", "history")
"""What can be asked for a row."""
log: logging.Logger = logging.getLogger("dashwidgets")

CHECKS: dict[str, Callable[[Any], Any]] = {
    "shown": checked_columns,
    "sort": checked_sort,
    "facets": checked_facets,
    "view": checked_view,
    "views": lambda views: {str(name): checked_view(view) for name, view in views.items()},
}


class Browser(DashWidget):
    """A table of dashboards whose selection is available in Python.

    Attributes
    ----------
    selected, visible : DataFrame
        The selected rows, and those that match search and facets, in the order shown; as in
        ``ph.dashboards()``. Both can be observed; a view must be shown for ``visible`` to follow.
    selected_ids, visible_ids : list of int
        The same as ids; ``selected_ids`` can be set.
    shown : list of str
        The columns drawn, in order.
    sort : list of dict
        ``[{"column": "name", "descending": False}]``, the first decides.
    search : str
        The words in the search box.
    facets : dict
        Values wanted of a column: ``{"owner": ["Mara Oduya"], "last_accessed_at": ["never"]}``.
        ``{"uses": ["event: signed_up"]}`` keeps the dashboards with a tile that depends on a name;
        it reads the list of insights, once.
    view : dict
        ``columns``, ``sort``, ``search`` and ``facets`` in one; can be set and observed.
    views : dict
        Saved views by name. A plain dict: keep it in a file, set it in the next notebook.
    """

    documented: ClassVar[tuple[str, ...]] = (
        *("selected", "visible", "selected_ids", "visible_ids", "shown", "sort", "search"),
        *("facets", "view", "views"),
    )

    columns: Any = traitlets.Dict().tag(sync=True, to_json=packed)
    listing: Any = traitlets.Dict().tag(sync=True)
    address: Any = traitlets.Unicode().tag(sync=True)
    report: Any = traitlets.Dict(None, allow_none=True).tag(sync=True)
    uses: Any = traitlets.Dict(None, allow_none=True).tag(sync=True)
    selected_ids: Any = traitlets.List(traitlets.Int()).tag(sync=True)
    # Not of integers: checking thousands takes milliseconds, and only the view sets them.
    visible_ids: Any = traitlets.List(traitlets.Any()).tag(sync=True)
    shown: Any = traitlets.List(traitlets.Unicode()).tag(sync=True)
    sort: Any = traitlets.List(traitlets.Dict()).tag(sync=True)
    search: Any = traitlets.Unicode("").tag(sync=True)
    facets: Any = traitlets.Dict().tag(sync=True)
    views: Any = traitlets.Dict().tag(sync=True)
    live: Any = traitlets.Bool(True).tag(sync=True)
    acts: Any = traitlets.Bool(False).tag(sync=True)
    opens: Any = traitlets.Bool(False).tag(sync=True)
    copies_to: Any = traitlets.List(traitlets.Unicode()).tag(sync=True)
    beside: Any = traitlets.List(traitlets.Unicode()).tag(sync=True)
    view: Any = traitlets.Dict()
    _soon: threading.Timer | None = None
    selected: Any = traitlets.Instance(pd.DataFrame, read_only=True)
    visible: Any = traitlets.Instance(pd.DataFrame, read_only=True)

    def __init__(
        self,
        listing: Listing,
        *,
        host: str,
        project_id: int | str,
        report: Report | None = None,
        read: Callable[[], Listing] | None = None,
        insights: ReadInsights | None = None,
        plan: MakePlan | None = None,
        collect: Collect | None = None,
        board: Callable[[dict[str, Any]], Any] = dict,
        small: Callable[[int], list[SmallTile]] | None = None,
        copies: Mapping[str, MakeCopy] | None = None,
    ) -> None:
        module, style = bundle("browse")
        self._esm, self._css = module, style
        self._listing, self._frame = listing, indexed(listing)
        frame = self._frame
        self._read = read
        self._read_insights = insights
        self._insights: Asked | None = None
        ids: list[int] = frame["id"].tolist()
        evaluated = None if report is None else report_state(report, ids, host, project_id)
        shown = [*SHOWN[:-1], "findings"] if report is not None else list(SHOWN)
        super().__init__(
            columns=columns_of(frame, listing),
            listing=listing_state(listing),
            address=f"{host}/project/{project_id}/dashboard",
            report=evaluated,
            uses=None,
            visible_ids=ids,
            shown=shown,
            live=insights is not None,
            acts=plan is not None,
            copies_to=list(copies or ()),
        )
        answers: dict[str, Answer] = {
            "tiles": self._tiles_at_a_glance,
            "uses": self._tell_uses,
        }
        if small is not None:
            answers["small"] = lambda values: {"tiles": small(int(values["dashboard"]))}
        if copies is not None:
            answers["copy"] = lambda values: copies[values["to"]](int(values["dashboard"]))
        if plan is not None:
            actions = Actions(plan, self._read_again, collect)
            answers |= {"draft": actions.draft, "apply": actions.apply, "revert": actions.revert}
        self._replies = Replies(self.send, answers)
        self.on_msg(self._replies.hear)
        self.on_msg(self._open)
        self._board = board
        self._on_open: list[Callable[[Any, str], object]] = []
        self.listens(host, project_id)

    def dashboard(self, key: int) -> Any:
        """The `Dashboard` of a row, as it was listed. Sends nothing.

        Raises
        ------
        ConfigurationError
            No row has this id.
        """
        row = next((row for row in self._listing.rows if row["id"] == key), None)
        if row is None:
            raise ConfigurationError(f"No dashboard of this table has the id {key!r}.")
        return self._board(row)

    def on_open(self, callback: Callable[[Any, str], object]) -> None:
        """Call back when a dashboard is opened here: with Enter, or from the menu of its row.

        Parameters
        ----------
        callback : callable
            Gets the `Dashboard` and what to do with it: ``"open"``, ``"watch"``, ``"edit"``,
            ``"arrange"``, ``"duplicate"`` or ``"history"``. It runs in the kernel's own thread,
            and what it raises is logged.

        Examples
        --------
        >>> browser.on_open(lambda board, what: print(board.name, what))  # doctest: +SKIP
        """
        self._on_open.append(callback)
        self.opens = True

    def _open(self, _widget: object, content: Any, _buffers: object) -> None:
        """Somebody opened a row."""
        request = cast("dict[str, Any]", content) if isinstance(content, dict) else {}
        key: Any = request.get("dashboard")
        what = request.get("what")
        if request.get("op") != "open" or what not in OPENS or key not in self._frame.index:
            return
        for callback in self._on_open:
            try:
                callback(self.dashboard(int(key)), str(what))
            except Exception:
                # A user's callback must not break the table; Jupyter would show its traceback
                # nowhere.
                log.exception("an on_open callback failed")

    def refresh(self) -> Browser:
        """Read the list again: one request. The selection is kept."""
        if self._read is None:
            raise ConfigurationError("This table can't read the list again: use ph.browse().")
        self._insights = None
        self._show(self._read())
        self.uses = None
        return self

    def _show(self, listing: Listing) -> None:
        frame = indexed(listing)
        with self.hold_trait_notifications():
            self._listing, self._frame = listing, frame
            self.columns = columns_of(frame, listing)
            self.listing = listing_state(listing)
            self.selected_ids = [key for key in self.selected_ids if key in frame.index]
            self.visible_ids = [key for key in self.visible_ids if key in frame.index]
        self.set_trait("selected", self._rows(self.selected_ids))
        self.set_trait("visible", self._rows(self.visible_ids))

    def to_html(self, path: str | Path) -> Path:
        """Write the table as one page that works without Python or a network.

        It can be searched, sorted and narrowed as here; tiles stay behind.
        """
        from dashwidgets.widgets.shared.page import page

        module, style = bundle("browse")
        state = {name: getattr(self, name) for name in get_type_hints(BrowseState)}
        state |= {"live": False, "acts": False, "opens": False, "copies_to": [], "beside": []}
        html = page("Dashboards", module, style, state, self._html(len(self._frame)))
        Path(path).write_text(html, encoding="utf-8")
        return Path(path)

    def close(self) -> None:
        """Remove the widget from the notebook and stop answering its views."""
        soon, self._soon = self._soon, None
        if soon is not None:
            soon.cancel()
        super().close()

    def _written(self, written: Written) -> None:
        """Show what another widget or cell wrote; many writes at once are shown together."""
        row = next((row for row in self._listing.rows if row["id"] == written.dashboard), None)
        if row is None or written.detail is None:
            return
        row |= {name: written.detail[name] for name in LISTED if name in written.detail}
        if written.detail.get("deleted"):
            self._listing.rows.remove(row)
        if self._soon is None:
            # A plan over hundreds of boards writes as many times; the table is drawn a few times.
            self._soon = threading.Timer(SOON, self._show_written)
            self._soon.daemon = True
            self._soon.start()

    def _show_written(self) -> None:
        self._soon = None
        self._show(self._listing)

    @traitlets.default("selected")
    def _none_selected(self) -> pd.DataFrame:
        return self._rows(self.selected_ids)

    @traitlets.default("visible")
    def _all_visible(self) -> pd.DataFrame:
        return self._rows(self.visible_ids)

    @traitlets.default("view")
    def _first_view(self) -> dict[str, Any]:
        return {part: getattr(self, name) for name, part in VIEW.items()}

    @traitlets.validate("selected_ids")
    def _only_known(self, proposal: Mapping[str, Any]) -> list[int]:
        unknown = [key for key in proposal["value"] if key not in self._frame.index]
        if unknown:
            raise traitlets.TraitError(f"No dashboard of this table has the id {unknown[0]}.")
        return list(dict.fromkeys(proposal["value"]))

    @traitlets.validate(*CHECKS)
    def _checked(self, proposal: Mapping[str, Any]) -> Any:
        try:
            return CHECKS[proposal["trait"].name](proposal["value"])
        except (ConfigurationError, AttributeError, KeyError, TypeError) as error:
            raise traitlets.TraitError(f"{proposal['trait'].name}: {error}") from error

    @traitlets.observe("selected_ids", "visible_ids")
    def _note_rows(self, change: Mapping[str, Any]) -> None:
        self.set_trait(change["name"].removesuffix("_ids"), self._rows(change["new"]))

    @traitlets.observe("facets", "uses")
    def _know_uses(self, _change: object) -> None:
        if self.facets.get("uses") and self.uses is None:
            self._tell_uses({})

    @traitlets.observe(*VIEW)
    def _note_view(self, _change: object) -> None:
        self.view = {part: getattr(self, name) for name, part in VIEW.items()}

    @traitlets.observe("view")
    def _take_view(self, change: Mapping[str, Any]) -> None:
        with self.hold_trait_notifications():
            for name, part in VIEW.items():
                setattr(self, name, change["new"][part])

    def _rows(self, ids: list[int]) -> pd.DataFrame:
        if ids == self._frame.index.tolist():  # picking every row takes long
            return self._frame.reset_index(drop=True)
        known = [key for key in ids if key in self._frame.index]
        return self._frame.loc[known].reset_index(drop=True)

    def _read_again(self) -> None:
        if self._read is not None:
            self.refresh()

    def _tiles_at_a_glance(self, values: Mapping[str, Any]) -> dict[str, Any]:
        asked = self._asked(again=bool(values.get("again")))
        return tiles_of(asked, int(values["dashboard"]))

    def _tell_uses(self, _values: Mapping[str, Any]) -> dict[str, Any]:
        self.uses = uses_of(self._asked())
        return {}

    def _asked(self, *, again: bool = False) -> Asked:
        """The list of insights. It is read at once, and once: no dashboard is opened."""
        if self._read_insights is None:
            raise ConfigurationError("This table can't read insights: use ph.browse().")
        if self._insights is None or again:
            self._insights = self._read_insights(self._frame)
        return self._insights

    def _html(self, most: int) -> str:
        return dashboards_html(self._frame, self.listing, self.report, most)

    def _repr_mimebundle_(self, **kwargs: Any) -> Any:
        view = cast("Any", super())._repr_mimebundle_(**kwargs)
        return with_html(view, self._html(20))

    def __repr__(self) -> str:
        return f"Browser({len(self._frame)} dashboards, {len(self.selected_ids)} selected)"


def indexed(listing: Listing) -> pd.DataFrame:
    """A listing as in ``ph.dashboards()``, found by id."""
    frame = dashboards_frame(listing).set_index("id", drop=False)
    frame.index.name = None
    return frame
