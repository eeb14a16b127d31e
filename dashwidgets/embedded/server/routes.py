"""The table of routes: path, verb, handler, and the scope that a key needs (contract 1.1)."""

from __future__ import annotations

from dashwidgets.embedded.resources import (
    alerts,
    annotations,
    insight_variables,
    organization,
    templates,
    themes,
)
from dashwidgets.embedded.resources.activity import listing as activity
from dashwidgets.embedded.resources.activity.record import logged
from dashwidgets.embedded.resources.dashboards import create, unlisted, update
from dashwidgets.embedded.resources.dashboards import read as dashboards
from dashwidgets.embedded.resources.definitions import names
from dashwidgets.embedded.resources.definitions import read as definitions
from dashwidgets.embedded.resources.insights import read as insights
from dashwidgets.embedded.resources.insights import writes as insight_writes
from dashwidgets.embedded.resources.query import calls as query
from dashwidgets.embedded.resources.sharing import collaborators
from dashwidgets.embedded.resources.sharing import links as sharing
from dashwidgets.embedded.resources.tiles import actions as tile_actions
from dashwidgets.embedded.resources.tiles import stream, widgets
from dashwidgets.embedded.server.call import Action, Handler

Verbs = dict[str, Action]

READ, WRITE = "dashboard:read", "dashboard:write"
EVERY_KEY = ""
"""A scope that every key has: it may ask about itself."""
SHARING_READ, SHARING_WRITE = "sharing_configuration:read", "sharing_configuration:write"


def _edits(handler: Handler, *, session_only: bool = False) -> Action:
    """What changes a dashboard, and leaves an entry in the activity log."""
    return logged("Dashboard", Action(handler, WRITE, session_only))


def _edits_insight(handler: Handler) -> Action:
    """What changes an insight."""
    return logged("Insight", Action(handler, "insight:write"))


# Relative to a project.
PROJECT: dict[str, Verbs] = {
    "dashboards": {
        "GET": Action(dashboards.listing, READ),
        "POST": _edits(create.create),
    },
    "dashboards/create_from_template_json": {
        "POST": _edits(templates.create_from_json, session_only=True)
    },
    "dashboards/create_unlisted_dashboard": {
        "POST": Action(unlisted.create, WRITE, session_only=True)
    },
    "dashboards/bulk_update_tags": {"POST": Action(unlisted.change_tags, WRITE, session_only=True)},
    "dashboards/widget_catalog": {"GET": Action(widgets.catalog, READ)},
    "dashboards/{id}": {
        "GET": Action(dashboards.read, READ),
        "PATCH": _edits(update.update),
        "PUT": _edits(update.update),
        "DELETE": Action(dashboards.refuse_delete, WRITE),
    },
    "dashboards/{id}/collaborators": {
        "GET": Action(collaborators.listing, READ),
        "POST": Action(collaborators.add, WRITE),
    },
    "dashboards/{id}/collaborators/{user_uuid}": {"DELETE": Action(collaborators.remove, WRITE)},
    "dashboards/{id}/sharing": {
        "GET": Action(sharing.read, SHARING_READ),
        "PATCH": Action(sharing.change, SHARING_WRITE),
    },
    "dashboards/{id}/sharing/refresh": {"POST": Action(sharing.rotate, SHARING_WRITE)},
    "dashboards/{id}/sharing/passwords": {"POST": Action(sharing.add_password, SHARING_WRITE)},
    "dashboards/{id}/sharing/passwords/{password_id}": {
        "DELETE": Action(sharing.remove_password, SHARING_WRITE)
    },
    "dashboards/{id}/move_tile": {
        "PATCH": _edits(tile_actions.move),
        "POST": _edits(tile_actions.move),
    },
    "dashboards/{id}/stream_tiles": {"GET": Action(stream.stream_tiles, READ, session_only=True)},
    "dashboards/{id}/reorder_tiles": {"POST": _edits(tile_actions.reorder)},
    "dashboards/{id}/copy_tile": {"POST": _edits(tile_actions.copy)},
    "dashboards/{id}/create_text_tile": {"POST": _edits(tile_actions.create_text)},
    "dashboards/{id}/update_text_tile": {"POST": _edits(tile_actions.update_text)},
    "dashboards/{id}/delete_tile": {"POST": _edits(tile_actions.remove)},
    "dashboards/{id}/run_insights": {"GET": Action(tile_actions.run_insights, "query:read")},
    "dashboards/{id}/run_widgets": {"GET": Action(widgets.refuse, READ)},
    "dashboards/{id}/widgets/batch": {"POST": Action(widgets.refuse, WRITE)},
    "insights": {
        "GET": Action(insights.listing, "insight:read"),
        "POST": _edits_insight(insight_writes.create),
    },
    "insights/{insight_id}": {
        "GET": Action(insights.read, "insight:read"),
        "PATCH": _edits_insight(insight_writes.update),
        "DELETE": Action(dashboards.refuse_delete, "insight:write"),
    },
    "query": {"POST": Action(query.ask, "query:read")},
    "query/{query_id}": {
        "GET": Action(query.status, "query:read"),
        "DELETE": Action(query.cancel, "query:read"),
    },
    "event_definitions": {"GET": Action(names.list_events, "event_definition:read")},
    "event_definitions/{definition_id}": {
        "GET": Action(names.read_event, "event_definition:read"),
        "PATCH": Action(names.update_event, "event_definition:write"),
    },
    "property_definitions": {"GET": Action(names.list_properties, "property_definition:read")},
    "property_definitions/{definition_id}": {
        "GET": Action(names.read_property, "property_definition:read"),
        "PATCH": Action(names.update_property, "property_definition:write"),
    },
    "alerts": {
        "GET": Action(alerts.listing, "alert:read"),
        "POST": Action(alerts.create, "alert:write"),
    },
    "alerts/{alert_id}": {
        "GET": Action(alerts.read, "alert:read"),
        "PATCH": Action(alerts.update, "alert:write"),
        "DELETE": Action(alerts.delete, "alert:write"),
    },
    "insight_variables": {
        "GET": Action(insight_variables.listing, "insight_variable:read"),
        "POST": Action(insight_variables.create, "insight_variable:write"),
    },
    "insight_variables/{variable_id}": {
        "GET": Action(insight_variables.read, "insight_variable:read"),
        "PATCH": Action(insight_variables.update, "insight_variable:write"),
        "DELETE": Action(insight_variables.delete, "insight_variable:write"),
    },
    "activity_log": {"GET": Action(activity.listing, "activity_log:read")},
    "actions": {"GET": Action(definitions.list_actions, "action:read")},
    "actions/{id}": {"GET": Action(definitions.read_action, "action:read")},
    "cohorts": {"GET": Action(definitions.list_cohorts, "cohort:read")},
    "cohorts/{id}": {"GET": Action(definitions.read_cohort, "cohort:read")},
    "annotations": {
        "GET": Action(annotations.listing, "annotation:read"),
        "POST": Action(annotations.create, "annotation:write"),
    },
    "annotations/{id}": {
        "GET": Action(annotations.read, "annotation:read"),
        "PATCH": Action(annotations.update, "annotation:write"),
        "DELETE": Action(dashboards.refuse_delete, "annotation:write"),
    },
    "data_color_themes": {"GET": Action(themes.listing, "project:read")},
    "dashboard_templates": {"GET": Action(templates.listing, "dashboard_template:read")},
    "dashboard_templates/json_schema": {
        "GET": Action(templates.json_schema, "dashboard_template:read")
    },
}
ELSEWHERE: dict[str, Verbs] = {
    "/api/users/@me": {"GET": Action(organization.me, "user:read")},
    "/api/personal_api_keys/@current": {"GET": Action(organization.key, EVERY_KEY)},
    "/api/projects": {"GET": Action(organization.projects, "project:read")},
    "/api/projects/{id}": {"GET": Action(organization.project, "project:read")},
    "/api/organizations/{organization_id}/projects": {
        "GET": Action(organization.projects, "project:read")
    },
    "/api/organizations/{organization_id}/members": {
        "GET": Action(organization.members, "organization_member:read")
    },
}
