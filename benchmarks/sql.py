"""The whole project in a few statements: tiles, an audit, and rows beside ``requests``."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from typing import Any

import pandas as pd
import requests

import dashwidgets as dw
from benchmarks.large_project import Large, large_project
from benchmarks.measure import Measured, compared, race
from benchmarks.proxy import delayed
from benchmarks.replay import replaying
from dashwidgets.api.budget import MINUTE, Budget
from dashwidgets.api.client import Client
from dashwidgets.embedded.storage import Storage

DASHBOARDS, TILES = 5_000, 20
MILLISECONDS = 80
A_MINUTE = 480
"""Requests that PostHog allows in a minute; of 4,800 in an hour the last 200 wait for the next."""
OPENED = 100
"""Dashboards that are really opened, to see what one costs."""

MEMORY = """
import sys
import httpx, msgspec, pandas
import dashwidgets as dw

def peak():
    # Of this program alone; what getrusage tells includes the process it was started by.
    with open("/proc/self/status") as status:
        return next(int(line.split()[1]) / 1000 for line in status if line.startswith("VmHWM"))

url, key, project = sys.argv[1:]
with dw.connect(url, key, int(project)) as ph:
    ph.sql("SELECT id FROM system.dashboards LIMIT 1")
    before = peak()
    tiles = ph.tiles(deep=True)
    print(round(peak() - before, 1))
"""


def measure(quick: bool) -> Iterator[Measured]:
    yield from rows_beside_requests(quick)
    count = DASHBOARDS // 25 if quick else DASHBOARDS
    with large_project(count, TILES) as large, delayed(large.url, MILLISECONDS) as url:
        yield from deep_tiles(large, url, count)
        yield from audited(large, url)


def deep_tiles(large: Large, url: str, count: int) -> Iterator[Measured]:
    """``ph.tiles(deep=True)``, and what opening every dashboard would take."""
    before = opened(large)
    what = f"{count:,} dashboards and {count * TILES:,} tiles, layouts and all"

    def read() -> pd.DataFrame:
        with dw.connect(url, large.key, large.project_id) as ph:
            return ph.tiles(deep=True)

    tiles = read()
    assert tiles.attrs["source"] == "sql"
    assert tiles.attrs["complete"]
    assert tiles["dashboard_id"].isin(large.made).sum() == len(large.made) * TILES
    assert tiles.loc[tiles["dashboard_id"].isin(large.made), "x"].notna().all()
    yield Measured(what, tiles.attrs["requests_spent"], "requests", 8)
    ours = race({"sql": read}, rounds=2)["sql"].median
    changed = [key for key, at in opened(large).items() if before[key] != at]
    yield Measured(f"{what}: dashboards noted as opened", len(changed), "rows", 0)

    with dw.connect(url, large.key, large.project_id) as ph:
        some = large.made[:OPENED]
        one = race({"open": lambda: ph.sharing(some)}, rounds=1)["open"].median / len(some)
    yield Measured(f"{what}: by SQL", ours, "s")
    minutes = max(count / A_MINUTE * MINUTE, one * count)
    yield Measured(f"{what}: opening each, were there only the limit a minute", minutes, "s")
    theirs = max(Budget().seconds_for(count), one * count)
    yield Measured(f"{what}: opening each, at best within the limits", theirs, "s")
    # The limits of a key make opening slow, and a small project is within them.
    target = 100 if count >= DASHBOARDS else None
    yield Measured(f"{what}: opening each / SQL", theirs / ours, "ratio", target, least=True)
    command = [sys.executable, "-c", MEMORY, large.url, large.key, str(large.project_id)]
    said = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    yield Measured(f"{what}: above the imports", float(said), "MB", 400)


def audited(large: Large, url: str) -> Iterator[Measured]:
    """Every rule that needs tiles, and nothing is opened."""
    from dashwidgets.audit.evidence.gather import opens
    from dashwidgets.audit.run import choose

    before = opened(large)
    rules = [
        rule.name
        for rule in choose("all")
        if {"insights", "layouts"} & set(rule.needs) and not opens(rule.needs)
    ]
    with dw.connect(url, large.key, large.project_id) as ph:
        report = ph.audit(rules=rules)
    what = f"An audit of {len(rules)} rules over tiles, {len(before):,} dashboards"
    yield Measured(what, report.requests_spent, "requests", 12)
    changed = [key for key, at in opened(large).items() if before[key] != at]
    yield Measured(f"{what}: dashboards noted as opened", len(changed), "rows", 0)


def opened(large: Large) -> dict[int, Any]:
    """``last_accessed_at`` as the server's database has it."""
    with closing(Storage(large.folder)) as storage:
        rows = storage.all("SELECT id, last_accessed_at FROM dashboard")
    return {row["id"]: row["last_accessed_at"] for row in rows}


PATH = "/api/projects/1/query/"
TYPES = {
    "id": "UInt64",
    "name": "String",
    "plan": "LowCardinality(String)",
    "at": "DateTime64(6, 'UTC')",
    "day": "Date",
    "revenue": "Nullable(Float64)",
    "visits": "Nullable(Int32)",
    "paid": "Bool",
    "tags": "Array(String)",
    "person": "UUID",
}


def rows_beside_requests(quick: bool) -> Iterator[Measured]:
    """50,000 rows of ten columns, from bytes to a frame with dtypes."""
    count = 5_000 if quick else 50_000
    with answering(count) as (url, ours):
        session, body = requests.Session(), {"query": {"kind": "HogQLQuery", "query": "SELECT 1"}}

        def peer() -> pd.DataFrame:
            got = session.post(f"{url}{PATH}", json=body).json()
            return typed(pd.DataFrame(got["results"], columns=got["columns"]))

        one, other = ours(), peer()
        pd.testing.assert_frame_equal(one, other, check_column_type=False)
        ways = race(
            {"dashwidgets: ph.sql": ours, "requests + DataFrame + dtypes": peer},
            rounds=3 if quick else 7,
        )
    title = f"{count:,} rows of {len(TYPES)} columns"
    yield from compared(title, ways, {"requests + DataFrame + dtypes": 0.35})


@contextmanager
def answering(count: int) -> Iterator[tuple[str, Callable[[], pd.DataFrame]]]:
    """A server whose every query has so many rows, and ``ph.sql`` of it."""
    answer = {"results": [row(n) for n in range(count)], "columns": list(TYPES)}
    answer |= {"types": [list(each) for each in TYPES.items()], "hasMore": False}
    answer |= {"timezone": "UTC", "query_status": None, "warnings": []}
    with (
        replaying({PATH: json.dumps(answer, separators=(",", ":"))}) as url,
        dw.Project(Client(url, "phx_benchmark_0123456789", 1)) as ph,
    ):
        del answer  # the collector would look at it whenever it looks at what a peer makes
        yield url, lambda: ph.sql("SELECT * FROM recorded LIMIT 50000")


def row(n: int) -> list[Any]:
    day = f"2026-{n % 12 + 1:02}-{n % 28 + 1:02}"
    return [
        *(2**60 + n, f"Person {n}", ("free", "team", "business")[n % 3]),
        *(f"{day}T09:30:{n % 60:02}.{n % 1_000_000:06}Z", day),
        *(None if n % 7 == 0 else n * 1.25, None if n % 5 == 0 else n % 900, n % 2 == 0),
        *([f"tag {n % 9}", "all"], f"01930aa2-77d0-0000-93b7-{n:012x}"),
    ]


def typed(frame: pd.DataFrame) -> pd.DataFrame:
    """What an analyst types after it."""
    frame["at"] = pd.to_datetime(frame["at"], utc=True).dt.as_unit("us")
    frame["day"] = pd.to_datetime(frame["day"]).dt.as_unit("s")
    kinds = {"id": "UInt64", "visits": "Int32", "paid": "boolean", "revenue": "float64"}
    return frame.astype(kinds)
