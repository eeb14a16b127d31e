"""Funnels (contract 13.3), also broken down and beside another period."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, cast

from dashwidgets.frames.results.kinds import source_of
from dashwidgets.frames.results.reading import Reading, Row, broken_down, listed


def steps(reading: Reading, result: Any) -> Iterator[Row]:
    """A row per step. A second period follows in the same list, and is a funnel of its own."""
    optional = _optional(reading.insight)
    for funnel in funnels(listed(result)):
        yield from _steps(funnel, optional)


def funnels(result: list[Any]) -> Iterator[list[Mapping[str, Any]]]:
    """Single funnels of a result: a list of steps, or one list a breakdown value.

    Steps of the current period are followed by those of the previous one, which their
    label says; without labels a step that is not later than the one before it begins a new funnel.
    """
    for part in cast("list[list[Any]]", result if result and _is_list(result[0]) else [result]):
        funnel: list[Mapping[str, Any]] = []
        for step in listed(part):
            last = funnel[-1] if funnel else None
            if last is not None and _begins(last, step):
                yield funnel
                funnel = []
            funnel.append(step)
        if funnel:
            yield funnel


def _is_list(value: Any) -> bool:
    return isinstance(value, list)


def _begins(last: Mapping[str, Any], step: Mapping[str, Any]) -> bool:
    if last.get("compare_label") != step.get("compare_label"):
        return True
    before, order = last.get("order"), step.get("order")
    return isinstance(before, int) and isinstance(order, int) and order <= before


def _steps(funnel: list[Mapping[str, Any]], optional: set[int]) -> Iterator[Row]:
    first = before = None
    for at, step in enumerate(funnel):
        count = step["count"]
        first = count if at == 0 else first
        is_optional = step.get("order", at) in optional
        yield {
            "order": step.get("order", at),
            "name": step.get("custom_name") or step.get("name"),
            "optional": is_optional,
            **broken_down(step.get("breakdown_value", step.get("breakdown"))),
            "compared": step.get("compare_label"),
            "count": count,
            "conversion": count / first if first and count is not None else None,
            "from_previous": count / before if before and count is not None else None,
            "dropped": None if before is None or count is None else before - count,
            "average_conversion_time": step.get("average_conversion_time"),
            "median_conversion_time": step.get("median_conversion_time"),
        }
        # People may skip an optional step: the next is measured against the one before it.
        before = before if is_optional else count


def _optional(insight: Mapping[str, Any]) -> set[int]:
    series = source_of(insight).get("series")
    given = cast("list[Any]", series) if isinstance(series, list) else []
    return {
        at
        for at, one in enumerate(given)
        if isinstance(one, dict) and one.get("optionalInFunnel")  # pyright: ignore[reportUnknownMemberType]
    }


def times(reading: Reading, result: Any) -> Iterator[Row]:
    """A row per bin; one object, or when compared one a period."""
    periods = cast("list[Any]", result) if isinstance(result, list) else [result]
    if not periods:
        raise ValueError("no period at all")
    for period in periods:
        compared = period.get("compare_label")
        for name in ("average_conversion_time", "median_conversion_time"):
            if name in period:
                # The current period keeps the plain name, so that code written for one period still
                # reads it.
                label = name if compared in (None, "current") else f"{compared}_{name}"
                reading.attrs[label] = period[name]
        for seconds, count in listed(period["bins"]):
            yield {"seconds": seconds, "count": count, "compared": compared}
