"""Public links and their passwords (contract 8.6 to 8.9, 9.1)."""

from __future__ import annotations

import hashlib
import hmac
import json
import secrets
from datetime import timedelta
from typing import Any, cast

from dashwidgets.embedded.clock import iso, now, stamp
from dashwidgets.embedded.resources import people
from dashwidgets.embedded.resources.sharing.collaborators import board
from dashwidgets.embedded.server import fields
from dashwidgets.embedded.server.call import Answer, Call
from dashwidgets.embedded.server.errors import by_hand, invalid, not_found
from dashwidgets.embedded.storage import Row, Storage

GRACE = timedelta(minutes=5)
SHORTEST_PASSWORD = 8
LONGEST_NOTE = 100
_FLAGS = ("whitelabel", "noHeader", "showInspector", "legend", "detailed", "hideExtraDetails")
_THEMES = ("light", "dark", "system")


def read(call: Call) -> dict[str, Any]:
    """8.6: before anything was saved, every answer invents another token."""
    return form(call.context.storage, current(call.context.storage, board(call)["id"]))


def change(call: Call) -> dict[str, Any]:
    """9.1: the only way to switch sharing on or off."""
    storage = call.context.storage
    with storage.writing():
        row = board(call)
        people.check_edit(storage, call.actor, row)
        body = call.body
        values: Row = {}
        for name in ("enabled", "password_required"):
            if name in body:
                values[name] = fields.boolean(body[name], name)
        if "settings" in body:
            values["settings"] = checked_settings(body["settings"])
        link = current(storage, row["id"])
        if link is None:
            fresh = {"dashboard_id": row["id"], "created_at": stamp()}
            storage.insert("sharing", fresh | {"access_token": new_token()} | values)
        else:
            storage.change("sharing", link["id"], values)
        return form(storage, current(storage, row["id"]))


def rotate(call: Call) -> dict[str, Any]:
    """8.9: a new token; the old one works for five minutes more."""
    storage = call.context.storage
    with storage.writing():
        row = board(call)
        people.check_edit(storage, call.actor, row)
        # A board without a stored link gets one here too; its flags are then off.
        old = current(storage, row["id"])
        kept = {n: old[n] if old else None for n in ("enabled", "settings", "password_required")}
        fresh = {"dashboard_id": row["id"], "created_at": stamp(), "access_token": new_token()}
        fresh |= kept | {name: int(kept[name] or 0) for name in ("enabled", "password_required")}
        key = storage.insert("sharing", fresh)
        if old:
            # The old link opens the page for five more minutes, as on PostHog (8.9).
            storage.change("sharing", old["id"], {"expires_at": iso(now() + GRACE)})
            # Passwords belong to a link and not to a board. Without copies the new link would ask
            # for a password that nobody has. Oldest first, so that the newest keeps the highest id.
            if old["password_required"]:
                for word in reversed(passwords(storage, old["id"])):
                    copied = {name: word[name] for name in ("salt", "digest", "note", "created_by")}
                    copied |= {"sharing_id": key, "created_at": stamp()}
                    storage.insert("share_password", copied)
        return form(storage, current(storage, row["id"]))


def add_password(call: Call) -> Answer:
    """8.7: the only time a password is visible; only a salted digest is kept."""
    storage = call.context.storage
    with storage.writing():
        row = board(call)
        people.check_edit(storage, call.actor, row)
        link = current(storage, row["id"])
        # Checked before the password itself, so a short one gets this answer too.
        if link is None or not link["password_required"]:
            raise by_hand(
                400, error="Password protection must be enabled before creating passwords"
            )
        body = call.body
        raw = body.get("raw_password")
        password = fields.text(raw, "raw_password") if raw is not None else ""
        # An empty password is not too short: it asks the server to invent one (8.7).
        if not password:
            password = secrets.token_urlsafe(16)
        elif len(password) < SHORTEST_PASSWORD:
            raise invalid(
                f"Password must be at least {SHORTEST_PASSWORD} characters long.", "raw_password"
            )
        note = fields.text(body.get("note") or "", "note", longest=LONGEST_NOTE)
        salt = secrets.token_bytes(16)
        word: Row = {
            "sharing_id": link["id"],
            "salt": salt,
            "digest": scrambled(password, salt),
            "note": note,
            "created_at": stamp(),
            "created_by": call.actor.id,
        }
        key = storage.insert("share_password", word)
    email = people.everyone(storage)[call.actor.id]["email"]
    return Answer(
        {
            "id": key,
            "password": password,
            "note": note,
            "created_at": word["created_at"],
            "created_by_email": email,
        },
        201,
    )


def remove_password(call: Call) -> Answer:
    """8.8: it stops working; the entry stays."""
    storage = call.context.storage
    with storage.writing():
        row = board(call)
        people.check_edit(storage, call.actor, row)
        link = current(storage, row["id"])
        text = str(call.path["password_id"])
        known = {word["id"] for word in passwords(storage, link["id"])} if link else set[int]()
        if not text.isdecimal() or int(text) not in known:
            raise not_found("Password not found")
        # The row stays: a cookie names the password it was opened with, and must find it inactive.
        storage.change("share_password", int(text), {"is_active": 0})
    return Answer(None, 204)


def current(storage: Storage, dashboard: int) -> Row | None:
    """The configuration that counts: the one that does not expire."""
    return storage.one(
        "SELECT * FROM sharing WHERE dashboard_id = ? AND expires_at IS NULL", dashboard
    )


def by_token(storage: Storage, token: str) -> Row | None:
    """The configuration a link opens: enabled, and not past its grace."""
    found = None
    for row in storage.all("SELECT * FROM sharing WHERE enabled"):
        # All of them, each in constant time: how long it takes tells nothing about a token.
        if hmac.compare_digest(row["access_token"].encode(), token.encode()):
            found = row
    if found is None or (found["expires_at"] and found["expires_at"] < stamp()):
        return None
    return found


def opened_by(storage: Storage, link: Row, password: str) -> int | None:
    """The id of the link's password that this is; every one is tried."""
    # Every one is tried: stopping at the right one would let the time say which it was.
    tried = {
        word["id"]: hmac.compare_digest(scrambled(password, word["salt"]), word["digest"])
        for word in passwords(storage, link["id"])
    }
    return next((key for key, is_right in tried.items() if is_right), None)


def scrambled(password: str, salt: bytes) -> bytes:
    """What is kept of a password."""
    # Slow on purpose, some 80 ms: people choose short passwords, and a digest may leak.
    return hashlib.scrypt(password.encode(), salt=salt, n=2**14, r=8, p=1)


def new_token() -> str:
    """30 URL-safe characters."""
    return secrets.token_urlsafe(30)[:30]


def form(storage: Storage, link: Row | None) -> dict[str, Any]:
    """The object of 8.6."""
    if link is None:
        return {
            "created_at": None,
            "enabled": False,
            "access_token": new_token(),
            "settings": None,
            "password_required": False,
            # A token that is never stored: another one with every answer (8.6).
            "share_passwords": [],
        }
    users = people.everyone(storage)
    return {
        "created_at": link["created_at"],
        "enabled": bool(link["enabled"]),
        "access_token": link["access_token"],
        "settings": json.loads(link["settings"]) if link["settings"] else None,
        "password_required": bool(link["password_required"]),
        "share_passwords": [
            {
                "id": word["id"],
                "created_at": word["created_at"],
                "note": word["note"],
                "created_by_email": users.get(word["created_by"], {}).get("email", "deleted user"),
                "is_active": True,
            }
            for word in passwords(storage, link["id"])
        ],
    }


def checked_settings(value: Any) -> dict[str, Any] | None:
    """Known keys with a value; booleans are coerced, everything else is dropped."""
    if value is None:
        return None
    if not isinstance(value, dict):
        raise invalid("Invalid settings format", "settings")
    given = cast("dict[str, Any]", value)
    checked: dict[str, Any] = {}
    for name in _FLAGS:
        if given.get(name) is not None:
            try:
                checked[name] = fields.boolean(given[name], "settings")
            except Exception:
                raise invalid("Invalid settings format", "settings") from None
    if given.get("theme") is not None:
        if given["theme"] not in _THEMES:
            raise invalid("Invalid settings format", "settings")
        checked["theme"] = given["theme"]
    return checked


def passwords(storage: Storage, link: int) -> list[Row]:
    """Those that work, newest first."""
    return storage.all(
        "SELECT * FROM share_password WHERE sharing_id = ? AND is_active "
        "ORDER BY created_at DESC, id DESC",
        link,
    )
