"""Widgets in other people's compositions: what they leave behind, and what they hear."""

from __future__ import annotations

import gc
import threading
import time
from collections.abc import Callable
from typing import Any

import ipywidgets
import pytest
import traitlets

import dashwidgets as dw
from dashwidgets.api.transport import writes

MAKE: dict[str, Callable[[dw.Project, dw.Dashboard], Any]] = {
    "browse": lambda ph, _: ph.browse(),
    "edit": lambda _, board: board.edit(),
    "arrange": lambda _, board: board.arrange(),
    "watch": lambda _, board: board.watch(),
}


def models() -> set[str]:
    return set(ipywidgets.widget._instances)


def soon(holds: Callable[[], bool], seconds: float = 10) -> None:
    end = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < end, "it did not happen"
        time.sleep(0.02)


@pytest.mark.parametrize("name", MAKE)
def test_a_closed_widget_leaves_no_model_and_no_listener(
    ph: dw.Project, board: dw.Dashboard, name: str
) -> None:
    before, listening = models(), writes.listeners()
    widget = MAKE[name](ph, board)
    assert len(models() - before) == 2, "the widget and its layout"
    assert writes.listeners() == listening + 1
    widget.close()
    widget.close()
    assert models() == before
    assert writes.listeners() == listening


@pytest.mark.parametrize("name", MAKE)
def test_tab_offers_what_is_documented(ph: dw.Project, board: dw.Dashboard, name: str) -> None:
    widget = MAKE[name](ph, board)
    try:
        offered = dir(widget)
        assert len(offered) < 30
        assert set(widget.documented) <= set(offered)
        for missing in [one for one in offered if not hasattr(widget, one)]:
            pytest.fail(f"{missing} is offered and not there")
    finally:
        widget.close()


def test_an_editor_hears_of_another_editors_save(board: dw.Dashboard) -> None:
    first, second = board.edit(), board.edit()
    first.changes = {"name": "Renamed", "description": "By the first"}
    second.changes = {"name": "Mine", "tags": ["mine"]}
    first.save()
    assert second.saved["description"] == "By the first"
    assert second.theirs == {"name": "Renamed"}, "both changed it: the user chooses"
    assert second.changes == {"name": "Mine", "tags": ["mine"]}
    second.keep_mine()
    second.save()
    assert first.saved["name"] == "Mine"
    assert first.saved["tags"] == ["mine"]
    assert not first.theirs
    first.close()
    second.close()


def test_an_editor_hears_of_a_cell_and_of_a_plan(ph: dw.Project, board: dw.Dashboard) -> None:
    editor = board.edit()
    board.update(name="From a cell")
    assert editor.saved["name"] == "From a cell"
    assert editor.board["name"] == "From a cell"
    ph.plan().tag(board.id, "planned").apply()
    assert "planned" in editor.saved["tags"]
    board.share()
    assert editor.saved["sharing_enabled"] is True
    assert editor.linked
    editor.close()


def test_an_arranger_hears_of_another_arrangers_save(board: dw.Dashboard) -> None:
    first, second = board.arrange(), board.arrange()
    first.arrangement.resize("Daily signups", w=6, h=8)
    first.save()
    assert not second.dirty
    assert second.draft == first.draft, "what was not touched here is taken"
    first.arrangement.two_columns()
    second.arrangement.full_width()
    first.save()
    assert second.theirs, "both rearranged it: the user chooses"
    second.take_theirs()
    assert not second.dirty
    assert second.draft == first.draft
    first.close()
    second.close()


def test_a_watch_hears_of_names_and_places(board: dw.Dashboard) -> None:
    live = board.watch()
    live.wait(timeout=60)
    board.update(name="Renamed")
    assert live.boards[0]["name"] == "Renamed"
    with_tile = {tile["name"]: tile for tile in live.skeletons[0]}["Daily signups"]
    board.layout.full_width().save()
    moved = {tile["name"]: tile for tile in live.skeletons[0]}["Daily signups"]
    assert with_tile["layout"] != moved["layout"]
    assert moved["layout"]["w"] == 12
    board.add_text("# New here")
    soon(lambda: any(tile["kind"] == "text" for tile in live.skeletons[0]))
    live.close()


def test_a_table_hears_of_what_is_saved(ph: dw.Project, board: dw.Dashboard) -> None:
    browser = ph.browse()
    browser.selected_ids = [board.id]
    board.update(name="Renamed again", tags=["seen"])
    soon(lambda: "Renamed again" in browser.columns["name"])
    soon(lambda: browser.selected["tags"].tolist() == [["seen"]])
    board.delete()
    soon(lambda: board.id not in browser.columns["id"])
    assert browser.selected_ids == []
    browser.close()


def test_what_is_documented_can_be_linked(ph: dw.Project) -> None:
    browser = ph.browse()
    box = ipywidgets.Text()
    one = traitlets.link((box, "value"), (browser, "search"))
    box.value = "growth"
    assert browser.search == "growth"
    browser.search = "signups"
    assert box.value == "signups"
    one.unlink()
    few = ipywidgets.SelectMultiple(options=browser.columns["id"])
    traitlets.dlink((few, "value"), (browser, "selected_ids"), list)
    few.value = (browser.columns["id"][0],)
    assert len(browser.selected) == 1
    in_the_page = ipywidgets.jslink((box, "value"), (browser, "search"))
    assert in_the_page.source == (box, "value")
    for widget in (in_the_page, browser, box, few):
        widget.close()


def test_a_dropdown_drives_a_watch(board: dw.Dashboard) -> None:
    live = board.watch()
    live.wait(timeout=60)
    days = ipywidgets.Dropdown(options=["-7d", "-30d"], value="-30d")
    days.observe(lambda change: live.again(filters={"date_from": change["new"]}), "value")
    days.value = "-7d"
    soon(lambda: live.status["date_from"] == "-7d")
    live.wait(timeout=60)
    live.close()


def test_a_widget_that_is_collected_while_another_listens_stops_nothing() -> None:
    """The collector runs where it likes: here, in the thread that holds the list of listeners."""

    class Forgetful:
        def hear(self, written: writes.Written) -> None: ...

        def __del__(self) -> None:
            writes.forget(self.hear)

    def listen_while_collecting() -> None:
        with writes._lock:
            left = Forgetful()
            left.itself = left  # type: ignore[attr-defined]
            del left
            gc.collect()

    thread = threading.Thread(target=listen_while_collecting, daemon=True)
    thread.start()
    thread.join(10)
    assert not thread.is_alive()
