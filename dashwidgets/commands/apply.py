"""``dashwidgets apply``: show a plan from a file, and send it with --yes."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from dashwidgets.commands.options import Ca, Json, as_json

if TYPE_CHECKING:
    from dashwidgets.plans.plan import Plan


def apply(
    plan: Annotated[Path, typer.Argument(help="CSV file that plan.to_csv wrote.")],
    dry_run: Annotated[
        bool, typer.Option("--dry-run/--no-dry-run", help="Only show what would be done.")
    ] = True,
    yes: Annotated[bool, typer.Option("--yes", help="The same as --no-dry-run.")] = False,
    json: Json = False,
    ca: Ca = None,
) -> None:
    """Compare a plan with the server and show it; with --yes, apply it.

    Exit code 1 when a change was refused, skipped or failed, 2 when nothing could be planned.
    """
    import dashwidgets as dw

    try:
        with dw.connect(ca=ca) as ph:
            found = ph.plan(plan)
            if dry_run and not yes:
                typer.echo(_written(found, json))
                typer.echo("Nothing was sent. Apply it with --yes.", err=True)
                # A dry run in CI fails for what applying would skip or refuse.
                raise typer.Exit(0 if (found.changes["state"] == "ready").all() else 1)
            done = found.apply()
    except dw.DashwidgetsError as error:
        typer.echo(str(error), err=True)
        raise typer.Exit(2) from error
    typer.echo(_written(found, json))
    typer.echo(f"Run {found.run}: undo it with dw.journal().revert({found.run!r}).", err=True)
    raise typer.Exit(0 if done.attrs["complete"] else 1)


def _written(plan: Plan, json: bool) -> str:
    return as_json(plan.changes.to_dict("records")) if json else str(plan)
