"""10,000 list rows, from bytes to a typed frame; with pyarrow and without."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator

import msgspec

from benchmarks.large_project import large_project
from benchmarks.measure import Measured, compared, race

COUNT = 10_000
WHY = {
    "with pyarrow": (
        "of 32 ms msgspec takes 10, 4 of them for looking through 7.6 MB and the rest for an "
        "object of each value; reading the rows' fields takes 8, arrays of them 8, freeing rows 2. "
        "Rows decoded in pieces that fit a processor's cache, and people once each, take as "
        "long; pyarrow's own JSON reader alone takes 28."
    ),
    "without pyarrow": (
        "as with pyarrow, and pandas looks at each text and each moment once more to make a column "
        "of it: 14 ms for the same columns instead of 8."
    ),
}
"""Why the target is missed, in processor time."""


def page(count: int) -> bytes:
    """Two pages of an embedded project's list, as one."""
    import dashwidgets as dw
    from dashwidgets.api.endpoints import dashboards
    from dashwidgets.api.paging import collect

    with large_project(count) as large, dw.connect(large.url, large.key, large.project_id) as ph:
        rows = collect(ph.client, dashboards.page).rows[:count]
    return json.dumps({"count": count, "next": None, "results": rows}).encode()


def compare(title: str, target: float, rounds: int) -> None:
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
        rounds,
    )
    count = len(read_dashboards(body).results)
    why = WHY[title]
    title = f"{count:,} rows ({len(body) / 1e6:.1f} MB) into a frame, {title}"
    rows = list(compared(title, ways, {peer: target}, why=why))
    sys.stdout.buffer.write(msgspec.json.encode(rows))


def measure(quick: bool) -> Iterator[Measured]:
    body = page(COUNT // 10 if quick else COUNT)
    for without in ("", "sys.modules['pyarrow'] = None; "):
        title, target = ("without pyarrow", 0.28) if without else ("with pyarrow", 0.15)
        code = f"import sys; {without}from benchmarks.frames import compare; "
        code += f"compare({title!r}, {target}, {1 if quick else 15})"
        command = [sys.executable, "-c", code]
        told = subprocess.run(command, input=body, stdout=subprocess.PIPE, check=True).stdout
        yield from msgspec.json.decode(told, type=list[Measured])
