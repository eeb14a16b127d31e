"""``ph`` and ``board`` alone in a cell, and what is had from them by name."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from ipywidgets import Widget

import dashwidgets as dw
from dashwidgets.api.stream.dashboard import TileStream
from dashwidgets.backups.backup import Backup
from dashwidgets.cards.card import html
from dashwidgets.embedded.sample import SAMPLE
from dashwidgets.widgets.watch.results import ResultsByName
from tests.conftest import Served
from tests.local import Running


def test_a_board_and_a_tile_are_had_by_name_and_id(shared: dw.Project) -> None:
    board = shared["Growth overview"]
    assert shared[board.id].name == "Growth overview"
    tile = board["Daily signups"]
    assert (tile.name, tile.kind, tile.dashboard) == ("Daily signups", "insight", board.id)
    assert board[tile.id].name == "Daily signups"
    assert tile.url is not None
    assert len(tile.result()) > 20


def test_what_is_not_there_suggests_what_is(shared: dw.Project) -> None:
    with pytest.raises(dw.NotFound, match="did you mean 'Growth overview'"):
        shared["Growth overviev"]
    with pytest.raises(dw.NotFound, match="did you mean 'Daily signups'"):
        shared["Growth overview"]["Daily signup"]


def test_tab_offers_names_and_opens_nothing(served: Running) -> None:
    with dw.connect(served.url, served.keys["readonly"], served.project_id) as ph:
        before = ph.dashboards().set_index("id")["last_accessed_at"]
        assert "Growth overview" in ph._ipython_key_completions_()
        board = ph["Growth overview"]
        assert "Daily signups" in board._ipython_key_completions_()
        after = ph.dashboards().set_index("id")["last_accessed_at"]
        assert before.equals(after)


def test_tab_stays_quiet_when_the_server_is_gone(served_apart: Served) -> None:
    with dw.connect(served_apart.url, served_apart.keys["owner"], served_apart.project_id) as ph:
        served_apart.process.terminate()
        served_apart.process.wait(timeout=20)
        assert ph._ipython_key_completions_() == []


def test_neither_is_walked_through_by_mistake(shared: dw.Project) -> None:
    with pytest.raises(TypeError, match="not iterable"):
        list(shared)  # type: ignore[call-overload]
    with pytest.raises(TypeError, match="not iterable"):
        list(shared["Growth overview"])  # type: ignore[call-overload]


def test_the_card_of_a_project_says_who_asks_and_what_the_key_may(served: Running) -> None:
    with dw.connect(served.url, served.keys["readonly"], served.project_id) as ph:
        spent = ph.client.requests_spent
        assert repr(ph) == f"Project({served.url}, project {served.project_id})"
        assert ph.client.requests_spent == spent, "text alone sends nothing"
        card = ph._repr_html_()
        assert ph.client.requests_spent == spent + 3
        assert ph._repr_html_() == card
        assert ph.client.requests_spent == spent + 3, "read once"
    scopes, boards = "dashboard:read, insight:read, query:read", str(len(SAMPLE))
    for said in (served.url, scopes, boards, "ph.explore()"):
        assert said in card
    assert served.keys["readonly"] not in card


def test_the_card_of_a_project_stands_where_a_part_cannot_be_read(served_apart: Served) -> None:
    with dw.connect(served_apart.url, served_apart.keys["owner"], served_apart.project_id) as ph:
        served_apart.process.terminate()
        served_apart.process.wait(timeout=20)
        assert ph._repr_html_().count("unknown: ") == 3


def test_the_card_of_a_board_sends_nothing(shared: dw.Project) -> None:
    board = shared["Growth overview"]
    spent = shared.client.requests_spent
    card = board._repr_html_()
    assert shared.client.requests_spent == spent
    assert repr(board) == f"Dashboard({board.id}, 'Growth overview')"
    for said in ("Mara Oduya", "growth, weekly", board.url, "view and edit it", "not read"):
        assert said in card


def test_hostile_names_are_text() -> None:
    with dw.local(sample="hostile") as ph:
        names = [name for name in ph._ipython_key_completions_() if "<img" in name]
        assert names, "the sample has hostile names"
        assert "<img" not in ph[names[0]]._repr_html_()


def test_a_card_links_to_web_pages_only() -> None:
    assert "javascript" not in html("x", [], link="javascript:alert(1)")
    assert "<b>" not in html("<b>", [("<b>", "<b>")], ["<b>"], link="https://<b>")


def test_tab_offers_public_names_only_and_a_cell_shows_something(
    shared: dw.Project,
) -> None:
    board = shared["Growth overview"]
    run = board.record()
    live = board.watch().wait(timeout=60)
    things: list[Any] = [
        *(shared, board, board["Daily signups"], run, dw.compare(run, run), live, live.results),
        *(shared.plan(), shared.audit(), shared.journal(), board.layout),
        *(shared.browse(), shared.explore(), board.edit(), board.arrange(), board.stream()),
    ]
    for thing in things:
        assert not [name for name in dir(thing) if name.startswith("_")], type(thing)
        shown = [name for name in ("_repr_html_", "_repr_mimebundle_") if hasattr(thing, name)]
        assert shown or isinstance(thing, TileStream), type(thing)
    for widget in things:
        if isinstance(widget, Widget):
            widget.close()


def test_what_a_cell_shows_is_text() -> None:
    results = ResultsByName(lambda: [])
    assert results._repr_html_() is not None
    assert "<img" not in str(Backup(Path("<img>"), {}, [], True)._repr_html_())


def test_tab_keeps_what_is_public(shared: dw.Project) -> None:
    assert {"browse", "dashboards", "plan"} <= set(dir(shared))
