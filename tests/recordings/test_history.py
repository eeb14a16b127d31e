"""A folder of recordings as one history."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import msgspec
import pytest

import dashwidgets as dw
from tests.recordings.rounds import recorded, series, trend

START = datetime(2026, 11, 1, 9, tzinfo=UTC)  # a Sunday


def at(day: int, value: float) -> dw.Recording:
    run = recorded(trend(1, "Signups", [series("a", {"2026-11-01": value})]))
    moment = START + timedelta(days=day)
    return dw.Recording(msgspec.structs.replace(run.manifest, taken_at=moment), run.tiles)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for day, value in enumerate((100, 110, 90, 105, 95, 20, 25, 101, 108, 92, 104, 97, 21, 24)):
        at(day, float(value)).save(tmp_path / f"{day:02}.dwr")
    return tmp_path


def test_all_numbers_over_time(folder: Path) -> None:
    found = dw.history(folder)
    assert len(found.numbers) == 14
    assert found.tiles["value"].tolist()[:3] == [100.0, 110.0, 90.0]
    assert found.tiles["taken_at"].is_monotonic_increasing
    assert "<svg" in found._repr_html_()
    assert len(dw.history(folder, since="2026-11-10").runs) == 5


def test_a_damaged_file_is_said(folder: Path) -> None:
    (folder / "03.dwr").write_bytes(b"nothing")
    found = dw.history(folder)
    assert list(found.unread) == ["03.dwr"]
    assert not found.numbers.attrs["complete"]
    assert "1 UNREAD" in repr(found)


def test_out_of_the_band_of_the_last_recordings(folder: Path) -> None:
    past = dw.history(folder)
    last = past.runs[-1]
    weekday = at(14, 60.0)  # a Sunday: those before had 100 and 101
    comparison = dw.compare(last, weekday)
    assert comparison.alerts(past.band(last=8)).empty  # 20 to 110
    assert len(comparison.alerts(past.band(last=8, by_weekday=True))) == 1
    assert dw.compare(last, at(14, 100.5)).alerts(past.band(last=8, by_weekday=True)).empty
    assert len(dw.compare(last, at(14, 500.0)).alerts(past.band())) == 1
    assert comparison.alerts(past.band()).attrs["unknown"] == []
    assert repr(past.band(4)) == "Band(of the last 4 recordings; margin 0)"


def test_a_tile_without_a_past_is_named_not_passed(folder: Path) -> None:
    past = dw.history(folder)
    other = msgspec.structs.replace(at(14, 500.0).manifest.origin, dashboard_id=8)
    moved = at(14, 500.0)
    elsewhere = replace(moved, manifest=msgspec.structs.replace(moved.manifest, origin=other))
    alerts = dw.compare(past.runs[-1], elsewhere).alerts(past.band())
    assert alerts.empty
    assert alerts.attrs["unknown"] == ["Signups"]


def test_bad_input(tmp_path: Path) -> None:
    with pytest.raises(dw.ConfigurationError, match="not a folder"):
        dw.history(tmp_path / "nowhere")
    with pytest.raises(dw.ConfigurationError, match="since must be a time"):
        dw.history(tmp_path, since="the other day")
    assert repr(dw.history(tmp_path)) == "History(0 recordings)"
