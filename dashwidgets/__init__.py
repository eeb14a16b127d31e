"""Jupyter widgets and DataFrames over PostHog's Dashboards API.

>>> import dashwidgets as dw
>>> ph = dw.local()  # doctest: +SKIP
>>> ph.dashboards()  # doctest: +SKIP
"""

from __future__ import annotations

import sys
from importlib import import_module
from types import ModuleType
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
        Forbidden,
        NotAllowed,
        NotFound,
        PaymentRequired,
        ServerError,
        StreamInterrupted,
        Throttled,
        TimedOut,
        Unauthorized,
        UnexpectedAnswer,
    )
    from dashwidgets.changes.diff import diff
    from dashwidgets.connect import connect, journal, local
    from dashwidgets.dashboard import Dashboard, watch
    from dashwidgets.project import Project

__version__ = "0.1.0"

__all__ = [
    "AmbiguousName",
    "ApiError",
    "BadRequest",
    "ConfigurationError",
    "Conflict",
    "ConnectionFailed",
    "Dashboard",
    "DashwidgetsError",
    "Forbidden",
    "NotAllowed",
    "NotFound",
    "PaymentRequired",
    "Project",
    "ServerError",
    "StreamInterrupted",
    "Throttled",
    "TimedOut",
    "Unauthorized",
    "UnexpectedAnswer",
    "__version__",
    "connect",
    "diff",
    "journal",
    "local",
    "watch",
]

_HOMES = {
    "connect": "dashwidgets.connect",
    "diff": "dashwidgets.changes.diff",
    "journal": "dashwidgets.connect",
    "local": "dashwidgets.connect",
    "watch": "dashwidgets.dashboard",
    "Dashboard": "dashwidgets.dashboard",
    "Project": "dashwidgets.project",
}


class _Face(ModuleType):
    """The package as a user sees it: a function is not hidden by a module of its name."""

    def __setattr__(self, name: str, value: object) -> None:
        if name in _HOMES and isinstance(value, ModuleType):
            return  # what Python does after it imported dashwidgets.local or dashwidgets.connect
        super().__setattr__(name, value)


sys.modules[__name__].__class__ = _Face


def __getattr__(name: str) -> Any:
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    # Looked up on first use: `import dashwidgets` stays quick.
    value = getattr(import_module(_HOMES.get(name, "dashwidgets.api.errors")), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted(__all__)
