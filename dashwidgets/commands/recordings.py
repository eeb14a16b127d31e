"""``dashwidgets record``, ``compare`` and ``publish``."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NoReturn

import typer

from dashwidgets.commands.options import Ca, Json

if TYPE_CHECKING:
    import pandas as pd

    from dashwidgets.recordings.comparing.comparison import Comparison
    from dashwidgets.recordings.recording import Recording

Refresh = Annotated[str, typer.Option(help="As the API takes it.")]


def record(
    dashboards: Annotated[list[str], typer.Argument(help="Ids or exact names.")],
    folder: Annotated[Path, typer.Option(help="Where the .dwr files go.")] = Path(),
    fresh: Annotated[
        str, typer.Option(help="Leave out boards with a recording this young.")
    ] = "0s",
    refresh: Refresh = "blocking",
    ca: Ca = None,
) -> None:
    """Record dashboards, a file each. Exit code 1 when something is missing."""
    import dashwidgets as dw

    try:
        with dw.connect(ca=ca) as ph:
            made = ph.record(
                [_which(one) for one in dashboards],
                folder,
                fresh=fresh,
                refresh=refresh,  # pyright: ignore[reportArgumentType]
            )
    except dw.DashwidgetsError as error:
        _fail(str(error))
    for path in (*made.files.values(), *made.kept.values()):
        typer.echo(path)
    reasons = {**made.incomplete, **made.refused}
    if reasons:
        _fail("Not complete:\n" + "\n".join(f"{key}: {why}" for key, why in reasons.items()))


def compare(
    a: Annotated[str, typer.Argument(help="A .dwr file, or a dashboard's id or name.")],
    b: Annotated[str, typer.Argument(help="The same, later.")],
    fail_on: Annotated[
        str | None, typer.Option(help='Exit with 1 when a tile moved more: "20%", or "zero".')
    ] = None,
    form: Annotated[str, typer.Option("--format", help="table, json, markdown or html.")] = "table",
    output: Annotated[Path | None, typer.Option(help="Write to a file.")] = None,
    json: Json = False,
    ca: Ca = None,
) -> None:
    """Compare two rounds. Exit code 1 for alerts, 2 for errors and for what can't be compared.

    With --fail-on, a tile that can't be compared, or only in part, is an error too: unknown does
    not pass.
    """
    import dashwidgets as dw

    form = "json" if json else form
    try:
        if form not in ("table", "json", "markdown", "html"):
            raise dw.ConfigurationError("--format must be table, json, markdown or html.")
        if form == "html" and output is None:
            raise dw.ConfigurationError("--format html needs --output FILE.")
        comparison = dw.compare(_side(a, ca), _side(b, ca))
        alerts = None if fail_on is None else comparison.alerts(fail_on)
        _tell(comparison, form, output)
    except (dw.DashwidgetsError, OSError) as error:
        _fail(str(error), 2)
    # Without a rule, a comparison that could not be whole is no failure: it is only shown.
    if alerts is None:
        return
    for row in alerts.itertuples():
        typer.echo(f"Alert: {_shown(row.name)} {row.before:g} -> {row.after:g}", err=True)
    if len(alerts):
        raise typer.Exit(1)
    if not comparison.complete:
        for row in comparison.not_compared.itertuples():
            typer.echo(f"Not compared: {_shown(row.name)}: {_shown(row.reason)}", err=True)
        _fail("Not everything could be compared.", 2)


def publish(
    board: Annotated[str, typer.Argument(help="A dashboard's id or name, or a .dwr file.")],
    output: Annotated[Path | None, typer.Option(help="The page. Without: NAME.html here.")] = None,
    form: Annotated[str, typer.Option("--format", help="html or markdown.")] = "html",
    refresh: Refresh = "blocking",
    ca: Ca = None,
) -> None:
    """Write one page of a dashboard that needs nothing else. Exit code 1 when it is incomplete."""
    import dashwidgets as dw
    from dashwidgets.backups.files import file_name

    try:
        if form not in ("html", "markdown"):
            raise dw.ConfigurationError("--format must be html or markdown.")
        run = _side(board, ca, refresh)
        stem = file_name(run.manifest.origin.dashboard_id, run.name).removesuffix(".json")
        if form == "html":
            typer.echo(run.to_html(output or Path(f"{stem}.html")))
        elif output is None:
            typer.echo(run.to_markdown())
        else:
            output.write_text(run.to_markdown(), encoding="utf-8")
    except (dw.DashwidgetsError, OSError) as error:
        _fail(str(error))
    if not run.complete or run.failed:
        _fail(f"Not complete: {run.summary()}.")


def _side(what: str, ca: Path | None, refresh: str = "blocking") -> Recording:
    """A recording by its file, or of a board as it is now."""
    import dashwidgets as dw

    if what.endswith(".dwr"):
        return dw.Recording.read(what)
    with dw.connect(ca=ca) as ph:
        return ph.dashboard(_which(what)).record(refresh=refresh)  # pyright: ignore[reportArgumentType]


def _tell(comparison: Comparison, form: str, output: Path | None) -> None:
    if form == "html" and output is not None:
        typer.echo(comparison.to_html(output))
        return
    forms: dict[str, Callable[[Comparison], str]] = {
        "table": _table,
        "json": _json,
        "markdown": lambda one: one.to_markdown(),
    }
    said = forms[form](comparison)
    if output is None:
        typer.echo(said)
    else:
        output.write_text(said + "\n", encoding="utf-8")


def _table(comparison: Comparison) -> str:
    tiles = comparison.tiles
    brief: pd.DataFrame = tiles[["name", "kind", "before", "after", "share", "changed"]].assign(
        name=tiles["name"].fillna("").map(_shown),
        share=[_percent(share) for share in tiles["share"].tolist()],
    )
    return f"{brief.to_string(index=False, na_rep='')}\n{comparison.summary()}"


def _percent(share: float) -> str:
    # Only NaN differs from itself.
    return "" if share != share else f"{share:+.1%}"


def _json(comparison: Comparison) -> str:
    def rows(frame: pd.DataFrame) -> object:
        return json.loads(frame.to_json(orient="records", date_format="iso"))

    body = {
        "before": comparison.before.taken_at.isoformat(),
        "after": comparison.after.taken_at.isoformat(),
        "complete": comparison.complete,
        "tiles": rows(comparison.tiles),
        "numbers": rows(comparison.frame),
    }
    return json.dumps(body, indent=1, ensure_ascii=False)


def _which(board: str) -> int | str:
    # A shell knows only text, so a board that is called "7" can't be named here.
    return int(board) if board.isdecimal() else board


def _shown(words: object) -> str:
    from dashwidgets.display.text import shown

    return shown(words, 200)


def _fail(message: str, code: int = 1) -> NoReturn:
    typer.echo(message, err=True)
    raise typer.Exit(code)
