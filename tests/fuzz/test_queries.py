"""Random queries of every kind over random events; ``python -m tests fuzz`` tries many more."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from tests.fuzz.queries import KINDS, Two, events

FEW = settings(
    max_examples=3,
    deadline=None,
    derandomize=True,
    phases=[Phase.generate],  # to shrink what differs is work for the command
    suppress_health_check=list(HealthCheck),
)
AT_ONCE = 6
"""Queries over the same events: loading them takes longer than a query."""


@pytest.mark.parametrize("kind", KINDS)
def test_duckdb_and_clickhouse_agree(kind: str) -> None:
    queries = st.lists(KINDS[kind], min_size=AT_ONCE, max_size=AT_ONCE)

    @FEW
    @given(rows=events(), asked=queries)
    def agree(rows: list[dict[str, Any]], asked: list[dict[str, Any]]) -> None:
        both = Two(rows)
        for query in asked:
            both.agree_on(query)

    agree()
