"""A breakdown by cohort is one query per cohort: a person may be in several, or in none."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, cast

from dashwidgets.embedded.queries.filters import cohorts
from dashwidgets.embedded.queries.problem import InvalidQuery
from dashwidgets.embedded.queries.schema import Schema


@dataclass(frozen=True)
class CohortSplit:
    """A query narrowed to one cohort: its id (0 for all users), its name and the query."""

    key: int
    name: str
    source: dict[str, Any]


def cohort_splits(source: dict[str, Any], schema: Schema) -> list[CohortSplit] | None:
    """The query for every cohort of its breakdown, or None when it has no such breakdown."""
    keys = _keys(source.get("breakdownFilter") or {})
    if keys is None:
        return None
    if not keys:
        raise InvalidQuery("A breakdown by cohort needs cohorts.", "required")
    rest = {key: value for key, value in source.items() if key != "breakdownFilter"}
    found: list[CohortSplit] = []
    for key in keys:
        # Trends write "all", funnels and retention 0.
        everybody = key in (cohorts.EVERYBODY, 0, "0")
        name = cohorts.label(key, schema)
        narrowed = rest if everybody else rest | {"properties": _within(rest, key)}
        found.append(CohortSplit(0 if everybody else int(key), name, narrowed))
    return found


def _keys(given: dict[str, Any]) -> list[Any] | None:
    several = cast("list[dict[str, Any]]", given.get("breakdowns") or [])
    if several:
        kinds = {one.get("type") for one in several}
        if "cohort" not in kinds:
            return None
        if kinds != {"cohort"}:
            raise InvalidQuery("A breakdown by cohort can't be combined with others.")
        return [one.get("property") for one in several]
    if given.get("breakdown_type") != "cohort":
        return None
    keys = given.get("breakdown")
    return cast("list[Any]", keys) if isinstance(keys, list) else [keys]


def _within(source: dict[str, Any], key: Any) -> dict[str, Any]:
    one = {"type": "cohort", "key": "id", "value": key}
    own: Any = source.get("properties")
    if not own:
        return {"type": "AND", "values": [one]}
    # In a group of its own: an OR among the query's filters must not let others into the cohort.
    both: list[Any] = [{"type": "AND", "values": own} if isinstance(own, list) else own, one]
    return {"type": "AND", "values": both}
