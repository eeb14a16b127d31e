"""The command line. What each command does is in ``commands``."""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from dashwidgets.commands import app as apps
from dashwidgets.commands import apply as changes
from dashwidgets.commands import backup as backups
from dashwidgets.commands import reading, recordings
from dashwidgets.commands import references as used
from dashwidgets.commands.options import Ca, Json, as_json

if TYPE_CHECKING:
    from dashwidgets.project import Project

app: typer.Typer = typer.Typer(
    help="Jupyter widgets and DataFrames over PostHog's Dashboards API.",
    no_args_is_help=True,
    pretty_exceptions_show_locals=False,  # a key may be among them
)

FIRST = "01_first_look.ipynb"

app.command("list")(reading.listing)
for _command in (
    *(reading.watch, used.references),
    *(backups.backup, backups.restore, backups.diff, changes.apply, apps.app),
    *(recordings.record, recordings.compare, recordings.publish),
):
    app.command()(_command)

Port = Annotated[int, typer.Option(min=0, max=65535, help="0 takes a free one.")]


@app.command()
def serve(
    port: Port = 0,
    host: Annotated[str, typer.Option(help="Address to listen on.")] = "127.0.0.1",
    data_dir: Annotated[
        Path | None,
        typer.Option(help="Folder that keeps the project. Without it the project is temporary."),
    ] = None,
    strict: Annotated[
        bool, typer.Option(help="Refuse keys where PostHog refuses them (streams, templates).")
    ] = False,
    rate_limits: Annotated[bool, typer.Option(help="Answer 429 as PostHog does, per key.")] = False,
    system_tables: Annotated[
        bool,
        typer.Option(
            "--system-tables/--no-system-tables",
            help="Let SQL read the project's own tables; older PostHogs have none.",
        ),
    ] = True,
    events: Annotated[
        str | None,
        typer.Option(help="Your own events: a Parquet file, s3://… or clickhouse://…"),
    ] = None,
    import_from: Annotated[
        Path | None, typer.Option("--import", help="Dashboards as JSON: a file or a folder.")
    ] = None,
    sample: Annotated[
        str, typer.Option(help="Content of a new project: product, or hostile (adds attacks).")
    ] = "product",
    engine: Annotated[
        str,
        typer.Option(help="What computes: duckdb, or chdb (ClickHouse itself; extra `exact`)."),
    ] = "duckdb",
    print_credentials: Annotated[
        bool,
        typer.Option(help="Print one JSON line with address and keys once it accepts connections."),
    ] = False,
) -> None:
    """Run the embedded project until Ctrl+C."""
    from dashwidgets.embedded import extras

    try:
        extras.check()
        from dashwidgets.embedded.server.serve import serve as run

        run(
            host=host,
            port=port,
            data_dir=data_dir,
            strict=strict,
            rate_limits=rate_limits,
            system_tables=system_tables,
            events=events,
            import_from=import_from,
            print_credentials=print_credentials,
            sample=sample,
            engine=engine,
        )
    except (ValueError, RuntimeError) as error:
        typer.echo(str(error), err=True)
        raise typer.Exit(1) from error


DataDir = Annotated[Path, typer.Option(help="The folder the project is kept in.")]
Email = Annotated[str, typer.Option(help="Whose.")]


@app.command()
def add_user(
    data_dir: DataDir,
    email: Email,
    first_name: Annotated[str, typer.Option()],
    last_name: Annotated[str, typer.Option()] = "",
    level: Annotated[str, typer.Option(help="member, admin or owner.")] = "member",
) -> None:
    """Add a user to an embedded project and print a key of theirs."""
    _print_or_fail(
        lambda admin: admin.add_user(data_dir, email, first_name, last_name, level=level)
    )


@app.command()
def add_key(
    data_dir: DataDir,
    email: Email,
    scope: Annotated[list[str] | None, typer.Option(help="Repeat for each; default: all.")] = None,
    label: Annotated[str, typer.Option()] = "Added by hand",
) -> None:
    """Create an API key for a user of an embedded project and print it once."""
    _print_or_fail(lambda admin: admin.add_key(data_dir, email, label, tuple(scope or ("*",))))


@app.command()
def audit(
    rule: Annotated[
        list[str] | None, typer.Option(help="Repeat for each; default: the cheap ones.")
    ] = None,
    everything: Annotated[
        bool, typer.Option("--all", help="Every rule; opens dashboards and computes tiles.")
    ] = False,
    stale_after: Annotated[str, typer.Option(help="Such as 90D.")] = "90D",
    suppressions: Annotated[
        Path | None, typer.Option(help="TOML file of accepted findings.")
    ] = None,
    since: Annotated[
        Path | None, typer.Option(help="Saved report to compare with: new, fixed and back.")
    ] = None,
    save: Annotated[Path | None, typer.Option(help="Save the report here, as JSON.")] = None,
    fail_on: Annotated[
        str | None,
        typer.Option(help="Exit with 1 on findings of this severity or worse: high, medium…"),
    ] = None,
    form: Annotated[str, typer.Option("--format", help="table, json or sarif.")] = "table",
    output: Annotated[Path | None, typer.Option(help="Write to a file.")] = None,
    json: Json = False,
    ca: Ca = None,
) -> None:
    """Audit the project that the environment names. Changes nothing."""
    from dashwidgets import __version__
    from dashwidgets.commands.audit import run

    def project() -> Project:
        from dashwidgets.connection import connect

        return connect(ca=ca)

    raise typer.Exit(
        run(
            project,
            rules="all" if everything else rule or "cheap",
            stale_after=stale_after,
            suppressions=suppressions,
            since=since,
            save=save,
            fail_on=fail_on,
            form="json" if json else form,
            output=output,
            version=__version__,
        )
    )


@app.command()
def doctor(json: Json = False, ca: Ca = None) -> None:
    """Check host, key, scopes, project and widgets; exits with 1 when something failed."""
    from dashwidgets.checkup.doctor import doctor as check

    found = check(ca=ca)
    typer.echo(as_json(map(vars, found.checks)) if json else repr(found))
    raise typer.Exit(0 if found.ok else 1)


@app.command()
def demo(
    port: Port = 0,
    folder: Annotated[
        Path | None, typer.Option(help="Folder for the notebooks; default: a temporary one.")
    ] = None,
    browser: Annotated[bool, typer.Option(help="Open a browser window.")] = True,
) -> None:
    """Open JupyterLab on the example notebooks; each starts its own embedded project."""
    if find_spec("jupyterlab") is None:
        typer.echo('JupyterLab is not installed: pip install "dashwidgets[lab]"', err=True)
        raise typer.Exit(1)
    target = folder or Path(tempfile.mkdtemp(prefix="dashwidgets-"))
    target.mkdir(parents=True, exist_ok=True)
    for notebook in sorted(_notebooks().glob("*.ipynb")):
        if not (target / notebook.name).exists():  # never overwrite a user's edits
            shutil.copy(notebook, target)
    typer.echo(f"Notebooks: {target}")
    command = [
        *(sys.executable, "-m", "jupyterlab"),
        *(str(target / FIRST), f"--ServerApp.root_dir={target}", f"--ServerApp.port={port}"),
        "--LabApp.news_url=None",
    ]
    if not browser:
        command.append("--no-browser")
    # JupyterLab refuses to run as root otherwise; containers usually are.
    if _is_root():
        command.append("--allow-root")
    # JupyterLab's own code: Ctrl+C ends it, and is no error of ours.
    raise typer.Exit(subprocess.run(command, check=False).returncode)


def _print_or_fail(make: Callable[[Any], str]) -> None:
    from dashwidgets.embedded import extras

    try:
        extras.check()
        from dashwidgets.embedded import admin

        typer.echo(make(admin))
    except (ValueError, RuntimeError) as error:
        typer.echo(str(error), err=True)
        raise typer.Exit(1) from error


def _is_root() -> bool:
    import os

    return hasattr(os, "geteuid") and os.geteuid() == 0


def _notebooks() -> Path:
    """The examples: in the package when it is installed, beside it in a checkout."""
    package = Path(__file__).parent
    inside = package / "notebooks"
    return inside if inside.is_dir() else package.parent / "notebooks"
