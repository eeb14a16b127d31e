"""The server's OpenAPI document, generated from the table of routes."""

from __future__ import annotations

import re
from typing import Any

from dashwidgets.embedded.project import PROJECT as THE_PROJECT
from dashwidgets.embedded.server.call import Action
from dashwidgets.embedded.server.routes import ELSEWHERE, PROJECT

Json = dict[str, Any]

_TEXT: Json = {"type": "string"}
_WHOLE: Json = {"type": "integer"}
_FLAG: Json = {"type": "boolean"}
_OBJECT: Json = {"type": "object"}
_REFRESH = ["force_cache", "blocking", "force_blocking", "async", "lazy_async", "force_async"]

_PAGE_QUERY: Json = {"limit": _WHOLE, "offset": _WHOLE}
_READING: Json = {
    "refresh": {"type": "string", "enum": _REFRESH},
    "filters_override": _TEXT,
    "variables_override": _TEXT,
    "tile_filters_override": _TEXT,
}
QUERIES: dict[str, Json] = {
    "GET dashboards": _PAGE_QUERY | {"search": {"type": "string", "maxLength": 200}}
    | {"tags": _TEXT, "creation_mode": _TEXT, "exclude_generated": _TEXT},
    "GET dashboards/{id}": _READING,
    "GET dashboards/{id}/stream_tiles": _READING | {"layoutSize": {"enum": ["sm", "xs"]}},
    "GET dashboards/{id}/run_insights": _READING | {"output_format": _TEXT},
    "GET insights": _PAGE_QUERY | {"basic": _TEXT, "search": _TEXT, "short_id": _TEXT},
    "GET insights/{insight_id}": _READING | {"from_dashboard": _WHOLE},
    "GET event_definitions": _PAGE_QUERY | {"search": _TEXT},
    "GET property_definitions": _PAGE_QUERY | {"search": _TEXT}
    | {"type": {"enum": ["event", "person", "group", "session"]}},
    "GET alerts": _PAGE_QUERY | {"insight_id": _WHOLE},
    "GET activity_log": _PAGE_QUERY | {"scope": _TEXT, "item_id": _TEXT, "user": _WHOLE},
    "GET actions": _PAGE_QUERY | {"search": _TEXT},
    "GET cohorts": _PAGE_QUERY | {"search": _TEXT},
    "GET annotations": _PAGE_QUERY | {"search": _TEXT, "scope": _TEXT},
    "GET dashboard_templates": _PAGE_QUERY | {"search": _TEXT, "ordering": _TEXT},
}  # fmt: skip

_DASHBOARD_BODY: Json = {
    "name": {"type": ["string", "null"], "maxLength": 400},
    "description": _TEXT,
    "pinned": _FLAG,
    "tags": {"type": "array", "items": _TEXT},
    "restriction_level": {"enum": [21, 37]},
    "filters": _OBJECT,
}
_TILES: Json = {"tiles": {"type": "array", "items": _OBJECT}}
_INSIGHT_BODY: Json = {
    "name": _TEXT,
    "description": _TEXT,
    "query": _OBJECT,
    "dashboards": {"type": "array", "items": _WHOLE},
    "tags": {"type": "array", "items": _TEXT},
}
_ANNOTATION_BODY: Json = {
    "content": {"type": ["string", "null"], "maxLength": 8192},
    "date_marker": {"type": ["string", "null"], "format": "date-time"},
    "scope": {"enum": ["dashboard_item", "dashboard", "project", "organization", "recording"]},
    "dashboard_item": {"type": ["integer", "null"]},
    "dashboard_id": {"type": ["integer", "null"]},
}
_DEFINITION_BODY: Json = {
    "description": {"type": ["string", "null"]},
    "tags": {"type": "array", "items": _TEXT},
    "verified": _FLAG,
    "hidden": _FLAG,
}
_VARIABLE_BODY: Json = {
    "name": _TEXT,
    "type": {"enum": ["String", "Number", "Boolean", "List", "Date"]},
    "default_value": {},
}
_ALERT_BODY: Json = {
    "name": {"type": "string", "maxLength": 255},
    "insight": _WHOLE,
    "enabled": _FLAG,
    "calculation_interval": {"enum": ["hourly", "daily", "weekly", "monthly"]},
    "condition": _OBJECT,
    "threshold": _OBJECT,
    "subscribed_users": {"type": "array", "items": _WHOLE},
    "snoozed_until": {"type": ["string", "null"], "format": "date-time"},
}
_QUERY_BODY: Json = {
    "query": {
        "type": "object",
        "properties": {"kind": _TEXT, "query": _TEXT, "values": _OBJECT},
        "required": ["kind"],
    },
    "refresh": {"enum": _REFRESH},
    "client_query_id": _TEXT,
    "name": {"type": "string", "maxLength": 128},
}
_TEXT_BODY: Json = {"body": {"type": "string", "minLength": 1, "maxLength": 4000}}
BODIES: dict[str, Json] = {
    "POST dashboards": _DASHBOARD_BODY | {"use_template": _TEXT, "use_dashboard": _WHOLE},
    "PATCH dashboards/{id}": _DASHBOARD_BODY | _TILES | {"deleted": _FLAG},
    "PUT dashboards/{id}": _DASHBOARD_BODY | _TILES,
    "POST dashboards/create_from_template_json": {"template": _OBJECT},
    "POST dashboards/create_unlisted_dashboard": {"tag": _TEXT},
    "POST dashboards/bulk_update_tags": {
        "ids": {"type": "array", "items": _WHOLE},
        "action": {"enum": ["add", "remove", "set"]},
        "tags": {"type": "array", "items": _TEXT},
    },
    "POST dashboards/{id}/collaborators": {
        "user_uuid": {"type": "string", "format": "uuid"},
        "level": {"enum": [21, 37]},
    },
    "PATCH dashboards/{id}/sharing": {
        "enabled": _FLAG,
        "password_required": _FLAG,
        "settings": {"type": ["object", "null"]},
    },
    "POST dashboards/{id}/sharing/passwords": {"raw_password": _TEXT, "note": _TEXT},
    "PATCH dashboards/{id}/move_tile": {"to_dashboard": _WHOLE, "tile": _OBJECT},
    "POST dashboards/{id}/move_tile": {"to_dashboard": _WHOLE, "tile": _OBJECT},
    "POST dashboards/{id}/reorder_tiles": {
        "tile_order": {"type": "array", "items": _WHOLE, "minItems": 1},
        "layout": {"enum": ["preserve", "two_column", "full_width"]},
    },
    "POST dashboards/{id}/copy_tile": {"fromDashboardId": _WHOLE, "tileId": _WHOLE},
    "POST dashboards/{id}/create_text_tile": _TEXT_BODY,
    "POST dashboards/{id}/update_text_tile": {"tile_id": _WHOLE} | _TEXT_BODY,
    "POST dashboards/{id}/delete_tile": {"tile_id": _WHOLE},
    "POST annotations": _ANNOTATION_BODY,
    "PATCH annotations/{id}": _ANNOTATION_BODY | {"deleted": _FLAG},
    "POST insights": _INSIGHT_BODY,
    "POST query": _QUERY_BODY,
    "PATCH event_definitions/{definition_id}": _DEFINITION_BODY,
    "PATCH property_definitions/{definition_id}": _DEFINITION_BODY,
    "POST alerts": _ALERT_BODY,
    "PATCH alerts/{alert_id}": _ALERT_BODY,
    "POST insight_variables": _VARIABLE_BODY,
    "PATCH insight_variables/{variable_id}": _VARIABLE_BODY,
    "PATCH insights/{insight_id}": _INSIGHT_BODY | {"deleted": _FLAG},
}

_WHOLE_IDS = {"id", "password_id"}
_CREATED = {
    "POST dashboards",
    "POST dashboards/create_unlisted_dashboard",
    "POST dashboards/{id}/collaborators",
    "POST dashboards/{id}/sharing/passwords",
    "POST dashboards/{id}/create_text_tile",
    "POST annotations",
    "POST insights",
    "POST alerts",
    "POST insight_variables",
}
_EMPTY = {
    "DELETE dashboards/{id}/collaborators/{user_uuid}",
    "DELETE dashboards/{id}/sharing/passwords/{password_id}",
    "POST dashboards/{id}/delete_tile",
    "DELETE query/{query_id}",
    "DELETE alerts/{alert_id}",
    "DELETE insight_variables/{variable_id}",
}


MADE: dict[str, tuple[str, str]] = {
    "POST dashboards": ("id", "/id"),
    "POST dashboards/create_unlisted_dashboard": ("id", "/id"),
    "POST dashboards/{id}/collaborators": ("user_uuid", "/user/uuid"),
    "POST dashboards/{id}/sharing/passwords": ("password_id", "/id"),
    "POST annotations": ("id", "/id"),
    "POST insights": ("insight_id", "/id"),
    "POST alerts": ("alert_id", "/id"),
    "POST insight_variables": ("variable_id", "/id"),
    "GET event_definitions": ("definition_id", "/results/0/id"),
    "GET property_definitions": ("definition_id", "/results/0/id"),
    "GET actions": ("id", "/results/0/id"),
    "GET cohorts": ("id", "/results/0/id"),
}
"""What an answer names, for the paths below: the parameter there, and its place in the body."""
TILE = "POST dashboards/{id}/create_text_tile"
_WITH_A_TILE = ("update_text_tile", "delete_tile")


def document(origin: str) -> Json:
    """The document of a server at an origin."""
    paths: Json = {}
    for path, verbs in PROJECT.items():
        paths[f"/api/projects/{{project_id}}/{path}/"] = {
            verb.lower(): _operation(f"{verb} {path}", action) for verb, action in verbs.items()
        }
    for path, verbs in ELSEWHERE.items():
        paths[f"{path}/"] = {
            verb.lower(): _operation(f"{verb} {path}", action) for verb, action in verbs.items()
        }
    return {
        "openapi": "3.1.0",
        "info": {"title": "Embedded PostHog project", "version": "2026.6"},
        "servers": [{"url": origin}],
        "security": [{"key": []}],
        "paths": paths,
        "components": {
            "securitySchemes": {"key": {"type": "http", "scheme": "bearer"}},
            "schemas": {"Error": _ERROR},
        },
    }


_ANY: Json = {"application/json": {"schema": {}}}
_ERROR: Json = {
    "type": "object",
    "properties": {"type": _TEXT, "code": _TEXT, "detail": _TEXT, "error": _TEXT}
    | {"attr": {"type": ["string", "null"]}},
    "anyOf": [{"required": ["detail"]}, {"required": ["error"]}],
}


def _operation(name: str, action: Action) -> Json:
    verb, _, path = name.partition(" ")
    full = path if path.startswith("/") else f"{{project_id}}/{path}"
    parameters = [_path_parameter(part) for part in re.findall(r"\{(\w+)\}", full)]
    for query, schema in QUERIES.get(name, {}).items():
        parameters.append({"name": query, "in": "query", "schema": schema})
    summary = (action.handler.__doc__ or "").strip().splitlines()[0]
    operation: Json = {
        "operationId": _operation_id(name),
        "summary": summary,
        "parameters": parameters,
        "responses": _responses(name, verb),
        "x-scope": "session only" if action.session_only else action.scope,
    }
    if name in BODIES:
        body = {"type": "object", "properties": BODIES[name]}
        operation["requestBody"] = {"content": {"application/json": {"schema": body}}}
    return operation


def _path_parameter(name: str) -> Json:
    schema: Json = {"type": "integer", "minimum": 1} if name in _WHOLE_IDS else dict(_TEXT)
    if name == "project_id":
        schema = {"enum": [THE_PROJECT["id"]]}
    if name == "organization_id":
        schema = {"enum": ["@current"]}
    return {"name": name, "in": "path", "required": True, "schema": schema}


def _responses(name: str, verb: str) -> Json:
    error = {"content": {"application/json": {"schema": {"$ref": "#/components/schemas/Error"}}}}
    codes = {"400": "Not valid", "401": "No key", "403": "Not allowed", "404": "Not found"}
    codes |= {"406": "Accept", "415": "Content type", "429": "Too many requests"}
    if name.endswith("create_unlisted_dashboard"):
        codes["409"] = "It is there already"
    if name in ("POST query", "GET query/{query_id}"):
        codes |= {"202": "It still runs", "500": "It could not be computed"}
    responses: Json = {code: {"description": text} | error for code, text in codes.items()}
    if "202" in responses:
        responses["202"] = {"description": codes["202"], "content": _ANY}
    # DELETE on a dashboard is an empty 405 on purpose: deleting is a PATCH (8.12).
    if verb == "DELETE" and name not in _EMPTY:
        return responses | {"405": {"description": "Always: hide it with PATCH instead"}}
    if name in _EMPTY:
        return responses | {"204": {"description": "Done"}}
    media = "text/event-stream" if name.endswith("stream_tiles") else "application/json"
    answer: Json = {"description": "Done", "content": {media: {"schema": {}}}}
    if links := _links(name):
        answer["links"] = links
    return responses | {"201" if name in _CREATED else "200": answer}


def _operation_id(name: str) -> str:
    return re.sub(r"\W+", "_", name).strip("_")


def _links(name: str) -> Json:
    """Operations on what was made, with the id that the answer names."""
    if name == TILE:
        body = "$response.body#/id"
        there = [f"POST dashboards/{{id}}/{verb}" for verb in _WITH_A_TILE]
        return {
            _operation_id(one): {
                "operationId": _operation_id(one),
                "parameters": {"id": "$request.path.id"},
                "requestBody": {"tile_id": body},
            }
            for one in there
        }
    if name not in MADE:
        return {}
    parameter, place = MADE[name]
    below = name.partition(" ")[2].removesuffix("/create_unlisted_dashboard") + f"/{{{parameter}}}"
    named = {parameter: f"$response.body#{place}"}
    if "{id}" in name:
        named["id"] = "$request.path.id"
    return {
        _operation_id(f"{verb} {path}"): {
            "operationId": _operation_id(f"{verb} {path}"),
            "parameters": named,
        }
        for path, verbs in PROJECT.items()
        if path == below or path.startswith(f"{below}/")
        for verb in verbs
    }
