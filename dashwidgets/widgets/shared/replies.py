"""Requests from a view and their replies: an id, a deadline, an error, a cancel.

The view sends ``{"op": "ask", "id", "what", "with"}`` and gets ``{"kind": "reply", "id"}`` with
``value`` or ``error``. Replies are messages, never traits: nothing of them is saved or shown again.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Mapping
from typing import Any, cast

from dashwidgets.api.errors import ConfigurationError, DashwidgetsError

log: logging.Logger = logging.getLogger("dashwidgets")

Answer = Callable[[Mapping[str, Any]], Any]


class Replies:
    """Answers a view's requests, each in a thread of its own, one at a time.

    Parameters
    ----------
    send : callable
        Sends one message to the views.
    answers : dict
        What can be asked for, by name; takes the request's values and returns a JSON value.
    """

    def __init__(self, send: Callable[[dict[str, Any]], None], answers: Mapping[str, Answer]):
        self._send = send
        self._answers = answers
        self._turn = threading.Lock()
        self._open: set[str] = set()

    def hear(self, _widget: object, content: Any, _buffers: object) -> None:
        """Handle a message from a view, on any thread; returns immediately."""
        if not isinstance(content, dict):
            return
        asked = cast("dict[str, Any]", content)
        key = str(asked.get("id"))
        if asked.get("op") == "cancel":
            self._open.discard(key)
        elif asked.get("op") == "ask":
            self._open.add(key)
            values: Mapping[str, Any] = asked.get("with") or {}
            # A thread of its own: the kernel must stay free to hear a cancel, and to run cells.
            arguments = (key, str(asked.get("what")), values)
            threading.Thread(
                target=self._answer, args=arguments, name="dashwidgets-reply", daemon=True
            ).start()

    def close(self) -> None:
        """Stop answering."""
        self._open.clear()

    def _answer(self, key: str, what: str, values: Mapping[str, Any]) -> None:
        with self._turn:
            if key not in self._open:  # cancelled while it waited: nothing was sent
                return
            reply: dict[str, Any] = {"kind": "reply", "id": key}
            try:
                if what not in self._answers:
                    raise ConfigurationError(f"Unknown request: {what!r}.")
                reply["value"] = self._answers[what](values)
            except DashwidgetsError as error:
                reply["error"] = str(error)
            except Exception as error:
                # The traceback goes to the log; a view shows the kind alone, as the text may hold
                # anything.
                log.exception("answering %s failed", what)
                reply["error"] = f"{what} failed: {type(error).__name__}."
        if key in self._open:
            self._open.discard(key)
            self._send(reply)
