"""A data folder of an older version is brought up to date; a newer one is refused."""

from __future__ import annotations

import re
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from dashwidgets.embedded.admin import open_project
from dashwidgets.embedded.storage import SCHEMA_VERSION, Storage

OLD = (Path(__file__).parent / "schema_1.sql").read_text()
BOARD = {"name": "Kept", "created_at": "2025-01-01T00:00:00Z"}


def old_project(folder: Path) -> Path:
    """A project as the first version made it, with a tile and one that was erased."""
    with closing(Storage(folder)) as storage:
        with closing(sqlite3.connect(storage.path)) as database:
            database.executescript(f"{OLD} PRAGMA user_version = 1;")
        board = storage.insert("dashboard", BOARD)
        for body in ("# Kept", "Erased"):
            text = storage.insert("text", {"body": body, "last_modified_at": BOARD["created_at"]})
            tile = storage.insert("tile", {"dashboard_id": board, "text_id": text})
        storage.run("DELETE FROM tile WHERE id = ?", tile)
        return storage.path


def tables(path: Path) -> dict[str, str]:
    with closing(sqlite3.connect(path)) as database:
        rows = database.execute("SELECT name, sql FROM sqlite_master WHERE sql IS NOT NULL")
        return {name: re.sub(r"--[^\n]*|[\s\"]+", "", sql) for name, sql in rows}


def test_the_first_version_becomes_this_one(tmp_path: Path) -> None:
    path = old_project(tmp_path / "old")
    with closing(open_project(tmp_path / "old")) as storage:
        (kept,) = storage.all("SELECT tile.id, body FROM tile JOIN text ON text.id = text_id")
        assert kept == {"id": 1, "body": "# Kept"}
        assert storage.insert("tile", {"dashboard_id": 1}) == 3  # no id twice; a widget has none
        with pytest.raises(sqlite3.IntegrityError):
            storage.insert("tile", {"dashboard_id": 99})
    with closing(open_project(tmp_path / "new")) as storage:
        assert tables(path) == tables(storage.path)


def test_what_fails_half_way_leaves_the_file_as_it_was(tmp_path: Path) -> None:
    path = old_project(tmp_path)
    before = tables(path)
    with closing(sqlite3.connect(path)) as database:
        database.execute("CREATE TABLE alert (id INTEGER)")
    with pytest.raises(sqlite3.OperationalError, match="already exists"):
        open_project(tmp_path)
    with closing(sqlite3.connect(path)) as database:
        database.execute("DROP TABLE alert")
        assert database.execute("PRAGMA user_version").fetchone() == (1,)
    assert tables(path) == before


def test_a_newer_version_is_refused(tmp_path: Path) -> None:
    path = old_project(tmp_path)
    with closing(sqlite3.connect(path)) as database:
        database.execute(f"PRAGMA user_version = {SCHEMA_VERSION + 1}")
    with pytest.raises(RuntimeError, match="another version"):
        open_project(tmp_path)
