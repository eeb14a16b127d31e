"""Read what the rules need and nothing else; keep what was read until the audit is done."""

from __future__ import annotations

import time
from collections.abc import Callable, Collection
from dataclasses import dataclass, field
from typing import Any

import pandas as pd

from dashwidgets.api.client import Client
from dashwidgets.api.endpoints import collaborators, dashboards, organization, sharing
from dashwidgets.api.errors import (
    NOT_OFFERED,
    ApiError,
    BadRequest,
    Forbidden,
    PaymentRequired,
    ServerError,
)
from dashwidgets.api.paging import Listing, collect
from dashwidgets.api.stream.dashboard import TileStream
from dashwidgets.api.stream.events import Event, TileFailed, TileRendered
from dashwidgets.api.stream.interrupted import StreamInterrupted
from dashwidgets.audit.evidence.arriving import read_arriving, read_carried, read_objects
from dashwidgets.audit.evidence.asked import Asked, read_asked
from dashwidgets.audit.evidence.definitions import CARRIED, EVENTS, OBJECTS, Definitions
from dashwidgets.audit.rule import OPENING, Evidence, Need
from dashwidgets.audit.rules.access import COLLABORATORS_ONLY
from dashwidgets.bulk.progress import progress
from dashwidgets.bulk.sweep import sweep
from dashwidgets.frames.columns import Column, Table
from dashwidgets.frames.dashboards import DASHBOARDS
from dashwidgets.frames.people import COLLABORATORS, MEMBERS, sharing_frame
from dashwidgets.frames.tiles import tile_error, tiles_of_details

NO_SQL = (*NOT_OFFERED, BadRequest, ServerError)
"""How a server says that it lacks a table or a function, or that a statement is too heavy."""
WAITS = Table(
    "waits",
    (
        Column("dashboard_id", "integer", "dashboard_id", "Dashboard."),
        Column("tile_id", "integer", "tile_id", "Tile."),
        Column("seconds", "number", "seconds", "Since the tile before it, or the request."),
        Column("cached", "boolean", "cached", "Whether its result came from the cache."),
        Column("error", "text", "error", "Why it has no result."),
    ),
)


@dataclass
class Kept:
    """What an audit has read so far; an interrupted one goes on with it."""

    taken_at: pd.Timestamp | None = None
    boards: Listing | None = None
    answers: dict[Need, dict[int, Any]] = field(default_factory=dict[Need, dict[int, Any]])
    requests: int = 0

    def of(self, need: Need) -> dict[int, Any]:
        """Answers by dashboard, as far as they came."""
        return self.answers.setdefault(need, {})


@dataclass(frozen=True)
class Gathered:
    """Evidence, and what is missing of it.

    Attributes
    ----------
    evidence : Evidence
    refused : dict
        Need to the reason why none of it could be read.
    unread : dict
        Need to the dashboards left out, with the reason of each.
    """

    evidence: Evidence
    refused: dict[Need, str]
    unread: dict[Need, dict[int, str]]
    complete: bool


def wanted_ids(boards: pd.DataFrame, need: Need) -> list[int]:
    """The dashboards a need is read for: sharing only where a link is open, and so on."""
    ids = boards["id"]
    if need == "sharing":
        ids = ids[boards["public"].fillna(False)]
    elif need == "collaborators":
        ids = ids[boards["restriction_level"].fillna(0) >= COLLABORATORS_ONLY]
    return ids.tolist()


def first_list(client: Client, kept: Kept) -> pd.DataFrame:
    """The list of dashboards, taken before anything is opened, and taken once."""
    if kept.boards is None:
        kept.taken_at = pd.Timestamp.now("UTC")
        kept.boards = collect(client, dashboards.page)
    return DASHBOARDS.to_frame(kept.boards.rows)


def gather(
    client: Client,
    needs: Collection[Need],
    kept: Kept,
    definitions: Definitions | None = None,
) -> Gathered:
    """Read what is needed, cheap things first.

    A kind of evidence that the key may not read, or that the plan does not have, is noted and left
    out. Raises what concerns everything: the key, the connection, a spent budget.
    """
    boards = first_list(client, kept)
    assert kept.boards is not None
    refused: dict[Need, str] = {}
    unread: dict[Need, dict[int, str]] = {}

    def attempt(
        need: Need,
        read: Callable[[], Any],
        otherwise: Any,
        refusals: tuple[type[ApiError], ...] = NOT_OFFERED,
    ) -> Any:
        if need not in needs:
            return otherwise
        try:
            return read()
        except refusals as error:
            refused[need] = str(error)
            return otherwise

    def each(need: Need, ask: Callable[[int], Any], what: str) -> dict[int, Any]:
        found = kept.of(need)
        ids = wanted_ids(boards, need)
        if ids:
            unread[need] = sweep(client, ids, ask, what, found).unread
        return found

    asked = attempt("insights", lambda: read_asked(client, boards), Asked())
    tiles = asked.tiles
    given = definitions or Definitions()

    def by_sql(need: Need, frame: pd.DataFrame | None, read: Callable[[], Any], to: Table) -> Any:
        return attempt(need, read, to.empty(), NO_SQL) if frame is None else frame

    arriving = by_sql("events", given.events, lambda: read_arriving(client), EVENTS)
    objects = by_sql("objects", given.objects, lambda: read_objects(client), OBJECTS)
    carried = by_sql(
        "carried", given.carried, lambda: read_carried(client, asked.references), CARRIED
    )
    members = attempt(
        "members",
        lambda: MEMBERS.to_frame(collect(client, organization.members).rows),
        MEMBERS.empty(),
    )
    links = attempt("sharing", lambda: each("sharing", sharing.read, "Reading public links"), {})
    invited = attempt(
        "collaborators",
        lambda: each("collaborators", collaborators.listing, "Reading collaborators"),
        {},
    )
    details = attempt("details", lambda: each("details", dashboards.read, "Opening dashboards"), {})
    if details:
        deep = tiles_of_details(details.values())
        tiles = pd.concat([deep, tiles[~tiles["dashboard_id"].isin(details)]], ignore_index=True)
    streamed = attempt("stream", lambda: _streams(client, wanted_ids(boards, "stream"), kept), {})
    unread["stream"] = {key: one["reason"] for key, one in streamed.items() if one["reason"]}
    people = [row | {"dashboard_id": key} for key, rows in invited.items() for row in rows]
    return Gathered(
        Evidence(
            now=kept.taken_at or pd.Timestamp.now("UTC"),
            dashboards=boards,
            insights=asked.insights,
            tiles=tiles,
            members=members,
            sharing=sharing_frame(links.items()),
            collaborators=COLLABORATORS.to_frame(people, read=sorted(invited)),
            details=pd.DataFrame({"id": pd.Series(sorted(details), dtype="int64")}),
            waits=WAITS.to_frame(wait for one in streamed.values() for wait in one["waits"]),
            queries=asked.queries,
            references=asked.references,
            fixed_ends=asked.fixed_ends,
            events=arriving,
            carried=carried,
            objects=objects,
        ),
        refused,
        unread,
        kept.boards.complete and asked.complete,
    )


def opens(needs: Collection[Need]) -> bool:
    """Whether reading these marks dashboards as opened."""
    return not OPENING.isdisjoint(needs)


def _streams(client: Client, ids: list[int], kept: Kept) -> dict[int, Any]:
    """Every dashboard streamed once, one after another: the server is to show its own time."""
    found = kept.of("stream")
    left = [key for key in ids if key not in found]
    with progress(client, len(left), "Streaming dashboards") as step:
        for key in left:
            found[key] = _streamed(client, key)
            step()
    return found


def _streamed(client: Client, dashboard: int) -> dict[str, Any]:
    waits: list[dict[str, Any]] = []
    last = time.monotonic()
    try:
        with TileStream(client, dashboard, refresh="blocking") as events:
            for event in events:
                now = time.monotonic()
                waits += _wait(dashboard, event, now - last)
                last = now
    except (StreamInterrupted, ApiError) as error:
        if isinstance(error, Forbidden | PaymentRequired) and not waits:
            raise
        return {"waits": waits, "reason": str(error)}
    return {"waits": waits, "reason": ""}


def _wait(dashboard: int, event: Event, seconds: float) -> list[dict[str, Any]]:
    known = {"dashboard_id": dashboard, "seconds": seconds}
    if isinstance(event, TileFailed):
        return [known | {"tile_id": event.tile_id, "error": event.message}]
    if isinstance(event, TileRendered) and event.tile.get("insight"):
        tile = event.tile
        cached = tile.get("is_cached")
        return [known | {"tile_id": event.tile_id, "cached": cached, "error": tile_error(tile)}]
    return []
