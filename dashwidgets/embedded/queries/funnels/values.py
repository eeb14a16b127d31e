"""Which value of a breakdown an attempt counts for: the query's attribution."""

from __future__ import annotations

from typing import Any

from dashwidgets.embedded.queries.breakdowns import NULL
from dashwidgets.embedded.queries.problem import InvalidQuery
from dashwidgets.embedded.queries.sql.dialect import literal

_WHOLE = "ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING"
_ENDS = {"first_touch": "timestamp, uuid", "last_touch": "timestamp DESC, uuid DESC"}


def attributed(
    rows: str, shown: dict[str, Any], count: int, *, unordered: bool, marks: int = 0
) -> str:
    """Rows of events whose ``value`` is the one that their attempts count for.

    With ``all_events`` and ``step`` a person counts once for each of several values. There are
    ``marks`` flags: one for each of the ``count`` steps, and any that follow.
    """
    marks = max(marks, count)
    attribution = shown.get("breakdownAttributionType") or "first_touch"
    if attribution == "all_events":
        return rows
    if attribution in _ENDS:
        # A missing value is no touch: the first event that has one counts.
        known = f"nullIf(value, {literal(NULL)})"
        first = (
            f"first_value({known}) IGNORE NULLS OVER "
            f"(PARTITION BY person_id ORDER BY {_ENDS[attribution]} {_WHOLE})"
        )
        return (
            f"SELECT * EXCEPT (value, touched), ifNull(touched, {literal(NULL)}) AS value "
            f"FROM (SELECT *, {first} AS touched FROM ({rows}) AS valued) AS touching"
        )
    if attribution != "step":
        raise InvalidQuery(f"{attribution!r} is not an attribution.", "invalid_choice")
    step = shown.get("breakdownAttributionValue") or 0
    if not isinstance(step, int) or not 0 <= step < count or (unordered and step):
        raise InvalidQuery("breakdownAttributionValue is not a step that values can come from.")
    # Without an order the values of all events count, whichever step an event is of.
    mark = "true" if unordered else f"s{step}"
    values = f"SELECT DISTINCT person_id, value FROM ({rows}) AS at_step WHERE {mark}"
    flags = ", ".join(
        f"s{at} AND own = value AS s{at}" if at == step and not unordered else f"s{at}"
        for at in range(marks)
    )
    raw = ", ".join(f"s{at}" for at in range(marks))
    return (
        f"SELECT person_id, timestamp, uuid, value, {flags} FROM ("
        "SELECT each.person_id AS person_id, timestamp, uuid, each.value AS own, "
        f"possible.value AS value, {raw} FROM ({rows}) AS each "
        f"JOIN ({values}) AS possible ON each.person_id = possible.person_id) AS paired"
    )
