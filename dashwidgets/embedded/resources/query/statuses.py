"""How far background queries are, for whoever asked them (contract 13.11)."""

from __future__ import annotations

import threading
from collections import OrderedDict
from dataclasses import dataclass, field
from typing import Any

from dashwidgets.embedded.queries.sql.cancel import Stop

REMEMBERED = 200
"""Queries whose status, and results, can still be asked for."""


@dataclass
class Running:
    """A query that somebody may ask about, or stop.

    Attributes
    ----------
    key : str
        Digest of the key that asked: rows are filtered for it, so that no other may read them.
    status : dict
        Contract 13.11.
    code : int
        What asking for it answers with: 202 while it runs, 200, 400 or 500 after.
    """

    key: str
    status: dict[str, Any]
    code: int = 202
    stop: Stop = field(default_factory=Stop)


class Statuses:
    """Queries by id, the newest of them."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._known: OrderedDict[tuple[str, str], Running] = OrderedDict()

    def add(self, running: Running) -> None:
        """Remember a query; a running one is never forgotten for a newer one."""
        with self._lock:
            self._known[running.key, str(running.status["id"])] = running
            done = [at for at, one in self._known.items() if one.code != 202]
            for at in done[: max(0, len(self._known) - REMEMBERED)]:
                del self._known[at]

    def find(self, key: str, query_id: str) -> Running | None:
        """The query of this id that this key asked."""
        with self._lock:
            # By key as well: ids are chosen by clients, and results are for whoever asked.
            return self._known.get((key, query_id))

    def forget(self, running: Running) -> None:
        """A query that was answered at once."""
        with self._lock:
            self._known.pop((running.key, str(running.status["id"])), None)
