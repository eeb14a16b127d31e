"""The addresses ``query/`` and ``query/{id}/``."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from dashwidgets.embedded.queries.sql.tables import NoTables
from dashwidgets.embedded.resources.definitions.stored import definitions
from dashwidgets.embedded.resources.query.ask import BACKGROUND
from dashwidgets.embedded.resources.system.read import SystemTables
from dashwidgets.embedded.server import fields
from dashwidgets.embedded.server.call import Answer, Call
from dashwidgets.embedded.server.errors import invalid, not_found

LONGEST_NAME = 128
LONGEST_ID = 200


def ask(call: Call) -> Answer:
    """Answer a query: 200, or 202 with a status where it runs in the background."""
    # JSON only: a form's fields can't hold a query.
    body, context = call.json_body, call.context
    query = fields.mapping(fields.need(body, "query"), "query")
    kind = query.get("kind")
    if not isinstance(kind, str):
        raise invalid("This field is required.", "query__kind", "required")
    refresh = body.get("refresh", "blocking")
    query_id = body.get("client_query_id")
    if query_id is not None:
        query_id = fields.text(query_id, "client_query_id", longest=LONGEST_ID)
    if body.get("name") is not None:
        fields.text(body["name"], "name", longest=LONGEST_NAME)
    tables = (
        SystemTables(context.storage, call.actor, strict=context.strict)
        if context.system_tables
        else NoTables()
    )
    known = replace(definitions(context.storage), tables=tables)
    if refresh in BACKGROUND:
        status = context.queries.start(query, known, call.actor.key, query_id)
        return Answer({"results": None, "query_status": status}, 202)
    return Answer(context.queries.run(query, known, call.actor.key, query_id))


def status(call: Call) -> Answer:
    """How far a background query is: 202 while it runs, then 200, 400 or 500."""
    query_id = str(call.path["query_id"])
    running = call.context.queries.statuses.find(call.actor.key, query_id)
    if running is None:
        found = call.context.results.status(query_id)
        if found is None:
            raise not_found(f"Query {query_id} not found for team {call.context.project_id}")
        return Answer({"query_status": found})
    told: dict[str, Any] = {"query_status": running.status}
    if running.code >= 400:
        kind = "validation_error" if running.code < 500 else "server_error"
        message = running.status["error_message"]
        told |= {"type": kind, "code": "query_failed", "detail": message, "attr": None}
    return Answer(told, running.code)


def cancel(call: Call) -> Answer:
    """Stop a query of this key; an unknown or finished one is not an error."""
    query_id = str(call.path["query_id"])
    running = call.context.queries.statuses.find(call.actor.key, query_id)
    if running is not None:
        running.stop.press()
    return Answer(None, 204)
