"""Time ways of doing one thing, in turn, so that a busy machine slows them all alike."""

from __future__ import annotations

import gc
import statistics
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

FIRM = {"requests", "messages", "kB", "MB", "rows", "queries"}
"""Units that a busy machine does not change: a missed target of these fails a quick run, too."""


@dataclass(frozen=True)
class Measured:
    """One row of the results."""

    what: str
    value: float
    unit: str
    target: float | None = None
    least: bool = False
    """Whether the target is the least instead of the most."""
    note: str = ""
    """What a reader needs to know."""
    why: str = ""
    """Why the target is missed, for a run in which it is."""

    @property
    def met(self) -> bool:
        """Whether the target is met; True without one."""
        if self.target is None:
            return True
        return self.value >= self.target if self.least else self.value <= self.target

    @property
    def miss(self) -> str:
        """How far it is from its target, as a sentence goes on after "missed"."""
        if not self.target:
            return f" by {self.value:,.3g} {self.unit}"
        times = self.value / self.target
        if not self.least and times >= 2:
            return f", {times:.1f} times it"
        return f" by {abs(times - 1):.0%}"

    @property
    def is_firm(self) -> bool:
        """Whether the value says something on a busy machine and at a small size."""
        return self.unit in FIRM

    def line(self) -> str:
        """The row as a run prints it."""
        text = f"  {self.what:62} {self.value:12,.3f} {self.unit:9}"
        if self.target is None:
            return text.rstrip()
        side = "at least" if self.least else "at most"
        return f"{text} ({side} {self.target:,g}: {'met' if self.met else 'MISSED'})"


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


def compared(
    title: str,
    ways: Mapping[str, Way],
    targets: Mapping[str, float],
    note: str = "",
    why: str = "",
) -> Iterator[Measured]:
    """Each way's time and requests; ours, the first, as a share of each peer's.

    ``targets``: a peer's name to the most that our time may be of its time; ``why`` one is missed.
    """
    ours, *_ = ways.values()
    for name, way in ways.items():
        yield Measured(f"{title}: {name}", way.median * 1000, "ms")
        if way.requests is not None:
            yield Measured(f"{title}: {name}", way.requests, "requests")
    for name, way in list(ways.items())[1:]:
        ratio, target = ours.median / way.median, targets.get(name)
        yield Measured(f"{title}: ours / {name}", ratio, "ratio", target, note=note, why=why)


def exponent(sizes: Mapping[int, float]) -> float:
    """The slope of log(cost) over log(size), by least squares: 1 is linear."""
    from math import log

    points = [(log(size), log(cost)) for size, cost in sizes.items()]
    x, y = (statistics.fmean(axis) for axis in zip(*points, strict=True))
    return sum((a - x) * (b - y) for a, b in points) / sum((a - x) ** 2 for a, _ in points)
