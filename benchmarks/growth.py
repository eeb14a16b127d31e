"""How costs grow from one size to ten and a hundred times it: nothing worse than n log n."""

from __future__ import annotations

import json
import statistics
from collections.abc import Callable, Iterator
from functools import cache
from operator import attrgetter
from typing import Any

from playwright.sync_api import Page

import dashwidgets as dw
from benchmarks import references, sql, stream
from benchmarks.browse import shown
from benchmarks.browse_page import PREPARE, boards, chromium, message
from benchmarks.large_project import large_project
from benchmarks.measure import Measured, exponent
from benchmarks.server import Server, milliseconds
from dashwidgets.frames.dashboards import DASHBOARDS, read_dashboards
from dashwidgets.widgets.shared.bundle import bundle

MOST = 1.2
"""The exponent between n and 100 n that n log n has for n = 50; most sizes here are larger."""
ROUNDS = 3


def measure(quick: bool) -> Iterator[Measured]:
    def of(what: str, unit: str, most: int, cost: Callable[[int], float]) -> Iterator[Measured]:
        """The cost at three sizes, the largest of them ``most``, a twentieth of it when quick."""
        largest = most // 20 if quick else most
        sizes = (max(1, largest // 100), largest // 10, largest)
        costs = {size: cost(size) for size in sizes}
        for size, one in costs.items():
            yield Measured(f"{size:,} {what}", one, unit)
        ends = f"from {sizes[0]:,} to {sizes[-1]:,}"
        yield Measured(f"{what}: exponent, {ends}", exponent(costs), "exponent", MOST)

    yield from of("list rows into a frame", "ms", 10_000, rows_into_frame)
    yield from of("rows of SQL into a frame", "ms", 50_000, rows_of_sql)
    yield from of("insights searched for references", "ms", 10_000, references_found)
    yield from of("kB of tile events, every result asked for", "ms", 100_000, results_of_stream)
    yield from of("dashboards to the table: its message", "kB", 5_000, kilobytes)
    with chromium() as page:
        page.goto("about:blank")
        page.evaluate(PREPARE, [str(one) for one in bundle("browse")])
        draw = painted(page)
        yield from of("rows, message to painted", "ms", 100_000, draw)
        page.evaluate("() => window.closing.abort()")
    whole = "dashboards and 20 tiles each as frames"
    yield from of("dashboards, the server's list of them", "ms", 5_000, lambda n: project(n)[0])
    yield from of(whole, "ms", 5_000, lambda n: project(n)[1])
    yield from of("tiles, a detail of them", "ms", 1_000, detail)


def median(call: Callable[[], Any]) -> float:
    return milliseconds(call, ROUNDS)


def rows_into_frame(rows: int) -> float:
    body = json.dumps({"count": rows, "next": None, "results": boards(rows).rows}).encode()
    return median(lambda: DASHBOARDS.to_frame(read_dashboards(body).results))


def rows_of_sql(rows: int) -> float:
    with sql.answering(rows) as (_url, ask):
        return median(ask)


def references_found(insights: int) -> float:
    return 1000 * references.seconds(insights, sql=False, rounds=ROUNDS)[0]


def results_of_stream(size: int) -> float:
    body = stream.stream(size * 1000)
    return median(lambda: stream.ours(body, attrgetter("result")))


def kilobytes(rows: int) -> float:
    return message(rows).size / 1000


def painted(page: Page) -> Callable[[int], float]:
    return lambda rows: statistics.median(shown(page, message(rows), ROUNDS))


@cache
def project(dashboards: int) -> tuple[float, float]:
    """Milliseconds of the server's list, and of all dashboards and tiles as frames."""
    with (
        large_project(dashboards, 20, beside_sample=True) as large,
        dw.connect(large.url, large.key, large.project_id) as ph,
    ):
        server = Server(large)
        listed = median(lambda: server.get("dashboards/?limit=5000"))

        def frames() -> None:
            assert len(ph.dashboards()) >= dashboards
            assert len(ph.tiles()) >= 20 * dashboards

        return listed, median(frames)


def detail(tiles: int) -> float:
    with large_project(1, tiles, beside_sample=True) as large:
        server = Server(large)
        path = f"dashboards/{large.made[0]}/"
        return median(lambda: server.get(path))
