"""An embedded project with as many dashboards as a large company has."""

from __future__ import annotations

import json
import sqlite3
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

from dashwidgets.embedded.storage import Storage

MADE = "2026-01-05T09:30:00.250000Z"
QUERY = {
    "kind": "InsightVizNode",
    "source": {
        "kind": "TrendsQuery",
        "series": [{"kind": "EventsNode", "event": "$pageview", "math": "dau"}],
        "dateRange": {"date_from": "-30d"},
        "trendsFilter": {"display": "ActionsLineGraph"},
    },
}


@dataclass(frozen=True)
class Large:
    """Where it listens, and with what."""

    url: str
    key: str
    project_id: int
    made: list[int]
    """Ids of the dashboards beside the sample's."""
    folder: Path
    """Where its storage is."""


@contextmanager
def large_project(
    dashboards: int, tiles: int = 0, *, beside_sample: bool = False
) -> Iterator[Large]:
    """Serve a project of so many dashboards until the block ends.

    Those of the sample are among them, or ``beside_sample``; the others have so many tiles each.
    """
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        command = [sys.executable, "-m", "dashwidgets", "serve", "--print-credentials"]
        command += ["--data-dir", name]
        with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
            assert process.stdout is not None
            said = json.loads(process.stdout.readline())
            made = fill(folder, dashboards, tiles, beside_sample=beside_sample)
            try:
                yield Large(said["url"], said["keys"]["owner"], said["project_id"], made, folder)
            finally:
                process.terminate()


def fill(folder: Path, dashboards: int, tiles: int, *, beside_sample: bool = False) -> list[int]:
    """Add dashboards to a project; their ids."""
    with closing(Storage(folder)) as storage:
        owner = storage.all("SELECT id FROM user ORDER BY id LIMIT 1")[0]["id"]
        listed = len(storage.all("SELECT id FROM dashboard WHERE NOT deleted"))
        last = {
            table: storage.all(f"SELECT max(id) AS id FROM {table}")[0]["id"]
            for table in ("dashboard", "insight")
        }
        made = range(last["dashboard"] + 1, last["dashboard"] + 1 + dashboards)
        boards = made if beside_sample else made[: max(0, dashboards - listed)]
        path = storage.path
    places = [(n, m) for n in range(len(boards)) for m in range(tiles)]
    insights = range(last["insight"] + 1, last["insight"] + 1 + len(places))
    # Not through the storage: it makes a statement of each row, and 100,000 of them take a minute.
    with closing(sqlite3.connect(path, timeout=60)) as connection, connection:
        connection.executemany(
            "INSERT INTO dashboard "
            "(id, name, description, tags, last_accessed_at, created_at, created_by) "
            "VALUES (?, ?, 'What the team looks at on Mondays', ?, ?, ?, ?)",
            (
                (
                    *(key, f"Board {n:05}", json.dumps(["growth", f"team-{n % 9}"])),
                    *(MADE if n % 3 else None, MADE, owner),
                )
                for n, key in enumerate(boards)
            ),
        )
        query = json.dumps(QUERY)
        connection.executemany(
            "INSERT INTO insight (id, name, short_id, query, updated_at, last_modified_at, "
            "created_at, created_by) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
            (
                (key, f"Insight {n}.{m}", f"b{n:06}{m:02}", query, MADE, MADE, MADE, owner)
                for key, (n, m) in zip(insights, places, strict=True)
            ),
        )
        connection.executemany(
            "INSERT INTO tile (dashboard_id, insight_id, layouts) VALUES (?, ?, ?)",
            (
                (
                    *(boards[n], key),
                    json.dumps({"sm": {"x": m % 2 * 6, "y": m // 2 * 5, "w": 6, "h": 5}}),
                )
                for key, (n, m) in zip(insights, places, strict=True)
            ),
        )
    return list(boards)
