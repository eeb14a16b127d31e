"""The embedded project as an ASGI application: its routes and their handlers."""

from __future__ import annotations

import secrets
from email.utils import format_datetime
from urllib.parse import urlsplit

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from dashwidgets.embedded.clock import now
from dashwidgets.embedded.resources.sharing.shared_page import SharedPage
from dashwidgets.embedded.server.call import endpoint, write
from dashwidgets.embedded.server.context import Context
from dashwidgets.embedded.server.errors import not_allowed, not_found
from dashwidgets.embedded.server.openapi import document
from dashwidgets.embedded.server.routes import ELSEWHERE, PROJECT, Verbs

EVERY_VERB = ["GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS"]


def application(context: Context, *, hosts: frozenset[str] | None) -> ASGIApp:
    """The server as an ASGI application.

    Parameters
    ----------
    context : Context
    hosts : frozenset of str, optional
        Host names it answers to; a page elsewhere that points a name of its own at this machine
        is refused. None answers to all.
    """
    routes = [
        route
        # PostHog's own web app calls the second tree, though it is deprecated (contract 1).
        for tree in ("projects", "environments")
        for path, verbs in PROJECT.items()
        for route in _both(f"/api/{tree}/{{project_id}}/{path}", context, verbs)
    ]
    for path, verbs in ELSEWHERE.items():
        routes += _both(path, context, verbs)
    # New with each start: cookies of a server that is gone open nothing.
    page = SharedPage(context, secrets.token_bytes(32))
    for path in ("/shared/{token}", "/embedded/{token}"):
        routes.append(Route(path, page.answer, methods=["GET", "POST"]))
    routes += [Route(path, _schema) for path in ("/api/schema", "/api/schema/")]
    app = Starlette(routes=routes, exception_handlers={404: _nowhere, HTTPException: _nowhere})
    return Dated(app if hosts is None else KnownHosts(app, hosts))


def _both(path: str, context: Context, verbs: Verbs) -> list[Route]:
    """With and without the slash at the end."""
    # Two routes instead of a redirect, over which many clients would lose the body.
    answer = endpoint(context, verbs, streams="/dashboards" in path)
    return [Route(path + slash, answer, methods=EVERY_VERB) for slash in ("/", "")]


async def _nowhere(request: Request, error: Exception) -> Response:
    """The answer for an unknown route, or a route without this verb."""
    wrong_verb = isinstance(error, HTTPException) and error.status_code == 405
    problem = not_allowed(request.method) if wrong_verb else not_found()
    return write(problem.body, problem.status)


async def _schema(request: Request) -> Response:
    return write(document(f"{request.url.scheme}://{request.url.netloc}"), 200)


class Dated:
    """Give each answer the date of the project's clock, which may be set back."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def send_dated(message: Message) -> None:
            if message["type"] == "http.response.start":
                date = format_datetime(now(), usegmt=True).encode()
                message["headers"] = [*message.get("headers", ()), (b"date", date)]
            await send(message)

        await self._app(scope, receive, send_dated)


# Against DNS rebinding: a web page can point its own name at 127.0.0.1, and a browser then lets it
# read what answers there.
class KnownHosts:
    """Refuse a request whose Host header names another machine."""

    def __init__(self, app: ASGIApp, hosts: frozenset[str]) -> None:
        self._app = app
        self._hosts = hosts

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http" and not self._is_known(scope):
            refused = Response("This host name is not served here.", 400)
            await refused(scope, receive, send)
            return
        await self._app(scope, receive, send)

    def _is_known(self, scope: Scope) -> bool:
        header = dict(scope["headers"]).get(b"host", b"").decode("latin-1")
        try:
            return urlsplit(f"//{header}").hostname in self._hosts
        except ValueError:
            return False
