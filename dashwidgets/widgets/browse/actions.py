"""Actions on the selected dashboards: a plan that is shown first and sent when confirmed."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

import pandas as pd

from dashwidgets.api.errors import ConfigurationError

if TYPE_CHECKING:
    from dashwidgets.plans.plan import Plan

MakePlan = Callable[[], "Plan"]
Collect = Callable[[str, list[int], list[str]], "Plan"]
SHOWN = 500
"""Changes that a view gets; the counts cover all of them."""
VERBS: dict[str, Callable[[Plan, list[int], list[str]], Plan]] = {
    "tag": lambda plan, ids, tags: plan.tag(ids, *tags),
    "untag": lambda plan, ids, tags: plan.untag(ids, *tags),
    "pin": lambda plan, ids, _: plan.pin(ids),
    "unpin": lambda plan, ids, _: plan.pin(ids, False),
    "unshare": lambda plan, ids, _: plan.unshare(ids),
    "delete": lambda plan, ids, _: plan.delete(ids),
}


class Actions:
    """The current plan, shared by all views of a table.

    Parameters
    ----------
    make : callable
        Returns an empty plan.
    changed : callable
        Called after the server was written to.
    collect : callable, optional
        Takes a verb, ids and tags instead, for a plan that is sent elsewhere, and gives that plan.
    """

    def __init__(
        self, make: MakePlan, changed: Callable[[], None], collect: Collect | None = None
    ) -> None:
        self._collect = collect
        self._make = make
        self._changed = changed
        self._count = 0
        self._plan: Plan | None = None

    def draft(self, values: Mapping[str, Any]) -> dict[str, Any]:
        """Plan a verb for some dashboards. Reads the server, and writes nothing."""
        verb = str(values.get("verb"))
        if verb not in VERBS:
            raise ConfigurationError(f"{verb!r} can't be planned: there are {', '.join(VERBS)}.")
        ids = [int(key) for key in values["ids"]]
        tags = [str(tag) for tag in values.get("tags", ())]
        if self._collect is not None:
            self._plan = self._collect(verb, ids, tags)
            return self._told("collected", self._plan.changes, verb=verb)
        plan = VERBS[verb](self._make(), ids, tags)
        # The token of this plan: a second view may still show an older one, and must not send it.
        self._count += 1
        self._plan = plan
        return self._told("draft", plan.changes, verb=verb)

    def apply(self, values: Mapping[str, Any]) -> dict[str, Any]:
        """Send the plan that was shown, and no other."""
        plan = self._confirmed(values)
        try:
            return self._told("applied", plan.apply())
        finally:
            self._changed()

    def revert(self, values: Mapping[str, Any]) -> dict[str, Any]:
        """Revert what was sent."""
        plan = self._confirmed(values)
        try:
            return self._told("reverted", plan.revert())
        finally:
            self._changed()

    def _confirmed(self, values: Mapping[str, Any]) -> Plan:
        if self._plan is None or values.get("token") != self._count:
            raise ConfigurationError(
                "This plan was replaced by another one: review that one first."
            )
        return self._plan

    def _told(self, phase: str, changes: pd.DataFrame, **more: Any) -> dict[str, Any]:
        assert self._plan is not None
        names = ["dashboard", "dashboard_name", "field", "old", "new", "state", "reason"]
        shown = changes[names].head(SHOWN).astype(object)
        rows = shown.where(shown.notna(), None).to_dict("records")
        return {
            "phase": phase,
            "token": self._count,
            "changes": rows,
            "count": len(changes),
            "states": {str(k): int(v) for k, v in changes["state"].value_counts().items()},
            "requests": self._plan.requests,
            "price": self._plan.price,
            **more,
        }
