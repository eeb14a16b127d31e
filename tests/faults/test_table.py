"""Every public call behind a faulty connection is whole, or says why it is not, and what to do."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest

import dashwidgets as dw
from tests.faults.calls import CALLS
from tests.faults.proxy import FAULTS, LAST
from tests.faults.table import WHOLE, Table, opened

HARMLESS = ("drips", "429 once")
ERRORS = {name for name in dw.__all__ if isinstance(getattr(dw, name), type)}
BROKEN = ("ConnectionFailed", "StreamInterrupted")
CAUSES = {
    "cut in the head": BROKEN,
    "cut in the body": BROKEN,
    "cut, last": BROKEN,
    "resets": BROKEN,
    "stalls": ("TimedOut", "StreamInterrupted"),
    "429": ("Throttled",),
    "500": ("ServerError",),
    "500, last": ("ServerError", "StreamInterrupted"),
    "HTML": ("UnexpectedAnswer",),
    "`{}`": ("UnexpectedAnswer", "StreamInterrupted"),
}
"""The errors that name what happened: whoever meets a 500 is not told of a timeout."""
WITHOUT = ("board.watch()", "dw.watch([a, b])", "board.edit()")
WITHOUT += tuple(f"explorer, {tab}" for tab in ("tiles", "edit", "findings", "history"))
"""Calls whose last request may be one that they can do without."""
REMEDY = re.compile(r"again|[Cc]heck|[Ll]ook|Wait|ask for less")


@pytest.fixture(scope="module")
def table() -> Iterator[Table]:
    with opened() as found:
        yield found


@pytest.mark.parametrize("call", CALLS)
def test_every_call_is_whole_or_says_why_not(table: Table, call: str) -> None:
    found = table.row(call)
    assert found["none"].name not in ERRORS, found["none"]
    for fault in FAULTS:
        name, sentence = found[fault].name, found[fault].sentence
        if fault in HARMLESS:
            assert found[fault] == WHOLE, (fault, found[fault])
            continue
        if found[fault] == WHOLE and fault in LAST and call in WITHOUT:
            continue
        assert name in CAUSES[fault] or "said" in name, (fault, found[fault])
        assert sentence, (fault, name)
        if name in ERRORS:
            assert REMEDY.search(sentence), f"{fault}: {sentence!r} says nothing that would help"
