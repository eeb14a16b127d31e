"""The original of a frame, kept with it, so that edits can be found."""

from __future__ import annotations

import secrets
from typing import Any

import pandas as pd

from dashwidgets.frames.arrow import PANDAS_2

NAME = "baseline"


class Baseline(str):
    """The rows a frame was made of, held by a token in ``attrs``.

    It is a string because pandas copies, compares and writes ``attrs``: it must be cheap, equal
    to itself and fit for JSON.
    """

    __slots__ = ("kind", "rows")
    kind: str
    rows: pd.DataFrame

    def __new__(cls, kind: str, rows: pd.DataFrame, token: str | None = None) -> Baseline:
        """``kind`` is the table's name; ``rows`` may share its memory with the frame."""
        made = super().__new__(cls, token or f"{kind} {secrets.token_hex(8)}")
        made.kind, made.rows = kind, rows
        return made

    def __deepcopy__(self, _memo: Any) -> Baseline:
        return self

    def __copy__(self) -> Baseline:
        return self

    def __reduce__(self) -> tuple[Any, ...]:
        return Baseline, (self.kind, self.rows, str(self))


def remember(kind: str, frame: pd.DataFrame) -> pd.DataFrame:
    """Let a frame remember its current values; lists are copied, so that edits to one are seen."""
    # pandas 3 copies a column when it is written to; pandas 2 would write into both frames.
    rows = frame.copy(deep=PANDAS_2)
    rows.attrs = {}
    if "tags" in rows.columns:
        lists = [tuple(tags) for tags in rows["tags"]]
        rows["tags"] = pd.Series(lists, index=rows.index, dtype="object")
    frame.attrs[NAME] = Baseline(kind, rows)
    return frame
