"""What each outcome has to be: whole, or what happened and what to do."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import dashwidgets as dw
from tests.faults.proxy import LAST


@dataclass(frozen=True)
class Outcome:
    """What a call came to, and the sentence that the user is given."""

    name: str
    sentence: str = ""


WHOLE = Outcome("whole")
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
    "`{}`": ("UnexpectedAnswer",),
}
"""The errors that name what happened: whoever meets a 500 is not told of a timeout."""
WITHOUT = ("board.watch()", "dw.watch([a, b])", "board.record()", "board.compare(to=…)")
WITHOUT += ("board.edit()",)
WITHOUT += tuple(f"explorer, {tab}" for tab in ("tiles", "edit", "findings", "history"))
"""Calls whose last request may be one that they can do without, such as annotations."""
REMEDY = re.compile(r"again|[Cc]heck|[Ll]ook|Wait|ask for less")


def broken(call: str, row: Mapping[str, Outcome]) -> Iterator[str]:
    """A sentence for each outcome that is not as it must be."""
    for fault, found in row.items():
        is_error = found.name in ERRORS
        if fault in ("none", *HARMLESS):
            good = found == WHOLE or (fault == "none" and not is_error)
        elif found == WHOLE:
            good = fault in LAST and call in WITHOUT
        else:
            named = found.name in CAUSES[fault] or "said" in found.name
            good = named and bool(REMEDY.search(found.sentence) if is_error else found.sentence)
        if not good:
            yield f"{call}, {fault}: {found}"
