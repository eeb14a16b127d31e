"""The list of insights, read once: their frame, their tiles, their queries and references."""

from __future__ import annotations

import hashlib
import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any, cast

import msgspec
import pandas as pd

from dashwidgets.api.client import Client
from dashwidgets.api.endpoints import insights
from dashwidgets.api.paging import take_pages
from dashwidgets.frames.columns import Builder, inner
from dashwidgets.frames.insights import INSIGHTS
from dashwidgets.frames.tiles import TILES, insight_tiles
from dashwidgets.queries.system_tables import json_of
from dashwidgets.queries.tiles import Placed
from dashwidgets.references.frame import REFERENCES, Collected

_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


@dataclass(frozen=True)
class Asked:
    """What the list of insights tells; empty where it was not read."""

    insights: pd.DataFrame = field(default_factory=INSIGHTS.empty)
    tiles: pd.DataFrame = field(default_factory=TILES.empty)
    references: pd.DataFrame = field(default_factory=REFERENCES.empty)
    queries: dict[int, str] = field(default_factory=dict[int, str])
    fixed_ends: dict[int, str] = field(default_factory=dict[int, str])
    complete: bool = True
    taken_at: str = ""


def read_asked(client: Client, boards: pd.DataFrame, placed: Placed | None = None) -> Asked:
    """Read the list of insights, one request for up to 5,000, or what SQL says about them.

    SQL does not know their tags, their owners' names and the names that PostHog derives.
    """
    began = datetime.now(UTC)
    names = dict(zip(boards["id"].tolist(), boards["name"].tolist(), strict=True))
    all_of_them, tiles = Builder(INSIGHTS), Builder(TILES)
    queries, ends = dict[int, str](), dict[int, str]()
    used = Collected({key: {"name": name} for key, name in names.items()}, everywhere=True)

    def take(rows: Sequence[dict[str, Any]]) -> None:
        all_of_them.add(rows)
        tiles.add(list(insight_tiles(rows, names)))
        used.insights(rows)
        for row in rows:
            if row.get("query"):
                queries[row["id"]] = digest(row["query"])
            if end := _fixed_end(row):
                ends[row["id"]] = end

    if placed is None:
        complete = take_pages(client, insights.page, take).complete
    else:
        complete = not placed.warnings
        take(list(_as_listed(placed)))
    return Asked(
        all_of_them.to_frame(),
        tiles.to_frame(),
        used.to_frame(),
        queries,
        ends,
        complete,
        began.isoformat(timespec="seconds"),
    )


def _as_listed(placed: Placed) -> Iterator[dict[str, Any]]:
    """Rows of SQL in the shape of the list of insights."""
    on: defaultdict[int, list[dict[str, Any]]] = defaultdict(list)
    for tile in placed.tiles:
        place = {"id": tile["id"], "dashboard_id": tile["dashboard_id"], "deleted": False}
        on[tile["insight_id"]].append(place)
    for key, row in placed.insights.items():
        if not row["deleted"]:
            shown = {name: bool(row[name]) for name in ("saved", "favorited")}
            where = {"dashboards": [place["dashboard_id"] for place in on[key]]}
            yield row | shown | where | {"query": json_of(row["query"]), "dashboard_tiles": on[key]}


def digest(query: Any) -> str:
    """What a query asks, however its fields are ordered and whatever wraps it."""
    inside = cast("dict[str, Any]", query).get("source") if isinstance(query, dict) else None
    # Without the wrapper: a chart and its table of the same numbers are one question.
    text = msgspec.json.encode(inside or query, order="sorted")
    return hashlib.sha256(text).hexdigest()


def _fixed_end(row: dict[str, Any]) -> str | None:
    """The last day of a range fixed by hand; None where it is open or relative."""
    query = inner(row, "query")
    source = inner(query, "source") or query
    ranges = inner(source, "dateRange") or inner(inner(source, "filters"), "dateRange")
    end = (ranges or inner(row, "filters")).get("date_to")
    return end if isinstance(end, str) and _DAY.match(end) else None
