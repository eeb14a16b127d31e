"""Every public call behind a faulty connection is whole, or says why it is not, and what to do."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.faults.calls import CALLS
from tests.faults.promises import broken
from tests.faults.proxy import FAULTS
from tests.faults.table import Table, opened

SHARES = [tuple(FAULTS)[first::4] for first in range(4)]
"""Every call behind every fourth fault, in turn: ``python -m tests faults`` has them all."""


@pytest.fixture(scope="module")
def table() -> Iterator[Table]:
    with opened() as found:
        yield found


@pytest.mark.parametrize(("at", "call"), list(enumerate(CALLS)))
def test_every_call_is_whole_or_says_why_not(table: Table, at: int, call: str) -> None:
    assert list(broken(call, table.row(call, SHARES[at % 4]))) == []
