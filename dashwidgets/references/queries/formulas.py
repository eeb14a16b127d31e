"""Formulas: which of the series each letter stands for."""

from __future__ import annotations

import re
from typing import Any, cast

from dashwidgets.references.queries.series import node
from dashwidgets.references.reference import FORMULA, Found

# A letter alone: those of function names are no series.
_LETTER = re.compile(r"(?<![A-Za-z_])[A-Z](?![A-Za-z_])")


def formulas(query: dict[str, Any], at: str, found: Found) -> None:
    """Every name behind a letter of a formula; the place is that of the formula."""
    shown: dict[str, Any] = query["trendsFilter"]
    texts: list[tuple[str, Any]] = [("formula", shown.get("formula"))]
    for name, key in (("formulas", None), ("formulaNodes", "formula")):
        for n, one in enumerate(cast("list[Any]", shown.get(name) or [])):
            text = cast("Any", one).get(key) if key and isinstance(one, dict) else one
            texts.append((f"{name}/{n}/{key}" if key else f"{name}/{n}", text))
    series: Any = query["series"]
    for where, text in texts:
        if isinstance(text, str) and isinstance(series, list):
            letters(text, cast("list[Any]", series), f"{at}trendsFilter/{where}", found)


def letters(text: str, series: list[Any], pointer: str, found: Found) -> None:
    """The names of the series that a formula uses, each once."""
    mine = Found()
    for letter in dict.fromkeys(_LETTER.findall(text)):
        at = ord(letter) - ord("A")
        if at < len(series):
            node(series[at], "", FORMULA, mine)
    # Only the events and actions: the filters of a series are found where the series is.
    seen = {(one.kind, one.name): one for one in mine.references if one.role == FORMULA}
    for one in seen.values():
        found.add(one._replace(pointer=pointer))
