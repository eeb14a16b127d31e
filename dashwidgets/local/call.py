"""One HTTP call: check who asks, run a plain function, write its answer."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, cast
from urllib.parse import parse_qs

import msgspec
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import Headers, QueryParams
from starlette.requests import Request
from starlette.responses import Response

from dashwidgets.local import auth
from dashwidgets.local.auth import Actor
from dashwidgets.local.fields import mapping
from dashwidgets.local.problems import Problem, not_allowed, not_found, standard
from dashwidgets.local.world import World

log = logging.getLogger("dashwidgets.local")

JSON = "application/json"
EVENTS = "text/event-stream"


@dataclass(frozen=True)
class Call:
    """What a handler is given."""

    world: World
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

    def number(self, name: str) -> int:
        """An id out of the path; text that is no number names nothing."""
        text = str(self.path[name])
        if not text.isdecimal() or len(text) > 18:
            raise not_found()
        return int(text)


@dataclass(frozen=True)
class Answer:
    """What a handler gives when 200 is not enough."""

    data: Any
    status: int = 200


Handler = Callable[[Call], Any]


@dataclass(frozen=True)
class Action:
    """A handler and the scope it needs; None refuses keys on a strict server (1.1)."""

    handler: Handler
    scope: str | None


def endpoint(
    world: World, actions: dict[str, Action], *, streams: bool
) -> Callable[[Request], Any]:
    """An ASGI endpoint over plain functions, one a verb.

    ``streams`` says whether this path can also write events, which decides what an Accept header
    may ask for.
    """

    async def answer(request: Request) -> Response:
        body = await request.body()
        try:
            media = negotiate(request, streams=streams)
        except Problem as problem:
            return write(problem.body, problem.status, JSON, problem.headers)
        try:
            result = await run_in_threadpool(_run, world, actions, request, body)
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


def _run(world: World, actions: dict[str, Action], request: Request, body: bytes) -> Any:
    actor = auth.authenticate(
        world.keys, request.headers, _quietly_parsed(request, body), request.query_params
    )
    action = actions.get(request.method)
    if action is None:
        raise not_allowed(request.method)
    if world.limits is not None:
        world.limits.check(actor.key, request.url.path)
    auth.check_scope(actor, action.scope, strict=world.strict)
    path = request.path_params
    if "project_id" in path:
        auth.check_project(path["project_id"], world.project_id)
    if "organization_id" in path:
        auth.check_organization(path["organization_id"], world.organization_id)
    origin = f"{request.url.scheme}://{request.url.netloc}"
    call = Call(
        world,
        actor,
        path,
        request.query_params,
        request.headers,
        origin,
        f"{origin}{request.url.path}",
        body,
    )
    return action.handler(call)


def parse_body(body: bytes, content_type: str | None) -> Any:
    """JSON or a form, as the content type says."""
    kind = (content_type or JSON).partition(";")[0].strip().lower()
    if not body:
        return {}
    if kind == JSON:
        try:
            return msgspec.json.decode(body)
        except (msgspec.DecodeError, RecursionError) as error:
            detail = f"JSON parse error - {error}"
            raise standard(400, "invalid_request", "parse_error", detail) from None
    if kind == "application/x-www-form-urlencoded":
        pairs = parse_qs(body.decode("utf-8", "replace"), keep_blank_values=True)
        return {name: found if len(found) > 1 else found[0] for name, found in pairs.items()}
    detail = f'Unsupported media type "{content_type}" in request.'
    raise standard(415, "invalid_request", "unsupported_media_type", detail)


def _quietly_parsed(request: Request, body: bytes) -> Any:
    """The body for the sake of a key in it; what is wrong with it is said later."""
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
    accept = request.headers.get("accept") or "*/*"
    wanted = [part.partition(";")[0].strip().lower() for part in accept.split(",")]
    if asked != "json":
        for media in wanted:
            if media in ("*/*", "application/*", JSON):
                return JSON
            if media in (EVENTS, "text/*") and streams and JSON not in wanted:
                return EVENTS
        raise standard(
            406, "invalid_request", "not_acceptable", "Could not satisfy the request Accept header."
        )
    return offered[0]


def write(
    data: Any, status: int, media: str = JSON, headers: dict[str, str] | None = None
) -> Response:
    """An answer as bytes. The event-stream renderer can't write objects: it runs keys together."""
    if data is None:
        return Response(status_code=status, headers=headers)
    if media == EVENTS:
        keys = "".join(cast("dict[str, Any]", data)) if isinstance(data, dict) else ""
        return Response(keys, status, headers, f"{EVENTS}; charset=utf-8")
    return Response(msgspec.json.encode(data), status, headers, JSON)
