"""The frames read by SQL: ``ph.deleted()``, ``ph.events()`` and ``ph.history()``."""

from __future__ import annotations

from dashwidgets.frames.columns import Column, Table

DELETED = Table(
    "deleted",
    (
        Column("kind", "text", "kind", "dashboard or insight."),
        Column("id", "id", "id", "Its id."),
        Column("short_id", "text", "short_id", "An insight's id in PostHog's URLs."),
        Column("name", "text", "name", "Its name."),
        Column("description", "text", "description", "Its description."),
        Column("created_at", "time", "created_at", "When it was created."),
        # No table keeps when a row was deleted; only the activity log knows.
        Column("deleted_at", "time", "deleted_at", "When it was deleted, from the activity log."),
        Column(
            "deleted_by",
            "text",
            "deleted_by",
            "Email of whoever deleted it, where the log says so.",
        ),
        Column(
            "tiles",
            "integer",
            "tiles",
            "Number of tiles that restoring brings back, including those removed earlier.",
        ),
    ),
)

EVENTS = Table(
    "events",
    (
        Column("event", "text", "event", "Event name."),
        Column("count", "integer", "count", "Number of events in the window."),
        Column("first_seen", "time", "first_seen", "The first event in the window."),
        Column(
            "last_seen",
            "time",
            "last_seen",
            "The last event in the window, else the definition's date.",
        ),
        Column("description", "text", "description", "From its definition."),
        Column("tags", "list", "tags", "From its definition."),
        Column("verified", "boolean", "verified", "From its definition."),
        Column("hidden", "boolean", "hidden", "From its definition."),
        Column(
            "dashboards",
            "integer",
            "dashboards",
            "Number of dashboards that use it; missing unless requested.",
        ),
        Column(
            "insights",
            "integer",
            "insights",
            "Number of insights that use it; missing unless requested.",
        ),
    ),
)

HISTORY = Table(
    "history",
    (
        Column("at", "time", "created_at", "When it happened."),
        Column("activity", "text", "activity", "created, updated, deleted and others."),
        Column("scope", "text", "scope", "Dashboard, Insight and others."),
        Column("item_id", "text", "item_id", "Id of what was changed."),
        Column("item", "text", "item", "Its name then."),
        Column("user_id", "integer", "user_id", "Who did it, where the server says so."),
        Column(
            "field", "text", "field", "The field that changed; missing if the entry names none."
        ),
        # Text, lists, objects: each field has its own type, so the column has none.
        Column("before", "object", "before", "Its value before."),
        Column("after", "object", "after", "Its value after."),
        Column("id", "text", "id", "The entry's id; an entry of several fields has several rows."),
    ),
)
