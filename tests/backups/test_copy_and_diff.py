"""Copies between projects, comparisons, templates, and the commands."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from typer.testing import CliRunner

import dashwidgets as dw
from dashwidgets.cli import app
from tests.embedded.resources.test_templates_and_copies import TEMPLATE
from tests.local import local

STARTER = TEMPLATE | {"tags": ["starter"], "tiles": TEMPLATE["tiles"][:2]}


@pytest.fixture(scope="module")
def ours() -> Iterator[dw.Project]:
    with local() as project:
        yield project


@pytest.fixture(scope="module")
def theirs() -> Iterator[dw.Project]:
    with local(strict=True) as project:
        yield project


def test_a_copy_is_the_same(ours: dw.Project, theirs: dw.Project) -> None:
    board = ours.dashboard("Growth overview")
    made = board.copy_to(theirs)
    (key,) = made.ids.values()
    assert made.same
    assert dw.diff(board, theirs.dashboard(key)).empty


def test_an_opened_row_copies_to_a_project_that_has_a_name(
    ours: dw.Project, theirs: dw.Project
) -> None:
    board = ours.create("Small")
    board.add_text("Hello")
    browser = ours.browse(copy_to={"Staging": theirs})
    assert browser.copies_to == ["Staging"]
    assert browser._replies is not None
    made = browser._replies._answers["copy"]({"dashboard": board.id, "to": "Staging"})
    assert theirs.dashboard(made["id"]).name == board.name
    assert made["url"] == theirs.dashboard(made["id"]).url
    assert made["notes"] == []
    browser.close()


def test_every_difference_is_a_row(ours: dw.Project) -> None:
    board = ours.dashboard("Acquisition by channel")
    other = board.duplicate("Other", deep=False)
    other.add_text("New here")
    other.update(tags=["x"])
    found = dw.diff(board, other)
    rows = {(row.tile, row.field) for row in found.itertuples()}
    assert {(None, "name"), (None, "tags"), ("New here", "tile")} <= rows
    assert list(found.columns) == ["dashboard", "tile", "field", "a", "b"]


def test_the_same_template_on_both_servers(ours: dw.Project, theirs: dw.Project) -> None:
    made = [project.create_from_template(STARTER) for project in (ours, theirs)]
    assert made[0].name == "Starter"
    assert dw.diff(*made).empty
    assert list(made[1].tiles()["color"].fillna("")) == ["", "green"]


def test_what_is_no_template_is_refused(ours: dw.Project) -> None:
    with pytest.raises(dw.ConfigurationError, match="tiles"):
        ours.create_from_template({"template_name": "x"})
    with pytest.raises(dw.ConfigurationError, match="WIDGET"):
        ours.create_from_template(STARTER | {"tiles": [{"type": "WIDGET"}]})


def test_commands(ours: dw.Project, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    client = ours.client
    monkeypatch.setattr(dw, "connect", lambda **_: dw.Project(client))
    monkeypatch.setattr(client, "close", lambda: None)
    run = CliRunner().invoke
    assert run(app, ["backup", str(tmp_path)]).exit_code == 0
    file = str(tmp_path / "5-web-vitals.json")
    assert run(app, ["diff", file, file]).exit_code == 0
    assert run(app, ["diff", file]).exit_code == 0
    ours.dashboard(5).update(name="\u202eRenamed")
    differs = run(app, ["diff", file, "5"])
    assert differs.exit_code == 1
    assert "\\u202eRenamed" in differs.output
    assert "\u202e" not in differs.output
    assert run(app, ["restore", file]).exit_code == 0
    assert run(app, ["diff", str(tmp_path / "none.json"), file]).exit_code == 2
