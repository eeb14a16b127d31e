"""One tile patch of a PATCH: what it does depends on its keys (contract 8.11)."""

from __future__ import annotations

import re
import uuid
from typing import Any

from dashwidgets.embedded.clock import stamp
from dashwidgets.embedded.resources.tiles.widgets import SWITCHED_OFF
from dashwidgets.embedded.server import fields
from dashwidgets.embedded.server.auth import Actor
from dashwidgets.embedded.server.context import Context
from dashwidgets.embedded.server.errors import invalid
from dashwidgets.embedded.storage import Row

LONGEST_BODY = 4000
LONGEST_URL = 2000
LONGEST_LABEL = 200
LONGEST_COLOR = 400

_PLACEMENTS, _STYLES = ("left", "right"), ("primary", "secondary")


def apply_patch(context: Context, actor: Actor, dashboard: int, patch: dict[str, Any]) -> None:
    """Create or edit a text or button tile, or overwrite a tile's own columns."""
    # One patch does one thing: the first of these keys decides, and the rest is dropped (8.11).
    if patch.get("text"):
        _text(context, actor, dashboard, patch)
    elif patch.get("button_tile"):
        _button(context, actor, dashboard, patch)
    elif patch.get("widget"):
        raise invalid(SWITCHED_OFF, "widget")
    else:
        # Clients have to read the answer back to notice, as `Dashboard.update` does.
        # An unknown or foreign id is skipped without a word.
        row = _own(context, dashboard, patch.get("id"))
        if row is not None:
            context.storage.change("tile", row["id"], columns(patch))


def columns(patch: dict[str, Any]) -> Row:
    """The columns of a tile that a patch overwrites; boxes are stored as sent."""
    values: Row = {}
    for name in ("layouts", "filters_overrides"):
        if name in patch:
            # Replaced as a whole: a patch with only `sm` loses the box for phones (8.11).
            values[name] = fields.mapping(patch[name] or {}, name)
    if "color" in patch:
        color = patch["color"]
        values["color"] = (
            None if color is None else fields.text(color, "color", longest=LONGEST_COLOR)
        )
    for name in ("deleted", "show_description", "transparent_background"):
        if name in patch:
            # Three states: null means that nobody ever chose.
            values[name] = None if patch[name] is None else fields.boolean(patch[name], name)
    return values


def check_body(body: Any, attr: str) -> str | None:
    """A text tile's markdown: not trimmed, it is somebody's layout."""
    if body is None:
        return None
    if not isinstance(body, str):
        raise invalid("Not a valid string.", attr)
    if len(body) > LONGEST_BODY:
        raise invalid(f"Text body cannot exceed {LONGEST_BODY} characters", attr, "max_length")
    return body


def _text(context: Context, actor: Actor, dashboard: int, patch: dict[str, Any]) -> None:
    storage = context.storage
    given = fields.mapping(patch["text"], "text")
    author, editor = _people(context, actor, given)
    content: Row = {
        "body": check_body(given.get("body"), "text__body"),
        "created_by": author,
        "last_modified_by": editor,
        "last_modified_at": stamp(),
    }
    if given.get("id") is None:
        text = {"text_id": storage.insert("text", content)}
        tile = _own(context, dashboard, patch.get("id"))
        if tile is not None and tile["text_id"] is not None:
            # The tile's own id without the text's: the tile stays and holds a new text (8.11).
            storage.change("tile", tile["id"], columns(patch) | text)
        else:
            _place(context, dashboard, patch, text)
        return
    # Two sentences for two mistakes, as on PostHog: no such text, and none on this board.
    found = storage.one("SELECT id FROM text WHERE id = ?", given["id"])
    if found is None:
        raise invalid("Text tile not found in this team.", "text")
    tile = storage.one(
        "SELECT * FROM tile WHERE dashboard_id = ? AND text_id = ?", dashboard, found["id"]
    )
    if tile is None or patch.get("id") not in (None, tile["id"]):
        raise invalid("Text tile not found.", "text")
    storage.change("text", found["id"], content)
    storage.change("tile", tile["id"], columns(patch))


def _button(context: Context, actor: Actor, dashboard: int, patch: dict[str, Any]) -> None:
    storage = context.storage
    given = fields.mapping(patch["button_tile"], "button_tile")
    author, editor = _people(context, actor, given)
    content: Row = {
        "url": check_url(fields.need(given, "url", "button_tile__url")),
        "text": _label(fields.need(given, "text", "button_tile__text")),
        "placement": fields.choice(
            given.get("placement", "left"), "button_tile__placement", _PLACEMENTS
        ),
        "style": fields.choice(given.get("style", "primary"), "button_tile__style", _STYLES),
        "created_by": author,
        "last_modified_by": editor,
        "last_modified_at": stamp(),
    }
    if given.get("id") is None:
        key = str(uuid.uuid4())
        storage.insert("button", content | {"id": key})
        _place(context, dashboard, patch, {"button_id": key})
        return
    key = str(given["id"])
    if storage.one("SELECT id FROM button WHERE id = ?", key) is None:
        raise invalid("Button tile not found in this team.", "button_tile")
    tile = storage.one(
        "SELECT * FROM tile WHERE dashboard_id = ? AND button_id = ?", dashboard, key
    )
    if tile is None or patch.get("id") not in (None, tile["id"]):
        raise invalid("Button tile not found.", "button_tile")
    storage.change("button", key, content)
    storage.change("tile", tile["id"], columns(patch))


def check_url(value: Any) -> str:
    """A web address, or a path of this host."""
    url = fields.text(value, "button_tile__url")
    if len(url) > LONGEST_URL:
        raise invalid(f"Button URL cannot exceed {LONGEST_URL} characters", "button_tile__url")
    if url.startswith("/"):
        # `//host` would be another site's address.
        if not re.fullmatch(r"/[\w\-./?%&=#~:@!$'()*+,;\[\]]*", url) or url.startswith("//"):
            raise invalid(
                "Pathname must start with / and contain valid URL path characters",
                "button_tile__url",
            )
    elif not re.fullmatch(r"https?://[^\s/?#]+\S*", url):
        raise invalid("Must be a valid URL or a pathname starting with /", "button_tile__url")
    return url


def _label(value: Any) -> str:
    label = fields.text(value, "button_tile__text", blank=False)
    if len(label) > LONGEST_LABEL:
        raise invalid(f"Button text cannot exceed {LONGEST_LABEL} characters", "button_tile__text")
    return label


def _place(context: Context, dashboard: int, patch: dict[str, Any], content: Row) -> None:
    context.storage.insert("tile", {"dashboard_id": dashboard} | columns(patch) | content)


def _own(context: Context, dashboard: int, key: Any) -> Row | None:
    """A tile of this dashboard, removed or not."""
    # SQLite compares `True` with 1, which would be somebody's tile.
    if isinstance(key, bool) or not isinstance(key, int | str):
        return None
    return context.storage.one(
        "SELECT * FROM tile WHERE id = ? AND dashboard_id = ?", key, dashboard
    )


def _people(context: Context, actor: Actor, given: dict[str, Any]) -> tuple[int, int | None]:
    """Author and last editor: an author that is not sent is replaced by who asks (8.11)."""
    sent = given.get("created_by")
    if not sent:
        return actor.id, None
    key = sent.get("id") if isinstance(sent, dict) else sent  # pyright: ignore[reportUnknownMemberType, reportUnknownVariableType]
    member = context.storage.one("SELECT id FROM user WHERE id = ? AND membership_uuid != ''", key)
    if member is None:
        raise invalid("User not found in this organization.")
    return member["id"], actor.id
