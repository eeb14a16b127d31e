"""``ph.insights()``: one row per insight."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from dashwidgets.api.paging import Page
from dashwidgets.frames.columns import Column, Table, inner_list
from dashwidgets.frames.dashboards import full_names
from dashwidgets.frames.results.kinds import source_of
from dashwidgets.frames.rows import InsightRow, reader

read_insights: Callable[[bytes], Page[Any]] = reader(Page[InsightRow])
"""Reads a page of the list for `INSIGHTS` and for tiles."""


INSIGHTS = Table(
    "insights",
    (
        Column("id", "id", "id", "Insight id."),
        Column("short_id", "text", "short_id", "Its id in PostHog's URLs."),
        Column(
            "name",
            "text",
            lambda row: row.get("name") or row.get("derived_name"),
            "Its name, else the one PostHog derived.",
        ),
        Column("description", "text", "description", "Description."),
        Column("owner", "text", "created_by", "Who created it.", full_names),
        Column("owner_email", "text", "created_by.email", "Email of the owner."),
        Column("tags", "list", "tags", "List of tags."),
        Column(
            "query_kind", "text", lambda row: source_of(row).get("kind"), "TrendsQuery and others."
        ),
        Column("dashboards", "list", "dashboards", "Ids of the dashboards it is on."),
        Column(
            "dashboard_count",
            "integer",
            lambda row: len(inner_list(row, "dashboards")),
            "Number of dashboards it is on.",
        ),
        Column("favorited", "boolean", "favorited", "Whether it is a favorite."),
        Column("saved", "boolean", "saved", "Whether it is saved in the list of insights."),
        Column("created_at", "time", "created_at", "When it was created."),
        Column("last_modified_at", "time", "last_modified_at", "When it was changed."),
        Column("last_viewed_at", "time", "last_viewed_at", "When you viewed it."),
    ),
)
