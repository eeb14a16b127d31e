"""``dashwidgets apply``: show a plan that is a file, and send it when told to."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from dashwidgets.commands.options import Ca


def apply(
    plan: Annotated[Path, typer.Argument(help="CSV file that plan.to_csv wrote.")],
    dry_run: Annotated[
        bool, typer.Option("--dry-run/--no-dry-run", help="Only show what would be done.")
    ] = True,
    yes: Annotated[bool, typer.Option("--yes", help="The same as --no-dry-run.")] = False,
    ca: Ca = None,
) -> None:
    """Show a plan beside the server as it is now; with --yes, apply it.

    Exit code 1 when a change was refused, skipped or failed, 2 when nothing could be planned.
    """
    import dashwidgets as dw

    try:
        with dw.connect(ca=ca) as ph:
            found = ph.plan(plan)
            typer.echo(str(found))
            if dry_run and not yes:
                typer.echo("Nothing was sent. Apply it with --yes.")
                raise typer.Exit(0 if (found.changes["state"] == "ready").all() else 1)
            done = found.apply()
    except dw.DashwidgetsError as error:
        typer.echo(str(error), err=True)
        raise typer.Exit(2) from error
    typer.echo(str(found))
    typer.echo(f"Run {found.run}: undo it with dw.journal().revert({found.run!r}).")
    raise typer.Exit(0 if done.attrs["complete"] else 1)
