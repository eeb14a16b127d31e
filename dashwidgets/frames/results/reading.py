"""One result while it is read: its insight, and what could not be read of it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, cast

from dashwidgets.frames.columns import inner

Row = dict[str, Any]

OTHER = "$$_posthog_breakdown_other_$$"
NONE = "$$_posthog_breakdown_null_$$"
WORDS = {OTHER: "Other", NONE: "None"}
"""What PostHog sends for what is left over of a breakdown, and the words it shows."""


@dataclass
class Reading:
    """A result being read.

    Attributes
    ----------
    insight : dict
    notes : list of str
        Why the frame is not the whole result; empty when it is.
    attrs : dict
        Further facts about the result.
    """

    insight: Mapping[str, Any]
    notes: list[str] = field(default_factory=list[str])
    attrs: dict[str, Any] = field(default_factory=dict[str, Any])

    def paired(self, days: list[Any], data: list[Any]) -> Iterator[tuple[Any, Any]]:
        """Pair days with values; where a server sends more of one, all are kept."""
        if len(days) != len(data):
            self.notes.append(f"{len(data)} values came with {len(days)} intervals")
        for at in range(max(len(days), len(data))):
            yield (
                days[at] if at < len(days) else None,
                data[at] if at < len(data) else None,
            )


Read = Callable[[Reading, Any], Iterator[Row]]


def listed(result: Any) -> list[Any]:
    """A result that is a list; raises `TypeError` for any other."""
    if not isinstance(result, list):
        raise TypeError("an object where a list belongs")
    return cast("list[Any]", result)


def list_of(row: Mapping[str, Any], name: str) -> list[Any]:
    """A required list."""
    return listed(row[name])


def known(series: Mapping[str, Any]) -> Row:
    """The fields common to all series."""
    action = inner(series, "action")
    return {
        "series": action.get("custom_name") or action.get("name") or series.get("label"),
        "compared": series.get("compare_label"),
    } | broken_down(series.get("breakdown_value"))


def broken_down(value: Any) -> Row:
    """A breakdown value in words, and as it was sent."""
    return {"breakdown": in_words(value), "breakdown_raw": value}


def in_words(value: Any) -> str | None:
    """A breakdown value as text; several are joined."""
    if value is None:
        return None
    parts = cast("list[Any]", value) if isinstance(value, list) else [value]
    words = [WORDS.get(part, part) if isinstance(part, str) else _plain(part) for part in parts]
    return ", ".join(words)


def _plain(value: Any) -> str:
    if value is None:
        return "None"
    # As PostHog's charts write them: true, not True.
    return str(value).lower() if isinstance(value, bool) else str(value)
