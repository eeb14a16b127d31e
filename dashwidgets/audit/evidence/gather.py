"""Read what the rules need and nothing else, and keep it until the audit is done."""

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
from dashwidgets.audit.evidence.definitions import CARRIED, EVENTS, OBJECTS, Definitions
from dashwidgets.audit.evidence.events import read_arriving, read_carried, read_objects
from dashwidgets.audit.evidence.insights import Asked, read_asked
from dashwidgets.audit.evidence.leftovers import (
    ALERTS,
    ANNOTATIONS,
    LEFTOVERS,
    leftovers,
    read_alerts,
    read_annotations,
)
from dashwidgets.audit.rule import OPENING, Evidence, Need
from dashwidgets.audit.rules.access import COLLABORATORS_ONLY
from dashwidgets.bulk.progress import progress
from dashwidgets.bulk.sweep import sweep
from dashwidgets.frames.by_sql import HISTORY
from dashwidgets.frames.columns import Column, Table
from dashwidgets.frames.dashboards import DASHBOARDS
from dashwidgets.frames.people import COLLABORATORS, MEMBERS, sharing_frame
from dashwidgets.frames.tiles import tile_error, tiles_of_details
from dashwidgets.queries.history import read_history
from dashwidgets.queries.tiles import Placed, as_details, read_placed

MANY = 10_000
"""Insights from which on SQL, 50,000 a request, is asked instead of the list, 5,000 a page."""
MORE = ("description", "saved", "favorited", "created_at")
"""What the rules need of insights beside their tiles."""
HISTORY_DAYS = 90
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
    """What an audit has read so far; after an interruption it continues from there."""

    taken_at: pd.Timestamp | None = None
    boards: Listing | None = None
    answers: dict[Need, dict[int, Any]] = field(default_factory=dict[Need, dict[int, Any]])
    requests: int = 0

    def of(self, need: Need) -> dict[int, Any]:
        """Answers by dashboard, as far as they came."""
        return self.answers.setdefault(need, {})


@dataclass(frozen=True)
class Gathered:
    """The evidence, and what is missing from it.

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
        # A link that is closed exposes nothing, and each costs a request.
        ids = ids[boards["public"].fillna(False)]
    elif need == "collaborators":
        ids = ids[boards["restriction_level"].fillna(0) >= COLLABORATORS_ONLY]
    return ids.tolist()


def first_list(client: Client, kept: Kept) -> pd.DataFrame:
    """The list of dashboards, taken before anything is opened, and taken once."""
    if kept.boards is None:
        # Before the request: ages are counted from here, and opening boards later changes their
        # dates.
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
            # ``found`` is filled as answers come, so an interrupted audit has them next time.
            unread[need] = sweep(client, ids, ask, what, found).unread
        return found

    placed: Placed | None = None
    # Opened dashboards tell their layouts as well, but not what they don't show.
    by_placing: list[Need] = [
        need
        for need in ("layouts", "leftovers")
        if need in needs and (need == "leftovers" or "details" not in needs)
    ]
    if by_placing:
        try:
            placed = read_placed(client, MORE)
        except NO_SQL as error:
            refused.update(dict.fromkeys(by_placing, str(error)))
    # The list knows more of an insight, while it takes a page or two.
    many = placed if placed is not None and len(placed.insights) > MANY else None
    asked = attempt("insights", lambda: read_asked(client, boards, many), Asked())
    tiles, known = asked.tiles, set[int]()
    given = definitions or Definitions()

    def by_sql(need: Need, frame: pd.DataFrame | None, read: Callable[[], Any], to: Table) -> Any:
        return attempt(need, read, to.empty(), NO_SQL) if frame is None else frame

    arriving = by_sql("events", given.events, lambda: read_arriving(client), EVENTS)
    objects = by_sql("objects", given.objects, lambda: read_objects(client), OBJECTS)
    carried = by_sql(
        "carried", given.carried, lambda: read_carried(client, asked.references), CARRIED
    )
    alerts = attempt("alerts", lambda: read_alerts(client), ALERTS.empty(), NO_SQL)
    notes = attempt("annotations", lambda: read_annotations(client), ANNOTATIONS.empty(), NO_SQL)
    log = attempt("history", lambda: _history(client), HISTORY.empty(), NO_SQL)
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
        known = set(details)
        deep = tiles_of_details(details.values())
        # Dashboards that refused keep the tiles that the list knows.
        tiles = pd.concat([deep, tiles[~tiles["dashboard_id"].isin(details)]], ignore_index=True)
    elif placed is None and "layouts" in needs:
        refused.setdefault("layouts", refused.get("details", "no dashboard could be opened"))
    elif placed is not None and "layouts" in needs:
        names = dict(zip(boards["id"].tolist(), boards["name"].tolist(), strict=True))
        tiles, known = tiles_of_details(as_details(placed, names)), set(names)
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
            details=pd.DataFrame({"id": pd.Series(sorted(known), dtype="int64")}),
            waits=WAITS.to_frame(wait for one in streamed.values() for wait in one["waits"]),
            leftovers=leftovers(placed, set(boards["id"])) if placed else LEFTOVERS.empty(),
            alerts=alerts,
            annotations=notes,
            history=log,
            queries=asked.queries,
            references=asked.references,
            fixed_ends=asked.fixed_ends,
            events=arriving,
            carried=carried,
            objects=objects,
        ),
        refused,
        unread,
        kept.boards.complete and asked.complete and not (placed and placed.warnings),
    )


def _history(client: Client) -> pd.DataFrame:
    found = read_history(client, scopes=("Dashboard",), days=HISTORY_DAYS)
    # An empty log is fine; one that never says who is of no use to the rules.
    if len(found) and found["user_id"].isna().all():
        raise BadRequest(400, "The server's log does not tell who changed what", body=None)
    return found


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
    # PostHog renders one tile after the other, so the gap between two is the time of one.
    last = time.monotonic()
    try:
        with TileStream(client, dashboard, refresh="blocking") as events:
            for event in events:
                now = time.monotonic()
                waits += _wait(dashboard, event, now - last)
                last = now
    except (StreamInterrupted, ApiError) as error:
        # It would be the same for every dashboard: one refusal instead of hundreds.
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
