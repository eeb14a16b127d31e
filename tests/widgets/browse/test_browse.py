"""``ph.browse()`` from the side of Python."""

from __future__ import annotations

import json
import re
import time
import zlib
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, get_type_hints

import pandas as pd
import pytest
import traitlets

from dashwidgets.api.errors import ConfigurationError
from dashwidgets.api.paging import Listing
from dashwidgets.audit.evidence.insights import Asked
from dashwidgets.audit.report.findings import COVERAGE, FINDINGS
from dashwidgets.audit.report.report import Report
from dashwidgets.frames.tiles import TILES
from dashwidgets.references.frame import Collected
from dashwidgets.widgets.browse.payload import packed
from dashwidgets.widgets.browse.widget import Browser
from dashwidgets.widgets.shared.state.browse import BrowseState

NONE: frozenset[int] = frozenset()


def listing(*names: str | None, complete: bool = True) -> Listing:
    rows = [{"id": at, "name": name, "tags": ["a"]} for at, name in enumerate(names, 1)]
    taken_at = datetime(2026, 11, 24, tzinfo=UTC)
    return Listing(len(rows), complete, 0, 1, taken_at, 0.1, rows)


@pytest.fixture
def browser() -> Browser:
    return Browser(listing("One", "Two", None), host="https://us.posthog.com", project_id=7)


def test_what_is_picked_is_a_frame(browser: Browser) -> None:
    assert browser.selected.empty
    browser.selected_ids = [3, 1, 3]
    assert browser.selected_ids == [3, 1]
    assert browser.selected["id"].tolist() == [3, 1]
    assert browser.selected.dtypes.equals(browser.visible.dtypes)
    assert isinstance(browser.visible, pd.DataFrame)
    assert browser.visible["id"].tolist() == [1, 2, 3]
    assert repr(browser) == "Browser(3 dashboards, 2 selected)"


def test_an_id_that_is_not_there_is_refused(browser: Browser) -> None:
    with pytest.raises(traitlets.TraitError, match="99"):
        browser.selected_ids = [1, 99]
    assert browser.selected_ids == []


def test_a_change_can_be_observed(browser: Browser) -> None:
    ids: list[list[int]] = []
    names: list[list[str]] = []
    browser.observe(lambda change: ids.append(change["new"]), "selected_ids")
    browser.observe(lambda change: names.append(change["new"]["name"].tolist()), "selected")
    browser.set_state({"selected_ids": [2]})  # as the view does
    assert ids == [[2]]
    assert names == [["Two"]]
    browser.set_state({"visible_ids": [3, 1]})
    assert browser.visible["id"].tolist() == [3, 1]
    with pytest.raises(traitlets.TraitError):
        browser.selected = browser.visible


def test_the_view_gets_columns_and_the_truth_about_them(browser: Browser) -> None:
    assert browser.columns["name"] == ["One", "Two", None]
    assert browser.columns["owner"] == [None, None, None]
    assert browser.columns["restricted"] == [False, False, False]
    assert set(browser.columns) == {*browser.visible.columns, "restricted"}
    assert browser.address == "https://us.posthog.com/project/7/dashboard"
    assert browser.listing["complete"] is True
    partial = Browser(listing("One", complete=False), host="h", project_id=7)
    assert partial.listing["complete"] is False
    state = browser.get_state()
    sent = json.loads(zlib.decompress(state.pop("columns")))
    assert sent == browser.columns  # of three rows, too few to be worth codes
    json.dumps(state, allow_nan=False)


def test_columns_that_repeat_are_sent_as_codes() -> None:
    tags = [["growth", "core"], [], ["growth", "core"], []] * 10
    owners = ["Ines", None, None, "Mara"] * 10
    columns = {"id": list(range(40)), "owner": owners, "tags": tags}
    sent = json.loads(zlib.decompress(packed(columns)))
    assert sent["id"] == columns["id"]
    assert sent["owner"]["of"] == ["Ines", None, "Mara"]
    for name in ("owner", "tags"):
        assert [sent[name]["of"][at] for at in sent[name]["at"]] == columns[name]


def test_times_are_milliseconds(browser: Browser) -> None:
    rows = [{"id": 1, "last_accessed_at": "2026-11-01T00:00:00.250000Z"}, {"id": 2}]
    read = replace(listing("a", "b"), rows=rows)
    moment = datetime(2026, 11, 1, 0, 0, 0, 250_000, UTC).timestamp() * 1000
    found = Browser(read, host="h", project_id=7).columns["last_accessed_at"]
    assert found == [moment, None]


def test_a_view_is_one_dict_and_its_parts(browser: Browser) -> None:
    seen: list[Any] = []
    browser.observe(lambda change: seen.append(change["new"]["search"]), "view")
    browser.set_state({"search": "one"})
    assert browser.view["search"] == "one"
    assert seen == ["one"]
    browser.views = {"mine": browser.view, "all": {}}
    browser.view = {"columns": ["name", "id"], "sort": [{"column": "id"}], "facets": {"tags": []}}
    assert browser.shown == ["name", "id"]
    assert browser.sort == [{"column": "id", "descending": False}]
    assert browser.search == ""
    assert browser.facets == {}
    browser.view = browser.views["mine"]
    assert browser.search == "one"
    assert "name" in browser.shown


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("view", {"colums": []}),
        ("views", {"mine": {"columns": ["nope"]}}),
        ("shown", ["nope"]),
        ("sort", [{"descending": True}]),
        ("facets", {"color": ["red"]}),
        ("facets", {"tags": "growth"}),
    ],
)
def test_what_can_not_be_a_view_is_refused(browser: Browser, name: str, value: Any) -> None:
    before = browser.view
    with pytest.raises(traitlets.TraitError, match=name):
        setattr(browser, name, value)
    assert browser.view == before


def findings(*rows: dict[str, Any], project: str = "7", unread: frozenset[int] = NONE) -> Report:
    return Report(
        findings=FINDINGS.to_frame(rows),
        suppressed=FINDINGS.empty(),
        coverage=COVERAGE.empty(),
        rules=("public", "stale"),
        unread=unread,
        dashboards=frozenset({1, 2}),
        complete=True,
        taken_at="2026-11-24T00:00:00+00:00",
        host="https://us.posthog.com",
        project_id=project,
        requests_spent=4,
    )


PUBLIC = {"rule": "public", "severity": "medium", "dashboard_id": 1, "evidence": "<b>open</b>"}


def test_an_audit_is_a_column_and_unknown_is_not_fine() -> None:
    gone = PUBLIC | {"dashboard_id": 99}
    nowhere = PUBLIC | {"dashboard_id": None, "rule": "unused-insight"}
    report = findings(PUBLIC, gone, nowhere, unread=frozenset({2}))
    where: Any = {"host": "https://us.posthog.com", "project_id": 7}
    browser = Browser(listing("One", "Two", None), report=report, **where)
    assert [found["dashboard_id"] for found in browser.report["findings"]] == [1]
    assert browser.report["unevaluated"] == [2, 3]
    assert browser.shown[-1] == "findings"
    with pytest.raises(ConfigurationError, match="project 8"):
        Browser(listing("One"), report=findings(PUBLIC, project="8"), **where)


def test_without_a_widget_a_table_stands_there() -> None:
    names = [f"<script>alert({n})</script>" for n in range(30)]
    where: Any = {"host": "https://us.posthog.com", "project_id": 7}
    browser = Browser(listing(*names), report=findings(PUBLIC), **where)
    data, _ = browser._repr_mimebundle_()
    html = data["text/html"]
    assert "application/vnd.jupyter.widget-view+json" in data
    assert html.count("<tr>") == 21
    assert "20 of 30 dashboards shown" in html
    assert "<script" not in html
    assert "&lt;script&gt;" in html
    assert "not evaluated" in html
    assert html == browser._repr_mimebundle_()[0]["text/html"]
    partial = Browser(listing("One", complete=False), host="h", project_id=7)
    assert "INCOMPLETE" in partial._repr_mimebundle_()[0]["text/html"]


def test_a_page_holds_all_it_needs(tmp_path: Path) -> None:
    name = "</script><script>alert(1)</script>"
    browser = Browser(listing(name, "Two"), host="https://us.posthog.com", project_id=7)
    text = browser.to_html(tmp_path / "list.html").read_text()
    assert text.count("</script>") == 3  # state, module, start
    kept = re.search(r'id="state">(.*?)</script>', text)
    assert kept
    state = json.loads(kept[1])
    assert state["columns"]["name"] == [name, "Two"]
    assert state["live"] is False
    assert set(state) == set(get_type_hints(BrowseState))
    assert not re.search(r"""(?:src|href)=["']""", text)


TILE = {"id": 5, "dashboard_id": 1, "name": "Weekly", "kind": "insight"}
BOARDS = {1: {"name": "One"}, 2: {"name": "Two"}}


def asked() -> Asked:
    """Two boards: the first counts an event, the second has a query that can't be read."""
    used = Collected(BOARDS)
    series = {"kind": "TrendsQuery", "series": [{"kind": "EventsNode", "event": "signed_up"}]}
    used.insights(
        [
            {"id": 1, "query": series, "dashboard_tiles": [{"id": 5, "dashboard_id": 1}]},
            {"id": 2, "query": {"kind": "New"}, "dashboard_tiles": [{"id": 6, "dashboard_id": 2}]},
        ]
    )
    return Asked(
        tiles=TILES.to_frame([TILE]),
        references=used.to_frame(),
        taken_at="2026-11-24T00:00:00+00:00",
    )


class Reads:
    """How often the list of insights was read."""

    def __init__(self) -> None:
        self.count = 0

    def __call__(self, boards: pd.DataFrame) -> Asked:
        assert boards["id"].tolist() == [1, 2]
        self.count += 1
        return asked()


def ask(browser: Browser, what: str, **values: Any) -> Any:
    """What the view gets for a question."""
    sent: list[Any] = []
    browser._replies._send = sent.append
    browser._replies.hear(None, {"op": "ask", "id": "1", "what": what, "with": values}, None)
    give_up = time.monotonic() + 10
    while not sent and time.monotonic() < give_up:
        time.sleep(0.01)
    return sent[-1]


@pytest.fixture
def reads() -> Reads:
    return Reads()


@pytest.fixture
def asking(reads: Reads) -> Browser:
    return Browser(listing("One", "Two"), host="h", project_id=7, insights=reads)


def test_insights_are_read_once_for_all_rows_and_again_when_asked(
    asking: Browser, reads: Reads
) -> None:
    found = ask(asking, "tiles", dashboard=1)["value"]
    assert [tile["name"] for tile in found["tiles"]] == ["Weekly"]
    assert found["uses"] == ["event: signed_up"]
    assert found["complete"] is True
    json.dumps(found, allow_nan=False)
    assert ask(asking, "tiles", dashboard=2)["value"]["tiles"] == []
    assert reads.count == 1
    ask(asking, "tiles", dashboard=2, again=True)
    assert reads.count == 2


def test_a_table_without_a_project_says_how_to_get_one() -> None:
    alone = Browser(listing("One"), host="h", project_id=7)
    assert "ph.browse()" in ask(alone, "tiles", dashboard=1)["error"]


def test_what_tiles_depend_on_is_told_when_it_is_asked_for(asking: Browser, reads: Reads) -> None:
    assert asking.uses is None
    assert reads.count == 0
    ask(asking, "uses")
    assert asking.uses == {
        "names": ["event: signed_up"],
        "dashboards": [[1]],
        "unread": 1,
        "taken_at": "2026-11-24T00:00:00+00:00",
    }
    assert reads.count == 1


def test_a_facet_of_names_set_from_python_reads_them(asking: Browser, reads: Reads) -> None:
    asking.facets = {"uses": ["event: signed_up"]}
    assert asking.uses["names"] == ["event: signed_up"]
    assert reads.count == 1
    asking.facets = {"uses": ["event: other"]}
    assert reads.count == 1


def test_a_closed_table_answers_nobody() -> None:
    browser = Browser(listing("One"), host="h", project_id=7, insights=lambda _: Asked())
    assert browser.live is True
    browser.close()
    assert browser.comm is None
