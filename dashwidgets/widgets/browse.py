"""``ph.browse()``: a searchable, sortable table of dashboards."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, cast

import pandas as pd
import traitlets
from anywidget import AnyWidget

from dashwidgets.api.paging import Listing
from dashwidgets.frames.dashboards import dashboards_frame, full_name
from dashwidgets.widgets.bundle import bundle
from dashwidgets.widgets.state import Columns, ListingState


class Browser(AnyWidget):
    """A table of dashboards that talks back.

    Attributes
    ----------
    selected, visible : DataFrame
        The picked rows, and those the search leaves, in the order shown.
    selected_ids, visible_ids : list of int
        The same as traits, for ``observe``; ``selected_ids`` can be set.
    search : str
        The words in the search box.
    sort : list of dict
        ``[{"column": "name", "descending": False}]``.
    """

    columns: Any = traitlets.Dict().tag(sync=True)
    listing: Any = traitlets.Dict().tag(sync=True)
    selected_ids: Any = traitlets.List(traitlets.Int()).tag(sync=True)
    visible_ids: Any = traitlets.List(traitlets.Int()).tag(sync=True)
    sort: Any = traitlets.List(traitlets.Dict()).tag(sync=True)
    search: Any = traitlets.Unicode("").tag(sync=True)

    def __init__(self, listing: Listing, *, host: str, project_id: int | str) -> None:
        module, style = bundle("browse")
        self._esm, self._css = module, style
        self._frame = dashboards_frame(listing).set_index("id", drop=False)
        self._frame.index.name = None
        ids = [int(row["id"]) for row in listing.rows]
        super().__init__(
            columns=columns_of(listing.rows, f"{host}/project/{project_id}/dashboard"),
            listing=listing_state(listing),
            visible_ids=ids,
        )

    @property
    def selected(self) -> pd.DataFrame:
        """The picked rows, as in ``ph.dashboards()``."""
        return self._rows(self.selected_ids)

    @property
    def visible(self) -> pd.DataFrame:
        """The rows the search leaves, in the order shown."""
        return self._rows(self.visible_ids)

    @traitlets.validate("selected_ids")
    def _only_known(self, proposal: Mapping[str, Any]) -> list[int]:
        unknown = [key for key in proposal["value"] if key not in self._frame.index]
        if unknown:
            raise traitlets.TraitError(f"No dashboard of this table has the id {unknown[0]}.")
        return list(dict.fromkeys(proposal["value"]))

    def _rows(self, ids: list[int]) -> pd.DataFrame:
        return self._frame.loc[[key for key in ids if key in self._frame.index]].reset_index(
            drop=True
        )

    def __repr__(self) -> str:
        return f"Browser({len(self._frame)} dashboards, {len(self.selected_ids)} selected)"


def columns_of(rows: list[dict[str, Any]], address: str) -> Columns:
    """Rows of the list, column by column, with nothing the view does not show."""
    owners = [cast("Mapping[str, Any]", row.get("created_by") or {}) for row in rows]
    return {
        "id": [row["id"] for row in rows],
        "name": [row.get("name") for row in rows],
        "description": [row.get("description") or "" for row in rows],
        "owner": [full_name(owner) for owner in owners],
        "owner_email": [owner.get("email") for owner in owners],
        "tags": [row.get("tags") or [] for row in rows],
        "pinned": [bool(row.get("pinned")) for row in rows],
        "public": [bool(row.get("is_shared")) for row in rows],
        "created_at": [row.get("created_at") for row in rows],
        "last_accessed_at": [row.get("last_accessed_at") for row in rows],
        "restricted": [(row.get("effective_restriction_level") or 21) > 21 for row in rows],
        "creation_mode": [row.get("creation_mode") or "default" for row in rows],
        "url": [f"{address}/{row['id']}" for row in rows],
    }


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
