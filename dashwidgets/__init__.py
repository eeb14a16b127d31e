"""Jupyter widgets and DataFrames over PostHog's Dashboards API.

>>> import dashwidgets as dw
>>> ph = dw.local()  # doctest: +SKIP
>>> ph.dashboards()  # doctest: +SKIP
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from dashwidgets.api.errors import (
        AmbiguousName,
        ApiError,
        BadRequest,
        ConfigurationError,
        Conflict,
        ConnectionFailed,
        DashwidgetsError,
        DashwidgetsWarning,
        Forbidden,
        NotAllowed,
        NotFound,
        PaymentRequired,
        ServerError,
        Throttled,
        TimedOut,
        Unauthorized,
        UnexpectedAnswer,
    )
    from dashwidgets.api.stream.interrupted import StreamInterrupted
    from dashwidgets.backups.diff import diff
    from dashwidgets.checkup.doctor import doctor
    from dashwidgets.connection import connect, journal, local
    from dashwidgets.dashboard import Dashboard
    from dashwidgets.methods.dashboard.widgets import watch
    from dashwidgets.project import Project
    from dashwidgets.queries.interrupted import QueryInterrupted
    from dashwidgets.recordings.comparing.compare import compare
    from dashwidgets.recordings.history import history
    from dashwidgets.recordings.recording import Recording
    from dashwidgets.recordings.replay import replay

__version__ = "0.2.0"

__all__ = [
    "AmbiguousName",
    "ApiError",
    "BadRequest",
    "ConfigurationError",
    "Conflict",
    "ConnectionFailed",
    "Dashboard",
    "DashwidgetsError",
    "DashwidgetsWarning",
    "Forbidden",
    "NotAllowed",
    "NotFound",
    "PaymentRequired",
    "Project",
    "QueryInterrupted",
    "Recording",
    "ServerError",
    "StreamInterrupted",
    "Throttled",
    "TimedOut",
    "Unauthorized",
    "UnexpectedAnswer",
    "__version__",
    "compare",
    "connect",
    "diff",
    "doctor",
    "history",
    "journal",
    "local",
    "replay",
    "watch",
]

_HOMES = {
    "compare": "dashwidgets.recordings.comparing.compare",
    "connect": "dashwidgets.connection",
    "diff": "dashwidgets.backups.diff",
    "history": "dashwidgets.recordings.history",
    "doctor": "dashwidgets.checkup.doctor",
    "journal": "dashwidgets.connection",
    "local": "dashwidgets.connection",
    "watch": "dashwidgets.methods.dashboard.widgets",
    "Dashboard": "dashwidgets.dashboard",
    "Project": "dashwidgets.project",
    "Recording": "dashwidgets.recordings.recording",
    "replay": "dashwidgets.recordings.replay",
    "QueryInterrupted": "dashwidgets.queries.interrupted",
    "StreamInterrupted": "dashwidgets.api.stream.interrupted",
}


def load_ipython_extension(ipython: Any) -> None:
    """``%load_ext dashwidgets``: cells that begin with ``%%hogql`` are SQL."""
    from dashwidgets.magic import register

    register(ipython)


def __getattr__(name: str) -> Any:
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    # Looked up on first use: `import dashwidgets` stays quick.
    value = getattr(import_module(_HOMES.get(name, "dashwidgets.api.errors")), name)
    # From now on Python finds it without this function.
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted(__all__)
