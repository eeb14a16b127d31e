"""``dashwidgets record``, ``compare`` and ``publish``, typed as a user types them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

import dashwidgets as dw
from tests.commands.conftest import Run
from tests.local import Running
from tests.recordings.rounds import WEEK, TileFailed, recorded, series, trend


def test_record_then_compare_with_the_live_board(run: Run, tmp_path: Path) -> None:
    made = run("record", "Growth overview", "2", "--folder", str(tmp_path))
    assert made.exit_code == 0, made.output
    files = sorted(tmp_path.glob("*.dwr"))
    assert [file.name.split(".")[0] for file in files] == [
        "1-growth-overview",
        "2-acquisition-by-channel",
    ]
    again = run("record", "1", "--folder", str(tmp_path), "--fresh", "1h")
    assert again.output.strip() == str(files[0])
    same = run("compare", str(files[0]), "1", "--fail-on", "20%")
    assert same.exit_code == 0, same.output
    assert same.output.splitlines()[-1] == "6 tiles: 6 same."


@pytest.fixture
def two(tmp_path: Path) -> tuple[str, str]:
    later = {day: value * 2 for day, value in WEEK.items()}
    recorded(trend(1, "Signups", [series("a", WEEK)])).save(tmp_path / "a.dwr")
    recorded(trend(1, "Signups", [series("a", later)])).save(tmp_path / "b.dwr")
    return str(tmp_path / "a.dwr"), str(tmp_path / "b.dwr")


def test_exit_codes_for_cron(run: Run, two: tuple[str, str], tmp_path: Path) -> None:
    assert run("compare", *two).exit_code == 0
    assert run("compare", *two, "--fail-on", "120%").exit_code == 0
    moved = run("compare", *two, "--fail-on", "20%")
    assert moved.exit_code == 1
    assert "Alert: Signups 4 -> 8" in moved.stderr
    failed = tmp_path / "failed.dwr"
    recorded(TileFailed(1, 0, "Out of memory.")).save(failed)
    unknown = run("compare", two[0], str(failed), "--fail-on", "20%")
    assert unknown.exit_code == 2
    assert "Out of memory" in unknown.stderr
    assert run("compare", two[0], str(tmp_path / "gone.dwr")).exit_code == 2
    assert run("compare", *two, "--fail-on", "much").exit_code == 2


def test_formats(run: Run, two: tuple[str, str], tmp_path: Path) -> None:
    found = json.loads(run("compare", *two, "--format", "json").output)
    assert found["complete"] is True
    assert [row["share"] for row in found["tiles"]] == [1.0]
    assert len(found["numbers"]) == 7
    assert "| Signups | 4 | 8 | +100.0% |" in run("compare", *two, "--format", "markdown").output
    page = tmp_path / "changes.html"
    assert run("compare", *two, "--format", "html", "--output", str(page)).exit_code == 0
    assert page.read_text(encoding="utf-8").startswith("<!doctype html>")
    assert run("compare", *two, "--format", "html").exit_code == 2


def test_publish(run: Run, two: tuple[str, str], tmp_path: Path) -> None:
    page = tmp_path / "growth.html"
    assert run("publish", "Growth overview", "--output", str(page)).exit_code == 0
    assert page.stat().st_size < 1_000_000
    assert "Daily signups" in run("publish", "1", "--format", "markdown").output
    failed = tmp_path / "failed.dwr"
    recorded(TileFailed(1, 0, "Out of memory.")).save(failed)
    broken = run("publish", str(failed), "--output", str(page))
    assert broken.exit_code == 1
    assert "1 failed" in broken.stderr


def test_many_boards_resume(server: Running, tmp_path: Path) -> None:
    with dw.connect(server.url, server.keys["owner"], server.project_id) as ph:
        first = ph.record(["Growth overview"], tmp_path)
        second = ph.record([1, 2, ph.dashboard(2)], tmp_path)
        assert list(second.kept) == [1]
        assert list(second.files) == [2]
        assert second.kept[1] == first.files[1]
        assert second.complete
        assert repr(second) == "Recorded(1 written, 1 were there)"
        assert len(ph.record([1], tmp_path, fresh="0s").files) == 1
        with pytest.raises(dw.ConfigurationError, match="fresh must be"):
            ph.record([1], tmp_path, fresh="a while")
