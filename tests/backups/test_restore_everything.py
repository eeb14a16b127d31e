"""A dashboard with everything a template loses comes back with all of it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

import dashwidgets as dw
from dashwidgets.api.endpoints import dashboards, organization
from tests.local import local

LOST = ["creation_mode"]
"""It was made by duplicating, and PostHog alone writes that down."""


@pytest.fixture(params=[True, False], ids=["strict", "lenient"])
def ph(request: pytest.FixtureRequest) -> Iterator[dw.Project]:
    with local(strict=request.param) as project:
        yield project


def rich_board(ph: dw.Project) -> dw.Dashboard:
    """One with every kind of tile and setting."""
    board = ph.dashboard("Growth overview").duplicate("Everything", deep=True)
    theme = ph.client.send(organization.themes())[0]["id"]
    first, second, *_ = [tile for tile in board.read()["tiles"] if tile["insight"]]
    colors = [{"breakdownValue": "Chrome", "breakdownType": "event", "colorToken": "preset-3"}]
    ph.client.send(
        dashboards.update(
            board.id,
            description="A **full** board",
            pinned=True,
            tags=["full", "kept"],
            filters={"date_from": "-30d", "date_to": "-1d"},
            data_color_theme_id=theme,
            breakdown_colors=colors,
            restriction_level=37,
            tiles=[
                {"id": first["id"], "color": "blue", "show_description": True},
                {
                    "id": second["id"],
                    "filters_overrides": {"date_from": "-3d"},
                    "layouts": {"sm": {"x": 6, "y": 40, "w": 6, "h": 7}},
                },
                {
                    "button_tile": {
                        "url": "/project/1/insights",
                        "text": "All insights",
                        "placement": "left",
                        "style": "primary",
                    },
                    "layouts": {"sm": {"x": 0, "y": 60, "w": 2, "h": 1}},
                },
            ],
        )
    )
    board.add_text("# Notes\n\nby *hand*", layout={"x": 0, "y": 70, "w": 12, "h": 2})
    people = ph.members()
    invited = people[people["level"] == "member"]["user_uuid"].iloc[0]
    board.add_collaborator(invited)
    return board


def test_everything_comes_back(ph: dw.Project, tmp_path: Path) -> None:
    board = rich_board(ph)
    ph.backup(tmp_path)
    (file,) = tmp_path.glob(f"{board.id}-*.json")
    before = board.read()
    assert len([tile for tile in before["tiles"] if tile.get("button_tile")]) == 1
    board.delete()
    made = ph.restore(file)
    assert made.notes == []
    assert list(made.frame["field"]) == LOST
    (key,) = made.ids.values()
    again = ph.dashboard(key)
    after = again.read()
    same = ("name", "description", "pinned", "tags", "filters", "breakdown_colors")
    for name in (*same, "data_color_theme_id", "restriction_level"):
        assert after[name] == before[name], name
    assert len(after["tiles"]) == len(before["tiles"])
    assert again.collaborators()["email"].tolist() == board_people(file)
    assert list(dw.diff(file, again)["field"]) == LOST


def board_people(file: Path) -> list[str]:
    return json.loads(file.read_text())["collaborators"]


def test_what_is_not_in_the_other_project_is_said(tmp_path: Path) -> None:
    with local() as ours, local() as theirs:
        board = rich_board(ours)
        ours.backup(tmp_path)
        (file,) = tmp_path.glob(f"{board.id}-*.json")
        text = file.read_text()
        stranger = "stranger@example.org"
        (email,) = board_people(file)
        theme = board.read()["data_color_theme_id"]
        changed = text.replace(email, stranger)
        changed = changed.replace(f'"data_color_theme_id": {theme}', '"data_color_theme_id": 4711')
        assert changed.count(stranger) == 1
        file.write_text(changed)
        made = theirs.restore(file)
        assert not made.same
        notes = "\n".join(made.notes)
        assert f"{stranger} was not invited: no member of this organization." in notes
        assert "this project has no color theme 4711." in notes
        assert set(made.frame["field"]) == {"collaborators", "data_color_theme_id", *LOST}
