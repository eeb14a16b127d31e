"""What each tab of the explorer holds: made when it is opened."""

# pyright: basic
# ipywidgets has no types.
from __future__ import annotations

import logging
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Protocol

import pandas as pd
from ipywidgets import HTML

from dashwidgets.api.errors import NOT_OFFERED, BadRequest, DashwidgetsError
from dashwidgets.widgets.arrange.widget import Arranger
from dashwidgets.widgets.edit.widget import Editor
from dashwidgets.widgets.explore import pages
from dashwidgets.widgets.explore.differences import only_differences
from dashwidgets.widgets.explore.pending import Collected
from dashwidgets.widgets.watch.widget import Watch

if TYPE_CHECKING:
    from dashwidgets.audit.report.report import Report

log: logging.Logger = logging.getLogger("dashwidgets")


class Board(Protocol):
    """A dashboard, as far as the explorer needs one."""

    @property
    def id(self) -> int: ...
    @property
    def name(self) -> str | None: ...
    @property
    def url(self) -> str: ...
    def watch(self) -> Watch: ...
    def edit(self) -> Editor: ...
    def arrange(self) -> Arranger: ...
    def history(self) -> pd.DataFrame: ...
    def duplicate(self) -> Any: ...


class Sources:
    """What panes read of the whole project: once, when it is first needed."""

    def __init__(
        self,
        audit: Callable[[], Report],
        references: Callable[[], pd.DataFrame],
        members: Callable[[], pd.DataFrame],
        report: Report | None = None,
    ) -> None:
        self._audit, self._references, self._members = audit, references, members
        self._report = report
        self._used: pd.DataFrame | None = None
        self._names: dict[int, str] | None = None

    def report(self) -> Report:
        """An audit of cheap rules: four or five requests, and no dashboard is opened."""
        if self._report is None:
            self._report = self._audit()
        return self._report

    def references(self) -> pd.DataFrame:
        """Every reference: two requests, and no dashboard is opened."""
        if self._used is None:
            self._used = self._references()
        return self._used

    def names(self) -> dict[int, str]:
        """Members' names by user id; none where they can't be read. One request."""
        if self._names is None:
            try:
                people = self._members()
            except DashwidgetsError as error:
                log.info("history shows ids of users, because members can't be read: %s", error)
                self._names = {}
            else:
                named = people["name"].where(people["name"].notna(), people["email"])
                self._names = dict(zip(people["user_id"].tolist(), named.tolist(), strict=True))
        return self._names


@dataclass(frozen=True)
class InHand:
    """What a pane is made of."""

    board: Board
    sources: Sources
    collected: Collected
    tile: int | None = None
    """The tile that it is about, if it is about one."""


def tiles(it: InHand) -> Any:
    """The board, live."""
    return it.board.watch()


def edit(it: InHand) -> Any:
    """The form, with its unsent edits."""
    board, editors = it.board, it.collected.editors
    if board.id not in editors:
        it.collected.holds(board.edit())
    return editors[board.id]


def arrange(it: InHand) -> Any:
    """The grid, with its unsent moves."""
    board, arrangers = it.board, it.collected.arrangers
    if board.id not in arrangers:
        it.collected.arranges(board.arrange())
    arranger = arrangers[board.id]
    if any(tile["id"] == it.tile for tile in arranger.draft):
        arranger.selected_ids = [it.tile]
    return arranger


def findings(it: InHand) -> Any:
    """What an audit found on it."""
    board, report = it.board, it.sources.report()
    frame = report.findings
    own = frame[frame["dashboard_id"] == board.id]
    count = len(own)
    caption = "1 finding." if count == 1 else f"{count} findings." if count else "No findings."
    at = report.taken_at[:16].replace("T", " ")
    notes = [f"{len(report.rules)} rules, evaluated at {at} UTC."]
    if board.id not in report.dashboards - report.unread:
        caption = "This dashboard was not evaluated: it was made since, or could not be read."
    titles = {
        "severity": "Severity",
        "rule": "Rule",
        "tile": "Tile",
        "evidence": "Evidence",
        "suggestion": "What to do",
    }
    return HTML(pages.table(own, titles, caption, notes))


def references(it: InHand) -> Any:
    """Which events, properties, cohorts and others its tiles depend on."""
    frame = it.sources.references()
    own = frame[frame["dashboard_id"] == it.board.id]
    if it.tile is not None:
        own = own[own["tile_id"] == it.tile]
    names = own.drop_duplicates(["kind", "name"])
    caption = f"{len(own)} places use {len(names)} names."
    if it.tile is not None:
        caption = f"Of one tile: {caption}"
    notes = ["From the insights list, which knows neither texts nor filters of the dashboard."]
    unread: Mapping[str, str] = frame.attrs.get("unread") or {}
    if unread:
        parts = f"{len(unread)} parts of this project's queries could not be read"
        notes.insert(0, f"INCOMPLETE: {parts}, and may use more names.")
    titles = {"kind": "Kind", "name": "Name", "insight": "Tile", "role": "Used as"}
    return HTML(pages.table(pd.DataFrame(own), titles, caption, notes))


def history(it: InHand) -> Any:
    """Who changed what, and when."""
    try:
        frame = it.board.history()
    except (BadRequest, *NOT_OFFERED) as error:  # 400: there is no such table
        return HTML(
            pages.note(
                "There is no history to show: the server, its plan or this key does not offer "
                "the activity log.",
                f"The server said: {error}",
            )
        )
    days = frame.attrs.get("days", 90)
    changes = "1 change" if len(frame) == 1 else f"{len(frame) or 'No'} changes"
    caption = f"{changes} in {days} days{', the newest first' if len(frame) > 1 else ''}."
    names = it.sources.names() if frame["user_id"].notna().any() else {}
    both = [only_differences(*pair) for pair in zip(frame["before"], frame["after"], strict=True)]
    who: list[Any] = [names.get(key, key) for key in frame["user_id"].tolist()]
    what = frame["activity"].fillna("") + " " + frame["field"].fillna("")
    frame = frame.assign(
        who=who,
        what=what.str.strip(),
        before=[old for old, _ in both],
        after=[new for _, new in both],
    )
    notes = [] if frame.attrs.get("complete", True) else ["INCOMPLETE: the server left some out."]
    titles = {
        "at": "When",
        "who": "Who",
        "what": "What",
        "before": "Before",
        "after": "After",
    }
    return HTML(pages.table(frame, titles, caption, notes))


MakePane = Callable[[InHand], Any]
PANES: dict[str, tuple[str, MakePane]] = {
    "tiles": ("Tiles", tiles),
    "edit": ("Edit", edit),
    "arrange": ("Arrange", arrange),
    "findings": ("Findings", findings),
    "references": ("References", references),
    "history": ("History", history),
}
"""Name to title, and what makes it; in the order shown."""
