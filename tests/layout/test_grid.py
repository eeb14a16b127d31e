"""The grid is react-grid-layout's: 2,000 moves and resizes that the library itself has made."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from dashwidgets.layout import grid
from dashwidgets.layout.grid import Box

MADE = json.loads((Path(__file__).parents[2] / "js/src/arrange/layouts.json").read_bytes())


def boxes(flat: list[int]) -> dict[int, Box]:
    found = zip(flat[::4], flat[1::4], flat[2::4], flat[3::4], strict=True)
    return {at: {"x": x, "y": y, "w": w, "h": h} for at, (x, y, w, h) in enumerate(found, 1)}


def flat(found: dict[int, Box]) -> list[int]:
    return [box[side] for box in found.values() for side in ("x", "y", "w", "h")]


def test_there_are_two_thousand() -> None:
    assert sum(len(board["steps"]) for board in MADE) == 2_000
    verbs = [step[0] for board in MADE for step in board["steps"]]
    assert verbs.count("resize") > 400 < verbs.count("move")


@pytest.mark.parametrize("at", range(len(MADE)))
def test_every_step_ends_like_the_library(at: int) -> None:
    board: dict[str, Any] = MADE[at]
    layout = grid.compacted(boxes(board["start"]))
    assert flat(layout) == board["compact"]
    expected: list[int] = board["compact"]
    for verb, tile, one, other, changed in board["steps"]:
        expected = list(expected)
        for index, value in zip(changed[::2], changed[1::2], strict=True):
            expected[index] = value
        make = grid.moved if verb == "move" else grid.resized
        layout = make(layout, tile, one, other)
        assert flat(layout) == expected, (verb, tile, one, other)
