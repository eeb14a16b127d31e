"""Compare what the server stored with what was requested and with what was there before."""

from __future__ import annotations

from typing import Any

from dashwidgets.layout.board import FIELDS, Board, DraftTile, Tiles, by_id
from dashwidgets.layout.drafts.pending import WORDS, as_text, place
from dashwidgets.layout.drafts.steps import Step


def made_of(before: Board, after: Board, wanted: Tiles) -> dict[int, int]:
    """The tile id that each new text was given."""
    new = {key: tile for key, tile in by_id(after.tiles).items() if key not in by_id(before.tiles)}
    made: dict[int, int] = {}
    for tile in wanted:
        twins = (
            # By text: the answer is the whole dashboard, and does not say which tile a patch made.
            key
            for key in new
            if new[key]["body"] == tile["body"] and key not in made.values()
        )
        twin = next(twins, None) if tile["id"] < 0 else None
        if twin is not None:
            made[tile["id"]] = twin
    return made


def differences(
    board: Board, wanted: Tiles, step: Step, made: dict[int, int]
) -> list[dict[str, Any]]:
    """Tiles of a step that the server stored differently: ``tile, name, asked, got``."""
    asked, got = by_id(wanted), by_id(board.tiles)
    rows: list[dict[str, Any]] = []

    def note(tile: DraftTile, what: str, found: str) -> None:
        title = board.title(tile)
        rows.append({"tile": tile["id"], "name": title, "asked": what, "got": found})

    for key, names in step.fields.items():
        tile, now = asked.get(key), got.get(made.get(key, key))
        if tile is None or tile["to"] is not None:
            if now is not None:
                note(now, "removed" if tile is None else "moved", "still there")
        elif now is None:
            note(tile, "on the board", "not there")
        else:
            stored = board.stored.get(now["id"])
            if "box" in names and stored != tile["box"]:
                note(tile, place(tile["box"]), place(stored) if stored else "no place")
            for name in set(names) & set(FIELDS[1:]):
                # A new text was matched by its body, so that comparing it proves nothing.
                if key > 0 and now[name] != tile[name]:
                    note(tile, f"{name}: {as_text(tile[name])}", f"{name}: {as_text(now[name])}")
    return rows


def changed_meanwhile(before: Board, after: Board, step: Step, made: dict[int, int]) -> list[str]:
    """Changes that a step did not request, and which somebody else made in the meantime."""
    was, now = by_id(before.tiles), by_id(after.tiles)
    found: list[str] = []
    for key, tile in was.items():
        names, title = step.fields.get(key, ()), before.title(tile)
        if key not in now:
            found += [] if names else [f"{title!r} was removed"]
        elif "removed" not in names and "to" not in names:
            found += [
                f"{WORDS.get(name, name)} of {title!r} is {as_text(new) or 'none'} now"
                for name in FIELDS
                if name not in names
                and (new := _kept(after, now[key], name)) != _kept(before, tile, name)
            ]
    ours = {*step.fields, *made.values()}
    found += [
        f"{after.title(now[key])!r} was added" for key in now if key not in was and key not in ours
    ]
    return [f"Somebody else changed the dashboard while it was saved: {what}." for what in found]


def _kept(board: Board, tile: DraftTile, name: str) -> Any:
    """What is stored: where a tile is drawn depends on the others."""
    return board.stored.get(tile["id"]) if name == "box" else dict[str, Any](tile)[name]
