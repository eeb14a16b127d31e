"""The sample: synthetic, the same every day apart from the dates, and with faults to find."""

from __future__ import annotations

import re
from collections import Counter
from datetime import date, timedelta
from itertools import combinations, pairwise
from pathlib import Path
from typing import Any

import duckdb
import pandas as pd
import pytest

from dashwidgets.embedded.sample import (
    SAMPLE,
    SampleDashboard,
    SampleTile,
    dashboards,
    events_path,
)
from dashwidgets.embedded.sample.events import DAYS, RELEASE_DAY

TODAY = date(2026, 3, 12)
BOARDS = {board.name: board for board in SAMPLE}


def events(path: Path) -> pd.DataFrame:
    return duckdb.read_parquet(str(path), connection=duckdb.connect()).df()


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> pd.DataFrame:
    found = events(events_path(tmp_path_factory.mktemp("events"), TODAY))
    first = pd.Timestamp(TODAY) - pd.Timedelta(days=DAYS)
    return found.assign(day=(found["timestamp"] - first).dt.days)


def test_ninety_days_that_end_yesterday(sample: pd.DataFrame) -> None:
    assert 190_000 < len(sample) < 215_000
    assert sorted(sample["day"].unique()) == list(range(DAYS))
    assert sample["timestamp"].max() < pd.Timestamp(TODAY)
    assert sample["uuid"].is_unique


def test_another_day_has_the_same_numbers(sample: pd.DataFrame, tmp_path: Path) -> None:
    later = events(events_path(tmp_path, TODAY + timedelta(days=3)))
    moved = later.assign(timestamp=later["timestamp"] - pd.Timedelta(days=3))
    pd.testing.assert_frame_equal(moved, sample.drop(columns="day"))


def test_a_file_is_made_once_and_older_ones_go(tmp_path: Path) -> None:
    old = events_path(tmp_path, TODAY)
    made = old.stat().st_mtime_ns
    assert events_path(tmp_path, TODAY) == old
    assert old.stat().st_mtime_ns == made
    new = events_path(tmp_path, TODAY + timedelta(days=1))
    assert list(tmp_path.iterdir()) == [new]


def test_nobody_in_it_is_real(sample: pd.DataFrame) -> None:
    assert sample["person.properties.email"].str.endswith("@example.com").all()
    assert sample["properties.$current_url"].str.startswith("https://larkspur.example/").all()


def test_people_behave_like_people(sample: pd.DataFrame) -> None:
    steps = ["$pageview", "signed_up", "created_board", "invited_teammate", "upgraded_plan"]
    reached = [sample.loc[sample["event"] == step, "person_id"].nunique() for step in steps]
    assert all(later < 0.7 * earlier for earlier, later in pairwise(reached))
    views = sample[sample["event"] == "$pageview"].groupby("day").size()
    assert views[views.index % 7 >= 5].mean() < 0.7 * views[views.index % 7 < 5].mean()
    arrived = sample.groupby("person_id")["day"].transform("min")
    signed = sample[sample["event"] == "signed_up"].groupby(arrived)["person_id"].nunique()
    share = signed / sample.groupby(arrived)["person_id"].nunique()
    assert share[share.index >= RELEASE_DAY].mean() > 1.15 * share[share.index < RELEASE_DAY].mean()
    age = sample["day"] - arrived
    back = [sample.loc[age.between(*week), "person_id"].nunique() for week in ((1, 7), (22, 28))]
    assert back[1] < back[0]


def source(tile: SampleTile) -> dict[str, Any]:
    return tile.query["source"] if tile.query else {}


def drawn(tile: SampleTile) -> str:
    return source(tile).get("trendsFilter", {}).get("display", source(tile)["kind"])


@pytest.mark.parametrize(
    "board",
    [board for board in SAMPLE if board.name != "Sprint notes"],
    ids=lambda board: board.name[:24],
)
def test_tiles_lie_beside_one_another(board: SampleDashboard) -> None:
    for tile in board.tiles:
        if tile.layout is None:
            continue
        x, _, width, height = tile.layout
        assert width > 0
        assert height > 0
        assert x + width <= 12
        assert sum(held is not None for held in (tile.text, tile.query, tile.again)) == 1
    for one, other in combinations(board.tiles, 2):
        (x, y, w, h), (x2, y2, w2, h2) = one.layout, other.layout
        apart = x + w <= x2 or x2 + w2 <= x or y + h <= y2 or y2 + h2 <= y
        assert apart, (one.name, other.name)


def test_every_tile_ends_yesterday() -> None:
    ranges = [
        source(tile).get("dateRange") or source(tile)["filters"]["dateRange"]
        for board in SAMPLE
        for tile in board.tiles
        if tile.query
    ]
    assert {dates["date_to"] for dates in ranges} == {"-1d"}


def test_a_breakdown_is_what_its_name_says() -> None:
    columns = {"country": "$geoip_country_code", "channel": "channel", "page": "$pathname"}
    checked = Counter[str]()
    for tile in (tile for board in SAMPLE for tile in board.tiles if tile.query):
        for word, column in columns.items():
            if f"by {word}" in (tile.name or "") and source(tile)["kind"] != "HogQLQuery":
                assert source(tile)["breakdownFilter"]["breakdown"] == column, tile.name
                checked[word] += 1
    assert set(checked) == set(columns)


def test_the_heavy_board_is_real_work_of_every_kind() -> None:
    tiles = [tile for tile in BOARDS["Heavy board"].tiles if tile.query]
    kinds = Counter(drawn(tile) for tile in tiles)
    assert {"ActionsLineGraph", "ActionsBar", "BoldNumber", "FunnelsQuery", "HogQLQuery"} == set(
        kinds
    )
    assert "sleep" not in repr(tiles).lower()


FAULTS = {
    "made by the project and never opened": lambda b: (
        b.name.startswith("Generated Dashboard") and b.opened_days_ago is None
    ),
    "owned by nobody": lambda b: b.owner is None,
    "a copy": lambda b: b.creation_mode == "duplicate" and b.name.removesuffix(" (Copy)") in BOARDS,
    "public and forgotten": lambda b: b.public and (b.opened_days_ago or 0) > 180,
    "not described": lambda b: not b.description,
    "not tagged": lambda b: not b.tags,
    "empty": lambda b: not b.tiles,
}


@pytest.mark.parametrize("fault", FAULTS)
def test_there_is_something_to_find(fault: str) -> None:
    found = [board.name for board in SAMPLE if FAULTS[fault](board)]
    assert found
    assert len(found) < len(SAMPLE)


ATTACKS = re.compile(r"<\w+[^>]*>|javascript:|^[=+@-]|[\x00-\x08\x1b\u202e]|\{\{", re.MULTILINE)


def test_the_first_look_holds_nothing_written_to_attack() -> None:
    assert ATTACKS.search(words(dashboards("product"))) is None
    assert len(set(ATTACKS.findall(words(dashboards("hostile"))))) > 5


def words(boards: tuple[SampleDashboard, ...]) -> str:
    tiles = [tile for board in boards for tile in board.tiles]
    told = [(tile.name, tile.description, tile.text) for tile in tiles]
    lines = [line for board in boards for line in (board.name, board.description, *board.tags)]
    return "\n".join([*lines, *(line for tile in told for line in tile if line)])


def test_the_hostile_sample_adds_to_the_product() -> None:
    assert dashboards("hostile")[: len(SAMPLE)] == dashboards("product") == SAMPLE
    with pytest.raises(ValueError, match="no sample 'nice': choose from product, hostile"):
        dashboards("nice")
