"""What every mixin of `Project` works on: a client, and the list of dashboards."""

from __future__ import annotations

from typing import Any

from dashwidgets.api.client import Client
from dashwidgets.api.endpoints import dashboards as api
from dashwidgets.api.paging import Listing, collect


class HeldProject:
    """A project, as its methods see it."""

    client: Client

    def _listing(self) -> Listing:
        return collect(self.client, api.page)

    def _origin(self) -> dict[str, Any]:
        return {"host": self.client.host, "project_id": self.client.project_id}
