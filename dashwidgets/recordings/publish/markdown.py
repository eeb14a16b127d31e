"""A round or a comparison as Markdown: tables and sparklines for chat."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

import numpy as np

from dashwidgets.recordings.numbers.lines import Line, all_times
from dashwidgets.recordings.publish.provenance import Facts
from dashwidgets.recordings.publish.sparkline import text as sparkline

_SPECIAL = re.compile(r"([\\`*_{}\[\]<>#|~&!@])")


def escaped(words: object) -> str:
    """Somebody's text, in which nothing is Markdown, HTML or a mention."""
    return _SPECIAL.sub(r"\\\1", " ".join(str(words).split()))


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A table whose cells are text; an aligned ``:`` after a title puts it to the right."""
    titles = [title.rstrip(":") for title in head]
    rules = ["---:" if title.endswith(":") else "---" for title in head]
    lines = [titles, rules, *rows]
    return "\n".join("| " + " | ".join(line) + " |" for line in lines)


def told(facts: Facts) -> str:
    """Facts as one line."""
    return " · ".join(f"**{word}:** {escaped(said)}" for word, said in facts)


def number(value: float | None, what: str = "") -> str:
    """A number as people read it; a conversion in percent."""
    if value is None or value != value:
        return "unknown"
    if what == "conversion":
        return f"{value:.1%}"
    return f"{value:,.0f}" if abs(value) >= 1000 or value == int(value) else f"{value:,.4g}"


def over_time(lines: Sequence[Line]) -> str:
    """The sum of all current series, interval by interval."""
    current = [line for line in lines if line.key[2] != "previous" and line.key[4] == "value"]
    if not current:
        return ""
    times = all_times(current)
    if len(times) < 2:
        return ""
    sums = np.zeros(len(times))
    for line in current:
        np.add.at(sums, np.searchsorted(times, line.times), np.nan_to_num(line.values))
    return sparkline(sums.tolist())
