"""Undo the one trace that reading leaves: ``last_accessed_at`` (contract 8.10)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from dashwidgets.api.client import Client
from dashwidgets.api.endpoints import dashboards as api
from dashwidgets.api.paging import collect
from dashwidgets.bulk.sweep import sweep


def put_back(
    client: Client, before: Mapping[int, str | None], opened: Mapping[int, Mapping[str, Any]]
) -> dict[int, str]:
    """Restore ``last_accessed_at``; returns the reasons where it stays changed.

    Parameters
    ----------
    before : dict
        Dashboard id to ``last_accessed_at`` of the list, from before they were opened.
    opened : dict
        Dashboard id to the detail form that opening it gave.

    One request per dashboard and two lists. Dashboards that somebody else opened since are left
    alone.
    """
    ours = {key: detail.get("last_accessed_at") for key, detail in opened.items()}
    left = {
        key: "somebody else opened it in the meantime"
        # The list does not count as opening, so this check leaves no trace of its own.
        for key, now in _listed(client).items()
        if key in ours and now != ours[key]
    }
    wanted = [key for key in ours if key not in left]
    written = sweep(
        client, wanted, lambda key: api.put_back(key, before[key]), "Putting back last_accessed_at"
    )
    left |= written.unread
    now = _listed(client)
    for key in written.found:
        if key not in now:
            left[key] = "it is no longer listed"
        # The field is not documented as writable: only reading back shows that it was.
        elif now[key] != before[key]:
            left[key] = "the server kept another value"
    return left


def _listed(client: Client) -> dict[int, str | None]:
    return {row["id"]: row.get("last_accessed_at") for row in collect(client, api.page).rows}
