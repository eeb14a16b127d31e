"""The period that each part of a compared result belongs to, where no label says it."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any, cast

from dashwidgets.frames.columns import inner
from dashwidgets.frames.results.kinds import settings_of, source_of
from dashwidgets.frames.results.reading import Reading

LABEL = "compare_label"
CURRENT, PREVIOUS = "current", "previous"
SAME = ("label", "name", "breakdown_value", "status", "order")
"""What identifies a series or a step in both periods."""


def with_periods(reading: Reading, result: Any) -> Any:
    """Label the current and the previous period of a compared result that came without labels.

    Days tell, else the place: the previous period follows the current one, as a whole or series by
    series. Where neither tells, the reading notes it.
    """
    if not _is_compared(reading.insight) or not isinstance(result, list):
        return result
    parts = cast("list[Any]", result)
    if not all(_fields(part) for part in parts):
        return parts  # of another shape: the reader will report it
    given = [_fields(part).get(LABEL) for part in parts]
    labels = _completed(given) if any(given) else _told(reading, parts)
    return [_labeled(part, label) for part, label in zip(parts, labels, strict=True)]


def _is_compared(insight: Mapping[str, Any]) -> bool:
    source = source_of(insight)
    asked = inner(source, "compareFilter").get("compare") or settings_of(source).get("compare")
    return asked is True or str(asked).lower() == "true"  # filters of old insights hold words


def _completed(given: list[Any]) -> list[Any]:
    """Label the unlabeled period when only one of the two has labels."""
    known = {label for label in given if label}
    if len(known) > 1:
        return given
    other = PREVIOUS if known == {CURRENT} else CURRENT
    return [label or other for label in given]


def _told(reading: Reading, parts: list[Any]) -> list[Any]:
    half, odd = divmod(len(parts), 2)
    starts = sorted({start for start in map(_start, parts) if start})
    # Two first days, and every series has one: the earlier is the previous period.
    if len(starts) == 2 and all(map(_start, parts)):
        return [PREVIOUS if _start(part) == starts[0] else CURRENT for part in parts]
    keys = [_key(part) for part in parts]
    if len(set(keys)) == len(keys):
        return [None] * len(parts)  # no series is there twice: only one period was sent
    if not odd and Counter(keys[:half]) == Counter(keys[half:]):
        return [CURRENT] * half + [PREVIOUS] * half
    if not odd and keys[::2] == keys[1::2]:
        return [CURRENT, PREVIOUS] * half
    reading.notes.append("the server does not say which series belong to the previous period")
    return [None] * len(parts)


def _start(part: Any) -> str:
    """The first day of a series; stickiness counts days and has none."""
    days = _fields(part).get("days")
    first = cast("list[Any]", days)[0] if isinstance(days, list) and days else None
    return first if isinstance(first, str) else ""


def _key(part: Any) -> str:
    fields = _fields(part)
    action = inner(fields, "action")
    known = [fields.get(name) for name in SAME]
    return json.dumps([*known, action.get("order"), action.get("math")], default=str)


def _fields(part: Any) -> Mapping[str, Any]:
    """A series, a step, or the first step of a funnel."""
    first = next(iter(cast("list[Any]", part)), None) if isinstance(part, list) else part
    return cast("Mapping[str, Any]", first) if isinstance(first, Mapping) else {}


def _labeled(part: Any, label: Any) -> Any:
    if label is None:
        return part
    if isinstance(part, list):
        return list(_each(cast("list[Any]", part), label))
    return {**part, LABEL: label}


def _each(steps: list[Any], label: Any) -> Iterator[Any]:
    return (_labeled(step, label) if isinstance(step, Mapping) else step for step in steps)
