"""What a member may not see. Administrators see everything, and authors what they made."""

from __future__ import annotations

from dataclasses import dataclass

from dashwidgets.embedded.server.auth import Actor
from dashwidgets.embedded.server.errors import forbidden
from dashwidgets.embedded.storage import Storage


@dataclass(frozen=True)
class Hidden:
    """What of a kind an actor may not see: all of it, or single objects."""

    everything: bool = False
    ids: frozenset[int] = frozenset()

    def __contains__(self, key: object) -> bool:
        return self.everything or key in self.ids


NOTHING = Hidden()


def check_view(storage: Storage, actor: Actor, resource: str, key: int) -> None:
    """403 unless an actor may see an object."""
    if key in hidden(storage, actor, resource):
        raise forbidden("You do not have viewer access to this resource.")


def hidden(storage: Storage, actor: Actor, resource: str) -> Hidden:
    """The dashboards or insights that an actor may not see."""
    if actor.is_admin:
        return NOTHING
    rows = storage.all(
        "SELECT resource_id FROM access_denied WHERE user_id = ? AND resource = ?",
        actor.id,
        resource,
    )
    if not rows:
        return NOTHING
    made = storage.all(
        f"SELECT id FROM {resource} WHERE created_by = ?",  # noqa: S608 - one of two names
        actor.id,
    )
    # Authors keep what they made, even when all of a kind is hidden from them.
    own = {row["id"] for row in made}
    ids = frozenset(row["resource_id"] for row in rows if row["resource_id"] not in own)
    return Hidden(None in ids, ids - {None})
