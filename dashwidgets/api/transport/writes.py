"""Notify widgets of writes to their dashboard by other code in this process."""

from __future__ import annotations

import re
import threading
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from weakref import WeakMethod

_PATH = re.compile(r"dashboards/(\d+)/")

Place = tuple[str, str]
"""A host and a project."""


@dataclass(frozen=True)
class Written:
    """A write that the server accepted.

    Attributes
    ----------
    dashboard : int
    path : str
        Below the project.
    answer : object
        What the server answered; a detail form has ``tiles``.
    """

    dashboard: int
    path: str
    answer: Any

    @property
    def detail(self) -> dict[str, Any] | None:
        """The dashboard as it is now, where the answer says so."""
        answer = self.answer
        is_detail = isinstance(answer, dict) and "tiles" in answer and "name" in answer
        return answer if is_detail and answer.get("id") == self.dashboard else None  # pyright: ignore[reportUnknownVariableType, reportUnknownMemberType]


Listener = Callable[[Written], object]

# Weak, so that a widget which nobody holds any more is not kept alive by listening.
_listeners: dict[Place, list[WeakMethod[Listener]]] = {}
# Re-entrant: the collector may close a widget, which forgets, in a thread that is listening here.
_lock = threading.RLock()


def listen(host: str, project_id: int | str, listener: Listener) -> None:
    """Call a method after every accepted write to a dashboard of this project.

    It is called in the thread that wrote, and forgotten with its object.
    """
    held, place = WeakMethod(listener), (host, str(project_id))
    with _lock:
        _listeners.setdefault(place, []).append(held)


def forget(listener: Listener) -> None:
    """Stop calling it."""
    with _lock:
        for place, held in list(_listeners.items()):
            left = [one for one in held if one() is not None and one() != listener]
            if left:
                _listeners[place] = left
            else:
                _listeners.pop(place, None)  # gone already where the collector came in between


def announce(host: str, project_id: int | str, path: str, answer: Any) -> None:
    """Notify a project's listeners; paths that are not a dashboard's are ignored."""
    place = (host, str(project_id))
    if place not in _listeners or not (match := _PATH.match(path)):
        return
    written = Written(int(match[1]), path, answer)
    with _lock:
        # Called outside the lock: a listener may close its widget, which takes the lock again.
        held = [one() for one in _listeners.get(place, ())]
    for listener in held:
        if listener is not None:
            listener(written)


def listeners() -> int:
    """The number of listeners, for tests."""
    with _lock:
        return sum(len(held) for held in _listeners.values())
