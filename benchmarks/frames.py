"""10,000 list rows, from bytes to a typed frame; with pyarrow and without."""

from __future__ import annotations

import json
import subprocess
import sys

from benchmarks.large_project import large_project
from benchmarks.measure import race, report

COUNT = 10_000


def page() -> bytes:
    """Two pages of an embedded project's list, as one."""
    import dashwidgets as dw
    from dashwidgets.api.endpoints import dashboards
    from dashwidgets.api.paging import collect

    with large_project(COUNT) as large, dw.connect(large.url, large.key, large.project_id) as ph:
        rows = collect(ph.client, dashboards.page).rows[:COUNT]
    return json.dumps({"count": COUNT, "next": None, "results": rows}).encode()


def compare(title: str, target: float) -> bool:
    """In a process of its own, whose pyarrow may have been taken away; the page comes as input."""
    import pandas as pd

    from dashwidgets.frames.dashboards import DASHBOARDS, read_dashboards

    body = sys.stdin.buffer.read()
    peer = "json + pd.json_normalize"
    ways = race(
        {
            "dashwidgets": lambda: DASHBOARDS.to_frame(read_dashboards(body).results),
            peer: lambda: pd.json_normalize(json.loads(body)["results"]),
        },
        rounds=15,
    )
    return report(
        f"{COUNT:,} rows ({len(body) / 1e6:.1f} MB) into a frame, {title}", ways, {peer: target}
    )


def main() -> bool:
    body = page()
    good = True
    for without in ("", "sys.modules['pyarrow'] = None; "):
        title, target = ("without pyarrow", 0.35) if without else ("with pyarrow", 0.2)
        code = f"import sys; {without}from benchmarks.frames import compare; "
        code += f"sys.exit(not compare({title!r}, {target}))"
        good &= subprocess.run([sys.executable, "-c", code], input=body).returncode == 0
    return good
