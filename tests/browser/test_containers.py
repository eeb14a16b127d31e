"""Widgets in other people's containers, in a real JupyterLab."""

from __future__ import annotations

from tests.browser.lab import Lab
from tests.browser.test_edit import CONNECT, write

TABS = """import ipywidgets as widgets
live, table = board.watch(), ph.browse()
tabs = widgets.Tab([table, live], titles=["List", "Tiles"])
tabs"""
NARROW = """widgets.VBox([board.watch(), board.arrange(), ph.browse(), board.edit()],
    layout=widgets.Layout(width="420px"))"""
OTHERS = """box = widgets.Accordion([board.edit()], titles=["Edit"], selected_index=0)
out = widgets.Output()
with out:
    display(board.arrange())
widgets.AppLayout(left_sidebar=box, center=out)"""
INTERACTIVE = """def find(search): table.search = search
words = widgets.interactive(find, search="")
link = widgets.jslink((widgets.Text(description="same"), "value"), (table, "search"))
widgets.HBox([words, link.source[0]])"""
BESIDE = """widgets.HBox([ph.browse(), board.watch()])"""


def test_a_hidden_tab_draws_and_streams_when_it_is_seen(lab: Lab) -> None:
    page = lab.open(write(lab, "tabs.ipynb", CONNECT, TABS))
    lab.run_all()
    page.locator(".dw-browse tbody tr[data-dw-id]").first.wait_for()
    page.wait_for_timeout(1_000)
    assert lab.ask("live.wait(60); print(live._hidden)") == "True"
    lab.ask("live.again(refresh='force_blocking'); live.wait(60)")
    lab.ask("sent = live._sender.seq; tabs.selected_index = 1")
    page.locator(".dw-watch .dw-tile[data-dw-state=done]").first.wait_for()
    drawn = page.locator(".dw-watch .dw-tile[data-dw-state=done][data-dw-stale=false]")
    page.wait_for_function(
        "n => document.querySelectorAll('.dw-watch .dw-tile[data-dw-stale=false]').length === n",
        arg=int(lab.ask("print(len(live.events))")),
    )
    assert drawn.count() > 3
    chart = page.locator(".dw-watch svg").first.bounding_box()
    assert chart is not None
    assert chart["width"] > 100, "what was hidden is drawn in the size it has now"
    assert lab.ask("print(live._hidden)") == "False"


def test_sizes_follow_the_container_and_others_drive(lab: Lab) -> None:
    name = write(lab, "boxes.ipynb", CONNECT, TABS, NARROW, OTHERS, INTERACTIVE, BESIDE)
    page = lab.open(name)
    page.set_viewport_size({"width": 1_280, "height": 4_000})
    lab.run_all()
    for kind in ("watch", "arrange", "browse", "edit"):
        box = page.locator(f".widget-vbox .dw-{kind}").first
        box.wait_for()
        size = box.bounding_box()
        assert size is not None
        assert size["width"] <= 420
    page.locator(".widget-accordion .dw-edit, .jupyter-widget-Accordion .dw-edit").first.wait_for()
    page.locator(".jp-OutputArea .dw-arrange").first.wait_for()
    for kind in ("browse", "watch"):  # side by side, each has a half
        box = page.locator(f".widget-hbox > * > .dw-{kind}").first
        box.wait_for()
        size = box.bounding_box()
        assert size is not None
        assert size["width"] > 320
    page.get_by_label("search", exact=True).first.fill("heavy")
    page.wait_for_function(
        """() => {
          const table = document.querySelector(".dw-browse"); // the first of several
          return table.querySelectorAll("tbody tr[data-dw-id]").length === 1;
        }"""
    )
    assert lab.ask("print(table.search)") == "heavy"
