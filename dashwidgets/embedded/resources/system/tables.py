"""Every system table: its scope, its columns, and what each is read from.

This table is the whole of what SQL can reach. Keys, share links and share passwords are in none
of the statements, so that no query can show them.
"""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True)
class Column:
    """A column.

    Attributes
    ----------
    name : str
    type : str
        ClickHouse's: Int64, String, Bool or DateTime, or Nullable of one.
    read : str
        The SQL expression; the name by default.
    is_json : bool
        Text of JSON.
    extra : bool
        Only some PostHogs have it; a strict server does not.
    """

    name: str
    type: str
    read: str = ""
    is_json: bool = False
    extra: bool = False


@dataclass(frozen=True)
class SystemTable:
    """A table.

    Attributes
    ----------
    scope : str
        What a key needs besides ``query:read``; empty: nothing.
    source : str
        What follows FROM in SQLite.
    columns : tuple of Column
    resource : str, optional
        Where all of it is denied, the table is unknown.
    about : dict
        Resource to the expression of its id: rows about what the reader may not see are left out.
    """

    scope: str
    source: str
    columns: tuple[Column, ...]
    resource: str | None = None
    about: dict[str, str] = field(default_factory=dict[str, str])


def _whole(name: str, read: str = "", *, null: bool = False, extra: bool = False) -> Column:
    return Column(name, "Nullable(Int64)" if null else "Int64", read, extra=extra)


def _text(name: str, read: str = "", *, null: bool = False, extra: bool = False) -> Column:
    return Column(name, "Nullable(String)" if null else "String", read, extra=extra)


def _json(name: str, read: str = "", *, extra: bool = False) -> Column:
    return Column(name, "Nullable(String)", read, is_json=True, extra=extra)


def _time(name: str, read: str = "", *, extra: bool = False) -> Column:
    return Column(name, "Nullable(DateTime)", read, extra=extra)


_ID, _NAME, _MADE = _whole("id"), _text("name", null=True), _time("created_at")
_DESCRIPTION = _text("description", "coalesce(description, '')")
# Deleted rows are in the tables: a statement that counts dashboards has to leave them out. A tile
# that was never deleted has NULL in the file.
_DELETED = _whole("deleted", "coalesce(deleted, 0)")
_AUTHOR = _whole("created_by_id", "created_by", null=True)

TABLES: dict[str, SystemTable] = {
    "dashboards": SystemTable(
        "dashboard:read",
        "dashboard",
        (
            *(_ID, _NAME, _DESCRIPTION, _MADE, _DELETED, _json("filters"), _json("variables")),
            _whole("pinned", extra=True),
            _time("last_accessed_at", extra=True),
            _text("creation_mode", extra=True),
            _whole("restriction_level", extra=True),
            _whole("created_by_id", "created_by", null=True, extra=True),
            _json("breakdown_colors", extra=True),
            _whole("data_color_theme_id", null=True, extra=True),
            _time("last_refresh", extra=True),
        ),
        "dashboard",
        {"dashboard": "id"},
    ),
    "dashboard_tiles": SystemTable(
        "dashboard:read",
        "tile",
        (
            *(_ID, _whole("dashboard_id"), _whole("insight_id", null=True)),
            *(_whole("text_id", null=True), _text("button_tile_id", "button_id", null=True)),
            *(_json("layouts"), _text("color", null=True), _whole("show_description", null=True)),
            *(_whole("transparent_background", null=True), _json("filters_overrides"), _DELETED),
        ),
        "dashboard",
        {"dashboard": "dashboard_id"},
    ),
    "insights": SystemTable(
        "insight:read",
        "insight",
        (
            *(_ID, _text("short_id"), _NAME, _DESCRIPTION, _json("filters", "'{}'")),
            *(_json("query"), _json("query_metadata", "NULL"), _DELETED, _whole("saved")),
            *(_whole("favorited"), _MADE, _AUTHOR, _time("last_modified_at")),
            _whole("last_modified_by_id", "last_modified_by", null=True),
            _time("updated_at"),
        ),
        "insight",
        {"insight": "id"},
    ),
    "actions": SystemTable(
        "action:read",
        "action",
        (
            *(_ID, _NAME, _DESCRIPTION, _DELETED, _MADE),
            *(_time("updated_at", "created_at"), _json("steps_json", "steps")),
        ),
    ),
    "cohorts": SystemTable(
        "",
        "cohort",
        (
            *(_ID, _NAME, _DESCRIPTION, _DELETED, _json("filters"), _json("groups", "'[]'")),
            *(_json("query", "NULL"), _MADE, _time("last_calculation", "created_at")),
            _whole("version", "NULL", null=True),
            _whole("count", "iif(is_static, json_array_length(distinct_ids), NULL)", null=True),
            _whole("is_static"),
            _text("cohort_type", "iif(is_static, 'static', NULL)", null=True, extra=True),
        ),
    ),
    "alerts": SystemTable(
        "alert:read",
        "alert",
        (
            *(_text("id"), _text("name"), _whole("insight_id"), Column("enabled", "Bool")),
            *(_text("state"), _text("calculation_interval"), _json("condition"), _json("config")),
            *(_MADE, _time("last_notified_at"), _time("last_checked_at"), _time("next_check_at")),
            *(_time("snoozed_until"), Column("skip_weekend", "Bool")),
        ),
        about={"insight": "insight_id"},
    ),
    "annotations": SystemTable(
        "annotation:read",
        "annotation",
        (
            *(_ID, _text("content", null=True), _text("scope"), _text("creation_type")),
            *(_time("date_marker"), _DELETED),
            _whole("dashboard_item_id", "insight_id", null=True),
            *(_whole("dashboard_id", null=True), _AUTHOR, _MADE, _time("updated_at")),
        ),
        about={"dashboard": "dashboard_id", "insight": "insight_id"},
    ),
    "insight_variables": SystemTable(
        "insight_variable:read",
        "insight_variable",
        (
            *(_text("id"), _text("name"), _text("type"), _json("default_value")),
            *(_text("code_name"), _MADE, _AUTHOR),
        ),
    ),
    "activity_logs": SystemTable(
        "activity_log:read",
        "activity_log",
        (
            *(_text("id"), _text("activity"), _text("item_id"), _text("scope"), _json("detail")),
            *(_MADE, _whole("user_id", null=True, extra=True)),
        ),
        about={
            "dashboard": "iif(scope = 'Dashboard', CAST(item_id AS INTEGER), NULL)",
            "insight": "iif(scope = 'Insight', CAST(item_id AS INTEGER), NULL)",
        },
    ),
    "tags": SystemTable(
        "",
        "(SELECT DISTINCT value AS name FROM ("
        "SELECT tags FROM dashboard UNION ALL SELECT tags FROM insight "
        "UNION ALL SELECT tags FROM action) AS tagged, json_each(tagged.tags))",
        (_text("id", "name"), _text("name")),
    ),
}
"""By name without ``system.``."""
