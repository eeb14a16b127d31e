"""List, create, read, change, refuse to delete (contract 8.1, 8.2, 8.10 to 8.12)."""

from __future__ import annotations

import json
from typing import Any

import pytest

from dashwidgets.embedded.sample import SAMPLE
from tests.embedded.conftest import Api

BASIC = {
    "id", "name", "description", "pinned", "created_at", "created_by", "last_accessed_at",
    "last_viewed_at", "is_shared", "deleted", "creation_mode", "tags", "restriction_level",
    "effective_restriction_level", "effective_privilege_level", "user_access_level",
    "access_control_version", "last_refresh", "team_id",
}  # fmt: skip
DETAIL = BASIC | {
    "filters", "variables", "persisted_filters", "persisted_variables", "breakdown_colors",
    "data_color_theme_id", "quick_filter_ids", "tiles",
}  # fmt: skip
TILE = {
    "id", "insight", "text", "button_tile", "widget", "layouts", "color", "filters_overrides",
    "show_description", "transparent_background", "order", "last_refresh", "is_cached",
}  # fmt: skip
INSIGHT = {
    "id", "short_id", "name", "derived_name", "query", "filters", "order", "deleted", "dashboards",
    "dashboard_tiles", "last_refresh", "cache_target_age", "next_allowed_client_refresh", "result",
    "hasMore", "columns", "types", "hogql", "timezone", "is_cached", "query_status",
    "resolved_date_range", "created_at", "created_by", "updated_at", "last_modified_at",
    "last_modified_by", "description", "tags", "favorited", "saved", "is_sample",
    "effective_restriction_level", "effective_privilege_level", "user_access_level", "alerts",
    "last_viewed_at", "filters_hash",
}  # fmt: skip


def test_the_list(api: Api) -> None:
    body = api.get("dashboards/").json()
    assert (body["count"], body["next"], body["previous"]) == (len(SAMPLE), None, None)
    rows = body["results"]
    assert all(set(row) == BASIC for row in rows)
    keys = [(not row["pinned"], row["name"] is None, row["name"]) for row in rows]
    assert keys == sorted(keys)


def test_pages(api: Api) -> None:
    page = api.get("dashboards/", limit=4, offset=4, tags="growth").json()
    assert page["count"] == 4
    assert page["results"] == []
    here = f"{str(api.http.base_url).rstrip('/')}/api/projects/1/dashboards/"
    assert page["previous"] == f"{here}?limit=4&tags=growth"
    page = api.get("dashboards/", limit=4).json()
    assert page["next"] == f"{here}?limit=4&offset=4"
    page = api.get("dashboards/", limit=4, creation_mode="default", x="a b&é").json()
    assert page["next"] == f"{here}?creation_mode=default&limit=4&offset=4&x=a+b%26%C3%A9"
    for silly in ("0", "-3", "x", "1.5"):
        assert len(api.get("dashboards/", limit=silly).json()["results"]) == len(SAMPLE)
        assert api.get("dashboards/", offset=silly).json()["previous"] is None


def test_search_tags_and_modes(api: Api) -> None:
    def names(**params: Any) -> list[str]:
        return [row["name"] for row in api.get("dashboards/", **params).json()["results"]]

    assert names(search="vitals") == ["Web vitals"]
    matched = api.get("dashboards/", search="web").json()["results"]
    assert matched[0]["search_match_type"] == "exact"
    assert "Revenue" in names(search="revnue")
    assert set(names(tags=["launch", "web"])) == {"Launch week", "Web vitals"}
    assert names(creation_mode="duplicate") == ["Checkout funnel (Copy)"]
    assert names(creation_mode="unlisted") == []
    assert not any(n.startswith("Generated") for n in names(exclude_generated="true"))
    assert any(n.startswith("Generated") for n in names(exclude_generated="1"))
    long = api.get("dashboards/", search="x" * 201)
    assert (long.status_code, long.json()["attr"]) == (400, "search")


def test_create_says_what_was_made(api: Api) -> None:
    answer = api.post(
        "dashboards/",
        {
            "name": " Launch ",
            "description": "Day by day",
            "tags": [" Launch ", "LAUNCH", "x"],
            "filters": {"date_from": "-7d"},
            "tiles": [1],
            "creation_mode": "template",
        },
    )
    assert answer.status_code == 201
    made = answer.json()
    assert set(made) == DETAIL
    assert (made["name"], made["tags"], made["creation_mode"]) == (
        "Launch",
        ["launch", "x"],
        "default",
    )
    assert (made["tiles"], made["variables"], made["persisted_variables"]) == ([], {}, None)
    assert made["persisted_filters"] == made["filters"] == {"date_from": "-7d"}
    assert (made["last_accessed_at"], made["user_access_level"]) == (None, "manager")
    assert api.post("dashboards/").json()["name"] is None


@pytest.mark.parametrize(
    ("body", "code", "detail", "attr"),
    [
        (
            {"name": "x" * 401},
            "max_length",
            "Ensure this field has no more than 400 characters.",
            "name",
        ),
        ({"name": True}, "invalid_input", "Not a valid string.", "name"),
        ({"name": False}, "invalid_input", "Not a valid string.", "name"),
        ({"name": []}, "invalid_input", "Not a valid string.", "name"),
        ({"description": None}, "null", "This field may not be null.", "description"),
        ({"pinned": "maybe"}, "invalid_input", "Must be a valid boolean.", "pinned"),
        (
            {"tags": "growth"},
            "not_a_list",
            'Expected a list of items but got type "str".',
            "tags",
        ),
        (
            {"restriction_level": 5},
            "invalid_choice",
            '"5" is not a valid choice.',
            "restriction_level",
        ),
        ({"filters": [1]}, "invalid_input", "Filters must be a dictionary", None),
        (
            {"data_color_theme_id": "x"},
            "invalid_input",
            "A valid integer is required.",
            "data_color_theme_id",
        ),
        ({"quick_filter_ids": ["x"]}, "invalid_input", "Invalid UUID: x", "quick_filter_ids"),
    ],
)
def test_what_can_not_be_stored_is_refused(
    api: Api, body: dict[str, Any], code: str, detail: str, attr: str | None
) -> None:
    for answer in (api.post("dashboards/", body), api.patch("dashboards/1/", body)):
        assert answer.status_code == 400
        assert answer.json() == {
            "type": "validation_error",
            "code": code,
            "detail": detail,
            "attr": attr,
        }
    assert api.get("dashboards/").json()["count"] == len(SAMPLE)


def test_detail_has_every_field_and_writes_last_accessed_at(api: Api) -> None:
    row = api.board("Growth overview")
    detail = api.get(f"dashboards/{row['id']}/").json()
    assert set(detail) == DETAIL
    assert detail["last_accessed_at"] > row["last_accessed_at"]
    assert api.board("Growth overview")["last_accessed_at"] == detail["last_accessed_at"]
    assert [tile["order"] for tile in detail["tiles"]] == list(range(7))
    assert all(set(tile) == TILE for tile in detail["tiles"])
    insight = detail["tiles"][1]["insight"]
    assert set(insight) == INSIGHT
    assert (insight["result"], insight["is_cached"]) == (None, False)


def test_refresh_computes_and_keeps(api: Api) -> None:
    path = f"dashboards/{api.board('Growth overview')['id']}/"
    computed = api.get(path, refresh="blocking").json()["tiles"][2]
    assert computed["insight"]["result"][0]["label"] in ("web", "mobile")
    assert not computed["is_cached"]
    cached = api.get(path).json()["tiles"][2]
    assert cached["is_cached"]
    assert cached["insight"]["result"] == computed["insight"]["result"]
    assert cached["last_refresh"] == computed["last_refresh"]
    again = api.get(path, refresh="force_blocking").json()["tiles"][2]
    assert again["last_refresh"] > computed["last_refresh"]


def test_overrides(api: Api) -> None:
    path = f"dashboards/{api.board('Growth overview')['id']}/"
    shown = api.get(path, filters_override=json.dumps({"date_from": "-3d"})).json()
    assert (shown["filters"], shown["persisted_filters"]) == ({"date_from": "-3d"}, None)
    source = shown["tiles"][2]["insight"]["query"]["source"]
    assert source["dateRange"]["date_from"] == "-3d"
    for name in ("filters_override", "variables_override", "tile_filters_override"):
        bad = api.get(path, **{name: "{"})
        assert (bad.status_code, bad.json()["detail"], bad.json()["attr"]) == (
            400,
            f"Invalid JSON passed in {name} parameter",
            name,
        )
        assert api.get(path, **{name: "[1]"}).status_code == 400


def test_an_unknown_table_refuses_the_whole_detail(api: Api) -> None:
    path = f"dashboards/{api.board('Orders (broken)')['id']}/"
    assert api.get(path).status_code == 200
    answer = api.get(path, refresh="blocking")
    assert (answer.status_code, answer.json()["detail"]) == (400, "Unknown table `orders`.")


def test_patch_changes_what_it_names(api: Api) -> None:
    before = api.get("dashboards/1/").json()
    answer = api.patch("dashboards/1/", {"name": "Renamed", "tags": ["A", "a "], "filters": {}})
    after = answer.json()
    assert (after["name"], after["tags"]) == ("Renamed", ["a"])
    assert after["description"] == before["description"]
    assert after["last_accessed_at"] == before["last_accessed_at"]
    assert api.patch("dashboards/1/", {"tags": []}).json()["tags"] == []
    put = api.send("PUT", "dashboards/1/", json={"pinned": False})
    assert (put.status_code, put.json()["pinned"], put.json()["name"]) == (200, False, "Renamed")


def test_patch_tiles_moves_and_skips_strangers_in_silence(api: Api) -> None:
    tiles = api.get("dashboards/1/").json()["tiles"]
    stranger = api.get("dashboards/2/").json()["tiles"][0]
    box = {"x": 0, "y": 40, "w": 6, "h": 5}
    answer = api.patch(
        "dashboards/1/",
        {
            "tiles": [
                {"id": tiles[1]["id"], "layouts": {"sm": box}, "color": "green"},
                {"id": stranger["id"], "layouts": {"sm": box}},
                {"id": 99_999, "layouts": {"sm": box}},
            ]
        },
    )
    moved = answer.json()["tiles"][-1]
    assert (moved["id"], moved["layouts"], moved["color"]) == (
        tiles[1]["id"],
        {"sm": box},
        "green",
    )
    assert api.get("dashboards/2/").json()["tiles"][0]["layouts"] == stranger["layouts"]
    hidden = api.patch("dashboards/1/", {"tiles": [{"id": moved["id"], "deleted": True}]})
    assert moved["id"] not in [tile["id"] for tile in hidden.json()["tiles"]]
    shown = api.patch("dashboards/1/", {"tiles": [{"id": moved["id"], "deleted": False}]})
    assert moved["id"] in [tile["id"] for tile in shown.json()["tiles"]]


def test_a_text_tile_is_made_edited_and_checked(api: Api) -> None:
    made = api.patch("dashboards/2/", {"tiles": [{"text": {"body": "# Hi"}, "layouts": {}}]})
    tile = next(tile for tile in made.json()["tiles"] if tile["text"])
    assert (tile["text"]["body"], tile["text"]["created_by"]["email"]) == (
        "# Hi",
        "mara@example.com",
    )
    edit = {"id": tile["id"], "text": {"id": tile["text"]["id"], "body": "Bye"}}
    edited = api.patch("dashboards/2/", {"tiles": [edit]}).json()["tiles"]
    assert [tile["text"]["body"] for tile in edited if tile["text"]] == ["Bye"]
    # With the tile's id alone, the tile stays and holds a new text.
    alone = {"id": tile["id"], "text": {"body": "Again"}, "color": "blue"}
    replaced = [
        t for t in api.patch("dashboards/2/", {"tiles": [alone]}).json()["tiles"] if t["text"]
    ]
    assert [(t["id"], t["text"]["body"], t["color"]) for t in replaced] == [
        (tile["id"], "Again", "blue")
    ]
    assert replaced[0]["text"]["id"] != tile["text"]["id"]
    long = api.patch("dashboards/2/", {"tiles": [{"text": {"body": "x" * 4001}}]})
    assert (long.json()["code"], long.json()["attr"]) == ("max_length", "text__body")
    unknown = api.patch("dashboards/2/", {"tiles": [{"text": {"id": 999, "body": "x"}}]})
    assert unknown.json()["detail"] == "Text tile not found in this team."
    left = next(row for row in api.get("dashboards/").json()["results"] if is_gwens(row))
    text = {"body": "x", "created_by": {"id": left["created_by"]["id"]}}
    stranger = api.patch("dashboards/2/", {"tiles": [{"text": text}]})
    assert stranger.json()["detail"] == "User not found in this organization."
    color = api.patch("dashboards/2/", {"tiles": [{"id": tile["id"], "color": []}]})
    assert (color.status_code, color.json()["attr"]) == (400, "color")


def is_gwens(row: dict[str, Any]) -> bool:
    """Made by somebody who is no member any more."""
    return (row["created_by"] or {}).get("email") == "gwen@example.com"


def test_delete_is_405_and_empty_even_for_nothing(api: Api) -> None:
    for key in ("1", "99999"):
        answer = api.send("DELETE", f"dashboards/{key}/")
        assert (answer.status_code, answer.content) == (405, b"")
        assert "content-type" not in answer.headers


def test_soft_delete_and_a_restore_that_revives_too_much(api: Api) -> None:
    tiles = api.get("dashboards/1/").json()["tiles"]
    api.patch("dashboards/1/", {"tiles": [{"id": tiles[0]["id"], "deleted": True}]})
    gone = api.patch("dashboards/1/", {"deleted": True}).json()
    assert (gone["deleted"], gone["tiles"]) == (True, [])
    assert api.get("dashboards/1/").status_code == 404
    assert api.patch("dashboards/1/", {"name": "x"}).status_code == 404
    assert api.get("dashboards/").json()["count"] == len(SAMPLE) - 1
    back = api.patch("dashboards/1/", {"deleted": False}).json()
    assert len(back["tiles"]) == len(tiles)


def test_restricted_dashboards_are_for_their_people(api: Api) -> None:
    revenue = api.board("Revenue")
    member = api.as_user("member")
    seen = member.board("Revenue")
    assert (seen["effective_privilege_level"], seen["user_access_level"]) == (21, "viewer")
    assert revenue["effective_privilege_level"] == 37
    refused = member.patch(f"dashboards/{revenue['id']}/", {"name": "Mine"})
    assert (refused.status_code, refused.json()["detail"]) == (
        403,
        "You don't have edit permissions for this dashboard.",
    )
    level = member.patch("dashboards/1/", {"restriction_level": 21})
    assert level.status_code == 403
    assert level.json()["detail"].startswith("Only the dashboard owner and project admins")
