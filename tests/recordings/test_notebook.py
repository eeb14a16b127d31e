"""``jupyter nbconvert --to dashwidgets``: widgets in the page, without a network."""

from __future__ import annotations

import logging
import tomllib
from html import unescape
from importlib import import_module
from pathlib import Path
from typing import Any

import ipywidgets
import nbformat
import pytest

import dashwidgets as dw
from dashwidgets.recordings.publish.notebook import StaticExporter
from tests.recordings.rounds import WEEK, recorded, series, trend

VIEW = "application/vnd.jupyter.widget-view+json"
STATE = "application/vnd.jupyter.widget-state+json"


def notebook(*shown: Any, keep: bool = True) -> nbformat.NotebookNode:
    """A notebook that shows these widgets, as a kernel that ran it leaves it."""
    cells = []
    for widget in shown:
        data, _ = widget._repr_mimebundle_(), None
        data = data[0] if isinstance(data, tuple) else data
        output = nbformat.v4.new_output("display_data", dict(data))
        cells.append(nbformat.v4.new_code_cell("...", outputs=[output]))
    made = nbformat.v4.new_notebook(cells=cells)
    if keep:
        made.metadata["widgets"] = {STATE: ipywidgets.Widget.get_manager_state()}
    return made


def exported(made: nbformat.NotebookNode, **settings: Any) -> str:
    return StaticExporter(**settings).from_notebook_node(made)[0]


def replayed() -> Any:
    return dw.replay(recorded(trend(1, "Daily signups", [series("signups", WEEK)])))


def test_a_widget_is_in_the_page_and_loads_nothing() -> None:
    html = exported(notebook(replayed()))
    assert html.count("<iframe") == 1
    assert "html-manager" not in html
    assert STATE not in html
    [frame] = html.split("<iframe ")[1:]
    inside = unescape(frame.partition('srcdoc="')[2].partition('"')[0])
    assert inside.startswith("<!doctype html>")
    assert "default-src 'none'" in inside
    assert "Daily signups" in inside  # the plain table, where scripts don't run
    assert 'sandbox="allow-scripts' in frame
    assert "allow-same-origin" not in frame


def test_what_is_not_ours_stays() -> None:
    slider = ipywidgets.IntSlider()
    box = ipywidgets.VBox([replayed(), slider])
    html = exported(notebook(replayed(), box))
    assert html.count("<iframe") == 1
    assert box.model_id in html
    assert slider.model_id in html
    assert "html-manager" in html


def test_a_notebook_without_saved_state_shows_its_table_and_says_so(
    caplog: pytest.LogCaptureFixture,
) -> None:
    with caplog.at_level(logging.WARNING):
        html = exported(notebook(replayed(), keep=False))
    assert "<iframe" not in html
    assert "Daily signups" in html
    assert "no state of 1 widget" in caplog.text
    assert "--execute" in caplog.text


def test_the_explorer_shows_its_list_and_what_is_open(shared: dw.Project) -> None:
    explorer = shared.explore()
    html = exported(notebook(explorer))
    explorer.close()
    assert html.count("<iframe") == 1
    assert "html-manager" not in html


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_a_page_has_the_theme_of_the_export(theme: str) -> None:
    html = exported(notebook(replayed()), theme=theme)
    inside = unescape(html.partition('srcdoc="')[2].partition('"')[0])
    assert f'data-jp-theme-light="{"true" if theme == "light" else "false"}"' in inside


def test_nbconvert_finds_the_exporter_by_its_name() -> None:
    project = tomllib.loads((Path(__file__).parents[2] / "pyproject.toml").read_text("utf-8"))
    module, _, name = project["project"]["entry-points"]["nbconvert.exporters"][
        "dashwidgets"
    ].partition(":")
    assert getattr(import_module(module), name) is StaticExporter
