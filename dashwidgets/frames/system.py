"""``ph.deleted()``, ``ph.events()`` and ``ph.history()``: what is read by SQL."""

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
        Column("created_at", "time", "created_at", "When it was made."),
        Column("deleted_at", "time", "deleted_at", "When it was deleted, from the activity log."),
        Column("deleted_by", "text", "deleted_by", "Email of who did, where the log tells."),
        Column(
            "tiles",
            "integer",
            "tiles",
            "Tiles that restoring a dashboard brings back, those removed earlier included.",
        ),
    ),
)

EVENTS = Table(
    "events",
    (
        Column("event", "text", "event", "Event name."),
        Column("count", "integer", "count", "How many arrived in the window."),
        Column("first_seen", "time", "first_seen", "The first in the window."),
        Column(
            "last_seen",
            "time",
            "last_seen",
            "The last in the window; where there is none, what the definition says.",
        ),
        Column("description", "text", "description", "From its definition."),
        Column("tags", "list", "tags", "From its definition."),
        Column("verified", "boolean", "verified", "From its definition."),
        Column("hidden", "boolean", "hidden", "From its definition."),
        Column("dashboards", "integer", "dashboards", "How many use it; missing unless asked for."),
        Column("insights", "integer", "insights", "How many on them do; missing unless asked for."),
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
        Column("user_id", "integer", "user_id", "Who did it, where the server tells."),
        Column("field", "text", "field", "The field that changed; missing where none is named."),
        Column("before", "object", "before", "Its value before."),
        Column("after", "object", "after", "Its value after."),
        Column("id", "text", "id", "The entry's id; an entry of several fields has several rows."),
    ),
)
