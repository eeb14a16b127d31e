"""Server-Sent Events of tiles, as they are rendered (contract 8.14)."""

from __future__ import annotations

import itertools
import json
import time
from typing import Any

import httpx

from tests.embedded.conftest import Api
from tests.local import Running


def events(text: str) -> list[dict[str, Any]]:
    assert text.endswith("\n\n")
    found: list[dict[str, Any]] = []
    for block in text.removesuffix("\n\n").split("\n\n"):
        assert block.startswith("data: ")
        assert "\n" not in block
        found.append(json.loads(block.removeprefix("data: ")))
    return found


def test_metadata_with_two_tiles_then_the_rest_in_order(api: Api) -> None:
    board = api.board("Growth overview")
    answer = api.get(f"dashboards/{board['id']}/stream_tiles/", refresh="blocking")
    assert answer.headers["content-type"] == "text/event-stream"
    first, *tiles, last = events(answer.text)
    assert first["type"] == "metadata"
    assert [tile["order"] for tile in first["dashboard"]["tiles"]] == [0, 1]
    assert [(e["type"], e["order"], e["tile"]["order"]) for e in tiles] == [
        ("tile", n, n) for n in range(2, 7)
    ]
    assert last == {"type": "complete"}
    assert api.board("Growth overview")["last_accessed_at"] > board["last_accessed_at"]


def test_a_failed_tile_is_an_error_event_and_the_stream_goes_on(api: Api) -> None:
    key = api.board("Orders (broken)")["id"]
    *_, failed, last = events(api.get(f"dashboards/{key}/stream_tiles/", refresh="blocking").text)
    assert (failed["type"], failed["error"]) == (
        "error",
        "[ErrorDetail(string='Unknown table `orders`.', code='unknown_table')]",
    )
    assert last == {"type": "complete"}


def test_a_failed_tile_among_the_first_two_is_inside_the_metadata(api: Api) -> None:
    key = api.board("Orders (broken)")["id"]
    tiles = api.get(f"dashboards/{key}/").json()["tiles"]
    top = {"sm": {"x": 0, "y": -1, "w": 6, "h": 5}}
    api.patch(f"dashboards/{key}/", {"tiles": [{"id": tiles[2]["id"], "layouts": top}]})
    first = events(api.get(f"dashboards/{key}/stream_tiles/", refresh="blocking").text)[0]
    failed = first["dashboard"]["tiles"][0]
    assert set(failed) == {"id", "error"}
    assert failed["error"]["type"] == "ValidationError"


def test_what_can_be_refused_is_refused_before_the_first_byte(api: Api) -> None:
    assert api.get("dashboards/999/stream_tiles/").status_code == 404
    bad = api.get("dashboards/1/stream_tiles/", filters_override="{")
    assert (bad.status_code, bad.json()["attr"]) == (400, "filters_override")


def test_an_empty_board_streams_its_metadata_and_its_end(api: Api) -> None:
    key = api.board("Untitled experiment")["id"]
    first, last = events(api.get(f"dashboards/{key}/stream_tiles/").text)
    assert (first["dashboard"]["tiles"], last) == ([], {"type": "complete"})


def test_each_tile_is_sent_when_its_query_is_done(served: Running) -> None:
    """Over a real socket: most of the time of a heavy board lies between its events."""
    headers = {"Authorization": f"Bearer {served.keys['owner']}"}
    base = f"{served.url}/api/projects/{served.project_id}/dashboards/"
    with httpx.Client(headers=headers, timeout=60) as http:
        boards = http.get(base, params={"search": "Heavy board"}).json()["results"]
        url = f"{base}{boards[0]['id']}/stream_tiles/?refresh=force_blocking"
        moments: list[float] = []
        began = time.monotonic()
        with http.stream("GET", url) as answer:
            for line in answer.iter_lines():
                if line:
                    moments.append(time.monotonic() - began)
    gaps = [later - earlier for earlier, later in itertools.pairwise(moments)]
    assert len(moments) == 11  # metadata with two, nine more, complete: 1 + 9 + 1
    assert moments[0] < moments[-1] / 2
    assert sum(gap > moments[-1] / 100 for gap in gaps) >= 3
