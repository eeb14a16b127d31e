"""``dashwidgets backup``, ``restore`` and ``diff``."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, NoReturn

import typer

from dashwidgets.commands.options import Ca, Json, as_json


def backup(
    folder: Annotated[Path, typer.Argument(help="Where the files go.")],
    ca: Ca = None,
) -> None:
    """Back up every dashboard, one JSON file each. Exit code 1 when something is missing."""
    import dashwidgets as dw

    try:
        with dw.connect(ca=ca) as ph:
            made = ph.backup(folder)
    except dw.DashwidgetsError as error:
        _fail(str(error))
    typer.echo(f"{len(made.files)} dashboards in {folder}.")
    if not made.complete:
        _fail("Not complete:\n" + "\n".join(made.refused))


def restore(
    source: Annotated[Path, typer.Argument(help="A backup file, or a folder of them.")],
    share: Annotated[bool, typer.Option(help="Open public links again, under new tokens.")] = False,
    ca: Ca = None,
) -> None:
    """Restore the dashboards of a backup. Exit code 1 when something is missing."""
    import dashwidgets as dw

    try:
        with dw.connect(ca=ca) as ph:
            made = ph.restore(source, share=share)
    except dw.DashwidgetsError as error:
        _fail(str(error))
    typer.echo(f"{len(made.ids)} dashboards restored.")
    lines = [*made.notes, *(_line(row) for row in made.rows)]
    if lines:
        _fail("\n".join(lines))


def diff(
    a: Annotated[str, typer.Argument(help="A backup file or folder, or a dashboard's id.")],
    b: Annotated[str | None, typer.Argument(help="The same; by default the server.")] = None,
    json: Json = False,
    ca: Ca = None,
) -> None:
    """Compare backups, or a backup and the server. Exit code 1 when they differ, 2 on errors."""
    import dashwidgets as dw
    from dashwidgets.backups.diff import Side, compare, snapshots_of

    def side(what: str | None, beside: Side | None = None) -> Side:
        # A number is a dashboard; a backup file that is named so needs a path such as ./12.
        if what is not None and not what.isdecimal():
            return snapshots_of(what)
        with dw.connect(ca=ca) as ph:
            if what is not None:
                return snapshots_of(ph.dashboard(int(what)))
            if isinstance(beside, list):
                return snapshots_of(ph)
            key = beside["source"]["dashboard_id"] if beside else 0
            return snapshots_of(ph.dashboard(key))

    try:
        left = side(a)
        rows = compare(left, side(b, left))
    except dw.DashwidgetsError as error:
        typer.echo(str(error), err=True)
        raise typer.Exit(2) from error
    if json:
        typer.echo(as_json(rows))
    else:
        for row in rows:
            typer.echo(_line(row))
    raise typer.Exit(1 if rows else 0)


def _line(row: dict[str, object]) -> str:
    """One difference on one line; control and bidi characters are shown, not obeyed."""
    where = f"{row['dashboard']!a}" + (f" / {row['tile']!a}" if row["tile"] else "")
    return f"{where} {row['field']}: {row['a']!a} -> {row['b']!a}"


def _fail(message: str) -> NoReturn:
    typer.echo(message, err=True)
    raise typer.Exit(1)
