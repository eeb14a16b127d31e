"""A thousand dashboards retagged: a plan applied, and the same PATCHes sent raw."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from itertools import count as numbers

import httpx

import dashwidgets as dw
from benchmarks.large_project import Large, large_project
from benchmarks.measure import Measured, compared, race
from benchmarks.proxy import delayed

COUNT, CONNECTIONS = 1_000, 8


class Raw:
    """httpx and threads: no plan, no check, no journal, nothing read back."""

    def __init__(self, large: Large, url: str, ids: list[int]) -> None:
        self.ids = ids
        self.path = f"{url}/api/projects/{large.project_id}/dashboards"
        headers = {"Authorization": f"Bearer {large.key}"}
        limits = httpx.Limits(max_connections=CONNECTIONS, max_keepalive_connections=CONNECTIONS)
        self.client = httpx.Client(headers=headers, limits=limits, timeout=60)

    def retag(self, tag: str) -> None:
        def one(key: int) -> None:
            answer = self.client.patch(f"{self.path}/{key}/", json={"tags": [tag]})
            answer.raise_for_status()
            answer.json()

        with ThreadPoolExecutor(CONNECTIONS) as pool:
            list(pool.map(one, self.ids))


def measure(quick: bool) -> Iterator[Measured]:
    count = COUNT // 10 if quick else COUNT
    number = numbers()
    with tempfile.TemporaryDirectory() as state, large_project(count) as large:
        os.environ["DASHWIDGETS_STATE"] = state
        for milliseconds in (0,) if quick else (80, 0):
            with (
                delayed(large.url, milliseconds) as url,
                dw.connect(url, large.key, large.project_id) as ph,
            ):
                raw = Raw(large, url, ph.dashboards()["id"].tolist())

                def ours(ph: dw.Project = ph, ids: list[int] = raw.ids) -> None:
                    plan = ph.plan().tag(ids, f"round-{next(number)}")
                    assert plan.apply().attrs["complete"]

                def floor(raw: Raw = raw) -> None:
                    raw.retag(f"round-{next(number)}")

                name = f"httpx, {CONNECTIONS} connections, PATCHes alone"
                ours_name = "dashwidgets: list, plan, apply, read back"
                ways = race({ours_name: ours, name: floor}, rounds=1 if quick else 3)
                title = f"{count:,} dashboards retagged, {milliseconds} ms a request"
                yield from compared(title, ways, {name: 1.15})
                raw.client.close()
