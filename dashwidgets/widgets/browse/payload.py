"""What ``ph.browse()`` sends its view: the list, how it was read, and findings."""

from __future__ import annotations

import zlib
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, cast

import msgspec
import pandas as pd

from dashwidgets.api.errors import ConfigurationError
from dashwidgets.api.paging import Listing
from dashwidgets.frames.dashboards import DASHBOARDS
from dashwidgets.widgets.shared.fallback import EVERYONE
from dashwidgets.widgets.shared.state.browse import (
    Columns,
    FindingState,
    ListingState,
    ReportState,
    SavedView,
)

if TYPE_CHECKING:
    from dashwidgets.audit.report.report import Report

COLUMNS = (*(column.name for column in DASHBOARDS.columns), "findings")
"""The columns that can be shown and sorted by."""
SHOWN = ("pinned", "name", "owner", "tags", "last_accessed_at", "creation_mode")
"""What is shown at first; with a report its findings come last instead of the creation mode."""
FACETS = (
    "owner",
    "tags",
    "pinned",
    "public",
    "restriction_level",
    "creation_mode",
    "last_accessed_at",
    "findings",
    "uses",
)
"""The facets."""


def columns_of(frame: pd.DataFrame, listing: Listing) -> Columns:
    """A dashboards frame, column by column, as JSON has it."""
    columns = {
        column.name: _plain(frame[column.name], column.kind) for column in DASHBOARDS.columns
    }
    columns["restricted"] = [
        # The effective level: without access control in the plan the stored one restricts nobody.
        (row.get("effective_restriction_level") or EVERYONE) > EVERYONE
        for row in listing.rows
    ]
    return cast("Columns", columns)


def _plain(values: pd.Series[Any], kind: str) -> list[Any]:
    if kind == "time":
        # Milliseconds, as JavaScript's dates count.
        stamps = values.astype("datetime64[ms, UTC]").astype("int64")
        return stamps.astype(object).where(values.notna(), None).tolist()
    if kind == "list":
        return [list(found) for found in values]
    return values.astype(object).where(values.notna(), None).tolist()


def packed(columns: Mapping[str, list[Any]], _widget: object = None) -> bytes:
    """Columns as they are sent: those that repeat as codes, then JSON, deflated.

    A tenth of the bytes, and half the time to read them in the page (``rows.ts``).
    """
    sent = {name: values if name == "id" else _coded(values) for name, values in columns.items()}
    return zlib.compress(msgspec.json.encode(sent), 1)


def _coded(values: list[Any]) -> list[Any] | dict[str, list[Any]]:
    """Each value once, and which of them every row has; as it is where few repeat."""
    are_lists = bool(values) and isinstance(values[0], list)
    keys: list[Any] = list(map(cast("Any", tuple), values)) if are_lists else values
    codes = {key: code for code, key in enumerate(dict.fromkeys(keys))}
    if len(codes) > len(values) // 4:
        return values
    return {"of": list(codes), "at": list(map(codes.__getitem__, keys))}


def listing_state(listing: Listing) -> ListingState:
    """How the rows were read, for the footer."""
    return {
        "count": len(listing.rows),
        "expected": listing.expected,
        "complete": listing.complete,
        "requests": listing.requests_spent,
        "seconds": round(listing.seconds, 3),
        "taken_at": listing.taken_at.isoformat(timespec="seconds"),
    }


def report_state(report: Report, ids: list[int], host: str, project_id: int | str) -> ReportState:
    """An audit beside a list.

    Raises `ConfigurationError` for a report of another project: its ids mean other dashboards.
    """
    if (report.host, str(report.project_id)) != (host, str(project_id)):
        raise ConfigurationError(
            f"This report belongs to project {report.project_id} on {report.host}, the list to "
            f"project {project_id} on {host}: audit this project."
        )
    here = set(ids)
    seen = report.dashboards - report.unread
    found = report.findings.dropna(subset=["dashboard_id"])
    names = ("dashboard_id", "rule", "severity", "tile", "evidence", "suggestion")
    findings: list[FindingState] = [
        {
            "dashboard_id": int(board),
            "rule": rule,
            "severity": severity,
            "tile": None if pd.isna(tile) else str(tile),
            "evidence": "" if pd.isna(evidence) else str(evidence),
            "suggestion": "" if pd.isna(suggestion) else str(suggestion),
        }
        for board, rule, severity, tile, evidence, suggestion in zip(
            *(found[name].tolist() for name in names), strict=True
        )
        if int(board) in here
    ]
    return {
        "taken_at": report.taken_at,
        "rules": list(report.rules),
        "findings": findings,
        "unevaluated": [key for key in ids if key not in seen],
    }


def checked_view(view: Any) -> SavedView:
    """A saved view, checked: every part is there, every column known.

    Raises `ConfigurationError` for anything else.
    """
    if not isinstance(view, dict):
        raise ConfigurationError("A view is a dict of columns, sort, search and facets.")
    given = cast("dict[str, Any]", view)
    unknown = set(given) - {"columns", "sort", "search", "facets"}
    if unknown:
        raise ConfigurationError(
            f"A view has no {sorted(unknown)[0]!r}: it has columns, sort, search and facets."
        )
    return {
        "columns": checked_columns(given.get("columns") or list(SHOWN)),
        "sort": checked_sort(given.get("sort") or []),
        "search": str(given.get("search") or ""),
        "facets": checked_facets(given.get("facets") or {}),
    }


def checked_columns(names: Any) -> list[str]:
    """Columns to show, each once."""
    for name in names:
        if name not in COLUMNS:
            raise ConfigurationError(
                f"There is no column {name!r}: there are {', '.join(COLUMNS)}."
            )
    return list(dict.fromkeys(names))


def checked_sort(keys: Any) -> list[Any]:
    """A sort order; up unless it says ``descending``."""
    return [
        {
            "column": checked_columns([key["column"]])[0],
            "descending": bool(key.get("descending", False)),
        }
        for key in keys
    ]


def checked_facets(facets: Any) -> dict[str, list[str]]:
    """Values wanted of each facet; a facet of which none is wanted is left out."""
    for name, values in facets.items():
        if name not in FACETS:
            raise ConfigurationError(f"There is no facet {name!r}: there are {', '.join(FACETS)}.")
        if not isinstance(values, (list, tuple)):
            raise ConfigurationError(f"The facet {name!r} needs a list of values.")
    return {name: [str(value) for value in values] for name, values in facets.items() if values}
