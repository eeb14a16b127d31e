"""``ph.explore()`` from the side of Python, against the embedded project."""

from __future__ import annotations

import sys
import threading
import time
from collections.abc import Callable, Iterator
from types import SimpleNamespace
from typing import Any

import ipywidgets
import pytest
import traitlets

import dashwidgets as dw
from dashwidgets.api.errors import DashwidgetsError
from dashwidgets.api.transport import writes
from dashwidgets.widgets.arrange.widget import Arranger
from dashwidgets.widgets.explore.panes import PANES, InHand
from dashwidgets.widgets.explore.widget import Explorer
from dashwidgets.widgets.shared.widget import DashWidget
from dashwidgets.widgets.watch.widget import Watch


@pytest.fixture
def explorer(ph: dw.Project, board: dw.Dashboard) -> Iterator[Explorer]:
    made = ph.explore()
    yield made
    made.close()


def soon(holds: Callable[[], bool], seconds: float = 20) -> None:
    end = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < end, "it did not happen"
        time.sleep(0.02)


def shown(explorer: Explorer) -> Any:
    """What the tab in front holds."""
    pane = explorer._tabs.children[explorer._tabs.selected_index]
    assert len(pane.children) == 1
    return pane.children[0]


def threads() -> list[str]:
    return [one.name for one in threading.enumerate() if one.name.startswith("dashwidgets")]


def test_every_tab_holds_what_it_says(explorer: Explorer, board: dw.Dashboard) -> None:
    kinds = {"tiles": "Watch", "edit": "Editor", "arrange": "Arranger"}
    for tab in PANES:
        explorer.where = {"board": board.id, "tab": tab}
        assert type(shown(explorer)).__name__ == kinds.get(tab, "HTML")
        others = [pane for pane in explorer._tabs.children if pane.children]
        assert len(others) == 1, "the others are empty"
    assert explorer.board.name == "A copy"
    explorer.where = {"board": board.id, "tab": "references"}
    assert "signed_up" in shown(explorer).value
    assert repr(explorer) == "Explorer('A copy', references, 0 unsent changes)"


def test_what_is_left_is_closed(explorer: Explorer, board: dw.Dashboard) -> None:
    explorer.where = {"board": board.id, "tab": "tiles"}
    live = explorer.live
    assert isinstance(live, Watch)
    live.wait(timeout=60)
    explorer.where = {"board": board.id, "tab": "edit"}
    assert live.comm is None
    assert explorer.live is None
    assert len(live.results) > 3, "its results stay in Python"


def test_closing_leaves_nothing(ph: dw.Project, board: dw.Dashboard) -> None:
    before, listening = set(ipywidgets.widget._instances), writes.listeners()
    explorer = ph.explore()
    for tab in PANES:
        explorer.where = {"board": board.id, "tab": tab}
    explorer.where = {"board": board.id, "tab": "edit"}
    shown(explorer).changes = {"name": "Never sent"}
    explorer.close()
    assert set(ipywidgets.widget._instances) == before
    assert writes.listeners() == listening
    soon(lambda: threads() == [])
    explorer.close()


def test_the_list_knows_every_model_that_has_no_code_to_let_it_go(
    ph: dw.Project, board: dw.Dashboard
) -> None:
    before = set(ipywidgets.widget._instances)
    explorer = ph.explore()
    for tab in ("findings", "tiles", "references"):
        explorer.where = {"board": board.id, "tab": tab}
        made = {key: one for key, one in ipywidgets.widget._instances.items() if key not in before}
        own = [one for one in made.values() if isinstance(one, DashWidget)]
        with_code = {one.model_id for one in own} | {one.layout.model_id for one in own}
        assert sorted(explorer.browser.beside) == sorted(set(made) - with_code)
    explorer.close()


@pytest.mark.parametrize("tab", ["tiles", "edit", "arrange", "broken"])
def test_a_pane_that_is_made_while_the_explorer_closes_is_closed_too(
    ph: dw.Project, board: dw.Dashboard, monkeypatch: pytest.MonkeyPatch, tab: str
) -> None:
    """Panes are made in threads, and take as long as a server does."""
    before, listening = set(ipywidgets.widget._instances), writes.listeners()
    explorer = ph.explore()
    reading, closed = threading.Event(), threading.Event()
    name = "history" if tab == "broken" else tab
    title, make = PANES[name]

    def make_late(it: InHand) -> Any:
        reading.set()
        assert closed.wait(10)
        if tab == "broken":
            raise DashwidgetsError("It could not be read.")
        return make(it)

    monkeypatch.setitem(PANES, name, (title, make_late))
    explorer._later(lambda: explorer._set(board=board.id, tab=name))
    assert reading.wait(10)
    explorer.close()
    closed.set()
    soon(lambda: threads() == [])
    assert set(ipywidgets.widget._instances) == before
    assert writes.listeners() == listening
    assert explorer.live is None


def test_boards_one_after_the_other_leave_nothing(explorer: Explorer, ph: dw.Project) -> None:
    ids = explorer.browser.columns["id"][:6]
    explorer.where = {"board": ids[0], "tab": "tiles"}
    before = len(ipywidgets.widget._instances)
    for key in ids * 3:
        explorer.where = {"board": key, "tab": "tiles"}
        assert len(ipywidgets.widget._instances) == before
    explorer.where = {"board": None}
    soon(lambda: threads() == [])


def test_history_names_people_and_says_only_what_differs(
    explorer: Explorer, board: dw.Dashboard
) -> None:
    tile = int(board.tiles()["id"].iloc[1])
    board.update(tags=["sorted"])
    board.update(layouts={tile: {"x": 0, "y": 40, "w": 7, "h": 9}})
    explorer.where = {"board": board.id, "tab": "history"}
    page = shown(explorer).value
    assert "Mara Oduya" in page
    assert f"{tile}: y 40, w 7, h 9" in page or f"{tile}: x 0, y 40, w 7, h 9" in page
    assert "insight_id" not in page


def test_the_heading_follows_a_new_name(explorer: Explorer, board: dw.Dashboard) -> None:
    explorer.where = {"board": board.id, "tab": "history"}
    board.update(name="Renamed in a cell")
    soon(lambda: "Renamed in a cell" in explorer._heading.value)
    assert explorer.board.name == "Renamed in a cell"


def test_where_is_checked(explorer: Explorer, board: dw.Dashboard) -> None:
    for wrong, why in (
        ({"board": 987654}, "no dashboard"),
        ({"board": board.id, "tab": "pictures"}, "no tab 'pictures'"),
        ({"dashboard": board.id}, "no 'dashboard'"),
    ):
        with pytest.raises(traitlets.TraitError, match=f"(?i){why}"):
            explorer.where = wrong
    assert explorer.where == {"board": None, "tab": "tiles"}


def test_a_notebook_opens_where_it_was(ph: dw.Project, board: dw.Dashboard) -> None:
    explorer = ph.explore({"board": board.id, "tab": "arrange"})
    assert explorer.board.id == board.id
    assert explorer.selected["id"].tolist() == [board.id]
    seen: list[dict[str, Any]] = []
    explorer.observe(lambda change: seen.append(change["new"]), "where")
    explorer.where = {"board": board.id, "tab": "findings"}
    assert seen == [{"board": board.id, "tab": "findings"}]
    explorer.close()


def test_a_row_that_is_picked_or_opened_is_shown(explorer: Explorer, board: dw.Dashboard) -> None:
    explorer.browser.selected_ids = [board.id]
    soon(lambda: explorer.board is not None and explorer.board.id == board.id)
    message = {"op": "open", "dashboard": board.id, "what": "arrange"}
    explorer.browser._open(None, message, [])
    soon(lambda: explorer.where == {"board": board.id, "tab": "arrange"})
    explorer.browser._open(None, message | {"what": "duplicate"}, [])
    soon(lambda: explorer.board is not None and explorer.board.id != board.id)


def test_a_tile_leads_to_what_it_depends_on_and_to_its_place(
    explorer: Explorer, board: dw.Dashboard
) -> None:
    explorer.where = {"board": board.id, "tab": "tiles"}
    live = explorer.live.wait(timeout=60)
    tile = int(live.events["tile"].iloc[0])
    wanted = {"op": "open", "section": 0, "tile": tile}
    live._asked(live, wanted | {"what": "references"}, [])
    soon(lambda: explorer.where == {"board": board.id, "tab": "references", "tile": tile})
    soon(lambda: len(explorer._pane("references").children) == 2)
    page, everything = explorer._pane("references").children
    assert "Of one tile" in page.value
    everything.click()
    soon(lambda: explorer.where == {"board": board.id, "tab": "references"})

    explorer.where = {"board": board.id, "tab": "tiles"}
    live = explorer.live.wait(timeout=60)
    live._asked(live, wanted | {"what": "arrange"}, [])
    soon(lambda: isinstance(explorer.widget, Arranger) and explorer.widget.selected_ids == [tile])
    with pytest.raises(traitlets.TraitError, match="No tile of this dashboard"):
        explorer.widget.selected_ids = [987654]
    with pytest.raises(traitlets.TraitError, match="A tile is an id"):
        explorer.where = {"board": board.id, "tab": "arrange", "tile": "first"}
    explorer.where = {"board": board.id, "tab": "edit", "tile": tile}
    assert explorer.where == {"board": board.id, "tab": "edit"}, "a form is about no tile"


def test_a_watch_tells_what_is_wanted_of_a_tile(board: dw.Dashboard) -> None:
    live = board.watch().wait(timeout=60)
    assert not live.opens
    heard: list[tuple[int, int, str]] = []
    live.on_open(lambda *wanted: heard.append(wanted))
    assert live.opens
    for what, section in (("arrange", 0), ("nonsense", 0), ("references", 5)):
        live._asked(live, {"op": "open", "section": section, "tile": 3, "what": what}, [])
    assert heard == [(board.id, 3, "arrange")]
    live.close()


def test_a_browser_tells_what_is_opened(ph: dw.Project, board: dw.Dashboard) -> None:
    browser = ph.browse()
    assert not browser.opens
    heard: list[tuple[str, str]] = []
    browser.on_open(lambda board, what: heard.append((board.name, what)))
    assert browser.opens
    for what in ("open", "edit", "nonsense"):
        browser._open(None, {"op": "open", "dashboard": board.id, "what": what}, [])
    browser._open(None, {"op": "open", "dashboard": 987654, "what": "open"}, [])
    assert heard == [("A copy", "open"), ("A copy", "edit")]
    browser.close()


def test_changes_of_every_part_are_collected_sent_and_taken_back(
    explorer: Explorer, ph: dw.Project, board: dw.Dashboard
) -> None:
    explorer.where = {"board": board.id, "tab": "edit"}
    shown(explorer).changes = {"description": "New words"}
    explorer.where = {"board": board.id, "tab": "arrange"}
    boxes = shown(explorer).arrangement.boxes
    shown(explorer).arrangement.full_width()
    answer = explorer.browser._replies._answers["draft"](
        {"verb": "tag", "ids": [board.id], "tags": ["sorted"]}
    )
    assert answer["phase"] == "collected"
    explorer.where = {"board": board.id, "tab": "findings"}
    assert {"tags", "description"} <= set(explorer.pending["what"])
    assert set(explorer.pending["state"]) == {"ready"}
    assert f"{explorer.requests} requests" in explorer._bar._said.value
    assert not explorer._bar._apply.disabled
    assert ph.dashboard(board.id).tiles()["w"].tolist() != [12] * len(boxes), "nothing is sent yet"

    explorer.apply()
    assert explorer.trouble == []
    assert explorer.pending.empty
    now = ph.dashboard(board.id).read()
    assert (now["description"], now["tags"]) == ("New words", ["sorted"])
    assert {tile["layouts"]["sm"]["w"] for tile in now["tiles"]} == {12}

    explorer.undo()
    assert explorer.trouble == []
    now = ph.dashboard(board.id).read()
    assert (now["description"], now["tags"]) != ("New words", ["sorted"])
    assert {tile["id"]: tile["layouts"]["sm"]["w"] for tile in now["tiles"]} == {
        key: box["w"] for key, box in boxes.items()
    }
    assert not explorer._collected.can_undo


def test_undo_takes_one_step_back_and_sends_nothing(
    explorer: Explorer, ph: dw.Project, board: dw.Dashboard
) -> None:
    explorer.where = {"board": board.id, "tab": "edit"}
    for name in ("N", "Ne", "New"):
        shown(explorer).changes = {"name": name}
    shown(explorer).changes = {"name": "New", "tags": ["x"]}
    explorer._collected.add("tag", [board.id], ["y"])
    spent = ph.client.requests_spent
    explorer.undo()
    assert explorer.plan is None
    explorer.undo()
    assert shown(explorer).changes == {"name": "New"}
    explorer.undo()
    assert shown(explorer).changes == {}, "the letters of a word are one step"
    assert ph.client.requests_spent == spent
    assert ph.dashboard(board.id).name == "A copy"


def test_what_is_refused_stays_and_says_why(
    explorer: Explorer, ph: dw.Project, board: dw.Dashboard
) -> None:
    explorer.where = {"board": board.id, "tab": "edit"}
    editor = shown(explorer)
    editor.changes = {"name": "Mine"}
    editor._busy.acquire()  # as while it saves: it does not hear of the other's write
    board.update(name="Theirs")
    editor._busy.release()
    explorer.apply()
    assert any("choose keep_mine" in one for one in explorer.trouble)
    assert explorer.pending["state"].tolist() == ["conflict: changed on the server too"]
    assert "keep_mine" in explorer._bar._said.value
    editor.keep_mine()
    explorer.apply()
    assert explorer.trouble == []
    assert ph.dashboard(board.id).name == "Mine"


def test_a_board_that_cannot_be_read_says_so(explorer: Explorer, board: dw.Dashboard) -> None:
    board.delete()
    soon(lambda: True)
    row = dict(board._row)
    explorer.browser._listing.rows.append(row)
    explorer.browser._show(explorer.browser._listing)
    explorer.where = {"board": board.id, "tab": "arrange"}
    pane = explorer._tabs.children[2]
    assert 'role="alert"' in pane.children[0].value
    assert pane.children[1].description == "Try again"


def test_hostile_names_are_text(explorer: Explorer, ph: dw.Project) -> None:
    name = "<img src=x onerror=alert(1)>"
    key = ph.create(name).id
    explorer.browser.refresh()
    for tab in ("findings", "references", "history"):
        explorer.where = {"board": key, "tab": tab}
        assert "<img" not in explorer._heading.value
        assert "<img" not in shown(explorer).value
    explorer._collected.add("pin", [key], [])
    explorer._collected.add("tag", [key], ["t"])
    assert "<img" not in explorer._bar._said.value


def test_a_module_is_sent_once_however_many_boards(explorer: Explorer, ph: dw.Project) -> None:
    sizes: list[int] = []
    for key in explorer.browser.columns["id"][:3]:
        explorer.where = {"board": key, "tab": "tiles"}
        sizes.append(len(explorer.live._esm))
        assert explorer.live._css == ""
    assert max(sizes) < 2_000
    held = {
        name for name in ("arrange", "browse", "edit", "watch") if getattr(explorer._modules, name)
    }
    assert held == {"browse", "watch"}
    alone = ph.dashboard(explorer.where["board"]).watch()
    assert len(alone._esm) > 100_000, "alone it has all of its own"
    alone.close()


def test_colab_is_told_what_draws_it(explorer: Explorer, monkeypatch: pytest.MonkeyPatch) -> None:
    url = "https://colab.test/manager.js"
    colab = SimpleNamespace(
        enable_custom_widget_manager=lambda: None, _widgets=SimpleNamespace(_installed_url=url)
    )
    monkeypatch.setitem(sys.modules, "google.colab.output", colab)
    data, metadata = explorer._repr_mimebundle_()
    view = "application/vnd.jupyter.widget-view+json"
    assert data[view]["model_id"] == explorer.model_id
    assert metadata[view]["colab"]["custom_widget_manager"]["url"] == url
