"""Backup files: their form, their names, how they are written and checked."""

from __future__ import annotations

import json
import os
import re
import tempfile
import unicodedata
from pathlib import Path
from typing import Any, Literal

import msgspec

from dashwidgets.api.errors import ConfigurationError

FORMAT, VERSION = "dashwidgets.dashboard", 1
LONGEST_SLUG = 60
LARGEST_FILE = 64 * 2**20
"""Bytes. A dashboard takes a few kilobytes; much more is a mistake or an attack."""

Object = dict[str, Any]


class TileForm(msgspec.Struct):
    """One tile: an entry of PostHog's template format, and what templates lose."""

    type: Literal["INSIGHT", "TEXT", "BUTTON", "WIDGET"]
    layouts: Object
    color: str | None
    filters_overrides: Object
    show_description: bool | None
    transparent_background: bool | None
    order: int
    name: str | None = None
    derived_name: str | None = None
    description: str | None = None
    query: Object | None = None
    tags: list[str] = []
    insight_id: int | None = None
    body: str | None = None
    button: Object | None = None
    widget: Object | None = None


class TemplateForm(msgspec.Struct):
    """What PostHog's ``create_from_template_json`` reads."""

    template_name: str
    dashboard_description: str
    dashboard_filters: Object
    tags: list[str]
    tiles: list[TileForm]


class SettingsForm(msgspec.Struct):
    """What a dashboard has beyond its template."""

    name: str | None
    pinned: bool
    restriction_level: Literal[21, 37]
    variables: Object
    breakdown_colors: list[Any]
    data_color_theme_id: int | None
    quick_filter_ids: list[str]
    creation_mode: str


class SharingForm(msgspec.Struct):
    """Its public link, without token and passwords."""

    enabled: bool
    settings: Object | None
    password_required: bool


class SourceForm(msgspec.Struct):
    """Where a file comes from."""

    host: str
    project_id: int | str
    dashboard_id: int


class SnapshotForm(msgspec.Struct):
    """A whole backup file."""

    format: Literal["dashwidgets.dashboard"]
    version: int
    source: SourceForm
    template: TemplateForm
    settings: SettingsForm
    collaborators: list[str] | None
    sharing: SharingForm | None
    history: Object
    refused: list[str]


def file_name(dashboard_id: int, name: str | None) -> str:
    """A name that every file system accepts; the id makes it unique.

    >>> file_name(12, "Weekly actives"), file_name(7, "../CON")
    ('12-weekly-actives.json', '7-con.json')
    """
    # The id stands in front, so the slug may lose letters; it can't be CON, NUL or "..".
    plain = unicodedata.normalize("NFKD", name or "").encode("ascii", "ignore").decode().lower()
    slug = re.sub(r"[^a-z0-9]+", "-", plain)[:LONGEST_SLUG].strip("-")
    return f"{dashboard_id}-{slug or 'dashboard'}.json"


def as_text(value: Any) -> str:
    """JSON as people and diffs read it: sorted keys, a line per value."""
    return json.dumps(value, indent=2, sort_keys=True, ensure_ascii=False) + "\n"


def write_json(path: Path, value: Any) -> None:
    """Write a file completely or not at all; an unchanged one is left alone."""
    # A name may hold a lone surrogate, which UTF-8 can't express; JSON's escape can.
    text = as_text(value).encode("utf-8", "backslashreplace")
    # Its date stays, so that tools which look at dates see no change either.
    if path.is_file() and path.read_bytes() == text:
        return
    write_bytes(path, text)


def write_bytes(path: Path, data: bytes, prefix: str = ".writing-") -> None:
    """Write a file completely or not at all; ``prefix`` begins the name of the hidden part."""
    # In the same folder, because only within one file system is replacing atomic.
    handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=prefix, suffix=".tmp")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            # Before the rename: some file systems would otherwise keep the new name of an empty
            # file.
            os.fsync(file.fileno())
        Path(temporary).replace(path)
    # Also for KeyboardInterrupt: an interrupted backup leaves no half file behind.
    except BaseException:
        Path(temporary).unlink(missing_ok=True)
        raise


def read_json(path: Path) -> Any:
    """The content of a file; raises if it can't be read."""
    try:
        if path.stat().st_size > LARGEST_FILE:
            raise ConfigurationError(f"{path} is too large to be a backup of a dashboard.")
        return msgspec.json.decode(path.read_bytes())
    except (OSError, msgspec.DecodeError, RecursionError) as error:
        raise ConfigurationError(f"{path} can't be read as JSON: {error}.") from error


def read_snapshot_file(path: Path) -> dict[str, Any]:
    """A backup file, checked from end to end.

    Raises `ConfigurationError` for a file that is damaged, of another kind or of a newer version.
    """
    return checked_snapshot(read_json(path), str(path))


def checked_snapshot(found: Any, where: str) -> dict[str, Any]:
    """A snapshot of the right form."""
    if not isinstance(found, dict) or found.get("format") != FORMAT:  # pyright: ignore[reportUnknownMemberType]
        raise ConfigurationError(f"{where} is not a backup of a dashboard.")
    if found.get("version") != VERSION:  # pyright: ignore[reportUnknownMemberType]
        raise ConfigurationError(
            f"{where} has another version of the format than {VERSION}: use a newer dashwidgets."
        )
    try:
        return msgspec.to_builtins(msgspec.convert(found, SnapshotForm))
    except (msgspec.ValidationError, RecursionError) as error:
        raise ConfigurationError(f"{where} is damaged: {error}.") from error
