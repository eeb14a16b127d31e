"""Move, copy, reorder, remove and write tiles (contract 8.13, 9.2 to 9.6)."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from dashwidgets.embedded.resources.tiles import grid
from tests.embedded.conftest import Api


def tiles(api: Api, board: int) -> list[dict[str, Any]]:
    return api.get(f"dashboards/{board}/").json()["tiles"]


def ids(api: Api, board: int) -> list[int]:
    return [tile["id"] for tile in tiles(api, board)]


@pytest.mark.parametrize("spelling", ["to_dashboard", "toDashboard"])
@pytest.mark.parametrize("method", ["PATCH", "POST"])
def test_a_tile_moves_as_it_is(api: Api, spelling: str, method: str) -> None:
    tile = tiles(api, 1)[2]
    body = {spelling: 4, "tile": tile}
    answer = api.send(method, "dashboards/1/move_tile/", json=body)
    assert answer.status_code == 200
    assert answer.json()["id"] == 1
    assert tile["id"] not in [other["id"] for other in answer.json()["tiles"]]
    there = next(other for other in tiles(api, 4) if other["id"] == tile["id"])
    assert there["layouts"] == tile["layouts"]
    assert there["insight"]["dashboards"] == [4, 22, 23]


@pytest.mark.parametrize(
    ("body", "status", "code", "attr"),
    [
        ({"tile": {"id": 2}}, 400, "required", "to_dashboard"),
        ({"to_dashboard": 4}, 400, "required", "tile"),
        ({"to_dashboard": 4, "tile": {}}, 400, "required", "tile__id"),
        ({"to_dashboard": "x", "tile": {"id": 2}}, 400, "invalid_input", "to_dashboard"),
        ({"to_dashboard": 4, "tile": {"id": "x"}}, 400, "invalid_input", "tile__id"),
        ({"to_dashboard": 4, "tile": 2}, 400, "invalid_input", "tile__non_field_errors"),
        ({"to_dashboard": 4, "tile": None}, 400, "null", "tile"),
        ({"to_dashboard": None, "tile": {"id": 2}}, 400, "null", "to_dashboard"),
        ({"to_dashboard": 999, "tile": {"id": 2}}, 404, "not_found", None),
        ({"to_dashboard": 4, "tile": {"id": 999}}, 404, "not_found", None),
    ],
)
def test_a_move_that_can_not_be(
    api: Api, body: dict[str, Any], status: int, code: str, attr: str | None
) -> None:
    answer = api.patch("dashboards/1/move_tile/", body)
    assert (answer.status_code, answer.json()["code"], answer.json()["attr"]) == (
        status,
        code,
        attr,
    )


def test_a_move_onto_its_twin_is_refused_unless_the_twin_was_removed(api: Api) -> None:
    known = ids(api, 4)
    tile = ids(api, 1)[2]
    api.post("dashboards/4/copy_tile/", {"fromDashboardId": 1, "tileId": tile})
    body = {"to_dashboard": 4, "tile": {"id": tile}}
    refused = api.patch("dashboards/1/move_tile/", body)
    assert refused.json()["detail"] == "Invalid request data for moving tile."
    (twin,) = set(ids(api, 4)) - set(known)
    assert api.post("dashboards/4/delete_tile/", {"tile_id": twin}).status_code == 204
    assert api.patch("dashboards/1/move_tile/", body).status_code == 200
    assert tile in ids(api, 4)
    assert api.patch("dashboards/4/move_tile/", body).status_code == 200


def test_two_moves_at_the_same_time_leave_a_tile_on_one_dashboard(api: Api) -> None:
    for tile in ids(api, 2):
        with ThreadPoolExecutor(8) as pool:
            answers = list(
                pool.map(
                    lambda to, tile=tile: (
                        api.patch(
                            "dashboards/2/move_tile/", {"to_dashboard": to, "tile": {"id": tile}}
                        ).status_code
                    ),
                    [3, 4, 5, 6, 7, 8],
                )
            )
        assert sorted(answers) == [200, 404, 404, 404, 404, 404]
        assert sum(tile in ids(api, board) for board in range(2, 9)) == 1


def test_moving_needs_rights_on_both_sides(api: Api) -> None:
    member = api.as_user("member")
    revenue = api.board("Revenue")["id"]
    body = {"to_dashboard": revenue, "tile": {"id": ids(api, 1)[2]}}
    refused = member.patch("dashboards/1/move_tile/", body)
    assert refused.json()["detail"] == (
        "You don't have edit permissions for the destination dashboard."
    )


def test_copies_share_what_they_show(api: Api) -> None:
    tile = tiles(api, 1)[2]
    answer = api.post("dashboards/4/copy_tile/", {"fromDashboardId": 1, "tileId": tile["id"]})
    copy = next(t for t in answer.json()["tiles"] if t["insight"]["id"] == tile["insight"]["id"])
    assert copy["id"] != tile["id"]
    assert sorted(copy["insight"]["dashboards"]) == [1, 4, 22, 23]
    again = api.post("dashboards/4/copy_tile/", {"fromDashboardId": 1, "tileId": tile["id"]})
    assert again.json()["detail"] == "This insight is already on the destination dashboard."
    same = api.post("dashboards/1/copy_tile/", {"fromDashboardId": 1, "tileId": tile["id"]})
    assert same.json()["detail"] == "Destination must be a different dashboard than the source."


def test_reorder_packs_as_the_contract_shows(api: Api) -> None:
    made = api.post("dashboards/").json()["id"]
    for _ in range(4):
        api.post(f"dashboards/{made}/create_text_tile/", {"body": "x"})
    a, b, c, d = ids(api, made)
    sizes = {a: (12, 1), b: (4, 3), c: (6, 5), d: (6, 5)}
    patches = [{"id": k, "layouts": {"sm": {"w": w, "h": h}}} for k, (w, h) in sizes.items()]
    api.patch(f"dashboards/{made}/", {"tiles": patches})
    body = api.post(f"dashboards/{made}/reorder_tiles/", {"tile_order": [a, b, c, d]}).json()

    def boxes(size: str) -> list[tuple[int, ...]]:
        by_id = {tile["id"]: tile["layouts"][size] for tile in body["tiles"]}
        return [tuple(by_id[key][side] for side in "xywh") for key in (a, b, c, d)]

    assert boxes("sm") == [(0, 0, 12, 1), (0, 1, 4, 3), (4, 1, 6, 5), (0, 6, 6, 5)]
    assert boxes("xs") == [(0, 0, 1, 1), (0, 1, 1, 3), (0, 4, 1, 5), (0, 9, 1, 5)]
    order = {"tile_order": [a, c, b], "layout": "two_column"}
    body = api.post(f"dashboards/{made}/reorder_tiles/", order).json()
    assert boxes("sm")[:3] == [(0, 0, 6, 5), (0, 5, 6, 5), (6, 0, 6, 5)]


@pytest.mark.parametrize(
    ("body", "status", "answer"),
    [
        ({"tile_order": [2, 2]}, 400, {"detail": "tile_order must contain unique tile IDs"}),
        (
            {"tile_order": [2, 999, 998]},
            404,
            {"detail": "Tile IDs not found on this dashboard: [998, 999]"},
        ),
    ],
)
def test_reorder_words_its_own_errors(
    api: Api, body: dict[str, Any], status: int, answer: dict[str, str]
) -> None:
    refused = api.post("dashboards/1/reorder_tiles/", body)
    assert (refused.status_code, refused.json()) == (status, answer)


def test_reorder_checks_its_shape(api: Api) -> None:
    def attr(body: dict[str, Any]) -> tuple[str, str | None]:
        answer = api.post("dashboards/1/reorder_tiles/", body).json()
        return answer["code"], answer["attr"]

    assert attr({}) == ("required", "tile_order")
    assert attr({"tile_order": []}) == ("min_length", "tile_order")
    assert attr({"tile_order": [2, "x"]}) == ("invalid_input", "tile_order__1")
    assert attr({"tile_order": [2], "layout": "x"}) == ("invalid_choice", "layout")


def test_a_size_that_is_no_whole_positive_number_counts_as_none() -> None:
    odd = [{"sm": {"w": 2.5, "h": "3"}}, {"sm": {"w": 40, "h": 0}}, {"sm": {"w": True, "h": -1}}]
    boxes = [one["sm"] for one in grid.reordered(odd, "preserve")]
    assert [(box["w"], box["h"]) for box in boxes] == [(6, 5), (12, 5), (6, 5)]


def test_compaction_jumps_over_what_is_in_the_way() -> None:
    boxes = [
        {"sm": {"x": 0, "y": 3, "w": 6, "h": 2}},
        {"sm": {"x": 3, "y": 9, "w": 6, "h": 1, "minW": 2}, "xs": {"x": 0, "y": 4, "w": 1, "h": 1}},
        {"sm": {"x": 9, "y": 7, "w": 3, "h": 1}},
        {},
    ]
    packed = grid.compacted(boxes)
    assert [one.get("sm", {}).get("y") for one in packed] == [0, 2, 0, None]
    assert packed[1]["sm"]["minW"] == 2
    assert packed[1]["xs"]["y"] == 0


def test_a_removed_tile_leaves_no_gap(api: Api) -> None:
    before = tiles(api, 1)
    assert api.post("dashboards/1/delete_tile/", {"tile_id": before[0]["id"]}).status_code == 204
    after = tiles(api, 1)
    assert len(after) == len(before) - 1
    assert min(tile["layouts"]["sm"]["y"] for tile in after) == 0
    again = api.post("dashboards/1/delete_tile/", {"tile_id": before[0]["id"]})
    assert again.status_code == 404
    listed = api.get("insights/", basic="true", limit=100).json()["results"]
    assert len(listed) == 47


def test_text_tiles(api: Api) -> None:
    layouts = {"sm": {"x": 0, "y": 0, "w": 2, "h": 2, "q": 1}, "md": {}}
    made = api.post("dashboards/4/create_text_tile/", {"body": " *hi* ", "layouts": layouts})
    assert (made.status_code, made.json()["order"]) == (201, None)
    assert made.json()["text"]["body"] == " *hi* "
    assert made.json()["layouts"] == {"sm": {"x": 0, "y": 0, "w": 2, "h": 2}}
    key = made.json()["id"]
    changed = api.post("dashboards/4/update_text_tile/", {"tile_id": key, "color": "blue"})
    assert (changed.json()["color"], changed.json()["text"]["body"]) == ("blue", " *hi* ")
    for body, code, attr in (
        ({"body": ""}, "blank", "body"),
        ({}, "required", "body"),
        ({"body": "x" * 4001}, "max_length", "body"),
        ({"body": "x", "color": "c" * 401}, "invalid_input", "color"),
    ):
        refused = api.post("dashboards/4/create_text_tile/", body).json()
        assert (refused["code"], refused["attr"]) == (code, attr)
    insight = next(tile for tile in tiles(api, 4) if tile["insight"])
    wrong = api.post("dashboards/4/update_text_tile/", {"tile_id": insight["id"], "body": "x"})
    assert wrong.json()["detail"] == "Tile is not a text tile."


def test_run_insights_gives_results_and_leaves_no_trace(api: Api) -> None:
    before = api.board("Growth overview")["last_accessed_at"]
    answer = api.get("dashboards/1/run_insights/", refresh="blocking", output_format="json").json()
    assert [set(row["insight"]) for row in answer["results"]] == [
        {"id", "short_id", "name", "derived_name", "result"}
    ] * 6
    assert all(row["insight"]["result"] for row in answer["results"])
    assert api.board("Growth overview")["last_accessed_at"] == before
