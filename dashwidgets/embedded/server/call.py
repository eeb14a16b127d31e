"""One HTTP call: authenticate, run a plain function, write its answer."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, cast

import msgspec
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import Headers, QueryParams
from starlette.requests import Request
from starlette.responses import Response

from dashwidgets.embedded.server import auth
from dashwidgets.embedded.server.auth import Actor
from dashwidgets.embedded.server.context import Context
from dashwidgets.embedded.server.errors import Problem, not_allowed, not_found, standard
from dashwidgets.embedded.server.fields import mapping
from dashwidgets.embedded.server.request_body import JSON, parse_body

log: logging.Logger = logging.getLogger("dashwidgets.embedded")

EVENTS = "text/event-stream"


@dataclass(frozen=True)
class Call:
    """What a handler is given."""

    context: Context
    actor: Actor
    path: dict[str, Any]
    query: QueryParams
    headers: Headers
    origin: str
    url: str
    _body: bytes

    @property
    def body(self) -> dict[str, Any]:
        """The body as an object; read late, so that permissions are checked before it."""
        return mapping(parse_body(self._body, self.headers.get("content-type")))

    @property
    def json_body(self) -> dict[str, Any]:
        """The same, for endpoints that refuse forms."""
        kind = self.headers.get("content-type")
        return mapping(parse_body(self._body, kind, forms=False))

    def number(self, name: str) -> int:
        """An id from the path; 404 for text that is not a number."""
        text = str(self.path[name])
        # SQLite's integers have 64 bits: a longer number can't be an id.
        if not text.isdecimal() or len(text) > 18:
            raise not_found()
        return int(text)


@dataclass(frozen=True)
class Answer:
    """What a handler returns for another status than 200."""

    data: Any
    status: int = 200


Handler = Callable[[Call], Any]


@dataclass(frozen=True)
class Action:
    """A handler and the scope it needs; PostHog lets some be reached by a session only (1.1)."""

    handler: Handler
    scope: str
    session_only: bool = False


def endpoint(
    context: Context, actions: dict[str, Action], *, streams: bool
) -> Callable[[Request], Any]:
    """An ASGI endpoint over plain functions, one a verb.

    ``streams`` says whether this path can also write events, which decides what an Accept header
    may ask for.
    """

    async def answer(request: Request) -> Response:
        body = await request.body()
        try:
            # Before the key is looked at: even a 401 is written in the media type that was asked
            # for.
            media = negotiate(request, streams=streams)
        except Problem as problem:
            return write(problem.body, problem.status, JSON, problem.headers)
        try:
            result = await run_in_threadpool(_run, context, actions, request, body)
        except Problem as problem:
            return write(problem.body, problem.status, media, problem.headers)
        except Exception:
            log.exception("%s %s failed", request.method, request.url.path)
            problem = standard(500, "server_error", "error", "A server error occurred.")
            return write(problem.body, problem.status, media)
        if isinstance(result, Response):
            return result
        if isinstance(result, Answer):
            return write(result.data, result.status, media)
        return write(result, 200, media)

    return answer


def _run(context: Context, actions: dict[str, Action], request: Request, body: bytes) -> Any:
    # The key may be in the body, so it is read before it is known who asks.
    parsed = _quietly_parsed(request, body)
    actor = auth.authenticate(context.keys, request.headers, parsed, request.query_params)
    # Key, scope, project, limit, verb: where several are wrong, this order decides which error is
    # sent.
    action = actions.get("GET" if request.method == "HEAD" else request.method)
    if action is not None:
        refused = action.session_only and context.strict
        auth.check_scope(actor, action.scope, refused=refused)
    path = request.path_params
    if "project_id" in path:
        auth.check_project(path["project_id"], context.project_id)
    if "organization_id" in path:
        auth.check_organization(path["organization_id"], context.organization_id)
    if context.limits is not None:
        context.limits.check(actor.key, request.url.path, parsed)
    allowed = ", ".join([*actions, *(["HEAD"] if "GET" in actions else []), "OPTIONS"])
    if request.method == "OPTIONS":
        return write({}, 200, headers={"Allow": allowed})
    if action is None:
        raise not_allowed(request.method, allowed)
    origin = f"{request.url.scheme}://{request.url.netloc}"
    call = Call(
        context,
        actor,
        path,
        request.query_params,
        request.headers,
        origin,
        f"{origin}{request.url.path}",
        body,
    )
    return action.handler(call)


def _quietly_parsed(request: Request, body: bytes) -> Any:
    """The body, read only to find a key in it; errors in it are reported later."""
    try:
        return parse_body(body, request.headers.get("content-type"))
    except Problem:
        return None


def negotiate(request: Request, *, streams: bool) -> str:
    """The media type to answer in (contract 1, 4)."""
    asked = request.query_params.get("format")
    offered = [JSON, EVENTS] if streams else [JSON]
    if asked == "txt" and streams:
        return EVENTS
    if asked not in (None, "", "json"):
        raise not_found()
    if asked == "json":
        return JSON
    accept = request.headers.get("accept") or "*/*"
    wanted = {part.partition(";")[0].strip().lower() for part in accept.split(",")}
    # The more specific media type wins, wherever it stands; among equals, JSON.
    for wish in (str, _any_of_its_kind, _anything):
        for media in offered:
            if wish(media) in wanted:
                return media
    raise standard(
        406, "invalid_request", "not_acceptable", "Could not satisfy the request Accept header."
    )


def _any_of_its_kind(media: str) -> str:
    return f"{media.partition('/')[0]}/*"


def _anything(_media: str) -> str:
    return "*/*"


def write(
    data: Any, status: int, media: str = JSON, headers: dict[str, str] | None = None
) -> Response:
    """An answer as bytes. The event-stream renderer can't write objects: it runs keys together."""
    if data is None:
        return Response(status_code=status, headers=headers)
    if media == EVENTS:
        # What Python's join makes of a dict; clients must survive it (contract 1).
        keys = "".join(cast("dict[str, Any]", data)) if isinstance(data, dict) else ""
        return Response(keys, status, headers, f"{EVENTS}; charset=utf-8")
    return Response(msgspec.json.encode(data), status, headers, JSON)
