"""The public page behind a share link, and its password gate (contract 9.1)."""

from __future__ import annotations

import hashlib
import hmac
import html
import json
import time
from typing import Any

import msgspec
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, Response

from dashwidgets.embedded.resources.dashboards import read as dashboards
from dashwidgets.embedded.resources.sharing import links as sharing
from dashwidgets.embedded.resources.tiles.read import Reading
from dashwidgets.embedded.server.auth import Actor
from dashwidgets.embedded.server.context import Context
from dashwidgets.embedded.storage import Row

COOKIE = "posthog_sharing_token"
DAY = 86_400

_HEAD = "<!doctype html><meta charset=utf-8><meta name=robots content=noindex><title>{}</title>"


class SharedPage:
    """What ``GET`` and ``POST`` on ``/shared/{token}`` give.

    Parameters
    ----------
    context : Context
    secret : bytes
        Signs what a right password opens; another one after every start.
    """

    def __init__(self, context: Context, secret: bytes) -> None:
        self._world = context
        self._secret = secret

    async def answer(self, request: Request) -> Response:
        token = str(request.path_params["token"])
        body = await request.body()
        return await run_in_threadpool(self._answer, request, token, body)

    def _answer(self, request: Request, token: str, body: bytes) -> Response:
        # Unknown, disabled and expired look the same from outside (9.1).
        link = sharing.by_token(self._world.storage, token)
        if link is None:
            return HTMLResponse(f"{_HEAD.format('Not found')}<h1>Not found</h1>", 404)
        if request.method == "POST":
            return self._enter(link, body)
        if link["password_required"] and not self._is_open(request, link):
            return HTMLResponse(
                f"{_HEAD.format('Password')}<form method=post><label>Password "
                "<input type=password name=password></label></form>"
            )
        return self._page(link)

    def _enter(self, link: Row, body: bytes) -> Response:
        try:
            given: Any = json.loads(body or b"{}")
        except ValueError:
            given = {}
        password = given.get("password") if isinstance(given, dict) else None  # pyright: ignore[reportUnknownMemberType, reportUnknownVariableType]
        word = None
        if isinstance(password, str):
            word = sharing.opened_by(self._world.storage, link, password)
        if word is None:
            return JSONResponse({"error": "Incorrect password"}, 401)
        signed = self._signed(link, word, int(time.time()) + DAY)
        answer = JSONResponse({"shareToken": signed})
        # Lax and not strict: a public link is followed from mails and chats, and the cookie must
        # come along.
        answer.set_cookie(COOKIE, signed, max_age=DAY, httponly=True, samesite="lax")
        return answer

    def _page(self, link: Row) -> Response:
        row = self._world.storage.one(
            "SELECT * FROM dashboard WHERE id = ? AND NOT deleted", link["dashboard_id"]
        )
        if row is None:
            return HTMLResponse(f"{_HEAD.format('Not found')}<h1>Not found</h1>", 404)
        # A stranger sees it as somebody who may only look.
        nobody = Actor(0, 0, frozenset(), "")
        detail = dashboards.detail(self._world, nobody, row, Reading())
        detail |= {"effective_restriction_level": 37, "effective_privilege_level": 21}
        name = html.escape(row["name"] or "Dashboard")
        # Inside a script element only `<` matters: `</script>` in a name would end the element.
        data = msgspec.json.encode(detail).decode().replace("<", "\\u003c")
        return HTMLResponse(
            f"{_HEAD.format(name)}<h1>{name}</h1><p>{html.escape(row['description'])}</p>"
            f'<script type="application/json" id="dashboard">{data}</script>'
        )

    def _is_open(self, request: Request, link: Row) -> bool:
        signed = request.cookies.get(COOKIE, "")
        # The browser may send any text: nothing in it counts before the signature has been
        # compared.
        parts = signed.split(".")
        if len(parts) != 3 or not (parts[0].isdecimal() and parts[1].isdecimal()):
            return False
        word, until = int(parts[0]), int(parts[1])
        # What was opened with a password ends with it.
        active = {word["id"] for word in sharing.passwords(self._world.storage, link["id"])}
        right = hmac.compare_digest(signed.encode(), self._signed(link, word, until).encode())
        return right and word in active and until > time.time()

    def _signed(self, link: Row, word: int, until: int) -> str:
        # The link is signed but not sent: a cookie of one link does not open another.
        text = f"{link['id']}.{word}.{until}"
        proof = hmac.new(self._secret, text.encode(), hashlib.sha256).hexdigest()
        return f"{word}.{until}.{proof}"
