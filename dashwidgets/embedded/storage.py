"""The project's SQLite file: durable, and readable while it is written."""

from __future__ import annotations

import json
import queue
import sqlite3
import threading
from collections.abc import Generator, Iterable
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

import msgspec

SCHEMA_VERSION = 3
FOLDER = Path(__file__).parent
Row = dict[str, Any]
MANY = "(SELECT value FROM json_each(?))"
"""After ``IN``: a list of any length is one value."""


class Storage:
    """Open or make the project in ``folder``.

    An answered write survives a crash: every transaction is synced to the disk before it returns.
    """

    def __init__(self, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self.path: Path = folder / "project.sqlite3"
        self._idle: queue.LifoQueue[sqlite3.Connection] = queue.LifoQueue()
        self._local = threading.local()
        # SQLite has one writer: waiting here is fair, its own busy loop is not.
        self._writer = threading.RLock()

    def close(self) -> None:
        """Close the connections."""
        while not self._idle.empty():
            self._idle.get_nowait().close()

    def is_new(self) -> bool:
        """Whether the file is empty."""
        return not self.all("SELECT name FROM sqlite_master WHERE name = 'dashboard'")

    def create(self) -> None:
        """Create the tables."""
        schema = (FOLDER / "schema.sql").read_text(encoding="utf-8")
        with self._connection() as connection:
            connection.executescript(
                f"BEGIN; {schema} PRAGMA user_version = {SCHEMA_VERSION}; COMMIT;"
            )

    def migrate(self) -> None:
        """Migrate an older file, one version after another; all of it or nothing.

        Raises `RuntimeError` for a file of an unknown version.
        """
        row = self.one("PRAGMA user_version")
        found = row["user_version"] if row else 0
        steps = [FOLDER / "migrations" / f"{n}.sql" for n in range(found + 1, SCHEMA_VERSION + 1)]
        if found > SCHEMA_VERSION or not all(step.exists() for step in steps):
            raise RuntimeError(
                f"{self.path} was made by another version of dashwidgets: "
                "choose another --data-dir, or delete it."
            )
        if not steps:
            return
        script = "".join(step.read_text(encoding="utf-8") for step in steps)
        with self._writer, self._connection() as connection:
            # A table that others refer to is made anew; their references are checked at the end.
            connection.execute("PRAGMA foreign_keys = OFF")
            try:
                connection.executescript(
                    f"BEGIN IMMEDIATE; {script} PRAGMA user_version = {SCHEMA_VERSION};"
                )
                if connection.execute("PRAGMA foreign_key_check").fetchall():
                    raise RuntimeError(f"{self.path} has rows that refer to missing ones.")
                connection.execute("COMMIT")
            finally:
                if connection.in_transaction:
                    connection.execute("ROLLBACK")
                connection.execute("PRAGMA foreign_keys = ON")

    @contextmanager
    def writing(self) -> Generator[None]:
        """A transaction: all writes inside happen or none does. Joins an outer one."""
        with self._writer, self._connection() as connection:
            if connection.in_transaction:
                yield
                return
            # Immediate: a transaction that reads first could later not get the lock, and would
            # fail.
            connection.execute("BEGIN IMMEDIATE")
            self._local.writes = connection  # this thread reads what it has written
            try:
                yield
            except BaseException:
                connection.execute("ROLLBACK")
                raise
            else:
                connection.execute("COMMIT")
            finally:
                self._local.writes = None

    def all(self, sql: str, *values: Any) -> list[Row]:
        """Every row of a query."""
        with self._connection() as connection:
            return connection.execute(sql, plain(values)).fetchall()

    def tuples(self, sql: str) -> list[tuple[Any, ...]]:
        """Every row of a query of many rows, without the names of its columns."""
        with self._connection() as connection:
            cursor = connection.cursor()
            cursor.row_factory = None
            return cursor.execute(sql).fetchall()

    def one(self, sql: str, *values: Any) -> Row | None:
        """The first row of a query."""
        with self._connection() as connection:
            return connection.execute(sql, plain(values)).fetchone()

    def run(self, sql: str, *values: Any) -> int:
        """Run a write; returns the new row's id. Outside `writing` it commits alone."""
        with self.writing(), self._connection() as connection:
            return connection.execute(sql, plain(values)).lastrowid or 0

    def insert(self, table: str, row: Row) -> int:
        """Add a row; lists and dicts become JSON."""
        names = ", ".join(row)
        marks = ", ".join("?" * len(row))
        return self.run(f"INSERT INTO {table} ({names}) VALUES ({marks})", *row.values())  # noqa: S608

    def replace(self, table: str, row: Row) -> None:
        """Add a row, in the place of one with the same key."""
        names = ", ".join(row)
        marks = ", ".join("?" * len(row))
        self.run(f"INSERT OR REPLACE INTO {table} ({names}) VALUES ({marks})", *row.values())  # noqa: S608

    def change(self, table: str, key: int | str, row: Row) -> None:
        """Overwrite columns of the row with this id."""
        if row:
            names = ", ".join(f"{name} = ?" for name in row)
            self.run(f"UPDATE {table} SET {names} WHERE id = ?", *row.values(), key)  # noqa: S608

    @contextmanager
    def _connection(self) -> Generator[sqlite3.Connection]:
        """The connection this thread writes with, else an idle one or a new one."""
        writes = getattr(self._local, "writes", None)
        if writes is not None:
            yield writes
            return
        try:
            connection = self._idle.get_nowait()
        except queue.Empty:
            connection = self._open()
        try:
            yield connection
        finally:
            self._idle.put(connection)

    def _open(self) -> sqlite3.Connection:
        # One thread at a time has it, but not always the same one.
        opened = sqlite3.connect(
            self.path, isolation_level=None, timeout=30, check_same_thread=False
        )
        opened.row_factory = _as_dict
        opened.execute("PRAGMA journal_mode = WAL")
        opened.execute("PRAGMA synchronous = FULL")
        opened.execute("PRAGMA foreign_keys = ON")
        return opened


@contextmanager
def claimed(folder: Path) -> Generator[None]:
    """Keep a folder for one server; a killed one's claim ends with it.

    The claim is SQLite's lock of an empty file: every system has it. Raises `BlockingIOError` when
    another server has the folder.
    """
    folder.mkdir(parents=True, exist_ok=True)
    with closing(sqlite3.connect(folder / "server.lock", timeout=0, isolation_level=None)) as lock:
        try:
            # SQLite's own lock works on Windows too, and the system frees it however the process
            # ends.
            lock.execute("BEGIN EXCLUSIVE")
        except sqlite3.OperationalError as error:
            raise BlockingIOError(f"Another server has {folder} open.") from error
        yield


def plain(values: Iterable[Any]) -> list[Any]:
    """Values as SQLite takes them: lists and dicts as JSON."""
    return [_plain(value) for value in values]


def _plain(value: Any) -> Any:
    if isinstance(value, list | tuple | dict):
        return dump(value)
    # A whole number that SQLite can't hold equals nothing it holds.
    too_large = isinstance(value, int) and not -(2**63) <= value < 2**63
    return None if too_large else value


def dump(value: Any) -> str:
    """JSON as it is stored."""
    return _ENCODER.encode(value)


# json.dumps makes an encoder each time.
_ENCODER = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"))


def load(text: str) -> Any:
    """Stored JSON; msgspec reads it several times faster, but neither NaN nor 1e400."""
    try:
        return msgspec.json.decode(text)
    except msgspec.MsgspecError:
        return json.loads(text)


def load_parts(text: str) -> dict[str, Any]:
    """A stored object whose values stay JSON: msgspec writes each as it is, and nothing is read."""
    try:
        return _PARTS.decode(text)
    except msgspec.MsgspecError:
        return load(text)


_PARTS = msgspec.json.Decoder(dict[str, msgspec.Raw])


def _as_dict(cursor: sqlite3.Cursor, values: tuple[Any, ...]) -> Row:
    return {column[0]: value for column, value in zip(cursor.description, values, strict=True)}
