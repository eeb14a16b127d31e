"""The embedded server: its list, its details, and how both grow."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable, Iterator
from typing import Any

import httpx

from benchmarks.large_project import Large, large_project
from benchmarks.measure import Measured, exponent

SIZES, TILES = (50, 500, 5_000), 20
ROUNDS = 15
WHY = (
    "SQLite is asked the same few statements for any number of tiles, and results are passed on as "
    "stored; what remains is to write down when the dashboard was opened, which waits for the "
    "disk, HTTP with its threads, 0.8 ms, and the forms of tiles, 1 ms."
)


class Server:
    """One project over a connection that is kept."""

    def __init__(self, large: Large) -> None:
        headers = {"Authorization": f"Bearer {large.key}"}
        self.base = f"{large.url}/api/projects/{large.project_id}"
        self.http = httpx.Client(headers=headers, timeout=120)

    def get(self, path: str) -> bytes:
        answer = self.http.get(f"{self.base}/{path}")
        answer.raise_for_status()
        return answer.content


def milliseconds(call: Callable[[], Any], rounds: int) -> float:
    """The median; the first call warms up."""
    took: list[float] = []
    for _ in range(rounds + 1):
        began = time.perf_counter()
        call()
        took.append((time.perf_counter() - began) * 1000)
    return statistics.median(took[1:])


def measure(quick: bool) -> Iterator[Measured]:
    rounds = 3 if quick else ROUNDS
    lists: dict[int, float] = {}
    pages: dict[int, float] = {}
    sizes = tuple(size // 10 for size in SIZES) if quick else SIZES
    for size in sizes:
        with large_project(size, TILES if size == sizes[0] else 2, beside_sample=True) as large:
            server = Server(large)
            path = "dashboards/?limit=5000"
            lists[size] = milliseconds(lambda s=server, path=path: s.get(path), rounds)
            path = "insights/?basic=true&limit=5000"
            pages[size] = milliseconds(lambda s=server, path=path: s.get(path), rounds)
            if size == sizes[0]:
                yield from details(server, large.made[0], rounds)
            target = 120 if size == max(SIZES) else None
            yield Measured(f"a list of {size:,} dashboards", lists[size], "ms", target)
    yield grows("the list of dashboards", lists)
    yield grows("a page of insights", pages)


def grows(what: str, sizes: dict[int, float]) -> Measured:
    ends = f"from {min(sizes):,} to {max(sizes):,}"
    return Measured(f"{what}: exponent of its time, {ends}", exponent(sizes), "exponent", 1.2)


def details(server: Server, board: int, rounds: int) -> Iterator[Measured]:
    path = f"dashboards/{board}/"
    body = server.get(f"{path}?refresh=blocking")
    took = milliseconds(lambda: server.get(path), rounds * 5)
    what = f"a detail of {TILES} cached tiles, {len(body) / 1000:.0f} kB"
    yield Measured(what, took, "ms", 3, why=WHY)
