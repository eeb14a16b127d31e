"""Events in this process's own ClickHouse (chDB): PostHog's engine, so PostHog's numbers."""

from __future__ import annotations

import atexit
import json
import re
import threading
from collections.abc import Iterator
from datetime import date, datetime
from functools import cache
from importlib import import_module
from itertools import count
from pathlib import Path
from typing import Any

from dashwidgets.embedded.events.clickhouse import Table
from dashwidgets.embedded.queries.sql.dialect import literal

MISSING = (
    'The engine chdb needs chDB: pip install "dashwidgets[exact]" '
    "(some 180 MB; Linux and macOS only)."
)

_SETTINGS = {
    # Otherwise the zone of the machine: "today" would depend on where it runs.
    "session_timezone": "'UTC'",
    "output_format_json_validate_utf8": "1",  # else a text that is no UTF-8 can't be read at all
    "output_format_json_escape_forward_slashes": "0",
    "output_format_json_quote_decimals": "1",
    "output_format_json_named_tuples_as_objects": "0",
    "max_memory_usage": "1000000000",
}
_NESTED = re.compile(r"(\w+)\((.*)\)", re.DOTALL)
_MEMBER = re.compile(r"(?:\w+|`(?:[^`]|``)*`) (?=[A-Z])")
_numbers = count()


class Chdb:
    """Runs a statement; gives names, types and rows. One at a time."""

    def __init__(self, session: Any) -> None:
        self.session = session
        # The one engine of a process runs one statement at a time.
        self._lock = threading.Lock()
        for name, value in _SETTINGS.items():
            self.execute(f"SET {name} = {value}")

    def execute(self, statement: str) -> None:
        """Run a statement that gives nothing."""
        with self._lock:
            self.session.query(statement)

    def __call__(self, statement: str) -> Table:
        """Run a statement."""
        with self._lock:
            try:
                text = str(self.session.query(statement, "JSONCompact"))
            except Exception:
                # What it had written before it failed comes with the next answer: take it away.
                self.session.query("SELECT 1", "JSONCompact")
                raise
        answer: dict[str, Any] = json.loads(text)
        names = [str(column["name"]) for column in answer["meta"]]
        types = [str(column["type"]) for column in answer["meta"]]
        return names, types, [tuple(map(value, row, types)) for row in answer["data"]]


@cache
def engine() -> Chdb:
    """The one ClickHouse that a process may have. Raises `ValueError` where it is not installed."""
    try:
        module: Any = import_module("chdb.session")
    except ImportError:
        raise ValueError(MISSING) from None
    session = module.Session()
    # An open session keeps its folder, and complains when the interpreter ends.
    atexit.register(session.close)
    made = Chdb(session)
    made.execute("CREATE DATABASE loaded ENGINE = Atomic")
    return made


def load(source: str, until: datetime | None = None) -> tuple[Chdb, str]:
    """Load events from Parquet, a path, a glob or ``s3://``; only those before ``until``, if given.

    Returns the engine and the table's name. Raises `ValueError` in one sentence when they can't be
    read.
    """
    run = engine()
    # Numbered: every project of this process shares the one engine.
    table = f"loaded.events_{next(_numbers)}"
    remote = source.startswith("s3://")
    where = f"s3({literal(source)})" if remote else f"file({literal(str(Path(source).absolute()))})"
    try:
        columns = [str(row[0]) for row in run(f"DESCRIBE TABLE {where}")[2]]
        select = f"SELECT *{_added(columns)} FROM {where}"
        if until is not None:
            select += f" WHERE timestamp < toDateTime64({literal(f'{until:%Y-%m-%d %H:%M:%S}')}, 6)"
        run.execute(f"CREATE TABLE {table} ENGINE = MergeTree ORDER BY tuple() AS {select}")
    except Exception as error:
        reason = " ".join(str(error).split()).partition("DB::Exception: ")[2]
        raise ValueError(f"The events can't be read: {reason[:200] or 'no reason given'}") from None
    return run, table


def _added(columns: list[str]) -> str:
    """Columns that every query relies on, made of others where they lack."""
    added = ""
    if "person_id" not in columns and "distinct_id" in columns:
        added += ", distinct_id AS person_id"
    if "uuid" not in columns and {"event", "distinct_id", "timestamp"} <= set(columns):
        added += (
            ", lower(hex(MD5(concat(event, ' ', distinct_id, ' ', toString(timestamp))))) AS uuid"
        )
    return added


def value(given: Any, kind: str) -> Any:
    """A value of ClickHouse's JSON as a driver gives it."""
    if given is None:
        return None
    nested = _NESTED.fullmatch(kind)
    name, inside = (nested[1], nested[2]) if nested else (kind, "")
    if name in ("Nullable", "LowCardinality"):
        return value(given, inside)
    if name == "Array":
        return [value(one, inside) for one in given]
    if name == "Tuple":
        kinds = [_MEMBER.sub("", one, count=1) for one in split(inside)]
        return tuple(value(one, each) for one, each in zip(given, kinds, strict=True))
    if name == "Map":
        return {key: value(one, list(split(inside))[1]) for key, one in given.items()}
    if name.startswith("DateTime"):
        return datetime.fromisoformat(given)
    if name.startswith("Date"):
        return date.fromisoformat(given)
    if name.startswith(("Int", "UInt")):
        return int(given)
    return given


def split(text: str) -> Iterator[str]:
    """Arguments at the outermost commas."""
    depth, start = 0, 0
    for found in re.finditer(r"'(?:[^'\\]|\\.)*'|`[^`]*`|[(),]", text):
        mark = found.group()
        depth += (mark == "(") - (mark == ")")
        if mark == "," and depth == 0:
            yield text[start : found.start()].strip()
            start = found.end()
    yield text[start:].strip()
