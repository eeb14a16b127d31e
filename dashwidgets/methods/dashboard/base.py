"""What every mixin of `Dashboard` works on: a client, and the row that was read last."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from dashwidgets.api.client import Client
from dashwidgets.api.endpoints import dashboards as api
from dashwidgets.api.endpoints.dashboards import Refresh

LONG = 300.0
"""Seconds a blocking refresh of a heavy board may take."""


class HeldBoard:
    """One dashboard as it was read last."""

    def __init__(self, client: Client, row: Mapping[str, Any]) -> None:
        self._client = client
        self._row = dict(row)

    @property
    def id(self) -> int:
        """The dashboard's id."""
        return int(self._row["id"])

    @property
    def name(self) -> str | None:
        """Its name, as last read."""
        return self._row.get("name")

    @property
    def url(self) -> str:
        """Where PostHog shows it."""
        client = self._client
        return f"{client.host}/project/{client.project_id}/dashboard/{self.id}"

    def read(self, *, refresh: Refresh | None = None) -> dict[str, Any]:
        """The detail form with its tiles, as the server sends it. One request (contract 8.10).

        PostHog records the dashboard as opened. Without ``refresh`` only cached results come.
        """
        timeout = LONG if refresh else None  # what is cached needs no computing
        self._row = self._client.send(api.read(self.id, refresh=refresh, timeout=timeout))
        return self._row

    def _tiles(self) -> list[dict[str, Any]]:
        return self.read().get("tiles") or []

    def _about(self, requests: int) -> dict[str, Any]:
        """What a frame says about its reading; an answer to one request is always whole."""
        return {
            "complete": True,
            "requests_spent": requests,
            "taken_at": datetime.now(UTC).isoformat(timespec="seconds"),
            "host": self._client.host,
            "project_id": self._client.project_id,
        }
