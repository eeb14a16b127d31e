"""``dashwidgets references``: where a name is used, to check before changing it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from dashwidgets.api.errors import DashwidgetsError
from dashwidgets.commands.options import Ca, Json

if TYPE_CHECKING:
    from dashwidgets.references.table import References

FORMS = ("table", "json", "csv")
SHOWN = ("dashboard", "insight", "kind", "name", "role", "where", "certain")


def references(
    name: Annotated[str, typer.Argument(help="A name; * and ? are wildcards.")],
    kind: Annotated[
        list[str] | None, typer.Option(help="event, action, cohort…; repeat for more.")
    ] = None,
    form: Annotated[str, typer.Option("--format", help="table, json or csv.")] = "table",
    everywhere: Annotated[bool, typer.Option(help="Saved insights on no dashboard too.")] = False,
    deep: Annotated[
        bool, typer.Option(help="Filters of dashboards and tiles too; opens every dashboard.")
    ] = False,
    certain: Annotated[
        bool, typer.Option("--certain", help="Only places that certainly mean the name.")
    ] = False,
    output: Annotated[Path | None, typer.Option(help="Write to a file.")] = None,
    json: Json = False,
    ca: Ca = None,
) -> None:
    """Show where a name is used. Exit code 1 when it is: renaming it would break something.

    Exit code 2 when the project could not be read, or not as a whole.
    """
    import dashwidgets as dw
    from dashwidgets.references.table import headline

    form = "json" if json else form
    try:
        if form not in FORMS:
            raise dw.ConfigurationError(f"--format must be {', '.join(FORMS)}, not {form!r}.")
        with dw.connect(ca=ca) as ph:
            found = ph.references(name, kind or None, everywhere=everywhere, deep=deep)
    except DashwidgetsError as error:
        typer.echo(str(error), err=True)
        raise typer.Exit(2) from error
    shown = found.breaks() if certain else found
    text = written(shown, form)
    if output is None:
        typer.echo(text)
    else:
        output.write_text(text + "\n", encoding="utf-8")
    if form != "table":
        typer.echo(headline(shown), err=True)
    for what, why in found.attrs["unread"].items():
        typer.echo(f"Not read: {what!a}: {why!a}", err=True)
    for what in found.attrs["not_covered"]:
        typer.echo(f"Not covered: {what}", err=True)
    if not found.attrs["complete"]:
        typer.echo(
            "Not complete: the server sent fewer rows than it counts. Run it again.", err=True
        )
        raise typer.Exit(2)
    # 1 for "used", as grep's reverse: the usual question is whether a name may go.
    raise typer.Exit(1 if len(shown) else 0)


def written(found: References, form: str) -> str:
    """Places as text."""
    from dashwidgets.audit.report.text import shown
    from dashwidgets.references.table import headline

    if form == "csv":
        return found.to_csv(index=False).rstrip("\n")
    if form == "json":
        return str(found.to_json(orient="records", indent=2))
    brief = found[list(SHOWN)].astype({"certain": "object"})
    brief["certain"] = found["certain"].map({True: "", False: "maybe"})
    for column in SHOWN[:-1]:
        # Other people's text: control characters are shown, not obeyed.
        cells = brief[column].fillna("").map(lambda cell: shown(str(cell), 60))
        brief[column] = cells.str.ljust(int(cells.str.len().max() or 0)) if len(cells) else cells
    table = brief.rename(columns={"certain": ""}).to_string(index=False, justify="left")
    return f"{table}\n{headline(found)}" if len(found) else headline(found)
