"""What a dashboard itself depends on: its filters, its variables, and those of single tiles."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, cast

from dashwidgets.references.queries.fields import variables
from dashwidgets.references.queries.properties import breakdown, properties
from dashwidgets.references.reference import FILTER, Found


def board_references(detail: Mapping[str, Any]) -> Found:
    """References in a detail form (contract 7.3); pointers start at the dashboard.

    A dashboard names quick filters by id only, so they are listed in ``unread``.
    """
    found = Found()
    # Older servers have only ``filters``, into which a request's overrides may be merged.
    saved = "persisted_filters" if detail.get("persisted_filters") else "filters"
    _filters(detail.get(saved), f"/{saved}", found)
    saved = "persisted_variables" if detail.get("persisted_variables") else "variables"
    variables(detail.get(saved), f"/{saved}", found)
    for at, _ in enumerate(detail.get("quick_filter_ids") or ()):
        found.miss(f"/quick_filter_ids/{at}", "a quick filter: only its id is known")
    return found


def tile_references(tile: Mapping[str, Any], at: int) -> Found:
    """References in the filters a tile has instead of its dashboard's; ``at`` is its position."""
    found = Found()
    _filters(tile.get("filters_overrides"), f"/tiles/{at}/filters_overrides", found)
    return found


def _filters(value: Any, at: str, found: Found) -> None:
    if isinstance(value, dict):
        fields = cast("dict[str, Any]", value)
        properties(fields.get("properties"), f"{at}/properties", FILTER, found)
        breakdown(fields.get("breakdown_filter"), f"{at}/breakdown_filter", found)
    elif value:
        found.miss(at, "the filters are not a JSON object")
