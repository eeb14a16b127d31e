"""What it costs to make a client: the certificates are loaded once."""

from __future__ import annotations

from collections.abc import Iterator

import httpx

from benchmarks.measure import Measured, compared, race
from dashwidgets.api.client import Client

MANY = 10


def ours() -> None:
    for _ in range(MANY):
        Client("https://us.posthog.com", "phx_benchmark", 1).close()


def theirs() -> None:
    for _ in range(MANY):
        httpx.Client().close()


def measure(quick: bool) -> Iterator[Measured]:
    ways = {"dashwidgets.api.client.Client": ours, "httpx.Client": theirs}
    timed = race(ways, rounds=1 if quick else 5)
    yield from compared(f"{MANY} clients made", timed, {"httpx.Client": 0.25})
