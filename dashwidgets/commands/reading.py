"""``dashwidgets list`` and ``dashwidgets watch``: what a project has, and tiles arriving."""

from __future__ import annotations

import time
from collections.abc import Callable
from json import dumps as json_dumps
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, NoReturn

import typer

from dashwidgets.api.errors import DashwidgetsError
from dashwidgets.api.stream.events import Complete, TileFailed, TileRendered
from dashwidgets.commands.options import Ca, Json

if TYPE_CHECKING:
    import pandas as pd

    from dashwidgets.dashboard import Dashboard

SHOWN = ("id", "name", "owner", "tags", "public", "last_accessed_at")


def listing(
    search: Annotated[str, typer.Option(help="Only names that contain this text.")] = "",
    tag: Annotated[
        list[str] | None, typer.Option(help="Only with this tag; repeat for more.")
    ] = None,
    form: Annotated[str, typer.Option("--format", help="table, csv or json.")] = "table",
    output: Annotated[Path | None, typer.Option(help="Write to a file.")] = None,
    json: Json = False,
    ca: Ca = None,
) -> None:
    """List the dashboards, without opening any. Exit code 1 when the list is not complete."""
    import dashwidgets as dw

    form = "json" if json else form
    if form not in ("table", "csv", "json"):
        _fail(f"--format must be table, csv or json, not {form!r}.")
    try:
        with dw.connect(ca=ca) as ph:
            boards = ph.dashboards()
    except DashwidgetsError as error:
        _fail(str(error))
    keep = boards["name"].fillna("").str.contains(search, case=False, regex=False)
    wanted = set(tag or ())
    keep &= boards["tags"].map(lambda tags: wanted <= set(_list(tags))).astype(bool)
    written = _written(boards.loc[keep], form)
    if output is None:
        typer.echo(written)
    else:
        output.write_text(written + "\n", encoding="utf-8")
    if not boards.attrs["complete"]:
        _fail(f"Not complete: the server has {boards.attrs['expected']} dashboards. Run it again.")


def watch(
    dashboard: Annotated[str, typer.Argument(help="Its id or exact name.")],
    refresh: Annotated[str, typer.Option(help="As the API takes it.")] = "blocking",
    json: Annotated[bool, typer.Option("--json", help="One JSON object a line.")] = False,
    ca: Ca = None,
) -> None:
    """Watch a dashboard's tiles arrive, a line each. Exit code 1 when a tile failed."""
    import dashwidgets as dw

    try:
        with dw.connect(ca=ca) as ph:
            failed = _watch(
                ph.dashboard(int(dashboard) if dashboard.isdecimal() else dashboard),
                refresh,
                lines=_as_json if json else _as_text,
            )
    except DashwidgetsError as error:
        _fail(str(error))
    if failed:
        raise typer.Exit(1)


def _watch(board: Dashboard, refresh: Any, lines: Callable[..., str]) -> int:
    tiles = board.tiles()
    names = dict(zip(tiles["id"], tiles["name"].fillna("(no name)"), strict=True))
    began = time.monotonic()
    arrived = failed = 0
    whole = False
    with board.stream(refresh=refresh) as events:
        for event in events:
            after = time.monotonic() - began
            if isinstance(event, TileRendered | TileFailed):
                arrived += isinstance(event, TileRendered)
                failed += isinstance(event, TileFailed)
                typer.echo(lines(after, event, names.get(event.tile_id, "(new)")))
            elif isinstance(event, Complete):
                whole = True
    typer.echo(f"{arrived} of {len(names)} tiles, {failed} failed.", err=lines is _as_json)
    # A stream that ended early is a failure too, even if every tile that came is fine.
    return failed if whole else failed + 1


def _as_text(after: float, event: TileRendered | TileFailed, name: str) -> str:
    from dashwidgets.audit.report.text import shown

    if isinstance(event, TileRendered):
        return f"{after:7.2f} s  {event.size / 1e3:8.1f} kB  {shown(name)}"
    return f"{after:7.2f} s       failed  {shown(name)}: {shown(event.message, 200)}"


def _as_json(after: float, event: TileRendered | TileFailed, name: str) -> str:
    told: dict[str, Any] = {"seconds": round(after, 3), "tile": event.tile_id, "name": name}
    if isinstance(event, TileRendered):
        return json_dumps(told | {"bytes": event.size, "error": None})
    return json_dumps(told | {"bytes": None, "error": event.message})


def _written(boards: pd.DataFrame, form: str) -> str:
    from dashwidgets.audit.report.text import shown

    if form == "csv":
        return boards.assign(tags=boards["tags"].map(_joined)).to_csv(index=False).rstrip("\n")
    if form == "json":
        return str(boards.to_json(orient="records", date_format="iso", indent=2))
    brief = boards[list(SHOWN)].assign(
        name=_left(boards["name"].fillna("").map(shown)),
        owner=_left(boards["owner"].fillna("").map(shown)),
        tags=_left(boards["tags"].map(_joined).map(shown)),
        public=boards["public"].map({True: "public", False: ""}),
        last_accessed_at=boards["last_accessed_at"].dt.strftime("%Y-%m-%d").fillna("never"),
    )
    count = f"{len(boards)} dashboard{'' if len(boards) == 1 else 's'}."
    return f"{brief.to_string(index=False, justify='left')}\n{count}" if len(boards) else count


def _list(tags: Any) -> list[str]:
    return list(tags)


def _joined(tags: Any) -> str:
    return ", ".join(_list(tags))


def _left(column: pd.Series[str]) -> pd.Series[str]:
    return column.str.ljust(int(column.str.len().max() or 0)) if len(column) else column


def _fail(words: str) -> NoReturn:
    typer.echo(words, err=True)
    raise typer.Exit(1)
