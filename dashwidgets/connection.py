"""Get a `Project`: a real one, or the embedded one on this machine."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from dashwidgets import credentials
from dashwidgets.api.client import Client
from dashwidgets.api.endpoints import dashboards, users
from dashwidgets.api.errors import ConfigurationError, DashwidgetsError, Forbidden, NotFound
from dashwidgets.api.secret import Secret
from dashwidgets.api.transport.trust import checked_ca
from dashwidgets.project import Project

if TYPE_CHECKING:
    from dashwidgets.plans.journal.journal import Run
    from dashwidgets.plans.journal.runs import Runs


MOST_DAYS_AGO = 80
"""The sample's events are those of 90 days."""


def connect(
    host: str | None = None,
    key: str | Secret | None = None,
    project_id: int | str | None = None,
    *,
    timeout: float = 60.0,
    ca: str | Path | None = None,
) -> Project:
    """Connect to a project and check that the key opens it. One request, two without a project id.

    Parameters
    ----------
    host : str, optional
        Address of the instance, with the path it is served below if there is one; else
        ``POSTHOG_HOST``, else US cloud.
    key : str, optional
        Personal API key; else ``POSTHOG_PERSONAL_API_KEY`` of the environment or of a ``.env``
        file here or above, else what the system keyring keeps for ``dashwidgets`` and the host.
    project_id : int or str, optional
        Else ``POSTHOG_PROJECT_ID``, else the current project of the key's user.
    timeout : float
        Seconds to wait for an answer.
    ca : path, optional
        PEM file of certificates to trust besides the operating system's: your company's, say.
        Where ``SSL_CERT_FILE`` is set, besides those.

    Raises
    ------
    ConfigurationError
        An argument is missing or invalid; nothing was sent.
    Unauthorized, Forbidden, NotFound, ConnectionFailed
        The host refused, or can't be reached; ``ConnectionFailed.cause`` says why.

    Examples
    --------
    >>> import dashwidgets as dw
    >>> with dw.local() as ph:  # dw.connect() with an account
    ...     ph.dashboards().attrs["complete"]
    True
    """
    found = credentials.find(host, key, project_id)
    asked = found.project_id
    client = Client(
        found.host,
        found.key,
        _checked_project(asked or "@current"),
        timeout=timeout,
        ca=checked_ca(ca),
    )
    try:
        if asked is None:
            client.project_id = _current_project(client)
        # The cheapest read that proves host, key, scope and project at once; it opens no dashboard.
        client.send(dashboards.page(limit=1))
    except NotFound as error:
        client.close()
        raise NotFound(
            404,
            f"{client.host} has no project {client.project_id}, or the key may not see it",
            body=error.body,
            what="Connecting",
        ) from error
    # Ctrl+C too: the client's connections would stay open.
    except BaseException:
        client.close()
        raise
    return Project(client)


def local(
    data_dir: str | Path | None = None,
    *,
    strict: bool = False,
    sample: str = "product",
    rate_limits: bool = False,
    system_tables: bool = True,
    engine: str = "duckdb",
    days_ago: int = 0,
) -> Project:
    """Start an embedded project on this machine and connect to it over HTTP.

    It has a sample of some 20 dashboards over 200,000 synthetic events, runs in its own
    process, and ends with this one.

    Parameters
    ----------
    data_dir : path, optional
        Folder that keeps the project. Without one it is new each time and forgotten at the end.
    strict : bool
        Refuse keys where PostHog refuses them (streams, templates).
    sample : {"product", "hostile"}
        What a new project is filled with: a product's dashboards, with the faults that real
        projects have, or these and some whose names and texts attack whoever shows them. A
        project that ``data_dir`` already keeps stays as it is.
    rate_limits : bool
        Answer 429 as PostHog does: 120 HogQL statements an hour among others.
    system_tables : bool
        Let SQL read the project's own tables. False: like an older PostHog, which has none.
    engine : {"duckdb", "chdb"}
        What computes over the events. DuckDB is light; chdb is ClickHouse itself, PostHog's
        engine, with nearly all of its functions. It needs the extra ``exact``: some 180 MB, for
        Linux and macOS.
    days_ago : int
        The project as it was then, 0 to 80: later events have not happened. Two of them show
        what a week changes.

    Raises
    ------
    ConfigurationError
        There is no sample or engine of that name, or ``days_ago`` is out of range; nothing was
        started.
    DashwidgetsError
        The embedded project did not start.

    Examples
    --------
    >>> import dashwidgets as dw
    >>> with dw.local() as ph:
    ...     len(ph.dashboards()) >= 12
    True
    """
    from dashwidgets.embedded import ENGINES, SAMPLES
    from dashwidgets.embedded.process import launch

    if sample not in SAMPLES:
        raise ConfigurationError(
            f"There is no sample {sample!r}: choose from {', '.join(SAMPLES)}."
        )
    if engine not in ENGINES:
        raise ConfigurationError(
            f"There is no engine {engine!r}: choose from {', '.join(ENGINES)}."
        )
    if type(days_ago) is not int or not 0 <= days_ago <= MOST_DAYS_AGO:
        raise ConfigurationError(f"days_ago must be a whole number up to {MOST_DAYS_AGO}.")
    try:
        server = launch(
            Path(data_dir).expanduser() if data_dir else None,
            strict=strict,
            sample=sample,
            rate_limits=rate_limits,
            system_tables=system_tables,
            engine=engine,
            days_ago=days_ago,
        )
    except RuntimeError as error:
        raise DashwidgetsError(str(error)) from error
    client = Client(server.url, server.keys["owner"], server.project_id)
    return Project(client, server=server)


def journal(*, ca: str | Path | None = None) -> Runs:
    """Every run of changes with a journal on this machine, the newest first. Sends nothing.

    ``.frame`` is a DataFrame; ``.resume(run)`` continues an interrupted one, ``.revert(run)``
    undoes one. Both connect to the run's project as `connect` does, with its ``ca``;
    ``ph.journal()`` uses the connection that is there.
    """
    from dashwidgets.plans.journal.runs import Runs, checked_client

    def client_of(run: Run) -> Client:
        return checked_client(run, connect(run.host, project_id=run.project_id, ca=ca).client)

    return Runs(client_of, closes=True)


def _current_project(client: Client) -> int:
    try:
        team: Any = client.send(users.me()).get("team")
    except Forbidden as error:
        raise ConfigurationError(
            "The key may not read its current project (it lacks user:read): "
            "set POSTHOG_PROJECT_ID or pass project_id=."
        ) from error
    project: Any = cast("dict[str, Any]", team).get("id") if isinstance(team, dict) else None
    if not isinstance(project, int):
        raise ConfigurationError("The key's user has no current project: pass project_id=.")
    return project


def _checked_project(value: int | str) -> int | str:
    text = str(value).strip()
    if text == "@current":
        return text
    # It becomes part of an address, so nothing but digits passes. `True` would be project 1.
    if not text.isdecimal() or isinstance(value, bool) or int(text) == 0:
        raise ConfigurationError(
            f"{value!r} is not a project id: give the number in your project's URL."
        )
    return int(text)
