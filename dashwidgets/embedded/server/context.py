"""What every handler works on: the project's storage, its events and its switches."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from dashwidgets.embedded.resources.insights.results import Results
    from dashwidgets.embedded.server.auth import Keys
    from dashwidgets.embedded.server.limits import Limits
    from dashwidgets.embedded.storage import Storage

PROJECT: dict[str, Any] = {
    "id": 1,
    "uuid": "01979b10-2c40-7000-8a11-5b8f6d20c101",
    "organization": "01979b10-2c00-7000-9c55-3f2b6d1c8e01",
    "project_id": 1,
    "api_token": "phc_synthetic_sample_project",
    "name": "Larkspur (synthetic sample)",
    "completed_snippet_onboarding": True,
    "has_completed_onboarding_for": {"product_analytics": True},
    "ingested_event": True,
    "is_demo": True,
    "timezone": "UTC",
    "access_control": False,
}
ORGANIZATION = {"id": PROJECT["organization"], "name": "Larkspur", "slug": "larkspur"}


@dataclass(frozen=True)
class Context:
    """One running project."""

    storage: Storage
    keys: Keys
    results: Results
    strict: bool = False
    limits: Limits | None = None

    @property
    def project_id(self) -> int:
        """The project's number."""
        return int(PROJECT["id"])

    @property
    def organization_id(self) -> str:
        """The organization's UUID."""
        return str(ORGANIZATION["id"])
