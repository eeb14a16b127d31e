"""The events of a stream, one by one."""

from __future__ import annotations

import json
from typing import Any

import pytest

from dashwidgets.api.errors import UnexpectedAnswer
from dashwidgets.api.stream.events import Complete, Metadata, TileFailed, TileRendered, decoded

TILE = {"id": 3, "insight": {"id": 5, "result": [1]}, "layouts": {}}


def read(event: Any, rank: int = 4) -> list[Any]:
    return decoded(json.dumps(event).encode(), rank)


def test_a_tile_is_read_when_it_is_asked_for() -> None:
    (found,) = read({"type": "tile", "tile": TILE})
    assert isinstance(found, TileRendered)
    assert (found.tile_id, found.order, found.took) == (3, 4, None)
    assert found.tile == TILE
    assert found.result == [1]
    assert json.loads(bytes(found.json)) == TILE
    assert found.size == len(found.raw)
    assert repr(found) == f"TileRendered(tile_id=3, order=4, {found.size:,} bytes)"
    assert read({"type": "tile", "order": 0, "tile": TILE})[0].order == 0


def test_a_board_brings_its_own_tiles() -> None:
    short = {"id": 6, "error": {"message": "broke"}}
    broken = TILE | {"id": 7, "error": {"message": "a stored query that is invalid"}}
    board = {"id": 1, "name": "B", "tiles": [TILE, short, broken, TILE | {"order": 9}]}
    meta, one, failed, whole, placed = read({"type": "metadata", "dashboard": board})
    assert isinstance(meta, Metadata)
    assert meta.dashboard == {"id": 1, "name": "B"}
    assert meta.size > 100
    assert (one.tile, one.order, one.json) == (TILE, 0, one.raw)
    assert failed == TileFailed(6, 1, "broke", failed.size)
    assert failed.size > 10
    assert "took" not in repr(failed)
    assert isinstance(whole, TileRendered)
    assert placed.order == 9
    assert [type(each) for each in read({"type": "metadata", "dashboard": {"tiles": None}})] == [
        Metadata
    ]
    no_insight = {"id": 8, "text": {"body": "x"}, "layouts": {}}
    assert read({"type": "metadata", "dashboard": {"tiles": [no_insight]}})[1].result is None


@pytest.mark.parametrize(
    ("error", "told"),
    [
        ("broke", "broke"),
        ({"message": "broke"}, "broke"),
        ("[ErrorDetail(string='Unknown `a`.', code='x')]", "Unknown `a`."),
        ("[ErrorDetail(string=\"it's\", code='x')]", "it's"),
        (None, "None"),
    ],
)
def test_an_error_is_what_is_meant_for_people(error: Any, told: str) -> None:
    (found,) = read({"type": "error", "tile_id": 3, "error": error})
    assert (found.tile_id, found.order, found.message) == (3, 4, told)
    with pytest.raises(UnexpectedAnswer) as caught:
        read({"type": "error", "error": error})
    assert f"the server gave up ({told})" in str(caught.value)


def test_the_end_and_what_is_not_known() -> None:
    assert read({"type": "complete"}) == [Complete()]
    for other in ({"type": "from the future"}, {}, {"type": "tile"}, {"type": "metadata"},
                  {"type": "x", "tile_id": 3}):  # fmt: skip
        assert read(other) == []
    for broken in (b"{", b"[]", b"\xff", b'{"type": "tile", "tile": {"id": "x"}}'):
        with pytest.raises(UnexpectedAnswer):
            decoded(broken, 0)
