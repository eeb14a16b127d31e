"""The list of 5,000 dashboards, from the server to a frame."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pandas as pd
import requests

import dashwidgets as dw
from benchmarks.large_project import Large, large_project
from benchmarks.measure import Measured, compared, race
from benchmarks.proxy import delayed

COUNT = 5_000


class Peer:
    """``requests``, as an analyst types it."""

    def __init__(self, large: Large, url: str, count: int) -> None:
        self.session = requests.Session()
        self.session.headers["Authorization"] = f"Bearer {large.key}"
        self.address = f"{url}/api/projects/{large.project_id}/dashboards/"
        self.count = count
        self.spent = 0

    def get(self, url: str, **params: Any) -> dict[str, Any]:
        self.spent += 1
        answer = self.session.get(url, params=params)
        answer.raise_for_status()
        return answer.json()

    def loop(self) -> pd.DataFrame:
        page = self.get(self.address, limit=100)
        rows = page["results"]
        while page["next"]:
            # The proxy is not the host the server names.
            query = page["next"].partition("?")[2]
            page = self.get(f"{self.address}?{query}")
            rows += page["results"]
        return pd.json_normalize(rows)

    def careful(self) -> pd.DataFrame:
        return pd.json_normalize(self.get(self.address, limit=self.count)["results"])


def measure(quick: bool) -> Iterator[Measured]:
    count = COUNT // 10 if quick else COUNT
    with large_project(count) as large:
        for milliseconds in (80,) if quick else (80, 0):
            with (
                delayed(large.url, milliseconds) as url,
                dw.connect(url, large.key, large.project_id) as ph,
            ):
                peer = Peer(large, url, count)
                assert len(ph.dashboards()) == len(peer.loop()) == len(peer.careful()) == count
                ways = race(
                    {
                        "dashwidgets: ph.dashboards()": ph.dashboards,
                        "requests.Session over next + json_normalize": peer.loop,
                        "requests, one careful page + json_normalize": peer.careful,
                    },
                    rounds=1 if quick else 5,
                    requests=lambda ph=ph, peer=peer: ph.client.requests_spent + peer.spent,
                )
                loop, careful = list(ways)[1:]
                targets = {careful: 0.8} | ({loop: 1 / 12} if milliseconds else {})
                title = f"{count:,} dashboards into a frame, {milliseconds} ms a request"
                assert ways["dashwidgets: ph.dashboards()"].requests == 1
                yield from compared(title, ways, targets)
