"""Time ways of doing one thing, in turn, so that a busy machine slows them all alike."""

from __future__ import annotations

import gc
import statistics
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Way:
    """One way of doing a thing, over all rounds."""

    median: float
    fastest: float
    requests: int | None


def race(
    ways: Mapping[str, Callable[[], Any]],
    rounds: int = 7,
    requests: Callable[[], int] | None = None,
) -> dict[str, Way]:
    """Seconds of each way; ``requests`` reads a counter, to tell how many one run spent."""
    seconds: dict[str, list[float]] = {name: [] for name in ways}
    spent: dict[str, int] = {}
    for round_number in range(rounds + 1):
        for name, way in ways.items():
            gc.collect()
            before = requests() if requests else 0
            began = time.perf_counter()
            way()
            took = time.perf_counter() - began
            spent[name] = (requests() if requests else 0) - before
            if round_number:  # the first round warms up
                seconds[name].append(took)
    return {
        name: Way(statistics.median(times), min(times), spent[name] if requests else None)
        for name, times in seconds.items()
    }


def report(title: str, ways: Mapping[str, Way], targets: Mapping[str, float]) -> bool:
    """Print a table. ``targets``: a peer's name to the most our time may be of its time."""
    ours, *_ = ways.values()
    print(f"\n{title}")
    good = True
    for name, way in ways.items():
        ratio = ours.median / way.median
        line = f"  {name:44} {way.median * 1000:9.1f} ms"
        line += f" {way.requests:5} requests" if way.requests is not None else ""
        if way is not ours:
            line += f"   ours / it = {ratio:.3f}"
        if name in targets:
            met = ratio <= targets[name]
            good = good and met
            line += f" (target {targets[name]:.3f}: {'met' if met else 'MISSED'})"
        print(line)
    return good
