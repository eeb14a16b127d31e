"""Every public call behind a faulty connection is whole, or says why it is not."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

import dashwidgets as dw
from tests.faults.proxy import FAULTS
from tests.faults.table import CALLS, Table, opened

HARMLESS = ("drips", "429 once")
ERRORS = {name for name in dw.__all__ if isinstance(getattr(dw, name), type)}


@pytest.fixture(scope="module")
def table() -> Iterator[Table]:
    with opened() as found:
        yield found


@pytest.mark.parametrize("call", CALLS)
def test_every_call_is_whole_or_says_why_not(table: Table, call: str) -> None:
    found = table.row(call)
    for fault in FAULTS:
        if found[fault] == "whole":
            assert fault in HARMLESS, f"{fault} went unnoticed"
        else:
            assert found[fault] in ERRORS or found[fault].endswith(", said"), fault
