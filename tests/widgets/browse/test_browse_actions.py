"""What is done with picked dashboards, from the side of Python and against a real server."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

import dashwidgets as dw
from dashwidgets.project import Project
from dashwidgets.widgets.browse.widget import Browser
from tests.local import Running


@pytest.fixture
def ph(served: Running, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Project]:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path))
    with dw.connect(served.url, served.keys["owner"], served.project_id) as project:
        yield project


class Asked:
    """A view, as far as Python can tell."""

    def __init__(self, browser: Browser) -> None:
        self.browser = browser
        self.heard: list[Any] = []
        browser._replies._send = self.heard.append

    def __call__(self, what: str, **values: Any) -> Any:
        count = len(self.heard)
        content = {"op": "ask", "id": str(count), "what": what, "with": values}
        self.browser._replies.hear(None, content, None)
        give_up = time.monotonic() + 60
        while len(self.heard) == count and time.monotonic() < give_up:
            time.sleep(0.01)
        return self.heard[-1]


def test_a_plan_is_shown_sent_and_undone(ph: Project) -> None:
    browser = ph.browse()
    ask = Asked(browser)
    ids = browser.visible_ids[:2]
    browser.selected_ids = ids
    tags = ph.dashboards().set_index("id")["tags"]

    draft = ask("draft", verb="tag", ids=ids, tags=["reviewed"])["value"]
    assert draft["phase"] == "draft"
    assert draft["states"] == {"ready": 2}
    assert [change["new"] for change in draft["changes"]] == [
        [*tags[key], "reviewed"] for key in ids
    ]
    assert draft["requests"] > 0
    assert ph.dashboards().set_index("id")["tags"].equals(tags), "planning wrote something"

    applied = ask("apply", token=draft["token"])["value"]
    assert applied["states"] == {"done": 2}
    assert "reviewed" in ph.dashboards().set_index("id")["tags"][ids[0]]
    assert "reviewed" in browser.selected["tags"].iloc[0]
    assert "reviewed" in browser.columns["tags"][browser.columns["id"].index(ids[0])]

    reverted = ask("revert", token=draft["token"])["value"]
    assert reverted["states"] == {"done": 2}
    assert ph.dashboards().set_index("id")["tags"].equals(tags)
    assert browser.selected["tags"].tolist() == [tags[key] for key in ids]


def test_what_is_deleted_leaves_the_table_and_undo_brings_it_back(ph: Project) -> None:
    browser = ph.browse()
    ask = Asked(browser)
    gone = browser.visible_ids[0]
    browser.selected_ids = [gone]
    draft = ask("draft", verb="delete", ids=[gone])["value"]
    assert ask("apply", token=draft["token"])["value"]["states"] == {"done": 1}
    assert gone not in browser.columns["id"]
    assert browser.selected_ids == []
    assert browser.selected.empty
    ask("revert", token=draft["token"])
    assert gone in browser.columns["id"]


def test_only_the_plan_that_was_shown_is_sent(ph: Project) -> None:
    ask = Asked(ph.browse())
    ids = ask.browser.visible_ids[:1]
    first = ask("draft", verb="tag", ids=ids, tags=["a"])["value"]
    ask("draft", verb="tag", ids=ids, tags=["b"])
    assert "replaced" in ask("apply", token=first["token"])["error"]
    assert "empty" in ask("draft", verb="tag", ids=ids, tags=[" "])["error"]
    assert "can't be planned" in ask("draft", verb="rename", ids=ids)["error"]
    assert not {"a", "b"} & {tag for tags in ph.dashboards()["tags"] for tag in tags}


def test_what_the_key_may_not_do_is_refused_and_says_why(served: Running) -> None:
    with dw.connect(served.url, served.keys["readonly"], served.project_id) as ph:
        ask = Asked(ph.browse())
        boards = ph.dashboards()
        ids = boards.loc[~boards["pinned"], "id"].tolist()[:2]
        draft = ask("draft", verb="pin", ids=ids)["value"]
        sent = ask("apply", token=draft["token"])["value"]
        assert sent["states"] == {"refused": 2}
        assert all("dashboard:write" in change["reason"] for change in sent["changes"])
        assert ph.dashboards()["pinned"].equals(boards["pinned"])


def test_the_list_is_read_again(ph: Project) -> None:
    browser = ph.browse()
    seen: list[str] = []
    browser.observe(lambda change: seen.append(change["new"]["name"].iloc[0]), "visible")
    first = browser.visible_ids[0]
    ph.dashboard(first).update(name="Renamed meanwhile")
    assert browser.refresh() is browser
    assert seen[-1] == "Renamed meanwhile"
    assert browser.columns["name"][browser.columns["id"].index(first)] == "Renamed meanwhile"
