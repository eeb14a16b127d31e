"""Rules about references: do the events, properties and cohorts of tiles still exist?"""

from __future__ import annotations

import difflib
from collections.abc import Iterator
from typing import Any

import pandas as pd

from dashwidgets.audit.report.words import days, each, some
from dashwidgets.audit.rule import Evidence, Finding, Settings, rule
from dashwidgets.audit.rules.names import plain
from dashwidgets.references.reference import ACTION, COHORT, EVENT, EVENT_PROPERTY, FORMULA, SERIES

PACES = 10
"""An event counts as silent when it is late by this many times its usual gap."""


def used(evidence: Evidence, kind: str) -> pd.DataFrame:
    """References on dashboards that are certain, each tile and name once."""
    found = evidence.references
    mine = found["kind"].eq(kind) & found["certain"].fillna(False) & found["dashboard_id"].notna()
    # A formula repeats the events of its series, which are in the frame already.
    mine &= found["role"].ne(FORMULA)
    return found[mine].drop_duplicates(["tile_id", "name"])


@rule(
    "silent-event",
    severity="high",
    needs=("insights", "events"),
    proves="A tile counts an event that no longer arrives.",
    spares="Events that are rare anyway: it must be late by ten times its usual gap.",
    suggestion="Check whether it was renamed; ph.plan().rename_event(old, new) fixes every tile.",
)
def silent_event(evidence: Evidence, settings: Settings) -> Iterator[Finding]:
    events = evidence.events.set_index("event")
    gaps = events["usual_gap"] if "usual_gap" in events.columns else None
    for one in each(used(evidence, EVENT)):
        # Never seen is another rule's matter; silence needs a last arrival.
        if one.name not in events.index:
            continue
        last: Any = events.at[one.name, "last_seen"]
        gap = None if gaps is None or pd.isna(gaps[one.name]) else float(gaps[one.name])
        allowed = max(settings.silent_after, pd.Timedelta(seconds=PACES * (gap or 0)))
        if pd.notna(last) and evidence.now - last > allowed:
            pace = (
                f"; it used to arrive every {days(pd.Timedelta(seconds=round(gap)))}" if gap else ""
            )
            yield Finding(
                one.dashboard_id,
                f"{one.name!r} last arrived {days(evidence.now - last)} ago{pace}",
                tile_id=one.tile_id,
                evidence_date=last,
                threshold=days(allowed),
                key=str(one.name),
            )


@rule(
    "misspelled-event",
    severity="high",
    needs=("insights", "events"),
    proves="A tile counts an event that never arrived, one letter away from one that does.",
    spares="Names that resemble no other: they may be new.",
    suggestion="Correct the name: ph.plan().rename_event(wrong, right).",
)
def misspelled_event(evidence: Evidence, _settings: Settings) -> Iterator[Finding]:
    known = set(evidence.events["event"].dropna())
    for one in each(used(evidence, EVENT)):
        # With an empty list every name would be misspelled: the events were not read then.
        if known and one.name not in known:
            meant = sorted(name for name in known if is_one_edit(one.name, name))
            if meant:
                evidence_ = f"{one.name!r} never arrived; {some(map(repr, meant))} does"
                yield Finding(one.dashboard_id, evidence_, tile_id=one.tile_id, key=str(one.name))


@rule(
    "property-not-carried",
    severity="medium",
    needs=("insights", "carried"),
    proves="A tile reads a property that none of its events carries.",
    spares="Tiles of all events, of actions, or of an event whose properties are unknown.",
    suggestion="Find the property's new name; ph.plan().rename_property(old, new).",
)
def property_not_carried(evidence: Evidence, _settings: Settings) -> Iterator[Finding]:
    carried = evidence.carried.groupby("event")["property"].agg(set).to_dict()
    found = evidence.references
    events = used(evidence, EVENT).groupby("tile_id")["name"].agg(list).to_dict()
    others = set(found.loc[found["kind"].eq(ACTION), "tile_id"].dropna())
    for one in each(used(evidence, EVENT_PROPERTY)):
        mine = events.get(one.tile_id, [])
        # An action's events are unknown here, and may carry the property.
        if not mine or one.tile_id in others or not all(name in carried for name in mine):
            continue
        if not any(one.name in carried[name] for name in mine):
            words = f"{one.name!r} is not carried by {some(map(repr, mine))}"
            yield Finding(one.dashboard_id, words, tile_id=one.tile_id, key=str(one.name))


@rule(
    "deleted-cohort-or-action",
    severity="high",
    needs=("insights", "objects"),
    proves="A tile depends on a cohort or an action that was deleted.",
    spares="Those that are not in the list: the key may lack access.",
    suggestion="Choose another: ph.plan().replace_cohort(old, new) or .replace_action(old, new).",
)
def deleted_cohort_or_action(evidence: Evidence, _settings: Settings) -> Iterator[Finding]:
    objects = evidence.objects
    gone = objects[objects["deleted"].fillna(False).astype(bool)]
    deleted = set(zip(gone["kind"], gone["name"], strict=True))
    for kind in (COHORT, ACTION):
        for one in each(used(evidence, kind)):
            if (kind, one.name) in deleted:
                words = f"{kind} {one.name} was deleted"
                key = f"{kind} {one.name}"
                yield Finding(one.dashboard_id, words, tile_id=one.tile_id, key=key)


@rule(
    "unused-event",
    severity="info",
    needs=("insights", "events"),
    proves="An event arrives, and no insight uses it.",
    spares="PostHog's own events, whose names begin with $. SQL that may name it counts as use.",
    suggestion="Chart it, or stop sending it.",
)
def unused_event(evidence: Evidence, settings: Settings) -> Iterator[Finding]:
    names = set(evidence.references.loc[evidence.references["kind"].eq(EVENT), "name"])
    events = evidence.events
    recent = events[events["last_seen"] > evidence.now - settings.silent_after]
    for one in each(recent):
        if one.event not in names and not str(one.event).startswith("$"):
            yield Finding(None, f"no insight uses {one.event!r}", key=str(one.event))


@rule(
    "past-date-range",
    severity="medium",
    needs=("insights",),
    proves="A tile has a fixed date range that ended long ago.",
    spares="Relative ranges, and ends that passed within the time that makes data stale.",
    suggestion="Use a relative range, or name the period in the title.",
)
def past_date_range(evidence: Evidence, settings: Settings) -> Iterator[Finding]:
    for tile in each(evidence.tiles.dropna(subset=["insight_id", "dashboard_id"])):
        text = evidence.fixed_ends.get(int(tile.insight_id))
        end = pd.to_datetime(text, utc=True, errors="coerce") if text else pd.NaT
        if pd.notna(end) and evidence.now - end > settings.data_stale_after:
            words = f"its date range ended on {end.date()}, {days(evidence.now - end)} ago"
            yield Finding(
                tile.dashboard_id,
                words,
                tile_id=tile.id,
                evidence_date=end,
                threshold=days(settings.data_stale_after),
            )


@rule(
    "metric-defined-twice",
    severity="medium",
    needs=("insights",),
    proves="Two dashboards show insights with the same name and events but different queries.",
    spares="The same insight on both, and default names.",
    suggestion="Keep one definition, or distinguish them by name.",
)
def metric_defined_twice(evidence: Evidence, _settings: Settings) -> Iterator[Finding]:
    series = evidence.references[evidence.references["role"].isin((SERIES, "SQL"))]
    asked = series.groupby("insight_id")["name"].agg(_names).to_dict()
    tiles = evidence.tiles.dropna(subset=["insight_id", "dashboard_id", "name"])
    for name, same in tiles.groupby(tiles["name"].map(plain)):
        if not name or same["dashboard_id"].nunique() < 2:
            continue
        rows = list(each(same))
        for one in rows:
            others = [
                other.dashboard_id
                for other in rows
                if other.dashboard_id != one.dashboard_id
                and asked.get(other.insight_id)
                and asked.get(other.insight_id) == asked.get(one.insight_id)
                and evidence.queries.get(other.insight_id) != evidence.queries.get(one.insight_id)
            ]
            if others:
                words = f"{one.name!r} has a different query on {some(dict.fromkeys(others))}"
                yield Finding(one.dashboard_id, words, tile_id=one.id, key=str(one.insight_id))


def _names(found: Any) -> frozenset[str]:
    return frozenset(found)


def is_one_edit(one: str, other: str) -> bool:
    """Whether one character was added, removed or replaced, or two neighbors were swapped."""
    if one == other or abs(len(one) - len(other)) > 1:
        return False
    edits = [
        (a, b, c, d)
        for what, a, b, c, d in difflib.SequenceMatcher(
            None, one, other, autojunk=False
        ).get_opcodes()
        if what != "equal"
    ]
    if len(edits) == 1:
        a, b, c, d = edits[0]
        return max(b - a, d - c) == 1
    at = next(n for n in range(min(len(one), len(other))) if one[n] != other[n])
    swapped = one[:at] + one[at + 1 : at + 2] + one[at : at + 1] + one[at + 2 :]
    return swapped == other
