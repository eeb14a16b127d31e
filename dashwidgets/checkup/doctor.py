"""`doctor`: run every check and show what to do."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from dashwidgets.api.client import Client
from dashwidgets.api.errors import ConfigurationError
from dashwidgets.api.secret import Secret
from dashwidgets.api.transport.trust import checked_ca
from dashwidgets.cards.card import html
from dashwidgets.checkup.checks import (
    LOCAL,
    Check,
    budget_check,
    host_check,
    project_check,
    scopes_check,
)
from dashwidgets.display.in_a_cell import InACell

if TYPE_CHECKING:
    import pandas as pd

    from dashwidgets.project import Project

MARKS = {"ok": "ok", "warning": "!", "failed": "FAILED", "skipped": "-"}


class Checkup(InACell):
    """The result of `doctor`.

    Attributes
    ----------
    checks : tuple of Check
        ``name``, ``state`` ("ok", "warning", "failed", "skipped"), ``found``, ``advice``.
    ok : bool
        Whether nothing failed.
    """

    def __init__(self, checks: Sequence[Check]) -> None:
        self.checks: tuple[Check, ...] = tuple(checks)
        self.ok: bool = all(check.state != "failed" for check in checks)

    @property
    def frame(self) -> pd.DataFrame:
        """One row per check: ``name, state, found, advice``, all text."""
        import pandas as pd

        names = ("name", "state", "found", "advice")
        return pd.DataFrame([vars(check) for check in self.checks], columns=list(names))

    def __repr__(self) -> str:
        width = max(len(check.name) for check in self.checks)
        lines = [
            f"{MARKS[check.state]:>6}  {check.name:<{width}}  {check.found}"
            + (f"\n{'':>8}{'':<{width}}  -> {check.advice}" if check.advice else "")
            for check in self.checks
        ]
        return "\n".join(lines)

    def _repr_html_(self) -> str:
        title = "Ready" if self.ok else "Not ready"
        rows = [
            (
                f"{check.name}: {check.state}",
                f"{check.found}. {check.advice}" if check.advice else check.found,
            )
            for check in self.checks
        ]
        return html(title, rows)


def doctor(
    project: Project | None = None,
    *,
    host: str | None = None,
    key: str | Secret | None = None,
    project_id: int | str | None = None,
    ca: str | Path | None = None,
) -> Checkup:
    """Check host, key, scopes, project, budget, versions, widgets and kernel. Three requests.

    Each check passes or says what to do. Nothing is changed, no dashboard is opened, and no
    error is raised for what is found.

    Parameters
    ----------
    project : Project, optional
        One that is connected already; else what `connect` would use.
    host, key, project_id, ca : optional
        As in `connect`.

    Examples
    --------
    >>> import dashwidgets as dw
    >>> with dw.local() as ph:
    ...     dw.doctor(ph).ok
    True
    """
    if project is not None:
        return Checkup([*_checks_of(project.client), *_local()])
    from dashwidgets import credentials

    try:
        found = credentials.find(host, key, project_id)
        client = Client(found.host, found.key, found.project_id or "@current", ca=checked_ca(ca))
    except ConfigurationError as error:
        names = ("host", "scopes", "project", "budget")
        skipped = [Check(name, "skipped", "skipped: no key") for name in names]
        return Checkup([Check("key", "failed", str(error)), *skipped, *_local()])
    try:
        return Checkup([*_checks_of(client), *_local()])
    finally:
        # Only the client made here: a project that was given goes on being used.
        client.close()


def _checks_of(client: Client) -> list[Check]:
    host, key = host_check(client)
    # With neither host nor key, the next requests would fail for the same reason.
    if "failed" in (host.state, key.state):
        skipped = [Check(name, "skipped", "not looked at") for name in ("scopes", "project")]
        return [host, key, *skipped, budget_check(client)]
    return [host, key, scopes_check(client), project_check(client), budget_check(client)]


def _local() -> list[Check]:
    return [check() for check in LOCAL]
