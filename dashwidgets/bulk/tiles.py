"""Read the tiles of every dashboard by opening each."""

from __future__ import annotations

import warnings
from typing import TYPE_CHECKING, Any

from dashwidgets.api.client import Client
from dashwidgets.api.endpoints import dashboards as api
from dashwidgets.api.errors import DashwidgetsWarning
from dashwidgets.api.paging import Listing
from dashwidgets.bulk import last_accessed as traces
from dashwidgets.bulk.progress import price
from dashwidgets.bulk.sweep import sweep

if TYPE_CHECKING:
    import pandas as pd


def read_every_tile(
    client: Client, listing: Listing, attrs: dict[str, Any], *, put_back: bool
) -> pd.DataFrame:
    """Every tile with its layout, one request per dashboard; warns what that costs.

    ``put_back`` writes ``last_accessed_at`` back to what the list said. ``attrs`` are those of
    the listing; what could not be read or put back is added.
    """
    from dashwidgets.frames.tiles import tiles_of_details

    # From the list, which was read first: the detail form already says now (8.10).
    before = {row["id"]: row.get("last_accessed_at") for row in listing.rows}
    cost = price(client, len(before) * (2 if put_back else 1))
    warnings.warn(
        f"Opening {len(before)} dashboards ({cost}): last_accessed_at of each becomes now"
        + (", and is then put back." if put_back else "; put_back=True would restore it."),
        DashwidgetsWarning,
        stacklevel=4,
    )
    spent = client.requests_spent
    read = sweep(client, before, api.read, "Reading dashboards")
    if put_back:
        attrs["not_put_back"] = traces.put_back(client, before, read.found)
    attrs["requests_spent"] += client.requests_spent - spent
    attrs["unread"] = read.unread
    attrs["complete"] = listing.complete and not read.unread
    return tiles_of_details(read.found.values(), before=before, **attrs)
