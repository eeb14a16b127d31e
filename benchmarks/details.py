"""300 dashboards with 8 tiles each, every one read."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import requests

import dashwidgets as dw
from benchmarks.large_project import large_project
from benchmarks.measure import Measured, compared, race
from benchmarks.proxy import delayed
from benchmarks.replay import replaying
from dashwidgets.api.client import Client
from dashwidgets.api.concurrent import send_all
from dashwidgets.api.endpoints import dashboards

COUNT, TILES, THREADS = 300, 8, 8
PEER = f"requests + {THREADS} threads"
WHY = (
    "of 0.45 ms of processor time a request httpx and httpcore take 0.25, decoding 15 kB takes "
    "0.09, the collector, which looks at the answers that are kept, 0.07, and this package 0.01."
)


def record(count: int) -> dict[str, str]:
    """What an embedded project says of each."""
    with (
        large_project(count, TILES, beside_sample=True) as large,
        dw.connect(large.url, large.key, large.project_id) as ph,
    ):
        told = send_all(ph.client, [dashboards.read(key) for key in large.made])
    assert all(isinstance(one, dict) and len(one["tiles"]) == TILES for one in told)
    return {
        f"/api/projects/1/dashboards/{key}/": json.dumps(one)
        for key, one in zip(large.made, told, strict=True)
    }


def contestants(
    url: str, paths: list[str], spent: list[str]
) -> tuple[Callable[[], list[Any]], Callable[[], list[Any]], Client]:
    client = Client(url, "phx_benchmark", 1)
    session = requests.Session()
    session.headers["Authorization"] = "Bearer phx_benchmark"
    asks = [dashboards.read(int(path.rstrip("/").rpartition("/")[2])) for path in paths]

    def one(path: str) -> Any:
        spent.append(path)
        return session.get(url + path).json()

    def theirs() -> list[Any]:
        with ThreadPoolExecutor(THREADS) as pool:
            return list(pool.map(one, paths))

    def ours() -> list[Any]:
        return send_all(client, asks)

    # Both keep every answer, as whoever asks for them does: the collector looks at those, too.
    for way in (ours, theirs):
        assert [len(found["tiles"]) for found in way()] == [TILES] * len(paths)

    return ours, theirs, client


def measure(quick: bool) -> Iterator[Measured]:
    count = COUNT // 10 if quick else COUNT
    answers = record(count)
    kilobytes = sum(map(len, answers.values())) / len(answers) / 1000
    with replaying(answers) as server:
        for milliseconds, target in ((0, 0.65),) if quick else ((80, 1.0), (0, 0.65)):
            with delayed(server, milliseconds) as url:
                spent: list[str] = []
                ours, theirs, client = contestants(url, list(answers), spent)
                ways = race(
                    {"dashwidgets: send_all": ours, PEER: theirs},
                    rounds=1 if quick else 7,
                    requests=lambda client=client, spent=spent: client.requests_spent + len(spent),
                )
                client.close()
            title = f"{count} details of {kilobytes:.0f} kB, {milliseconds} ms a request"
            assert {way.requests for way in ways.values()} == {count}
            yield from compared(title, ways, {PEER: target}, why=WHY)
