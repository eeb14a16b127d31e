"""What charts show that is not in their insights: a project's annotations and its currency.

Each is read at most once per project, in the background, so that tiles never wait for it.
"""

from __future__ import annotations

import logging
import re
import threading
from collections.abc import Callable
from dataclasses import replace
from typing import Any, Protocol, TypeVar
from weakref import WeakKeyDictionary

from dashwidgets.api.client import Client
from dashwidgets.api.endpoints import annotations, projects
from dashwidgets.api.errors import NOT_OFFERED, DashwidgetsError
from dashwidgets.widgets.shared.state.watch import AnnotationState

log: logging.Logger = logging.getLogger("dashwidgets")

T = TypeVar("T")

PATIENCE = 10.0
"""Seconds an answer is waited for."""


class Surroundings(Protocol):
    """Where annotations and the currency come from."""

    def annotations(self) -> list[AnnotationState]:
        """Those of the project; none where they can't be read."""
        ...

    def currency(self) -> str:
        """Code of the base currency; empty where it can't be read."""
        ...


class NoSurroundings:
    """The context of a board without a project."""

    def annotations(self) -> list[AnnotationState]:
        """None."""
        return []

    def currency(self) -> str:
        """Unknown."""
        return ""


class ProjectSurroundings:
    """A project's context: one request each, when it is first needed."""

    def __init__(self, client: Client) -> None:
        self._client = client
        self._lock = threading.Lock()
        self._annotations: list[AnnotationState] | None = None
        self._currency: str | None = None

    def annotations(self) -> list[AnnotationState]:
        """``GET annotations/``; a key without ``annotation:read`` has none."""
        with self._lock:
            if self._annotations is None:
                self._annotations = _without_failing(self._read_annotations, [])
            return self._annotations or []

    def currency(self) -> str:
        """``base_currency`` of the project; a key without ``project:read`` has none."""
        with self._lock:
            if self._currency is None:
                self._currency = _without_failing(self._read_currency, "")
            return self._currency or ""

    def _read_annotations(self) -> list[AnnotationState]:
        request = replace(annotations.page(), timeout=PATIENCE)
        rows = self._client.send(request, deadline=0.0).results
        return [known(row) for row in rows if row.get("content") and row.get("date_marker")]

    def _read_currency(self) -> str:
        request = replace(projects.read(self._client.project_id), timeout=PATIENCE)
        code = self._client.send(request, deadline=0.0).get("base_currency")
        # It goes into `Intl.NumberFormat`, which throws for anything else.
        return code if isinstance(code, str) and re.fullmatch("[A-Z]{3}", code) else ""


_known: WeakKeyDictionary[Client, ProjectSurroundings] = WeakKeyDictionary()
_turn = threading.Lock()


def surroundings_of(client: Client) -> ProjectSurroundings:
    """The same for every board of a project."""
    with _turn:
        found = _known.get(client)
        if found is None:
            found = _known[client] = ProjectSurroundings(client)
        return found


def known(row: dict[str, Any]) -> AnnotationState:
    """The part of an annotation that a view needs, without names or emails."""

    def number(name: str) -> int | None:
        value = row.get(name)
        return value if isinstance(value, int) else None

    return {
        "date_marker": str(row["date_marker"]),
        "content": str(row["content"]),
        "scope": str(row.get("scope") or "project"),
        "dashboard_item": number("dashboard_item"),
        "dashboard_id": number("dashboard_id"),
    }


def _without_failing(read: Callable[[], T], otherwise: T) -> T | None:
    """What is read; without it for good where it is not offered, and None until the next time."""
    try:
        return read()
    except NOT_OFFERED as error:
        log.info("charts go without what this key or server does not offer: %s", error)
        return otherwise
    except DashwidgetsError as error:
        log.warning("charts go without this until the next round: %s", error)
        return None
