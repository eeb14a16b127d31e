"""What ``board.edit()`` shares with its view."""

from __future__ import annotations

from typing import Any, TypedDict


class EditFields(TypedDict):
    """The editable fields of a dashboard; collaborators are user uuids."""

    name: str
    description: str
    pinned: bool
    tags: list[str]
    restriction_level: int
    data_color_theme_id: int | None
    breakdown_colors: list[dict[str, Any]]
    date_from: str | None
    date_to: str | None
    collaborators: list[str]
    sharing_enabled: bool
    password_required: bool
    sharing_settings: dict[str, Any]


class EditBoard(TypedDict):
    """Which dashboard is edited."""

    id: int
    name: str
    owner: str | None
    url: str


class ColorTheme(TypedDict):
    """A color theme of the project: token to CSS color."""

    id: int
    name: str
    colors: dict[str, str]


class Person(TypedDict):
    """A member; ``reason`` says why they can't be invited, empty when they can."""

    uuid: str
    name: str
    email: str
    reason: str


class SharePassword(TypedDict):
    """A password of the public link, by its note, never the password itself."""

    id: int
    note: str
    created_at: str | None
    created_by: str


class EditChoices(TypedDict):
    """What the fields can be set to."""

    tags: list[str]
    themes: list[ColorTheme]
    people: list[Person]


class EditState(TypedDict):
    """What ``board.edit()`` shares with its view.

    ``saved`` is what the server has, ``changes`` are the user's edits by field, ``theirs`` the
    conflicting values somebody else saved. ``denied`` and ``refused`` are reasons by field: why it
    can't be edited, and why the server refused it. Fields in ``unread`` are unknown, whatever
    ``saved`` has in their place.
    """

    board: EditBoard
    saved: EditFields
    changes: dict[str, Any]
    theirs: dict[str, Any]
    refused: dict[str, str]
    denied: dict[str, str]
    saving: list[str]
    choices: EditChoices
    passwords: list[SharePassword]
    linked: bool
    dirty: bool
    message: str
    unread: list[str]
