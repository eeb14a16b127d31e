"""`Comparison`: two rounds side by side, as a user holds them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

import msgspec
import pandas as pd

from dashwidgets.api.errors import ConfigurationError
from dashwidgets.display.in_a_cell import InACell
from dashwidgets.frames.columns import Column, Table
from dashwidgets.frames.results.kinds import kind_of
from dashwidgets.recordings.comparing.band import Band
from dashwidgets.recordings.comparing.changes import (
    CHANGES,
    Change,
    changes,
    frame_of_changes,
    has_no_time_in_common,
)
from dashwidgets.recordings.comparing.headline import headline, headline_words
from dashwidgets.recordings.comparing.matching import Pair, Tile, pairs, tiles_of
from dashwidgets.recordings.comparing.row import Row
from dashwidgets.recordings.comparing.rules import Rule, rule_of
from dashwidgets.recordings.comparing.table import HEAD, compared_markdown, compared_rows
from dashwidgets.recordings.comparing.view import Layout, skeleton, tiles_of_view
from dashwidgets.recordings.format import Course
from dashwidgets.recordings.numbers.lines import Line, lines_of
from dashwidgets.recordings.recording import Recording
from dashwidgets.widgets.shared.fallback import with_html

if TYPE_CHECKING:
    from dashwidgets.widgets.watch.widget import Watch

TILES = Table(
    "compared tiles",
    (
        Column(
            "tile", "id", "tile", "Tile id in the second; for a tile that is gone, in the first."
        ),
        Column(
            "before_tile", "integer", "before_tile", "Tile id in the first; missing: it is new."
        ),
        Column("name", "text", "name", "The tile's name."),
        Column("insight", "text", "insight", "The insight's id in links."),
        Column(
            "matched", "text", "matched", "insight, query, name or tile; missing without a match."
        ),
        Column("kind", "text", "kind", "same, changed, new, gone, query changed, not compared."),
        Column("headline", "text", "headline", "What the two numbers are, such as total."),
        Column("before", "number", "before", "The tile's headline in the first."),
        Column("after", "number", "after", "The tile's headline in the second."),
        Column("change", "number", "change", "after minus before."),
        Column("share", "number", "share", "change as a share of before; missing when that is 0."),
        Column("compared", "integer", "compared", "Numbers that both have."),
        Column("changed", "integer", "changed", "Numbers that changed, are new or gone."),
        Column("aligned", "text", "aligned", "time, or position where no date is in both."),
        Column(
            "reason", "text", "reason", "What could not be compared, and why; missing if all was."
        ),
    ),
)

Align = Literal["auto", "time", "position"]


@dataclass(frozen=True, eq=False, repr=False)
class Comparison(InACell):
    """What moved between two rounds. Made by ``dw.compare(a, b)``; displays itself as a widget.

    Attributes
    ----------
    before, after : Recording
    rows : sequence of Row
        Tile by tile, those of ``after`` in their order and then what is gone.
    """

    before: Recording
    after: Recording
    rows: Sequence[Row]

    @cached_property
    def frame(self) -> pd.DataFrame:
        """A row for each number that differs; empty when nothing moved.

        ``tile, name, series, breakdown, compared, time, step, measure, before, after, change,
        share, kind``. ``.attrs["complete"]`` is False when something could not be compared.
        """
        found = [
            ((row.row["tile"], row.row["name"]), each) for row in self.rows for each in row.changes
        ]
        frame = frame_of_changes(found)
        asked = [row.row for row in self.rows if row.row["kind"] == "query changed"]
        if asked:
            frame = pd.concat(
                [frame, CHANGES.to_frame(map(_query_changed, asked))], ignore_index=True
            )
        frame.attrs.clear()
        frame.attrs["complete"] = self.complete
        return frame

    @cached_property
    def tiles(self) -> pd.DataFrame:
        """A row a tile, the largest movement first; see ``docs/recordings.md`` for the headline."""
        return TILES.to_frame([row.row for row in self.by_movement], complete=self.complete)

    @property
    def by_movement(self) -> list[Row]:
        """The pairs, the largest movement first."""
        return sorted(self.rows, key=lambda row: -row.movement)

    @property
    def not_compared(self) -> pd.DataFrame:
        """Tiles of which not every number could be compared, and why."""
        return self.tiles.loc[self.tiles["reason"].notna(), ["tile", "name", "kind", "reason"]]

    @property
    def complete(self) -> bool:
        """Whether both rounds are complete and every tile of both was compared."""
        whole = self.before.complete and self.after.complete
        return whole and all(row.row["reason"] is None for row in self.rows)

    def alerts(
        self, rule: str | Rule = "20%", *, of: Literal["tiles", "numbers"] = "tiles"
    ) -> pd.DataFrame:
        """Rows of `tiles`, or of `frame`, that a rule finds worth an alert.

        Parameters
        ----------
        rule : str or callable
            ``"20%"``: moved by more than that, up or down. ``"zero"``: is zero now and was not.
            ``dw.history(folder).band()``: outside the range of the last recordings. Or a
            function that takes the rows and returns a boolean for each.
        of : {"tiles", "numbers"}

        Returns
        -------
        DataFrame
            ``.attrs["not_compared"]`` counts tiles about which nothing, or not all, is known;
            ``.attrs["unknown"]`` names those of which a band has fewer than two earlier values.

        Raises
        ------
        ConfigurationError
            The rule is not valid.
        """
        if of not in ("tiles", "numbers"):
            raise ConfigurationError(f'of must be "tiles" or "numbers", not {of!r}.')
        rows = self.tiles if of == "tiles" else self.frame
        if isinstance(rule, Band):
            rule = rule.until(self.after.taken_at, self.after.manifest.origin.dashboard_id)
        found = pd.Series(rule_of(rule)(rows), index=rows.index).fillna(False).astype(bool)
        alerts = rows.loc[found].reset_index(drop=True)
        unknown = rule.unknown(rows) if isinstance(rule, Band) else []
        alerts.attrs.update(
            complete=self.complete, not_compared=len(self.not_compared), unknown=unknown
        )
        return alerts

    def summary(self) -> str:
        """One sentence: how many tiles moved, and what could not be compared."""
        kinds = self.tiles["kind"].value_counts()
        words = [
            f"{kinds[kind]} {kind}"
            for kind in ("changed", "new", "gone", "query changed", "not compared", "same")
            if kind in kinds
        ]
        count = f"{len(self.rows)} tile{'' if len(self.rows) == 1 else 's'}"
        told = f"{count}: {', '.join(words) or 'none'}"
        if not (self.before.complete and self.after.complete):
            told += "; a recording is INCOMPLETE"
        return told + "."

    def watch(self, layout: Layout = "over") -> Watch:
        """A widget with both rounds, the largest movement first.

        Parameters
        ----------
        layout : {"over", "side by side"}
            ``"over"``: before dashed and after solid in one chart, where a chart can show both.
        """
        from dashwidgets.recordings.replay import watch_recording

        return watch_recording(self._board(layout))

    def to_html(self, path: str | Path, layout: Layout = "over") -> Path:
        """Publish one self-contained page of what moved; see `Recording.to_html`."""
        from dashwidgets.recordings.publish.page import table, write_page
        from dashwidgets.recordings.publish.provenance import facts

        board = self._board(layout)
        sides = (("Before", self.before), ("After", self.after))
        told = [facts(run.manifest, run.tiles, side) for side, run in sides]
        state = board.manifest.board_state()
        return write_page(
            *(path, state, board.status(), board.manifest.skeleton(), board.tiles, told),
            table(HEAD, compared_rows(self.by_movement)),
        )

    def to_markdown(self) -> str:
        """What moved, as a table for a chat."""
        return compared_markdown(self.before, self.after, self.by_movement, self.summary())

    def _board(self, layout: Layout) -> Recording:
        if layout not in ("over", "side by side"):
            raise ConfigurationError(f'layout must be "over" or "side by side", not {layout!r}.')
        spans = self.before.taken_at, self.after.taken_at
        tiles = tiles_of_view(self.by_movement, spans, self.summary(), layout)
        manifest = msgspec.structs.replace(
            self.after.manifest,
            board={**self.after.manifest.board, "sortable": True},
            expected=[dict(tile) for tile in skeleton(tiles)],
            course=Course("complete", None, 0.0, sum(tile.size for tile in tiles), ""),
        )
        return Recording(manifest, tiles)

    def _repr_mimebundle_(self, **kwargs: Any) -> Any:
        from dashwidgets.recordings.publish.page import table

        view: Any = self.watch()
        html = f"<p>{escape(self.summary())}</p>{table(HEAD, compared_rows(self.by_movement))}"
        return with_html(view._repr_mimebundle_(**kwargs), html)

    def __repr__(self) -> str:
        spans = " -> ".join(f"{run.taken_at:%Y-%m-%d %H:%M}" for run in (self.before, self.after))
        return f"Comparison({self.after.name!r}, {spans}: {self.summary()})"


def compare_recordings(before: Recording, after: Recording, align: Align = "auto") -> Comparison:
    """Compare two rounds, number by number."""
    if align not in ("auto", "time", "position"):
        raise ConfigurationError(f'align must be "auto", "time" or "position", not {align!r}.')
    filtered = before.manifest.asked.filters != after.manifest.asked.filters
    filtered |= before.manifest.asked.variables != after.manifest.asked.variables
    found = pairs(tiles_of(before), tiles_of(after))
    rows = [_compared(pair, before, after, align, filtered) for pair in found]
    return Comparison(before, after, rows)


def _compared(pair: Pair, before: Recording, after: Recording, align: Align, filtered: bool) -> Row:
    one, other = pair.before, pair.after
    tile = other or one
    assert tile is not None
    row: dict[str, Any] = {
        "tile": tile.arrival.id,
        "before_tile": one.arrival.id if one else None,
        "name": tile.arrival.name,
        "insight": tile.insight.get("short_id"),
        "matched": pair.by,
        "headline": headline_words(tile.insight),
        "before": None,
        "after": None,
        "change": None,
        "share": None,
        "compared": 0,
        "changed": 0,
        "aligned": None,
        "reason": None,
    }
    failures = [side for side in (one, other) if side is not None and side.arrival.error]
    if failures:
        reason = f"it failed: {failures[0].arrival.error}"
        return Row(pair, row | {"kind": "not compared", "reason": reason})
    if one is None or other is None:
        return _alone(pair, tile, row, before if one is None else after)
    if not _same_query(one, other, filtered):
        reason = "its query changed, so its numbers can't be compared"
        return Row(pair, row | {"kind": "query changed", "reason": reason})
    return _both(pair, one, other, row, align)


def _both(pair: Pair, one: Tile, other: Tile, row: dict[str, Any], align: Align) -> Row:
    left, why_left = lines_of(one.arrival.error, one.insight)
    right, why_right = lines_of(other.arrival.error, other.insight)
    reason = why_left or why_right or None
    by_position = align == "position" or (align == "auto" and has_no_time_in_common(left, right))
    found, compared = changes(left, right, by_position=by_position, whole=not reason)
    old, new = headline(left, one.insight), headline(right, other.insight)
    if old is not None and new is not None:
        row |= {"change": new - old, "share": (new - old) / abs(old) if old else None}
    is_unread = reason is not None and not compared
    row |= {
        "before": old,
        "after": new,
        "kind": "not compared" if is_unread else "changed" if found else "same",
        "compared": compared,
        "changed": _count(found),
        "aligned": "position" if by_position else "time",
        "reason": reason,
    }
    return Row(pair, row, found)


def _alone(pair: Pair, tile: Tile, row: dict[str, Any], other: Recording) -> Row:
    """A tile that one side alone has: new or gone, unless the other side is not complete."""
    # Absent from an incomplete recording: it may only not have arrived.
    if not other.complete:
        reason = f"the recording of {other.taken_at:%Y-%m-%d %H:%M} UTC is not complete"
        return Row(pair, row | {"kind": "not compared", "reason": reason})
    lines, reason = lines_of(tile.arrival.error, tile.insight)
    is_new = pair.before is None
    kind, side = ("new", "after") if is_new else ("gone", "before")
    none: list[Line] = []
    sides = (none, lines) if is_new else (lines, none)
    found, _ = changes(*sides, by_position=False, whole=True)
    row |= {"kind": kind, "changed": _count(found), "reason": reason or None}
    return Row(pair, row | {side: headline(lines, tile.insight)}, found)


def _count(found: Sequence[Change]) -> int:
    return sum(len(each.line.times) for each in found)


def _query_changed(row: Mapping[str, Any]) -> dict[str, Any]:
    return {"tile": row["tile"], "name": row["name"], "kind": "query changed"}


def _same_query(one: Tile, other: Tile, filtered: bool) -> bool:
    """Whether the numbers mean the same; a chart that only looks different does."""
    kinds = [kind_of(side.insight) for side in (one, other)]
    shapes = [kind.shape if kind else None for kind in kinds]
    queries = [side.query(without_filters=filtered) for side in (one, other)]
    return shapes[0] == shapes[1] and queries[0] == queries[1]
