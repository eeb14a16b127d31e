"""What it costs to make a client: the certificates are loaded once."""

from __future__ import annotations

import httpx

from benchmarks.measure import race, report
from dashwidgets.api.client import Client

MANY = 10


def ours() -> None:
    for _ in range(MANY):
        Client("https://us.posthog.com", "phx_benchmark", 1).close()


def theirs() -> None:
    for _ in range(MANY):
        httpx.Client().close()


def main() -> bool:
    ways = race({"dashwidgets.api.client.Client": ours, "httpx.Client": theirs}, rounds=5)
    return report(f"{MANY} clients made", ways, {"httpx.Client": 0.25})
