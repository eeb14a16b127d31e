"""5,000 dashboards with 20 tiles each as frames: the most memory they take above the imports."""

from __future__ import annotations

import subprocess
import sys

from benchmarks.large_project import large_project

DASHBOARDS, TILES, MOST = 5_000, 20, 400.0

MEASURE = """
import resource, sys, time
import httpx, msgspec, pandas, pyarrow
import dashwidgets as dw

def peak():
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1000  # kB on Linux

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


def main() -> bool:
    with large_project(DASHBOARDS, TILES) as large:
        command = [sys.executable, "-c", MEASURE, large.url, large.key, str(large.project_id)]
        said = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    boards, tiles, spent, seconds, megabytes = said.split()
    good = float(megabytes) <= MOST
    print(f"\n{boards} dashboards and {tiles} tiles as frames: {spent} requests, {seconds} s")
    print(f"  {megabytes} MB above the imports (target {MOST:.0f}: {'met' if good else 'MISSED'})")
    return good
