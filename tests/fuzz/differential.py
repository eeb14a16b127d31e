"""DuckDB beside ClickHouse on random queries: ``python -m tests.fuzz.differential [SECONDS]``.

Every kind in turn, until the time is up. What the two disagree on is printed over as few events as
show it, and its kind is left out from then on.
"""

from __future__ import annotations

import random
import sys
import time
import traceback
from collections import Counter
from typing import Any

from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st

from tests.fuzz.queries import KINDS, Two, events

AT_ONCE = 12
"""Queries over the same events: loading them takes longer than a query."""
SETTINGS = settings(
    max_examples=4,
    deadline=None,
    database=None,
    phases=[Phase.generate],
    suppress_health_check=list(HealthCheck),
)
Rows = list[dict[str, Any]]


class Disagreement(Exception):
    """A query on which the two differ, and few events that show it."""


def tries(kind: str, start: int) -> int:
    """Some queries of a kind over some events; how many."""
    tried = 0

    @seed(start)
    @SETTINGS
    @given(rows=events(), asked=st.lists(KINDS[kind], min_size=1, max_size=AT_ONCE))
    def agree(rows: Rows, asked: list[dict[str, Any]]) -> None:
        nonlocal tried
        both = Two(rows)
        for query in asked:
            tried += 1
            try:
                both.agree_on(query)
            except AssertionError as error:
                raise Disagreement(f"{query!r}\nover {fewer(rows, query)!r}") from error

    agree()
    return tried


def fewer(rows: Rows, query: dict[str, Any]) -> Rows:
    """Leave events out as long as the two still differ, halves first."""
    size = len(rows) // 2
    while size:
        for at in range(0, len(rows), size):
            left = rows[:at] + rows[at + size :]
            if left and differ(left, query):
                rows = left
                break
        else:
            size //= 2
    return rows


def differ(rows: Rows, query: dict[str, Any]) -> bool:
    try:
        Two(rows).agree_on(query)
    except AssertionError:
        return True
    return False


def main(words: list[str]) -> int:
    seconds = float(words[0]) if words else 600.0
    start = random.SystemRandom().randrange(2**32)
    tried, failed, end = Counter[str](), set[str](), time.monotonic() + seconds
    while time.monotonic() < end and len(failed) < len(KINDS):
        for kind in KINDS:
            if kind in failed or time.monotonic() > end:
                continue
            start += 1
            try:
                tried[kind] += tries(kind, start)
            except Disagreement:
                print(f"\n== {kind}, seed {start}", flush=True)
                traceback.print_exc()
                failed.add(kind)
    print(f"{tried.total():,} queries: " + ", ".join(f"{n:,} {kind}" for kind, n in tried.items()))
    print(f"The engines disagree on {', '.join(sorted(failed))}" if failed else "All agreed.")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
