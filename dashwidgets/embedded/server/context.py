"""What every handler works on: the project's storage, its events and its options."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from dashwidgets.embedded.project import ORGANIZATION, PROJECT

if TYPE_CHECKING:
    from dashwidgets.embedded.resources.insights.results import Results
    from dashwidgets.embedded.resources.query.ask import Queries
    from dashwidgets.embedded.server.auth import Keys
    from dashwidgets.embedded.server.limits import Limits
    from dashwidgets.embedded.storage import Storage


@dataclass(frozen=True)
class Context:
    """One running project."""

    storage: Storage
    keys: Keys
    results: Results
    queries: Queries
    strict: bool = False
    limits: Limits | None = None
    system_tables: bool = True

    @property
    def project_id(self) -> int:
        """The project's number."""
        return int(PROJECT["id"])

    @property
    def organization_id(self) -> str:
        """The organization's UUID."""
        return str(ORGANIZATION["id"])
