"""Applying: what is sent, what becomes of each change, and how it is taken back."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

import dashwidgets as dw
from benchmarks.large_project import large_project
from dashwidgets.api.client import Client
from dashwidgets.api.errors import ConnectionFailed
from dashwidgets.api.request import Request
from dashwidgets.backups.diff import compare, snapshots_of
from tests.local import local, running


@pytest.fixture
def ph() -> Iterator[dw.Project]:
    with local() as project:
        yield project


@pytest.fixture
def sent(monkeypatch: pytest.MonkeyPatch) -> list[Request[Any]]:
    """Every request, as it was sent."""
    seen: list[Request[Any]] = []
    send = Client.send

    def noting(self: Client, request: Request[Any], **options: Any) -> Any:
        seen.append(request)
        return send(self, request, **options)

    monkeypatch.setattr(Client, "send", noting)
    return seen


def everything(ph: dw.Project) -> Any:
    return snapshots_of(ph)


def test_a_thousand_retagged(sent: list[Request[Any]]) -> None:
    with large_project(1_000) as large, dw.connect(large.url, large.key, 1) as ph:
        boards = ph.dashboards()
        boards["tags"] = boards["tags"].map(lambda tags: [*tags, "reviewed"])
        plan = ph.plan(boards)
        sent.clear()
        promised, spent = plan.requests, ph.client.requests_spent
        done = plan.apply()
        assert (done["state"] == "done").all()
        assert len(done) == len(boards) >= 1_000
        kinds = [(one.method, one.path == "dashboards/") for one in sent]
        assert kinds.count(("GET", True)) == 2  # one look before, one after
        assert kinds.count(("PATCH", False)) == len(boards)
        assert len(kinds) == promised == ph.client.requests_spent - spent == len(boards) + 2
        assert ph.dashboards()["tags"].map(lambda tags: "reviewed" in tags).all()


def test_fields_of_one_dashboard_are_one_request(ph: dw.Project, sent: list[Request[Any]]) -> None:
    plan = (
        ph.plan().tag(1, "x").rename(1, "New").pin(1).describe(1, "Said").layout(1, {1: {"x": 3}})
    )
    before = everything(ph)
    sent.clear()
    assert set(plan.apply()["state"]) == {"done"}
    (patch,) = [one for one in sent if one.method == "PATCH"]
    assert set(patch.json) == {"tags", "name", "pinned", "description", "tiles"} - (
        {"pinned"} if "pinned" not in set(plan.changes["field"]) else set()
    )
    assert set(plan.revert()["state"]) == {"done"}
    assert compare(before, everything(ph)) == []


def test_people_links_and_tiles_and_back(ph: dw.Project) -> None:
    before = everything(ph)
    member = ph.members().query("level == 1 or level == 'member'")["email"].iloc[0]
    tile = int(ph.tiles().query("dashboard_id == 1")["id"].iloc[0])
    public = int(ph.dashboards().query("public")["id"].iloc[0])
    token = ph.dashboard(public).sharing()["token"].iloc[0].reveal()
    plan = ph.plan().restrict(2).invite(2, member).unshare(public).move_tile(tile, to=5)
    plan.layout(1, {tile: {"x": 2, "w": 4}})
    promised, spent = plan.requests, ph.client.requests_spent
    done = plan.apply()
    assert set(done["state"]) == {"done"}, done[["field", "state", "reason"]]
    assert ph.client.requests_spent - spent == promised
    assert tile in ph.dashboard(5).tiles()["id"].tolist()
    assert ph.dashboard(2).collaborators()["email"].tolist() == [member]
    back = plan.revert()
    assert set(back["state"]) == {"done"}, back[["field", "state", "reason"]]
    assert compare(before, everything(ph)) == []
    assert ph.dashboard(public).sharing()["token"].iloc[0].reveal() == token
    text = "".join(path.read_text() for path in _journals())
    assert token not in text


def _journals() -> list[Path]:
    from dashwidgets.plans.journal.state_folder import state_folder

    return sorted(state_folder("journal").glob("*.jsonl"))


def test_a_rotated_link_can_not_come_back(ph: dw.Project) -> None:
    public = int(ph.dashboards().query("public")["id"].iloc[0])
    plan = ph.plan().rotate_links(public)
    assert plan.changes["reason"].str.contains("can't be undone").all()
    assert plan.apply()["state"].tolist() == ["done"]
    assert "can't be undone" in plan.revert()["reason"].iloc[0]
    token = ph.dashboard(public).sharing()["token"].iloc[0].reveal()
    assert all(token not in path.read_text() for path in _journals())


def test_an_edited_tiles_frame(ph: dw.Project) -> None:
    with pytest.warns(UserWarning, match="Opening"):
        tiles = ph.tiles(deep="open")
    text = tiles[tiles["kind"] == "text"].index[0]
    box = tiles[(tiles["kind"] == "insight") & tiles["w"].notna()].index[0]
    tiles.loc[text, "text"] = "## Rewritten"
    tiles.loc[box, "w"] = 3
    tiles.loc[box, "color"] = "blue"
    tiles.loc[tiles.index[-1], "h"] = 0
    plan = ph.plan(tiles)
    assert sorted(plan.changes["state"]) == ["ready", "ready", "ready", "refused"]
    before = everything(ph)
    assert sorted(plan.apply()["state"]) == ["done", "done", "done", "refused"]
    assert set(plan.revert()["state"]) == {"done"}
    assert compare(before, everything(ph)) == []


def test_the_second_apply_does_what_is_left(
    ph: dw.Project, monkeypatch: pytest.MonkeyPatch, sent: list[Request[Any]]
) -> None:
    plan = ph.plan().tag(ph.dashboards(), "left")
    send, count = Client.send, 0

    def breaking(self: Client, request: Request[Any], **options: Any) -> Any:
        nonlocal count
        count += request.method == "PATCH"
        if request.method == "PATCH" and count > 5:
            raise ConnectionFailed("The network is gone.", sent=False)
        return send(self, request, **options)

    with monkeypatch.context() as broken:
        broken.setattr(Client, "send", breaking)
        first = plan.apply()
    assert first["state"].value_counts()["done"] == 5
    assert set(first["state"]) == {"done", "failed"}
    assert first[first["state"] == "failed"]["reason"].str.contains("network is gone").all()
    sent.clear()
    assert set(plan.apply()["state"]) == {"done"}
    assert sum(one.method == "PATCH" for one in sent) == len(first) - 5
    assert len(ph.journal()) == 1
    sent.clear()
    plan.apply()
    assert sent == []


def test_what_can_not_be_read_back_says_so(ph: dw.Project, monkeypatch: pytest.MonkeyPatch) -> None:
    plan, send, patched = ph.plan().tag(1, "x"), Client.send, False

    def breaking(self: Client, request: Request[Any], **options: Any) -> Any:
        nonlocal patched
        if patched and request.method == "GET":
            raise ConnectionFailed("The network is gone.", sent=False)
        patched |= request.method == "PATCH"
        return send(self, request, **options)

    monkeypatch.setattr(Client, "send", breaking)
    done = plan.apply()
    assert done["state"].tolist() == ["done"]
    assert done["reason"].tolist() == ["accepted, but not read back: The network is gone."]
    assert done.attrs["complete"] is False


def test_reverting_leaves_what_others_changed(ph: dw.Project) -> None:
    plan = ph.plan().rename([1, 2], lambda name: f"{name}!")
    plan.apply()
    ph.dashboard(1).update(name="Theirs")
    back = plan.revert().set_index("dashboard")
    assert back["state"].to_dict() == {1: "skipped", 2: "done"}
    assert "Theirs" in back.loc[1, "reason"]
    names = ph.dashboards().set_index("id")["name"]
    assert names[1] == "Theirs"
    assert not names[2].endswith("!")


def test_deleting_backs_up_and_brings_back_no_more_than_there_was(
    ph: dw.Project, state: Path
) -> None:
    board = ph.dashboard(1)
    removed = int(board.tiles()["id"].iloc[-1])
    board.remove_tile(removed)
    before = everything(ph)
    tiles = set(board.tiles()["id"])
    plan = ph.plan().delete(1)
    assert plan.apply()["state"].tolist() == ["done"]
    assert 1 not in ph.dashboards()["id"].tolist()
    (file,) = (state / "backups").rglob("1-*.json")
    assert json.loads(file.read_text())["refused"] == []
    assert plan.revert()["state"].tolist() == ["done"]
    assert set(board.tiles()["id"]) == tiles
    assert compare(before, everything(ph)) == []


def test_a_grace_period(ph: dw.Project) -> None:
    plan = ph.plan().delete([5, 6, 7], grace="14D")
    plan.apply()
    tags = ph.dashboards().set_index("id")["tags"]
    (due,) = [tag for tag in tags[5] if tag.startswith("pending-deletion:")]
    assert len(ph.delete_due()) == 0
    past = f"pending-deletion:{datetime.now(UTC).date()}"
    for key in (5, 6, 7):
        ph.dashboard(key).update(tags=[tag for tag in tags[key] if tag != due] + [past])
    ph.dashboard(6).read()  # somebody still looks at it
    plan = ph.delete_due(unopened_for="1m")
    assert plan.changes.set_index("dashboard")["state"][6] == "refused"
    open_again = ph.delete_due(unopened_for="0D")
    ph.dashboard(5).update(tags=[])
    done = open_again.apply().set_index("dashboard")
    assert done["state"][5] == "skipped"
    assert "taken away" in done["reason"][5]
    assert 5 in ph.dashboards()["id"].tolist()


def test_the_command_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with (
        running() as served,
        dw.connect(served.url, served.keys["owner"], served.project_id) as ph,
    ):
        monkeypatch.setenv("POSTHOG_HOST", served.url)
        monkeypatch.setenv("POSTHOG_PERSONAL_API_KEY", served.keys["owner"])
        monkeypatch.setenv("POSTHOG_PROJECT_ID", str(served.project_id))
        path = ph.plan().tag([1, 2], "cli").to_csv(tmp_path / "plan.csv")

        def run(*options: str) -> tuple[int, str]:
            command = [sys.executable, "-m", "dashwidgets", "apply", str(path), *options]
            done = subprocess.run(command, capture_output=True, text=True, check=False)
            return done.returncode, done.stdout + done.stderr

        code, said = run()
        assert code == 0
        assert "Nothing was sent" in said
        assert "cli" not in ph.dashboards().set_index("id")["tags"][1]
        code, said = run("--yes")
        assert code == 0
        assert "2 done" in said
        assert "cli" in ph.dashboards().set_index("id")["tags"][1]
        assert dw.journal().revert()["state"].tolist() == ["done", "done"]
        assert len(dw.journal()) == 2
        path.write_text("nonsense")
        assert run()[0] == 2


def test_a_damaged_journal_is_told(ph: dw.Project) -> None:
    plan = ph.plan().tag(1, "x")
    plan.apply()
    (path,) = _journals()
    path.with_name("20000101T000000-bad.jsonl").write_text('{"what": "end"}\n')
    frame = ph.journal().frame
    assert frame["state"].tolist() == ["finished", "damaged"]
    with pytest.raises(dw.ConfigurationError, match="not a dashwidgets journal"):
        ph.journal().resume("20000101T000000-bad")
    with pytest.raises(dw.ConfigurationError, match="no run"):
        ph.journal().revert("../../etc")
    with local() as other, pytest.raises(dw.ConfigurationError, match="not to project"):
        other.journal().revert(plan.run)
