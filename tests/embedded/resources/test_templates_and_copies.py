"""Templates, duplicates, unlisted boards and tags in bulk (contract 8.2, 8.15, 9.7, 12.4, 12.6)."""

from __future__ import annotations

from typing import Any

import pytest

from dashwidgets.embedded.sample import SAMPLE
from tests.embedded.conftest import Api

TEMPLATE: dict[str, Any] = {
    "template_name": "Starter",
    "dashboard_description": "Two tiles",
    "dashboard_filters": {"date_from": "-7d"},
    "tags": [" Starter "],
    "tiles": [
        {"type": "TEXT", "body": "# Hello", "layouts": {"sm": {"x": 0, "y": 0, "w": 12, "h": 1}}},
        {
            "type": "INSIGHT",
            "name": "Pageviews",
            "description": "",
            "color": "green",
            "layouts": {"sm": {"x": 0, "y": 1, "w": 6, "h": 5}},
            "query": {
                "kind": "InsightVizNode",
                "source": {
                    "kind": "TrendsQuery",
                    "series": [{"kind": "EventsNode", "event": "$pageview"}],
                },
            },
        },
        {"type": "FROM THE FUTURE"},
    ],
}


def test_a_dashboard_from_template_json_answers_200(api: Api) -> None:
    answer = api.post("dashboards/create_from_template_json/", {"template": TEMPLATE})
    assert answer.status_code == 200
    made = answer.json()
    assert (made["name"], made["tags"], made["creation_mode"]) == (
        "Starter",
        ["starter"],
        "default",
    )
    assert [bool(tile["insight"]) for tile in made["tiles"]] == [False, True]
    assert made["tiles"][0]["text"]["created_by"] is None
    assert made["tiles"][1]["insight"]["is_sample"]
    assert made["tiles"][1]["insight"]["query"]["source"]["dateRange"] == {"date_from": "-7d"}


@pytest.mark.parametrize(
    ("change", "first_line"),
    [
        ({"tiles": None}, "None is not of type 'array'"),
        ({"tiles": []}, "[] should be non-empty"),
        ({"tiles": "absent"}, "'tiles' is a required property"),
    ],
)
def test_a_template_that_is_none(api: Api, change: dict[str, Any], first_line: str) -> None:
    template = TEMPLATE | change
    if change["tiles"] == "absent":
        del template["tiles"]
    answer = api.post("dashboards/create_from_template_json/", {"template": template})
    assert (answer.status_code, answer.json()["attr"]) == (400, None)
    assert answer.json()["detail"].splitlines()[0] == first_line
    assert api.get("dashboards/").json()["count"] == len(SAMPLE)


def test_templates_by_name(api: Api) -> None:
    listed = api.get("dashboard_templates/").json()
    assert listed["count"] == 2
    for name in ("Product analytics", "DEFAULT_APP"):
        made = api.post("dashboards/", {"use_template": name, "name": "Mine"}).json()
        assert (made["name"], made["creation_mode"], len(made["tiles"])) == ("Mine", "template", 3)
    wrong = api.post("dashboards/", {"use_template": "Nope"})
    assert (wrong.json()["detail"], wrong.json()["attr"]) == (
        "Invalid template provided: Nope",
        "use_template",
    )
    both = api.post("dashboards/", {"use_template": "Product analytics", "use_dashboard": 1})
    assert "cannot be used together" in both.json()["detail"]
    assert api.get("dashboard_templates/json_schema/").json()["required"]


def test_a_duplicate_shares_its_tiles_unless_asked_not_to(api: Api) -> None:
    source = api.get("dashboards/1/").json()
    shallow = api.post("dashboards/", {"use_dashboard": 1, "name": "Same"}).json()
    deep = api.post("dashboards/", {"use_dashboard": 1, "duplicate_tiles": True}).json()

    def insights(board: dict[str, Any]) -> list[int]:
        return [tile["insight"]["id"] for tile in board["tiles"] if tile["insight"]]

    assert insights(shallow) == insights(source)
    assert not set(insights(deep)) & set(insights(source))
    assert deep["tiles"][1]["insight"]["name"] == "Weekly actives (Copy)"
    assert [tile["layouts"] for tile in deep["tiles"]] == [t["layouts"] for t in source["tiles"]]
    assert (shallow["creation_mode"], shallow["tags"], shallow["pinned"]) == (
        "duplicate",
        [],
        False,
    )
    wrong = api.post("dashboards/", {"use_dashboard": 999})
    assert (wrong.json()["detail"], wrong.json()["attr"]) == (
        "Invalid value provided",
        "use_dashboard",
    )


def test_a_tile_is_cloned_inside_its_dashboard(api: Api) -> None:
    tile = api.get("dashboards/1/").json()["tiles"][2]
    box = {"sm": {"x": 0, "y": 50, "w": 6, "h": 5}}
    copies = [{"id": tile["id"], "layouts": box}]
    after = api.patch("dashboards/1/", {"duplicate_tiles": copies}).json()["tiles"]
    assert (after[-1]["insight"]["name"], after[-1]["layouts"]) == ("Daily signups (Copy)", box)


def test_unlisted_boards(api: Api) -> None:
    path = "dashboards/create_unlisted_dashboard/"
    assert api.post(path).json() == {"error": "tag is required"}
    assert api.post(path, {"tag": "x"}).json() == {"error": "Unknown template tag: x"}
    assert api.post(path, {"tag": "llm-analytics"}).status_code == 201
    again = api.post(path, {"tag": "llm-analytics"})
    assert (again.status_code, again.json()["error"]) == (
        409,
        "Unlisted dashboard with tag 'llm-analytics' already exists",
    )
    assert api.get("dashboards/").json()["count"] == len(SAMPLE)
    assert api.get("dashboards/", creation_mode="unlisted").json()["count"] == 1


def test_tags_in_bulk(api: Api) -> None:
    body = {"ids": [1, 2, 999], "action": "add", "tags": ["Q4", "growth"]}
    answer = api.post("dashboards/bulk_update_tags/", body).json()
    assert answer["updated"][0] == {"id": 1, "tags": ["growth", "weekly", "q4"]}
    assert answer["skipped"] == [{"id": 999, "reason": "Not found"}]


def test_the_themes_are_a_plain_list(api: Api) -> None:
    themes = api.get("data_color_themes/").json()
    assert themes[0]["colors"]["preset-1"] == "#1d4aff"
    assert api.patch("dashboards/1/", {"data_color_theme_id": 1}).json()["data_color_theme_id"] == 1
    assert api.patch("dashboards/1/", {"data_color_theme_id": 77}).status_code == 400


def test_widgets_are_switched_off(api: Api) -> None:
    assert api.get("dashboards/widget_catalog/").json() == {"results": []}
    for refused in (
        api.get("dashboards/1/run_widgets/", tile_ids="1"),
        api.post("dashboards/1/widgets/batch/", {"widgets": [{}]}),
    ):
        assert (refused.status_code, refused.json()["detail"]) == (
            403,
            "Dashboard widgets are not enabled for this project.",
        )
