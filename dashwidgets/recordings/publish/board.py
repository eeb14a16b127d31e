"""A recording as a page and as Markdown."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from dashwidgets.recordings.comparing.headline import headline, headline_words
from dashwidgets.recordings.format import Manifest
from dashwidgets.recordings.numbers.lines import insight_of, lines_of
from dashwidgets.recordings.publish.markdown import escaped, number, over_time, table, told
from dashwidgets.recordings.publish.provenance import facts
from dashwidgets.widgets.watch.tile_log import Arrival

HEAD = ("Tile", "Now", "", "Over time")


def rows(tiles: Sequence[Arrival]) -> Iterator[tuple[str, str, str, str]]:
    """Name, headline, what that is, and its course; or why there is none."""
    for tile in tiles:
        if tile.kind != "insight" and tile.error is None:
            continue
        name = tile.name or f"Tile {tile.id}"
        insight = insight_of(tile)
        lines, reason = lines_of(tile.error, insight)
        value = headline(lines, insight)
        if tile.error is not None or value is None:
            yield name, "unknown", tile.error or reason or "no numbers", ""
        else:
            words = headline_words(insight) + (f" ({reason})" if reason else "")
            yield name, number(value, headline_words(insight)), words, over_time(lines)


def markdown(manifest: Manifest, tiles: Sequence[Arrival]) -> str:
    """Title, facts, and a table of the tiles."""
    cells = [[escaped(cell) for cell in row] for row in rows(tiles)]
    name = escaped(manifest.board_state()["name"] or "Dashboard")
    return (
        f"### {name}\n\n{told(facts(manifest, tiles))}\n\n"
        f"{table(('Tile', 'Now:', 'What', 'Over time'), cells)}\n"
    )
