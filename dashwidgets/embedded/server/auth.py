"""Authentication: the user behind a request, and the scopes of the key (contract 1, 1.1, 2)."""

from __future__ import annotations

import hashlib
import json
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, cast

from dashwidgets.embedded.server.errors import forbidden, not_found, unauthorized
from dashwidgets.embedded.storage import Storage

ADMIN = 8
KEYS_REFUSED = "This action does not support personal API key access"
READ_ONLY = ("dashboard:read", "insight:read", "query:read")


@dataclass(frozen=True)
class Actor:
    """The user behind a request, and the scopes of the key used."""

    id: int
    level: int
    scopes: frozenset[str]
    key: str = field(repr=False)

    @property
    def is_admin(self) -> bool:
        """Whether the user has all rights in the project: admins and owners."""
        return self.level >= ADMIN

    def may(self, scope: str) -> bool:
        """Whether the key carries a scope; write includes read."""
        return not scope or bool({scope, "*", scope.replace(":read", ":write")} & self.scopes)


class Keys:
    """Every key this server knows, as digests: what is in memory can't be read back either."""

    def __init__(self, storage: Storage) -> None:
        self._storage = storage
        self._of_this_run: dict[str, tuple[int, frozenset[str]]] = {}

    def issue(self, email: str, scopes: tuple[str, ...] = ("*",)) -> str:
        """Create a key that is valid as long as this server runs."""
        user = self._storage.one("SELECT id FROM user WHERE email = ?", email)
        if user is None:
            raise LookupError(f"No user has the email {email}.")
        key = _random_key()
        self._of_this_run[digest(key)] = (user["id"], frozenset(scopes))
        return key

    def owner_of(self, key: str) -> Actor | None:
        """The actor of a key."""
        known = digest(key)
        found = self._of_this_run.get(known)
        if found is None:
            row = self._storage.one("SELECT * FROM api_key WHERE digest = ?", known)
            if row is None:
                return None
            found = row["user_id"], frozenset(json.loads(row["scopes"]))
        # Read with each request: a changed level counts at once.
        user = self._storage.one("SELECT id, level FROM user WHERE id = ?", found[0])
        return Actor(user["id"], user["level"], found[1], known) if user else None


def add_key(
    storage: Storage, email: str, label: str, scopes: tuple[str, ...], created_at: str
) -> str:
    """Create a key that is stored with the project, as a digest."""
    user = storage.one("SELECT id FROM user WHERE email = ?", email)
    if user is None:
        raise LookupError(f"No user has the email {email}.")
    key = _random_key()
    row = {"digest": digest(key), "user_id": user["id"], "scopes": list(scopes)}
    storage.insert("api_key", row | {"label": label, "created_at": created_at})
    return key


def digest(key: str) -> str:
    """The digest of a key."""
    return hashlib.sha256(key.encode()).hexdigest()


def authenticate(
    keys: Keys, headers: Mapping[str, str], body: Any, query: Mapping[str, str]
) -> Actor:
    """The actor of a request. Header, body, query: only the first key found is tried."""
    for place, candidate in (
        ("Authorization header", _bearer(headers.get("authorization", ""))),
        ("body", _member(body, "personal_api_key")),
        ("query string", query.get("personal_api_key")),
    ):
        # A wrong key in the header is refused even where a right one is in the body (contract 1).
        if candidate:
            actor = keys.owner_of(str(candidate))
            if actor is None:
                raise unauthorized(f"Personal API key found in request {place} is invalid.")
            return actor
    raise unauthorized("Authentication credentials were not provided.", "not_authenticated")


def check_scope(actor: Actor, scope: str, *, refused: bool) -> None:
    """403 unless the key may do this; ``refused``: no key may."""
    if refused:
        raise forbidden(KEYS_REFUSED)
    if not actor.may(scope):
        raise forbidden(f"API key missing required scope '{scope}'")


def check_project(asked: str, project_id: int) -> None:
    """404 for any project but the one there is."""
    if asked not in (str(project_id), "@current"):
        raise not_found("Project not found.")


def check_organization(asked: str, organization_id: str) -> None:
    """404 for any organization but the one there is."""
    if asked.lower() not in (organization_id, "@current"):
        raise not_found("Organization not found.")


def _member(body: Any, name: str) -> Any:
    return cast("dict[str, Any]", body).get(name) if isinstance(body, dict) else None


def _bearer(header: str) -> str | None:
    kind, _, value = header.partition(" ")
    return value.strip() if kind.lower() == "bearer" and value.strip() else None


def _random_key() -> str:
    return f"phx_{secrets.token_urlsafe(32)}"
