"""Send changes: several dashboards at a time, each in order, with a journal."""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from dashwidgets.api.client import Client
from dashwidgets.api.concurrent import in_threads
from dashwidgets.api.errors import (
    ApiError,
    ConfigurationError,
    ConnectionFailed,
    DashwidgetsError,
    Forbidden,
    ServerError,
    Throttled,
    Unauthorized,
)
from dashwidgets.bulk.progress import progress
from dashwidgets.plans import fields
from dashwidgets.plans.applying import deletion
from dashwidgets.plans.applying.requests import Step, Values, count, steps
from dashwidgets.plans.change import Change
from dashwidgets.plans.conflicts.conflicts import find_conflicts
from dashwidgets.plans.conflicts.server_state import ServerState
from dashwidgets.plans.journal.journal import Journal


class Sender:
    """One run of changes."""

    def __init__(self, client: Client, changes: Sequence[Change], journal: Journal) -> None:
        self._client, self._changes, self._journal = client, changes, journal
        self._at = {id(one): at for at, one in enumerate(changes)}
        self._over = threading.Event()
        self._why = ""
        self._lacking: dict[str, str] = {}
        self._tick: Callable[[], object] = lambda: None

    def run(self) -> None:
        """Check again, send what is still valid, and read it back. See `Plan.apply`."""
        now = ServerState(self._client)
        now.read(one for one in self._changes if one.is_left)
        find_conflicts(self._changes, now)
        self._note([one for one in self._changes if not one.is_left])
        boards: dict[int, list[Change]] = {}
        for one in self._changes:
            if one.is_left:
                boards.setdefault(one.dashboard, []).append(one)
        units = list(boards.values())
        left = [one for unit in units for one in unit]
        with progress(self._client, count(left), "Apply") as tick:
            self._tick = tick
            # One thread a dashboard: its steps depend on one another, those of other dashboards do
            # not.
            in_threads(lambda at: self._board(units[at], now), len(units))
        # Nothing was sent, nothing to read back: the request would only be spent.
        if any(one.sent for one in left):
            self._check([one for one in left if one.state == "done"])
        self._journal.write(what="end")

    def _board(self, changes: Sequence[Change], now: ServerState) -> None:
        gone = [one for one in changes if one.field == fields.DELETED]
        for one in (one for one in gone if not one.new):
            self._send((one,), lambda one=one: deletion.bring_back(self._client, one, self._memo))
        # Restored first and deleted last: a deleted dashboard takes no other change.
        rest = [one for one in changes if one.field != fields.DELETED]
        if rest:
            try:
                todo = steps(rest, now)
            except DashwidgetsError as error:
                self._settle(rest, "refused", str(error))
                return
            for step in todo:
                self._step(step, now)
        for one in (one for one in gone if one.new):
            self._send((one,), lambda one=one: deletion.delete(self._client, one, now, self._memo))

    def _step(self, step: Step, now: ServerState) -> None:
        # Once refused for a scope, the same key is refused every time: do not spend the budget on
        # it.
        if why := self._lacking.get(step.request.scope):
            self._settle(step.changes, "refused", why)
            return
        self._send(
            step.changes,
            lambda: step.shown(self._client.send(step.request)),
            f"{step.request.method} {step.request.path}",
            step.request.scope,
            now,
        )

    def _send(
        self,
        changes: Sequence[Change],
        act: Callable[[], Values],
        request: str = "",
        scope: str = "",
        now: ServerState | None = None,
    ) -> None:
        if self._over.is_set():
            self._settle(changes, "failed", f"not sent: {self._why}")
            return
        self._journal.write(
            what="sending", changes=[self._at[id(one)] for one in changes], request=request
        )
        for one in changes:
            # Set before the request leaves: after a kill it is then unknown, not undone.
            one.sent = True
        try:
            self._answered(changes, act())
        except (ConnectionFailed, Throttled, Unauthorized) as error:
            self._why = str(error)
            # Nothing after this can work either: no connection, a spent budget, a revoked key.
            self._over.set()
            unknown = isinstance(error, ConnectionFailed) and error.sent
            more = " It is unknown whether it was done: apply again to find out." if unknown else ""
            self._settle(changes, "failed", f"{error}{more}")
        except ServerError as error:
            self._settle(changes, "failed", str(error))
        except (ApiError, ConfigurationError) as error:
            self._refuse(changes, error, scope, now)
        except DashwidgetsError as error:
            self._settle(changes, "failed", str(error))
        self._tick()

    def _answered(self, changes: Sequence[Change], values: Values) -> None:
        for one in changes:
            value = values[one.key]
            if one.field == fields.LINK:
                # Its new value can't be compared: before the answer nobody knows the new link's
                # date.
                one.becomes("done", fields.NO_UNDO[fields.LINK])
            elif fields.same(one.field, value, one.new):
                one.becomes("done")
            else:
                # 200 proves little: PostHog skips unknown tile ids and ignores empty filters
                # without an error.
                one.becomes("failed", f"the server answered with {repr(value)[:400]}")
        self._note(changes)

    def _refuse(
        self, changes: Sequence[Change], error: Exception, scope: str, now: ServerState | None
    ) -> None:
        """Blame a refusal on the field it is about, and send the other fields without it."""
        if isinstance(error, Forbidden) and error.scope:
            self._lacking[scope] = str(error)
        named = str(getattr(error, "attr", None) or "").split("__")[0]
        if isinstance(error, Forbidden) and not named:
            # Of a board's fields this one alone needs more than the right to edit; whether it was
            # the reason, sending the others without it tells.
            named = "restriction_level"
        about = [one for one in changes if one.field == named] or changes
        self._settle(about, "refused", str(error))
        # A PATCH is all or nothing: one bad field must not keep the good ones from being saved.
        rest = [one for one in changes if one.state != "refused"]
        if rest and now is not None:
            for step in steps(rest, now):
                self._step(step, now)

    def _check(self, done: Sequence[Change]) -> None:
        """Read once more what was answered: the list, and the people of who was invited.

        Tiles and links need no reading: the answers to their writes show what is kept.
        """
        seen = [one for one in done if one.tile is None and one.field not in (fields.LINK,)]
        if not seen:
            return
        try:
            now = ServerState(self._client)
            listed = [one for one in seen if fields.insight_of(one.field) is None]
            now.find(one.dashboard for one in listed if one.field != fields.DELETED)
            now.read(one for one in seen if fields.person_of(one.field))
        except DashwidgetsError as error:
            for one in seen:
                one.was_not_seen(str(error))
            self._note(seen)
            return
        deleted = {one.dashboard for one in seen if one.field == fields.DELETED and one.new}
        for one in seen:
            value = now.value(one.key)
            # What was deleted is in no list any more; its other changes were seen in their own
            # answers.
            if one.dashboard in deleted and one.field != fields.DELETED:
                continue
            if unread := now.unread(one):
                one.was_not_seen(unread)
            # Absence from an incomplete list does not prove that it was deleted.
            elif one.field == fields.DELETED and value and not now.listing.complete:
                one.was_not_seen("the list was not complete")
            elif not fields.same(one.field, value, one.new):
                self._settle(
                    [one], "failed", f"it was accepted, but the server has {repr(value)[:400]}"
                )

    def _settle(self, changes: Sequence[Change], state: Any, reason: str) -> None:
        for one in changes:
            one.becomes(state, reason)
        self._note(changes)

    def _note(self, changes: Sequence[Change]) -> None:
        if changes:
            self._journal.write(
                # An answer that a power cut loses can be asked of the server again; syncing each is
                # slow.
                wait=False,
                what="answer",
                changes=[(self._at[id(one)], one.state, one.reason, one.new) for one in changes],
            )

    def _memo(self, one: Change, memo: Mapping[str, Any]) -> None:
        one.memo |= memo
        self._journal.write(what="note", change=self._at[id(one)], memo=memo)
