"""Pending changes: a plan over the list, and the drafts of editors and arrangers."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import pandas as pd

from dashwidgets.api.errors import DashwidgetsError
from dashwidgets.layout.layout import Layout
from dashwidgets.widgets.arrange.widget import Arranger
from dashwidgets.widgets.browse.actions import VERBS, MakePlan
from dashwidgets.widgets.edit.widget import Editor

if TYPE_CHECKING:
    from dashwidgets.plans.plan import Plan

COLUMNS = ("dashboard", "what", "old", "new", "state")
Edit = tuple[int, dict[str, Any]]
"""A dashboard, and values its fields had."""
Verb = tuple[str, list[int], list[str]]
"""Its name, dashboards, tags."""


@dataclass
class Sent:
    """What one `Collected.apply` sent, to be reverted as one."""

    plan: Plan | None = None
    edits: list[Edit] = field(default_factory=list["Edit"])
    layouts: list[tuple[Layout, int]] = field(default_factory=list[tuple[Layout, int]])
    """An arrangement, and how many of its steps are from before."""

    def __bool__(self) -> bool:
        return bool(self.plan is not None or self.edits or self.layouts)


class Collected:
    """Every pending change, whichever part of the explorer it was made in.

    Parameters
    ----------
    make : callable
        Returns an empty plan.
    edit : callable
        Returns a new editor of a dashboard, to revert an edit with.
    changed : callable
        Called whenever the pending changes have changed.
    """

    def __init__(
        self, make: MakePlan, edit: Callable[[int], Editor], changed: Callable[[], object]
    ) -> None:
        self._make, self._edit, self._changed = make, edit, changed
        self._verbs: list[Verb] = []
        self._steps: list[tuple[str, Any]] = []
        self._quiet = False
        self.plan: Plan | None = None
        self.editors: dict[int, Editor] = {}
        self.arrangers: dict[int, Arranger] = {}
        self._undo_steps: dict[int, int] = {}
        self.sent: list[Sent] = []
        self.trouble: list[str] = []

    def add(self, verb: str, ids: list[int], tags: list[str]) -> Plan:
        """Plan a verb for some dashboards, on top of what is planned. Reads the list."""
        plan = VERBS[verb](self.plan or self._make(), ids, tags)
        # A verb that changes nothing (a tag that is there already) is no step to undo.
        if not self.plan and not len(plan):
            return plan
        self.plan = plan
        self._verbs.append((verb, ids, tags))
        self._step("plan", None)
        return plan

    def holds(self, editor: Editor) -> None:
        """Count the edits of an editor."""
        key = int(editor.board["id"])
        self.editors[key] = editor
        editor.observe(self._edited, "changes")
        self._changed()

    def arranges(self, arranger: Arranger) -> None:
        """Count the steps of an arranger."""
        key = int(arranger.board["id"])
        self.arrangers[key] = arranger
        self._undo_steps.setdefault(key, arranger.arrangement.undo_steps)
        arranger.observe(self._arranged, "draft")
        self._changed()

    def lets_go(self, widget: Editor | Arranger) -> bool:
        """Forget a widget that has nothing to send; whether it was forgotten."""
        key = int(widget.board["id"])
        if widget.dirty:
            return False
        if self.editors.get(key) is widget:
            del self.editors[key]
            widget.unobserve(self._edited, "changes")
        if self.arrangers.get(key) is widget:
            del self.arrangers[key]
            self._undo_steps.pop(key, None)
            widget.unobserve(self._arranged, "draft")
        return True

    @property
    def pending(self) -> pd.DataFrame:
        """One row per pending change: ``dashboard, what, old, new, state``."""
        rows: list[tuple[Any, ...]] = []
        if self.plan is not None:
            names = ["dashboard_name", "field", "old", "new", "state"]
            left = self.plan.changes
            left = left[left["state"] != "done"]
            rows += [tuple(row) for row in left[names].itertuples(index=False, name=None)]
        for editor in self.editors.values():
            rows += [
                (editor.board["name"], name, editor.saved[name], value, _state(editor, name))
                for name, value in editor.changes.items()
            ]
        for arranger in self.arrangers.values():
            rows += [
                (
                    arranger.board["name"],
                    f"{row['name']}: {row['change']}",
                    row["before"],
                    row["after"],
                    arranger.refused.get(str(row["tile"]), _rearranged(arranger)),
                )
                for row in arranger.pending_rows
            ]
        return pd.DataFrame(rows, columns=list(COLUMNS))

    @property
    def requests(self) -> int:
        """Requests that `apply` would send, those that look included."""
        plan = self.plan.requests if self.plan is not None else 0
        edits = sum(editor.requests for editor in self.editors.values())
        looks = sum(arranger.dirty for arranger in self.arrangers.values())
        writes = sum(arranger.arrangement.requests for arranger in self.arrangers.values())
        return plan + edits + looks + writes

    @property
    def can_undo(self) -> bool:
        """Whether there is a step to undo, or something sent to revert."""
        return bool(self._steps or self.sent)

    def apply(self) -> None:
        """Send everything. What fails stays and says why in ``trouble``; the rest is sent."""
        self.trouble = []
        done = Sent()
        if self.plan is not None:
            self._apply_plan(done)
        for key, editor in list(self.editors.items()):
            if editor.changes:
                before = {name: editor.saved[name] for name in editor.changes}
                self._try(editor.save, editor.board["name"])
                # A field that is still a change was refused: there is nothing of it to revert.
                sent = {name: old for name, old in before.items() if name not in editor.changes}
                if sent:
                    done.edits.append((key, sent))
        for key, arranger in list(self.arrangers.items()):
            if arranger.dirty:
                self._try(arranger.save, arranger.board["name"])
                if not arranger.dirty:
                    done.layouts.append((arranger.arrangement, self._undo_steps[key]))
                    self._undo_steps[key] = arranger.arrangement.undo_steps
        self._steps.clear()
        if done:
            self.sent.append(done)
        self._changed()

    def undo(self) -> None:
        """Undo the last step; where there is none, revert what was sent last, which sends."""
        self.trouble = []
        self._quiet = True
        try:
            while self._steps:
                if self._undo_step(*self._steps.pop()):
                    return
            if self.sent:
                self._take_back(self.sent.pop())
        finally:
            self._quiet = False
            self._changed()

    def _apply_plan(self, done: Sent) -> None:
        plan = self.plan
        assert plan is not None
        outcome = self._send(plan.apply)
        if outcome is None:
            return
        if (outcome["state"] == "done").any():
            done.plan = plan
        self.plan, self._verbs = None, []

    def _send(self, call: Callable[[], pd.DataFrame]) -> pd.DataFrame | None:
        """Apply or revert a plan; what is not done, or could not be read back, is ``trouble``."""
        outcome: list[pd.DataFrame] = []
        self._try(lambda: outcome.append(call()), "The plan")
        for frame in outcome:
            reasons = frame["reason"].fillna("")
            left = frame.assign(reason=reasons)[(frame["state"] != "done") | (reasons != "")]
            names = ["dashboard_name", "field", "state", "reason"]
            self.trouble += [
                f"{board}: {what} was {state}. {why}".strip()
                for board, what, state, why in left[names].itertuples(index=False, name=None)
            ]
        return outcome[0] if outcome else None

    def _undo_step(self, kind: str, what: Any) -> bool:
        if kind == "plan":
            self._verbs.pop()
            self.plan = None
            # A plan knows no undo: it is made again from the verbs that are left.
            for verb in self._verbs:
                self.plan = VERBS[verb[0]](self.plan or self._make(), *verb[1:])
            return True
        if kind == "edit":
            editor, before = what
            # Closed, or undone in the form itself: go on to the step before.
            if editor.comm is None or editor.changes == before:
                return False
            editor.changes = before
            return True
        if what.comm is None or not what.dirty:
            return False
        what.undo()
        return True

    def _take_back(self, sent: Sent) -> None:
        if sent.plan is not None:
            self._send(sent.plan.revert)
        for key, before in sent.edits:
            editor = self._edit(key)
            try:
                editor.changes = before
                self._try(editor.save, editor.board["name"])
            finally:
                editor.close()
        for arrangement, steps in sent.layouts:
            while arrangement.undo_steps > steps:
                arrangement.undo()
            self._try(arrangement.save, arrangement.base.name)

    def _try(self, call: Callable[[], object], what: str) -> None:
        try:
            call()
        except DashwidgetsError as error:
            self.trouble.append(f"{what}: {error}")

    def _edited(self, change: Any) -> None:
        editor, before = change["owner"], dict(change["old"])
        last = self._steps[-1] if self._steps else None
        fields = set(change["new"])
        is_same = (
            last is not None
            and last[0] == "edit"
            and last[1][0] is editor
            and fields == set(before)
            and fields != set(last[1][1])
        )
        if editor.saving or is_same:  # a letter more in the same field
            self._changed()
        else:
            self._step("edit", (editor, before))

    def _arranged(self, change: Any) -> None:
        self._step("arrange", change["owner"])

    def _step(self, kind: str, what: Any) -> None:
        if not self._quiet:
            self._steps.append((kind, what))
        self._changed()


def _rearranged(arranger: Arranger) -> str:
    return "conflict: rearranged on the server too" if arranger.theirs else "ready"


def _state(editor: Editor, name: str) -> str:
    if name in editor.theirs:
        return "conflict: changed on the server too"
    return str(editor.refused.get(name, "ready"))
