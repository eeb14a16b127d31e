"""What becomes of a change, given what the server has by now: no request is sent."""

from __future__ import annotations

import threading
from types import SimpleNamespace
from typing import Any

import pytest

from dashwidgets.api.errors import Forbidden
from dashwidgets.plans.change import Change
from dashwidgets.plans.conflicts import server_state
from dashwidgets.plans.conflicts.conflicts import find_conflicts
from dashwidgets.plans.conflicts.server_state import ServerState
from dashwidgets.plans.verbs.queries import QueryVerbs

MINE = {"id": 1, "name": "Mine", "tags": ["a"], "created_by": {"id": 7, "email": "me@x.com"}}
RESTRICTED = {
    "restriction_level": 37, "effective_restriction_level": 37, "effective_privilege_level": 37,
}  # fmt: skip


class Snapshot(ServerState):
    """What a server said, without the server."""

    def __init__(self, *rows: dict[str, Any], complete: bool = True, **more: Any) -> None:
        self.rows = {row["id"]: row for row in rows}
        self.listing: Any = SimpleNamespace(rows=rows, complete=complete)
        self.details, self.links, self.people, self.refused = {}, {}, {}, {}
        self._me = {"id": 7, "organization": {"membership_level": 1}}
        self._members, self._queries, self._no_queries = {}, {}, False
        self._lock: Any = threading.Lock()
        for name, value in more.items():
            setattr(self, name, value)


def change(field: str, old: Any, new: Any, tile: int | None = None, **more: Any) -> Change:
    return Change(1, "Mine", tile, field, old, new, **more)


def outcome(one: Change, now: ServerState, *others: Change) -> tuple[str, str]:
    find_conflicts([one, *others], now)
    return one.state, one.reason


@pytest.mark.parametrize(
    ("one", "state", "told"),
    [
        (change("name", "Mine", "New"), "ready", ""),
        (change("name", "Old", "Mine"), "skipped", "it already has this value"),
        (change("name", "Old", "Mine", sent=True), "done", "it was done already"),
        (change("name", "Old", "New"), "conflict", "somebody changed it since: it is 'Mine' now"),
        (change("name", "Mine", "x" * 401), "refused", "401 characters"),
        (change("name", "Mine", "New", state="refused", reason="why"), "refused", "why"),
        (change("name", "Mine", "New", state="failed", reason="net"), "ready", ""),
        (change("deleted", False, True), "ready", ""),
        (change("deleted", True, False), "skipped", "it already has this value"),
        (change("deleted", True, False, sent=True), "ready", ""),
        (change("deleted", False, True, memo={"due": "a", "last_accessed_at": None}), "ready", ""),
        (change("deleted", False, True, memo={"due": "b", "last_accessed_at": None}), "conflict",
         "tag was taken away"),
        (change("deleted", False, True, memo={"due": "a", "last_accessed_at": "x"}), "conflict",
         "somebody opened it"),
        (change("link", None, "a new link"), "ready", "can't be undone"),
        (change("link", "2026-01-01", "a new link"), "conflict", "somebody made a new link"),
        (change("link", "2026-01-01", "a new link", sent=True), "done", "can't be undone"),
        (change("x", 1, 2, tile=5), "conflict", "it no longer exists"),
        (change("insight 5 query", {}, {"a": 1}), "conflict", "it no longer exists"),
    ],
)  # fmt: skip
def test_the_state_of_a_change(one: Change, state: str, told: str) -> None:
    found = outcome(one, Snapshot(MINE))
    assert found[0] == state
    assert told in found[1]
    assert bool(told) == bool(found[1])


def test_what_is_missing_from_an_incomplete_list_is_not_called_deleted() -> None:
    gone = change("deleted", False, True, sent=True)
    assert outcome(gone, Snapshot(complete=False)) == (
        "failed", "the list was not complete: apply again",
    )  # fmt: skip
    assert outcome(change("deleted", False, True, sent=True), Snapshot())[0] == "done"
    assert outcome(change("name", "a", "b"), Snapshot(complete=False))[0] == "conflict"
    here = change("deleted", False, True)
    assert outcome(here, Snapshot(MINE, complete=False))[0] == "ready"


def test_a_deleted_dashboard_is_restored_whoever_made_it() -> None:
    assert outcome(change("deleted", True, False), Snapshot()) == ("ready", "")


@pytest.mark.parametrize(
    ("board", "me", "told"),
    [
        ({}, {}, ""),
        ({"user_access_level": "viewer"}, {}, "You may view this dashboard"),
        ({"user_access_level": "none"}, {}, "You may view this dashboard"),
        ({"user_access_level": "editor"}, {}, ""),
        (RESTRICTED, {}, ""),
        (RESTRICTED | {"effective_privilege_level": 21}, {}, "You may view this dashboard"),
        (RESTRICTED | {"effective_privilege_level": None}, {}, "You may view this dashboard"),
        ({"created_by": {"id": 8}}, {}, "Only its owner and project admins"),
        ({"created_by": {"id": 8}}, {"organization": {"membership_level": 8}}, ""),
        ({"created_by": {"id": 8}}, {"organization": {"membership_level": 15}}, ""),
        ({"created_by": {"id": 8}}, {"organization": None}, ""),
    ],
)
def test_who_may_restrict(board: dict[str, Any], me: dict[str, Any], told: str) -> None:
    now = Snapshot(MINE | board, _me={"id": 7, "organization": {"membership_level": 1}} | me)
    before = board.get("restriction_level", 21)
    state, reason = outcome(change("restriction_level", before, 58 - before), now)
    assert (state, reason) == ("ready", "") if not told else (state == "refused" and told in reason)


def test_fields_but_the_restriction_need_the_right_to_edit_alone() -> None:
    now = Snapshot(MINE | {"created_by": {"id": 8}})
    assert outcome(change("name", "Mine", "New"), now) == ("ready", "")
    assert outcome(change("tags", ["a"], ["b"]), now) == ("ready", "")


MEMBERS = {
    "m@x.com": {"level": 1, "user": {"email": "m@x.com"}},
    "admin@x.com": {"level": 8, "user": {"email": "admin@x.com"}},
    "me@x.com": {"level": None, "user": {"email": "me@x.com"}},
}
PERSON = "collaborator "


@pytest.mark.parametrize(
    ("who", "board", "level", "told"),
    [
        ("m@x.com", RESTRICTED, None, ""),
        ("m@x.com", {}, None, "everyone can edit it: restrict it first"),
        ("m@x.com", {}, 37, ""),
        ("m@x.com", RESTRICTED, 21, "everyone can edit it: restrict it first"),
        (
            "m@x.com",
            RESTRICTED | {"effective_restriction_level": None},
            None,
            "organization's plan",
        ),
        ("m@x.com", RESTRICTED | {"effective_restriction_level": 21}, None, "organization's plan"),
        ("x@x.com", RESTRICTED, None, "no member of the organization has this email"),
        ("admin@x.com", RESTRICTED, None, "owner and admins can edit it anyway"),
        ("me@x.com", RESTRICTED, None, "owner and admins can edit it anyway"),
    ],
)
def test_who_can_be_invited(who: str, board: dict[str, Any], level: int | None, told: str) -> None:
    now = Snapshot(MINE | board, _members=MEMBERS)
    before = board.get("restriction_level", 21)
    others = [change("restriction_level", before, level)] if level else []
    state, reason = outcome(change(f"{PERSON}{who}", False, True), now, *others)
    assert state == ("refused" if told else "ready")
    assert told in reason


def test_a_person_can_be_removed_while_the_plan_opens_the_dashboard() -> None:
    invited = {1: [{"user": {"email": "m@x.com"}}]}
    now = Snapshot(MINE | RESTRICTED, people=invited, _members={})
    opened = change("restriction_level", 37, 21)
    assert outcome(change(f"{PERSON}m@x.com", True, False), now, opened) == ("ready", "")
    assert outcome(change(f"{PERSON}m@x.com", True, False), now) == ("ready", "")


def test_a_key_that_may_not_list_members_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    def refused(_: object) -> Any:
        raise Forbidden(403, "The key lacks organization_member:read.")

    monkeypatch.setattr(Snapshot, "members", property(refused))
    one = change(f"{PERSON}m@x.com", False, True)
    state, reason = outcome(one, Snapshot(MINE | RESTRICTED))
    assert state == "refused"
    assert reason.startswith("The key lacks organization_member:read.")


@pytest.mark.parametrize(
    ("one", "there", "told"),
    [
        (change("dashboard_id", 1, 2, tile=5), {"id": 2}, ""),
        (change("dashboard_id", 1, 2, tile=5), None, "dashboard 2 is not in this project"),
        (change("dashboard_id", 1, 2, tile=5), {"id": 2, "user_access_level": "viewer"},
         "you may view dashboard 2, not edit it"),
        (change("text", None, "New", tile=5), None, "it is not a text tile"),
        (change("color", None, "blue", tile=5), None, ""),
        (change("x", 3, 4, tile=5), None, ""),
    ],
)  # fmt: skip
def test_a_tile_may_be_moved_and_edited(one: Change, there: Any, told: str) -> None:
    tile = {"id": 5, "layouts": {"sm": {"x": 3}}}
    now = Snapshot(MINE, *([there] if there else []), details={1: {"tiles": [tile]}})
    state, reason = outcome(one, now)
    assert (state, reason) == (("refused", told) if told else ("ready", ""))


def test_a_tile_that_moved_already_is_found_on_the_other_side() -> None:
    there = {"id": 2, "name": "There"}
    details = {1: {"tiles": []}, 2: {"tiles": [{"id": 5}]}}
    now = Snapshot(MINE, there, details=details)
    assert outcome(change("dashboard_id", 1, 2, tile=5, sent=True), now)[0] == "done"
    assert outcome(change("dashboard_id", 1, 2, tile=6), now) == ("conflict", "it no longer exists")


def test_what_could_not_be_read_is_refused_with_the_reason() -> None:
    refused = {("tiles", 1): "no tiles", ("people", 1): "no people", ("link", 1): "no link"}
    now = Snapshot(MINE, refused=refused, _no_queries=True)
    for one, told in [
        (change("x", 1, 2, tile=5), "no tiles"),
        (change("link", None, "a new link"), "no link"),
        (change(f"{PERSON}m@x.com", False, True), "no people"),
        (change("insight 5 query", {}, {"a": 1}), "the insights can't be listed"),
    ]:
        assert outcome(one, now) == ("refused", told)
    assert outcome(change("name", "Mine", "New"), now) == ("ready", "")


def test_a_key_that_may_not_say_whose_it_is_leaves_it_to_the_server() -> None:
    def send(_: object) -> Any:
        raise Forbidden(403, "The key lacks user:read.")

    client: Any = SimpleNamespace(send=send)
    now = Snapshot(MINE | {"created_by": {"id": 8}}, _me=None, client=client)
    assert outcome(change("restriction_level", 21, 37), now) == ("ready", "")


def test_a_detail_that_is_refused_says_why(monkeypatch: pytest.MonkeyPatch) -> None:
    def sweep(*_: object) -> Any:
        raise Forbidden(403, "The key lacks dashboard:read.")

    monkeypatch.setattr(server_state, "sweep", sweep)
    now = Snapshot(MINE, client=None)
    one = change("x", 1, 2, tile=5)
    now.read([one])
    assert outcome(one, now)[0] == "refused"
    assert outcome(one, now)[1].startswith("The key lacks dashboard:read.")


@pytest.mark.parametrize(
    ("row", "name"),
    [
        ({"name": "N", "derived_name": "D"}, "N"),
        ({"name": None, "derived_name": "D"}, "D"),
        ({"name": "", "derived_name": None}, "Untitled"),
    ],
)
def test_a_note_says_where_else_an_insight_shows(row: dict[str, Any], name: str) -> None:
    verbs = QueryVerbs()
    verbs.notes = []
    for _ in range(2):
        verbs._say_where({"id": 5} | row, [1, 2], Snapshot(MINE, {"id": 2, "name": "B"}))
    assert verbs.notes == [f"Insight 5 ({name}) changes once, and also shows on B (2)."]
