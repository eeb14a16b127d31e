"""Who may edit or see a dashboard: collaborators, the public link and its passwords."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any
from uuid import UUID

from dashwidgets.api.endpoints import collaborators as collaborators_api
from dashwidgets.api.endpoints import sharing as sharing_api
from dashwidgets.api.request import UNSET, Unset
from dashwidgets.api.secret import Secret
from dashwidgets.methods.dashboard.base import HeldBoard

if TYPE_CHECKING:
    import pandas as pd


class BoardAccess(HeldBoard):
    """Who may edit it, and who may see it; each method is one call down."""

    def collaborators(self) -> pd.DataFrame:
        """Who was invited to edit. One request (8.3)."""
        from dashwidgets.frames.people import COLLABORATORS

        rows = self._client.send(collaborators_api.listing(self.id))
        return COLLABORATORS.to_frame(rows, **self._about(1))

    def add_collaborator(self, user: UUID | str) -> None:
        """Invite somebody to edit, by their uuid from ``ph.members()``. One request (8.4)."""
        self._client.send(collaborators_api.add(self.id, user))

    def remove_collaborator(self, user: UUID | str) -> None:
        """Take an invitation back. One request (8.5)."""
        self._client.send(collaborators_api.remove(self.id, user))

    def sharing(self) -> pd.DataFrame:
        """Its public link, one row; the token is hidden. One request (8.6)."""
        from dashwidgets.frames.people import sharing_frame

        link = self._client.send(sharing_api.read(self.id))
        return sharing_frame([(self.id, link)], **self._about(1))

    def share(
        self,
        enabled: bool = True,
        *,
        password_required: bool | Unset = UNSET,
        settings: Mapping[str, Any] | Unset | None = UNSET,
    ) -> Secret | None:
        """Open or close the public link; returns its token, hidden. One request (9.1)."""
        change = sharing_api.change(
            self.id, enabled=enabled, password_required=password_required, settings=settings
        )
        return self._client.send(change)["access_token"]

    def rotate_link(self) -> Secret | None:
        """Give the link a new token; the old one works for five minutes more. One request (8.9)."""
        return self._client.send(sharing_api.rotate(self.id))["access_token"]

    def share_passwords(self) -> pd.DataFrame:
        """Passwords that open the link, the newest first; never their text. One request (8.6)."""
        from dashwidgets.frames.columns import inner_list
        from dashwidgets.frames.people import SHARE_PASSWORDS

        link = self._client.send(sharing_api.read(self.id))
        return SHARE_PASSWORDS.to_frame(inner_list(link, "share_passwords"), **self._about(1))

    def add_share_password(self, password: str | Secret | None = None, note: str = "") -> Secret:
        """Add a password to the link; the server makes one if none is given. One request (8.7)."""
        made = self._client.send(sharing_api.add_password(self.id, password, note))
        return made["password"]

    def remove_share_password(self, password_id: int) -> None:
        """Remove a password; what was opened with it closes. One request (8.8)."""
        self._client.send(sharing_api.remove_password(self.id, password_id))
