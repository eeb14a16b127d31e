"""Every address of the embedded project, and what answers there."""

from __future__ import annotations

from urllib.parse import urlsplit

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route
from starlette.types import ASGIApp, Receive, Scope, Send

from dashwidgets.local import dashboards, insights, organization, stream, update
from dashwidgets.local.call import Action, Handler, endpoint, write
from dashwidgets.local.problems import not_found
from dashwidgets.local.world import World

READ, WRITE = "dashboard:read", "dashboard:write"

# Below a project; `streams` marks the paths that PostHog also renders as events.
PROJECT: dict[str, dict[str, tuple[Handler, str | None]]] = {
    "dashboards": {"GET": (dashboards.listing, READ), "POST": (dashboards.create, WRITE)},
    "dashboards/{id}": {
        "GET": (dashboards.read, READ),
        "PATCH": (update.update, WRITE),
        "PUT": (update.update, WRITE),
        "DELETE": (dashboards.refuse_delete, WRITE),
    },
    "dashboards/{id}/stream_tiles": {"GET": (stream.stream_tiles, None)},
    "insights": {"GET": (insights.listing, "insight:read")},
    "insights/{insight_id}": {"GET": (insights.read, "insight:read")},
}
ELSEWHERE: dict[str, dict[str, tuple[Handler, str | None]]] = {
    "/api/users/@me": {"GET": (organization.me, "user:read")},
    "/api/projects": {"GET": (organization.projects, "project:read")},
    "/api/projects/{id}": {"GET": (organization.project, "project:read")},
    "/api/organizations/{organization_id}/members": {
        "GET": (organization.members, "organization_member:read")
    },
}


def application(world: World, *, hosts: frozenset[str] | None) -> ASGIApp:
    """The server as an ASGI application.

    Parameters
    ----------
    world : World
    hosts : frozenset of str, optional
        Host names it answers to; a page elsewhere that points a name of its own at this machine
        is refused. None answers to all.
    """
    routes = [
        route
        for tree in ("projects", "environments")
        for path, verbs in PROJECT.items()
        for route in _both(f"/api/{tree}/{{project_id}}/{path}", world, verbs)
    ]
    for path, verbs in ELSEWHERE.items():
        routes += _both(path, world, verbs)
    app = Starlette(routes=routes, exception_handlers={404: _nowhere, HTTPException: _nowhere})
    return app if hosts is None else KnownHosts(app, hosts)


def _both(path: str, world: World, verbs: dict[str, tuple[Handler, str | None]]) -> list[Route]:
    """With and without the slash at the end."""
    actions = {verb: Action(*action) for verb, action in verbs.items()}
    answer = endpoint(world, actions, streams="/dashboards" in path)
    every = ["GET", "POST", "PUT", "PATCH", "DELETE"]
    return [Route(path + slash, answer, methods=every) for slash in ("/", "")]


async def _nowhere(_request: Request, _error: Exception) -> Response:
    problem = not_found()
    return write(problem.body, problem.status)


class KnownHosts:
    """Refuse a request whose Host header names another machine."""

    def __init__(self, app: ASGIApp, hosts: frozenset[str]) -> None:
        self._app = app
        self._hosts = hosts

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http":
            headers = dict(scope["headers"])
            name = urlsplit(f"//{headers.get(b'host', b'').decode('latin-1')}").hostname
            if name not in self._hosts:
                refused = Response("This host name is not served here.", 400)
                await refused(scope, receive, send)
                return
        await self._app(scope, receive, send)
