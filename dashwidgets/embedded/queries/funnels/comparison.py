"""A funnel and the one of the period before, in one result."""

from __future__ import annotations

from typing import Any, cast

_LABELS = ("current", "previous")
_NOBODY: dict[str, Any] = {
    "count": 0,
    "people": [],
    "average_conversion_time": None,
    "median_conversion_time": None,
}

Step = dict[str, Any]


def merged(periods: list[Any], drawn: str) -> list[Any]:
    """The parts of both periods, each with its ``compare_label``, the current first."""
    if drawn == "time_to_convert":
        return [one | {"compare_label": label} for one, label in zip(periods, _LABELS, strict=True)]
    parts = cast("list[list[Any]]", periods)
    if any(isinstance(part, list) for period in parts for part in period):
        return _by_value(cast("list[list[list[Step]]]", parts))
    return [
        part | {"compare_label": label}
        for period, label in zip(parts, _LABELS, strict=True)
        for part in period
    ]


def _by_value(periods: list[list[list[Step]]]) -> list[list[Step]]:
    """A funnel for each value in each period; one that nobody had is at zero."""
    known = [{str(funnel[0]["breakdown_value"]): funnel for funnel in one} for one in periods]
    values = list(dict.fromkeys(value for one in known for value in one))
    made: list[list[Step]] = []
    for at, label in enumerate(_LABELS):
        for value in values:
            # A value that only one period has needs its counterpart, or a chart would compare it
            # with nothing.
            funnel = known[at].get(value) or [step | _NOBODY for step in known[1 - at][value]]
            made.append([step | {"compare_label": label} for step in funnel])
    return made
