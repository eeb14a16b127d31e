"""An embedded project with as many dashboards as a large company has."""

from __future__ import annotations

import json
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
    made: list[int] = []
    with closing(Storage(folder)) as storage, storage.writing():
        owner = storage.all("SELECT id FROM user ORDER BY id LIMIT 1")[0]["id"]
        sample = (
            0 if beside_sample else len(storage.all("SELECT id FROM dashboard WHERE NOT deleted"))
        )
        common = {"created_at": MADE, "created_by": owner}
        for n in range(dashboards - sample):
            board = storage.insert(
                "dashboard",
                common
                | {
                    "name": f"Board {n:05}",
                    "description": "What the team looks at on Mondays",
                    "tags": json.dumps(["growth", f"team-{n % 9}"]),
                    "last_accessed_at": MADE if n % 3 else None,
                },
            )
            made.append(board)
            for m in range(tiles):
                insight = storage.insert(
                    "insight",
                    common
                    | {
                        "name": f"Insight {n}.{m}",
                        "short_id": f"b{n:06}{m:02}",
                        "query": json.dumps(QUERY),
                        "updated_at": MADE,
                        "last_modified_at": MADE,
                    },
                )
                box = {"sm": {"x": m % 2 * 6, "y": m // 2 * 5, "w": 6, "h": 5}}
                storage.insert(
                    "tile",
                    {"dashboard_id": board, "insight_id": insight, "layouts": json.dumps(box)},
                )
    return made
