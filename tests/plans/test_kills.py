"""Killed at any point, a run knows what it did: it can be finished, and taken back whole."""

from __future__ import annotations

import json
import random
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path
from typing import Any

import dashwidgets as dw
from benchmarks.large_project import fill
from tests.conftest import serve

BOARDS, CHANGES, KILLS = 50, 200, 50


def dump(folder: Path) -> dict[str, list[Any]]:
    """Every row of every table; JSON by its value, however it is spaced."""
    with closing(sqlite3.connect(folder / "project.sqlite3")) as database:
        tables = database.execute("SELECT name FROM sqlite_master WHERE type='table'").fetchall()
        return {
            name: [
                tuple(map(value_of, row))
                for row in database.execute(f"SELECT * FROM {name} ORDER BY 1").fetchall()
            ]
            for (name,) in tables
            if name != "activity_log"  # what was done and undone stays in it
        }


def value_of(cell: Any) -> Any:
    is_json = isinstance(cell, str) and cell[:1] in ("[", "{")
    return json.loads(cell) if is_json else cell


def differing(a: dict[str, list[Any]], b: dict[str, list[Any]]) -> list[Any]:
    """Rows of one dump that are not in the other, with their table."""
    assert a.keys() == b.keys()
    both = [(name, row) for name in a for row in [*a[name], *b[name]]]
    return [(name, row) for name, row in both if (row in a[name]) != (row in b[name])]


def test_killed_at_fifty_points(tmp_path: Path, state: Path) -> None:
    data = tmp_path / "data"
    with (
        serve("--data-dir", str(data)) as served,
        dw.connect(served.url, served.keys["owner"], served.project_id) as ph,
    ):
        fill(data, BOARDS + len(ph.dashboards()), 0)
        command = [sys.executable, "-m", "tests.plans.killed", served.url]
        command += [served.keys["owner"], str(served.project_id)]
        pipe = subprocess.PIPE
        with subprocess.Popen(command, stdin=pipe, stdout=pipe, text=True) as killer:
            assert killer.stdin is not None
            try:
                _rounds(ph, data, killer)
            finally:
                killer.stdin.close()


def _rounds(ph: dw.Project, data: Path, killer: subprocess.Popen[str]) -> None:
    before = dump(data)
    cut = 0
    points = random.Random(6).choices(range(1, 2 * BOARDS), k=KILLS)
    for number, lines in enumerate(points):
        assert killer.stdin is not None
        assert killer.stdout is not None
        killer.stdin.write(f"kill-{number} {lines}\n")
        killer.stdin.flush()
        assert killer.stdout.readline() == "over\n"
        run = ph.journal().frame.iloc[0]
        cut += run["state"] == "cut off"
        done = ph.journal().resume(run["run"])
        assert (done["state"] == "done").all()
        assert len(done) == CHANGES
        now = ph.dashboards().set_index("id")
        told = ph.journal()[run["run"]].changes
        for one in told.itertuples():
            assert now.at[one.dashboard, one.field] == one.new
        back = ph.journal().revert(run["run"])
        assert (back["state"] == "done").all()
        assert differing(before, dump(data)) == []
    assert cut > KILLS // 2
