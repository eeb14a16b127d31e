"""What every page says: when, from where, with whose filters, and whether all of it is there."""

from __future__ import annotations

import json
from collections.abc import Sequence

from dashwidgets.recordings.format import Manifest
from dashwidgets.recordings.numbers.lines import insight_of
from dashwidgets.widgets.watch.tile_log import Arrival

Facts = Sequence[tuple[str, str]]


def facts(manifest: Manifest, tiles: Sequence[Arrival], recorded: str = "Recorded") -> Facts:
    """Words and what they are about, in the order they are read."""
    course, asked = manifest.course, manifest.asked
    failed = sum(tile.error is not None for tile in tiles)
    count = f"{len(tiles)} tile{'' if len(tiles) == 1 else 's'}"
    if course.phase == "complete":
        cut = sum(bool(insight_of(tile).get("hasMore")) for tile in tiles)
        whole = "; ".join(
            (
                f"Yes, {count}",
                *([f"{failed} failed"] if failed else []),
                *([f"{cut} with the first rows only"] if cut else []),
            )
        )
    else:
        expected = len(manifest.expected) or "an unknown number"
        whole = f"NO: {len(tiles)} of {expected} tiles. {course.message}".strip()
    return (
        (recorded, f"{manifest.taken_at:%Y-%m-%d %H:%M} UTC"),
        ("From", f"{manifest.origin.host or 'unknown'}, project {manifest.origin.project_id}"),
        ("Filters", _filters("the dashboard's own", asked.filters, asked.variables)),
        ("Complete", whole),
    )


def _filters(otherwise: str, filters: object, variables: object) -> str:
    given = {"filters": filters, "variables": variables}
    kept = {name: value for name, value in given.items() if value}
    return f"instead of {otherwise}: {json.dumps(kept, ensure_ascii=False)}" if kept else otherwise
