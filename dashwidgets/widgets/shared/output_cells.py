"""A cell that runs again takes the place of what it showed before."""

from __future__ import annotations

import sys
from collections.abc import Callable
from typing import Any
from weakref import WeakMethod

from dashwidgets.widgets.shared.modules import is_owned

Cell = tuple[str, str]
"""Which cell, and which run of it."""

# Weak: a widget that nobody holds any more is closed by nobody, and freed.
_made: dict[str, tuple[str, list[WeakMethod[Callable[[], object]]]]] = {}


def running_cell() -> Cell | None:
    """The cell that runs now; None outside a kernel."""
    shell = sys.modules.get("IPython") and sys.modules["IPython"].get_ipython()
    kernel = getattr(shell, "kernel", None)
    if kernel is None:
        return None
    request: dict[str, Any] = kernel.get_parent("shell") or {}
    run = request.get("header", {}).get("msg_id")
    # Front ends that do not name their cells still send what is in them.
    cell = request.get("metadata", {}).get("cellId") or request.get("content", {}).get("code")
    return (str(cell), str(run)) if cell and run else None


def replaces(close: Callable[[], object]) -> None:
    """Close what earlier runs of the running cell made; ``close`` is a method, for the next run."""
    cell = None if is_owned() else running_cell()
    if cell is None:
        return
    which, run = cell
    before, closers = _made.get(which, (run, []))
    # Two widgets of one run stand beside each other; only another run replaces them.
    if before != run:
        for closer in closers:
            still_there = closer()
            if still_there is not None:
                still_there()
        closers = []
    _made[which] = run, [*closers, WeakMethod(close)]
