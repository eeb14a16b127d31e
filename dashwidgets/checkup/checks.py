"""The checks. None raises, and each says what to do."""

from __future__ import annotations

import sys
from collections.abc import Callable
from dataclasses import dataclass, replace
from importlib.metadata import PackageNotFoundError, version
from importlib.util import find_spec
from typing import Any, Literal, TypeVar

from dashwidgets.api.client import Client
from dashwidgets.api.endpoints import dashboards, users
from dashwidgets.api.errors import (
    ConnectionFailed,
    DashwidgetsError,
    Forbidden,
    NotFound,
    Unauthorized,
    UnexpectedAnswer,
)
from dashwidgets.api.request import Request
from dashwidgets.cards.project import scopes_of

T = TypeVar("T")

State = Literal["ok", "warning", "failed", "skipped"]
PATIENCE = 10.0
"""Seconds to wait for each answer."""
AGAIN = 1.0
"""Seconds to spend on further attempts."""
READS = ("dashboard:read", "insight:read", "query:read")
"""Scopes that most of this package needs."""
WIDGETS = ("arrange", "browse", "edit", "watch")
NEEDED = ("anywidget", "httpx", "ipykernel", "ipywidgets", "pandas", "traitlets")
LAB = "jupyterlab"


@dataclass(frozen=True)
class Check:
    """What was checked, its state, and what to do about it."""

    name: str
    state: State
    found: str
    advice: str = ""


def host_check(client: Client) -> tuple[Check, Check]:
    """Whether the host answers, and whether it takes the key. One request."""
    skipped = Check("key", "skipped", "not looked at")
    try:
        me = _ask(client, users.me())
    except Unauthorized:
        return Check("host", "ok", client.host), Check(
            "key",
            "failed",
            "the host does not know it",
            "Create a personal API key in PostHog (Settings, Personal API keys) and set "
            "POSTHOG_PERSONAL_API_KEY; check that it belongs to this host.",
        )
    except Forbidden:
        return Check("host", "ok", client.host), Check(
            "key", "ok", "accepted; user:read is missing"
        )
    except (ConnectionFailed, UnexpectedAnswer, NotFound) as error:
        advice = "Check POSTHOG_HOST, such as https://us.posthog.com or https://eu.posthog.com."
        return Check("host", "failed", str(error), advice), skipped
    except DashwidgetsError as error:
        return Check("host", "failed", str(error), "Try again later."), skipped
    email = me.get("email") or "a user without an address"
    return Check("host", "ok", client.host), Check("key", "ok", f"belongs to {email}")


def scopes_check(client: Client) -> Check:
    """Which scopes the key has. One request."""
    try:
        key = _ask(client, users.key())
    except DashwidgetsError as error:
        return Check("scopes", "warning", f"unknown: {error}", "Look at the key in PostHog.")
    held = {str(scope) for scope in key.get("scopes") or ()}
    has_all = "*" in held
    missing = [
        scope
        for scope in READS
        # A write scope includes reading (contract 1.1).
        if not has_all and scope not in held and scope.replace(":read", ":write") not in held
    ]
    if missing:
        advice = f"Add {', '.join(missing)} to the key in PostHog."
        return Check("scopes", "warning", scopes_of(key) or "none", advice)
    return Check("scopes", "ok", scopes_of(key))


def project_check(client: Client) -> Check:
    """Whether the project is there and its dashboards can be listed. One request."""
    try:
        count = _ask(client, dashboards.page(limit=1)).count
    except NotFound:
        return Check(
            "project",
            "failed",
            f"{client.host} has no project {client.project_id}, or the key may not see it",
            "Set POSTHOG_PROJECT_ID to the number in your project's address.",
        )
    except DashwidgetsError as error:
        return Check("project", "failed", str(error), "See what the server said.")
    return Check("project", "ok", f"{client.project_id}: {count:,} dashboards")


def budget_check(client: Client) -> Check:
    """What this process has left of the key's limits; sends nothing."""
    left = client.budget
    if left is None:
        return Check("budget", "ok", "not counted on this machine")
    found = f"{left.this_minute:,} requests this minute, {left.this_hour:,} this hour"
    if left.this_minute == 0:
        return Check("budget", "warning", found, "Wait a minute: requests will be held back.")
    return Check("budget", "ok", found)


def versions_check() -> Check:
    """The packages that widgets need, and which versions are here."""
    found: list[str] = [f"Python {sys.version_info.major}.{sys.version_info.minor}"]
    missing: list[str] = []
    for name in NEEDED:
        try:
            found.append(f"{name} {version(name)}")
        except PackageNotFoundError:
            missing.append(name)
    if missing:
        advice = f"pip install {' '.join(missing)}"
        return Check("versions", "failed", f"missing: {', '.join(missing)}", advice)
    # 7.0 answers comms only after the running cell, so widgets stand still while it runs.
    if version("ipykernel").startswith("7.0."):
        return Check("versions", "failed", ", ".join(found), 'pip install "ipykernel>=7.1"')
    return Check("versions", "ok", ", ".join(found))


def bundles_check() -> Check:
    """Whether every widget's JavaScript was built."""
    from dashwidgets.widgets.shared.bundle import bundle

    missing: list[str] = []
    for name in WIDGETS:
        try:
            bundle(name)
        except DashwidgetsError:
            missing.append(name)
    if missing:
        return Check(
            "widgets",
            "failed",
            f"not built: {', '.join(missing)}",
            "Install the package again, or run `python hatch_build.py` in a checkout.",
        )
    return Check("widgets", "ok", ", ".join(WIDGETS))


def kernel_check() -> Check:
    """Whether this runs in a kernel whose front end can draw widgets."""
    shell: Any = sys.modules.get("IPython") and sys.modules["IPython"].get_ipython()
    if getattr(shell, "kernel", None) is not None:
        return Check("kernel", "ok", type(shell.kernel).__name__)
    if find_spec(LAB) is None:
        advice = 'pip install "dashwidgets[lab]" to draw widgets in JupyterLab.'
        return Check("kernel", "warning", "no kernel here, and no JupyterLab installed", advice)
    return Check("kernel", "ok", "none here; JupyterLab is installed")


def _ask(client: Client, request: Request[T]) -> T:
    return client.send(replace(request, timeout=PATIENCE), deadline=AGAIN)


LOCAL: tuple[Callable[[], Check], ...] = (versions_check, bundles_check, kernel_check)
"""Checks that need no server."""
