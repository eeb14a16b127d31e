"""A round in a file: all of it, the same every time, and nobody's address."""

from __future__ import annotations

import json
import subprocess
import sys
import time
import zipfile
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

import dashwidgets as dw
from tests.recordings.rounds import WEEK, TileFailed, recorded, series, trend

FILES = Path(__file__).parent / "files"


def test_a_board_is_recorded_and_read_back(shared: dw.Project, tmp_path: Path) -> None:
    board = shared.dashboard("Growth overview")
    run = board.record(tmp_path / "growth.dwr")
    again = dw.Recording.read(tmp_path / "growth.dwr")
    assert run.complete
    assert again.name == "Growth overview"
    assert list(again.results) == list(board.results())
    for name, frame in again.results.items():
        pd.testing.assert_frame_equal(frame, run.results[name])
    pd.testing.assert_frame_equal(again.events, run.events)
    pd.testing.assert_frame_equal(again.numbers, run.numbers)
    assert again.numbers.attrs == {"complete": True, "unread": {}}


def test_a_watch_is_recorded_without_another_request(shared: dw.Project, tmp_path: Path) -> None:
    live = shared.dashboard("Growth overview").watch().wait(60)
    spent = shared.client.requests_spent
    run = live.record(tmp_path / "growth.dwr")
    assert shared.client.requests_spent == spent
    assert run.events.equals(live.events)
    assert run.manifest.origin.host == shared.client.host


def test_any_zip_and_json_reader_reads_it(shared: dw.Project, tmp_path: Path) -> None:
    shared.dashboard("Growth overview").record(tmp_path / "growth.dwr")
    with zipfile.ZipFile(tmp_path / "growth.dwr") as archive:
        manifest = json.loads(archive.read("recording.json"))
        tiles = [json.loads(archive.read(tile["file"])) for tile in manifest["tiles"]]
    assert manifest["kind"] == "dashwidgets.recording"
    assert manifest["format"] == 1
    assert [tile["id"] for tile in tiles] == [tile["id"] for tile in manifest["tiles"]]


def test_nobody_is_in_it_unless_asked(shared: dw.Project, tmp_path: Path) -> None:
    board = shared.dashboard("Growth overview")
    plain = _text(board.record().to_bytes(), tmp_path)
    full = _text(board.record(people=True).to_bytes(), tmp_path)
    assert "@example.com" not in plain
    assert "created_by" not in plain
    assert "@example.com" in full
    assert "phx_" not in plain + full  # how every key begins


def test_the_same_round_gives_the_same_bytes() -> None:
    run = recorded(trend(1, "Signups", [series("signed_up", WEEK)]))
    assert run.to_bytes() == run.to_bytes()


def test_what_failed_and_what_did_not_come_is_said(tmp_path: Path) -> None:
    tiles = (trend(1, "Signups", [series("signed_up", WEEK)]), TileFailed(2, 1, "No such table."))
    run = recorded(*tiles, complete=False).save(tmp_path / "cut.dwr")
    again = dw.Recording.read(run.path or "")
    assert not again.complete
    assert again.failed == 1
    assert "INCOMPLETE" in repr(again)
    assert again.numbers.attrs == {"complete": False, "unread": {2: "No such table."}}
    assert again.results[2].attrs["reason"] == "No such table."


def test_format_1_is_readable_for_ever() -> None:
    run = dw.Recording.read(FILES / "format-1.dwr")
    assert run.complete
    assert run.name == "Board"
    assert run.taken_at.isoformat() == "2026-11-29T12:00:00+00:00"
    assert run.numbers["value"].tolist() == list(WEEK.values())
    assert run.results["Signups"]["value"].tolist() == list(WEEK.values())


def test_killed_while_writing_leaves_whole_files_only(tmp_path: Path) -> None:
    script = (
        "import sys; from tests.recordings.rounds import *\n"
        "run = recorded(*[trend(n, f'T{n}', [series('a', WEEK)]) for n in range(1, 60)])\n"
        "print('go', flush=True)\n"
        "while True: run.save(sys.argv[1])\n"
    )
    path = tmp_path / "board.dwr"
    for after in (0.0, 0.01, 0.03, 0.07):
        command = [sys.executable, "-c", script, str(path)]
        with subprocess.Popen(command, stdout=subprocess.PIPE, cwd=FILES.parents[2]) as process:
            assert process.stdout is not None
            process.stdout.readline()
            time.sleep(after)
            process.kill()
        if path.exists():
            assert len(dw.Recording.read(path).tiles) == 59
    recorded(trend(1, "T", [series("a", WEEK)])).save(path)
    assert [found.name for found in tmp_path.iterdir()] == ["board.dwr"]


def _text(data: bytes, folder: Path) -> str:
    path = folder / "some.dwr"
    path.write_bytes(data)
    with zipfile.ZipFile(path) as archive:
        return "".join(archive.read(name).decode() for name in archive.namelist())


def test_bad_input_is_refused_before_anything_is_sent(shared: dw.Project) -> None:
    spent = shared.client.requests_spent
    refresh: Any = "everything"
    with pytest.raises(dw.ConfigurationError):
        shared.dashboard(1).record(refresh=refresh)
    assert shared.client.requests_spent - spent <= 1  # finding the board by its id
