"""``board.edit()`` from the side of Python, against the embedded project."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from typing import Any

import pytest
import traitlets

import dashwidgets as dw
from dashwidgets.widgets.edit.widget import Editor
from dashwidgets.widgets.shared.replies import Replies
from tests.conftest import serve
from tests.local import Running


@pytest.fixture
def editor(board: dw.Dashboard) -> Iterator[Editor]:
    with_board = board.edit()
    yield with_board
    with_board.close()


class View:
    """What a view asks Python for, and hears."""

    def __init__(self, editor: Editor) -> None:
        self._heard: dict[str, dict[str, Any]] = {}
        self._news = threading.Condition()
        self._editor = editor
        editor._replies._send = self._hear

    def ask(self, what: str, **values: Any) -> dict[str, Any]:
        key = f"{what}-{len(self._heard)}"
        message = {"op": "ask", "id": key, "what": what, "with": values}
        self._editor._replies.hear(None, message, None)
        with self._news:
            assert self._news.wait_for(lambda: key in self._heard, 30)
            return self._heard[key]

    def _hear(self, message: dict[str, Any]) -> None:
        with self._news:
            self._heard[message["id"]] = message
            self._news.notify_all()


def writes(editor: Editor, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Routes that were written to while a save ran."""
    sent: list[str] = []
    inner = editor._client.send

    def note(request: Any, *rest: Any, **more: Any) -> Any:
        if request.method != "GET":
            path = request.path.rpartition(f"dashboards/{editor.board['id']}/")[2]
            sent.append(f"{request.method} {path}")
        return inner(request, *rest, **more)

    monkeypatch.setattr(editor._client, "send", note)
    editor.save()
    return sent


def test_only_what_changed_is_sent(
    board: dw.Dashboard, editor: Editor, monkeypatch: pytest.MonkeyPatch
) -> None:
    filters = board.read()["filters"]
    assert not editor.dirty
    editor.changes = {"name": "Renamed", "description": editor.saved["description"]}
    assert editor.changes == {"name": "Renamed"}  # the other is no change
    assert editor.dirty
    assert repr(editor) == "Editor('A copy', 1 unsaved changes)"
    assert writes(editor, monkeypatch) == ["PATCH "]
    assert board.read()["name"] == "Renamed"
    assert board.read()["filters"] == filters
    assert (editor.changes, editor.dirty, editor.board["name"]) == ({}, False, "Renamed")
    assert writes(editor, monkeypatch) == []


def test_dates_leave_other_filters_alone(board: dw.Dashboard) -> None:
    board.update(filters={"date_to": "-1d", "properties": [], "interval": "week"})
    editor = board.edit()
    editor.changes = {"date_from": "-30d"}
    editor.save()
    filters = board.read()["filters"]
    assert filters["date_from"] == "-30d"
    assert filters["date_to"] == "-1d"
    assert filters["interval"] == "week"


def test_people_are_invited_after_the_board_is_restricted(
    board: dw.Dashboard, editor: Editor, monkeypatch: pytest.MonkeyPatch
) -> None:
    person = next(one for one in editor.choices["people"] if not one["reason"])
    editor.changes = {"restriction_level": 37, "collaborators": [person["uuid"]]}
    sent = writes(editor, monkeypatch)
    assert sent == ["PATCH ", "POST collaborators/"]
    assert board.collaborators()["email"].tolist() == [person["email"]]
    editor.changes = {"restriction_level": 21, "collaborators": []}
    sent = writes(editor, monkeypatch)
    assert sent == [f"DELETE collaborators/{person['uuid']}/", "PATCH "]
    assert board.collaborators().empty


def test_owner_and_admins_are_shown_with_the_reason(editor: Editor) -> None:
    reasons = {one["name"]: one["reason"] for one in editor.choices["people"]}
    assert "owner, can always edit" in reasons.values()
    assert "admin, can always edit" in reasons.values()


def test_what_the_server_refuses_stays_edited(editor: Editor, board: dw.Dashboard) -> None:
    editor.changes = {
        "sharing_enabled": True,
        "collaborators": [editor.choices["people"][0]["uuid"]],
    }
    with pytest.raises(dw.ApiError):
        editor.save()  # nobody is invited to a board that everyone may edit
    assert list(editor.changes) == ["collaborators"]
    assert list(editor.refused) == ["collaborators"]
    assert editor.dirty
    assert editor.saving == []
    assert bool(board.sharing()["public"].iloc[0])
    editor.discard()
    assert (editor.refused, editor.dirty) == ({}, False)


def test_somebody_else_was_faster(editor: Editor, board: dw.Dashboard) -> None:
    editor.changes = {"name": "Mine", "description": "Mine too", "pinned": True}
    board.update(name="Theirs", description="Theirs too", tags=["theirs"])
    with pytest.raises(dw.ConfigurationError, match="name, description changed on the server"):
        editor.save()
    assert editor.theirs == {"name": "Theirs", "description": "Theirs too"}
    assert editor.saved["tags"] == ["theirs"]  # not edited here: simply read
    assert board.read()["pinned"] is False  # nothing was saved
    editor.keep_mine("name")
    editor.take_theirs("description")
    assert (editor.theirs, editor.changes) == ({}, {"name": "Mine", "pinned": True})
    editor.save()
    now = board.read()
    assert (now["name"], now["description"], now["pinned"]) == ("Mine", "Theirs too", True)
    with pytest.raises(dw.ConfigurationError, match="nam"):
        editor.keep_mine("nam")


def test_the_same_edit_by_two_people_is_no_conflict(editor: Editor, board: dw.Dashboard) -> None:
    editor.changes = {"tags": ["b", "a"]}
    board.update(tags=["a", "b"])
    editor.save()
    assert (editor.theirs, editor.dirty) == ({}, False)


@pytest.mark.parametrize(
    ("changes", "words"),
    [({"owner": "me"}, "owner"), ({"nmae": "x"}, "nmae")],
)
def test_a_field_that_is_none_is_refused(
    editor: Editor, changes: dict[str, Any], words: str
) -> None:
    with pytest.raises(traitlets.TraitError, match=words):
        editor.changes = changes
    assert editor.changes == {}


def test_an_invalid_value_is_refused_before_anything_is_sent(
    editor: Editor, board: dw.Dashboard
) -> None:
    editor.changes = {"name": "x" * 401, "sharing_enabled": True}
    with pytest.raises(dw.DashwidgetsError, match="400"):
        editor.save()
    assert list(editor.changes) == ["name", "sharing_enabled"]
    assert list(editor.refused) == ["name"]
    assert not bool(board.sharing()["public"].iloc[0])


def test_a_viewer_is_told_why(server: Running, board: dw.Dashboard) -> None:
    board.update(restriction_level=37)
    with dw.connect(server.url, server.keys["member"], server.project_id) as member:
        editor = member.dashboard(board.id).edit()
        assert "ask its owner" in editor.denied["name"]
        with pytest.raises(traitlets.TraitError, match="ask its owner"):
            editor.changes = {"name": "Mine now"}


def test_a_key_of_few_scopes_still_edits_what_it_may(server: Running, board: dw.Dashboard) -> None:
    with dw.connect(server.url, server.keys["readonly"], server.project_id) as reader:
        editor = reader.dashboard(board.id).edit()
        assert "sharing_configuration:read" in editor.denied["sharing_enabled"]
        assert editor.unread == ["sharing_enabled", "password_required", "sharing_settings"]
        editor.changes = {"name": "Not allowed"}
        with pytest.raises(dw.Forbidden, match="dashboard:write"):
            editor.save()
        assert editor.changes == {"name": "Not allowed"}
        assert editor.message


def test_a_lost_server_loses_nothing(board: dw.Dashboard) -> None:
    with serve() as other, dw.connect(other.url, other.keys["owner"], other.project_id) as ph:
        editor = ph.dashboard("Growth overview").edit()
        editor.changes = {"name": "Later"}
        other.process.kill()
        other.process.wait()
        with pytest.raises(dw.DashwidgetsError):
            editor.save()
    assert editor.changes == {"name": "Later"}
    assert editor.saving == []
    assert "could not" in editor.message.lower() or "connect" in editor.message.lower()


def test_a_view_saves_and_hears_how_it_went(editor: Editor, board: dw.Dashboard) -> None:
    view = View(editor)
    editor.set_state({"changes": {"name": "From the view"}})
    assert view.ask("save")["value"] == {"saved": True}
    assert board.read()["name"] == "From the view"
    editor.set_state({"changes": {"name": "x" * 401}})
    assert view.ask("save")["value"] == {"saved": False}
    assert "Unknown request" in view.ask("format_disk")["error"]
    assert "error" in view.ask("remove_password", id="all")


def test_link_and_passwords_never_enter_a_trait(editor: Editor, board: dw.Dashboard) -> None:
    view = View(editor)
    assert "no public link yet" in view.ask("link")["error"]
    editor.changes = {"sharing_enabled": True, "password_required": True}
    editor.save()
    address = view.ask("link")["value"]
    made = view.ask("add_password", note="press")["value"]
    own = view.ask("add_password", note="own", password="correct horse battery")["value"]
    assert own == "correct horse battery"
    assert [row["note"] for row in editor.passwords] == ["own", "press"]
    state = json.dumps(editor.get_state(), default=str) + repr(editor)
    for secret in (address.rpartition("/")[2], made, own):
        assert len(secret) > 8
        assert secret not in state
    view.ask("remove_password", id=editor.passwords[0]["id"])
    assert [row["note"] for row in editor.passwords] == ["press"]
    view.ask("rotate")
    assert view.ask("link")["value"] != address


def test_cancelled_requests_are_not_answered() -> None:
    heard: list[dict[str, Any]] = []
    go = threading.Event()
    done = threading.Event()

    def wait(_values: object) -> None:
        go.wait(10)
        done.set()

    ran: list[object] = []
    replies = Replies(heard.append, {"wait": wait, "note": ran.append})
    replies.hear(None, {"op": "ask", "id": "1", "what": "wait"}, None)
    replies.hear(None, {"op": "ask", "id": "2", "what": "note"}, None)
    replies.hear(None, {"op": "cancel", "id": "2"}, None)  # while the first is answered
    replies.hear(None, "nonsense", None)
    replies.close()
    go.set()
    assert done.wait(10)
    for thread in threading.enumerate():
        if thread.name == "dashwidgets-reply":
            thread.join(10)
    assert (heard, ran) == ([], [])


def test_a_closed_editor_leaves_no_thread(board: dw.Dashboard) -> None:
    editor = board.edit()
    View(editor).ask("discard")
    editor.close()
    for thread in threading.enumerate():
        if thread.name == "dashwidgets-reply":
            thread.join(10)
            assert not thread.is_alive()
