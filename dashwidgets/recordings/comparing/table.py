"""A comparison as a table: on a page without scripts, and as Markdown."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from dashwidgets.recordings.comparing.row import Row
from dashwidgets.recordings.publish.markdown import escaped, number, table, told
from dashwidgets.recordings.publish.provenance import facts
from dashwidgets.recordings.recording import Recording

HEAD = ("Tile", "Before", "After", "Change", "What")


def compared_rows(rows: Sequence[Row]) -> Iterator[tuple[str, str, str, str, str]]:
    """Name, both headlines, the change, and what they are or why there is none."""
    for row in rows:
        cells = row.row
        share, kind = cells["share"], cells["kind"]
        moved = "" if share is None else "none" if share == 0 else f"{share:+.1%}"
        what = str(cells["reason"] or (kind if kind in ("new", "gone") else cells["headline"]))
        if kind == "changed" and share == 0:
            count = cells["changed"]
            what += f"; {count} number{'' if count == 1 else 's'} changed"
        missing = "new", "gone"
        before = "" if kind == missing[0] else number(cells["before"], cells["headline"])
        after = "" if kind == missing[1] else number(cells["after"], cells["headline"])
        yield str(cells["name"] or f"Tile {cells['tile']}"), before, after, moved, what


def compared_markdown(
    before: Recording, after: Recording, rows: Sequence[Row], summary: str
) -> str:
    """Title, facts about both, and a table of the tiles."""
    cells = [[escaped(cell) for cell in row] for row in compared_rows(rows)]
    titles = ("Tile", "Before:", "After:", "Change:", "What")
    return (
        f"### {escaped(after.name or 'Dashboard')}: what changed\n\n"
        f"Before: {told(facts(before.manifest, before.tiles))}\n\n"
        f"After: {told(facts(after.manifest, after.tiles))}\n\n"
        f"{escaped(summary)}\n\n{table(titles, cells)}\n"
    )
