"""``filters`` of insights that were made before there were queries."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, cast

from dashwidgets.references.queries.formulas import letters
from dashwidgets.references.queries.paths import paths
from dashwidgets.references.queries.properties import breakdown, properties
from dashwidgets.references.queries.series import node, nodes
from dashwidgets.references.reference import (
    EXCLUSION,
    FILTER,
    RETENTION_RETURN,
    RETENTION_START,
    SERIES,
    Found,
)

ENTITIES = ("events", "actions", "data_warehouse", "new_entity", "groups")
PATHS = frozenset(("include_event_types", "start_point", "end_point", "exclude_events"))


def filters(value: Any, at: str, found: Found, test: Sequence[Any] = ()) -> None:
    """What an old insight depends on; ``test`` are the project's filters of internal users."""
    if not isinstance(value, dict):
        found.miss(at, "the filters are not a JSON object")
        return
    fields = cast("dict[str, Any]", value)
    for name in ENTITIES:
        if fields.get(name):
            nodes(_typed(fields[name], name), f"{at}/{name}", SERIES, found)
    properties(fields.get("properties"), f"{at}/properties", FILTER, found)
    breakdown(fields, at, found)
    nodes(fields.get("exclusions"), f"{at}/exclusions", EXCLUSION, found)
    node(fields.get("target_entity"), f"{at}/target_entity", RETENTION_START, found)
    node(fields.get("returning_entity"), f"{at}/returning_entity", RETENTION_RETURN, found)
    if PATHS & fields.keys():
        paths(fields, at, found)
    if isinstance(formula := fields.get("formula"), str):
        letters(formula, _in_order(fields), f"{at}/formula", found)
    if test and fields.get("filter_test_accounts"):
        mine = Found()
        properties(list(test), "", FILTER, mine)
        where = f"{at}/filter_test_accounts"
        found.references += [
            one._replace(pointer=where, start=-1, end=-1, line=0, column=0)
            for one in mine.references
        ]


def _typed(value: Any, name: str) -> Any:
    """Entities, each with its type: in its own list it may go without saying."""
    if not isinstance(value, list) or name in ("events", "new_entity"):
        return cast("Any", value)
    return [
        {"type": name} | cast("dict[str, Any]", one) if isinstance(one, dict) else one
        for one in cast("list[Any]", value)
    ]


def _in_order(fields: dict[str, Any]) -> list[Any]:
    """The series as a formula's letters count them: by their order, whatever list they are in."""
    found: list[dict[str, Any]] = []
    for name in ("events", "actions", "data_warehouse"):
        rows = _typed(fields.get(name) or [], name)
        if isinstance(rows, list):
            listed = cast("list[Any]", rows)
            found += [cast("dict[str, Any]", one) for one in listed if isinstance(one, dict)]
    orders = [one.get("order") for one in found]
    # Only then: sorting a mixture of numbers and None would raise.
    if all(isinstance(order, int) for order in orders):
        found.sort(key=lambda one: one["order"])
    return found
