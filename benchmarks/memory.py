"""5,000 dashboards with 20 tiles each as frames: the most memory they take above the imports."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator

from benchmarks.large_project import large_project
from benchmarks.measure import Measured

DASHBOARDS, TILES = 5_000, 20

MEASURE = """
import sys, time
from pathlib import Path
import httpx, msgspec, pandas, pyarrow
import dashwidgets as dw

def peak():
    # Not getrusage: a child's peak begins at that of the process that started it.
    status = Path("/proc/self/status").read_text()
    return int(status.partition("VmHWM:")[2].split()[0]) / 1000

url, key, project = sys.argv[1:]
with dw.connect(url, key, int(project)) as ph:
    ph.dashboards(search="none is called so")
    before, began = peak(), time.perf_counter()
    boards, tiles = ph.dashboards(), ph.tiles()
    assert boards.attrs["complete"] and tiles.attrs["complete"]
    spent = boards.attrs["requests_spent"] + tiles.attrs["requests_spent"]
    took = time.perf_counter() - began
    print(len(boards), len(tiles), spent, round(took, 1), round(peak() - before, 1))
"""


def measure(quick: bool) -> Iterator[Measured]:
    count = DASHBOARDS // 25 if quick else DASHBOARDS
    with large_project(count, TILES) as large:
        command = [sys.executable, "-c", MEASURE, large.url, large.key, str(large.project_id)]
        said = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    boards, tiles, spent, seconds, megabytes = map(float, said.split())
    what = f"{boards:,.0f} dashboards and {tiles:,.0f} tiles as frames"
    assert boards == count
    assert tiles > TILES * len(large.made) - 1
    yield Measured(what, seconds, "s", 5)
    yield Measured(what, spent, "requests", 22)
    yield Measured(f"{what}: above the imports", megabytes, "MB", 100)
