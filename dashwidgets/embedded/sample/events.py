"""Synthetic events: the same numbers on every machine, for the 90 days that end yesterday.

People find the product, some sign up, fewer make a board, invite somebody, pay; most come back
less and less. Weekends are quiet, a release on day 60 makes signing up easier.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

import duckdb
import numpy as np
import numpy.typing as npt

DAYS = 90
PEOPLE = 11_200
# Another seed is another project: the tests' numbers, notebooks and pictures change with it.
SEED = 20_260_311
RELEASE_DAY = 60

BROWSERS = ("Chrome", "Safari", "Firefox", "Edge", "Samsung Internet")
SYSTEMS = ("Mac OS X", "Windows", "iOS", "Android", "Linux")
COUNTRIES = ("US", "DE", "GB", "NL", "IN", "BR", "FR", "JP", "AU", "KE")
REFERRERS = ("$direct", "google.com", "news.ycombinator.com", "github.com", "linkedin.com")
CHANNELS = ("Direct", "Organic Search", "Referral", "Paid Search", "Organic Social")
PLANS = ("free", "team", "business")
PAGES = ("/", "/pricing", "/signup", "/docs", "/app", "/app/boards", "/app/reports", "/settings")
EVENTS = (
    "$pageview",
    "signed_up",
    "created_board",
    "invited_teammate",
    "upgraded_plan",
    "exported_report",
    "$web_vitals",
)
PAGEVIEW, SIGNED_UP, CREATED, INVITED, UPGRADED, EXPORTED, VITALS = range(len(EVENTS))

Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]


@dataclass
class Log:
    """Events as columns of codes."""

    person: Ints
    at: Floats
    event: Ints
    page: Ints
    value: Floats

    @staticmethod
    def joined(logs: list[Log]) -> Log:
        """Several logs as one."""
        return Log(
            *(
                np.concatenate([getattr(log, name) for log in logs])
                for name in ("person", "at", "event", "page", "value")
            )
        )


def write_events(last: date, path: Path) -> None:
    """Generate the events whose last day is ``last``, as Parquet."""
    _write(generate(), last - timedelta(days=DAYS - 1), path)


def generate() -> Log:
    """Every event, in the order of time; ``at`` in days from the start."""
    chance = np.random.default_rng(SEED)
    # Growth, and quiet weekends. Days are counted from the first one, whatever weekday it is: a
    # true calendar would give other numbers every day.
    weight = (1 + 0.6 * np.arange(DAYS) / DAYS) * np.where(np.arange(DAYS) % 7 >= 5, 0.55, 1.0)
    first = np.sort(chance.choice(DAYS, PEOPLE, p=weight / weight.sum()))
    # The shorter signup form, which the board "Activation" speaks of: something to find.
    signs_up = chance.random(PEOPLE) < np.where(first >= RELEASE_DAY, 0.47, 0.36)
    logs = [_visits(chance, first, signs_up)]
    logs += _steps(chance, first, signs_up)
    log = Log.joined(logs)
    # What would happen after the last day has not happened yet.
    kept = log.at < DAYS
    order = np.argsort(log.at[kept], kind="stable")
    return Log(*(getattr(log, n)[kept][order] for n in ("person", "at", "event", "page", "value")))


def _visits(chance: np.random.Generator, first: Ints, signs_up: npt.NDArray[np.bool_]) -> Log:
    """Page views and their vitals: a visit on the first day, then less and less."""
    age = np.arange(DAYS)[None, :] - first[:, None]
    # Who signs up comes back, most others are seen once: retention gets its shape here.
    liking = np.where(signs_up, chance.beta(2.2, 3.0, PEOPLE), chance.beta(1.0, 12.0, PEOPLE))
    weekday = np.where(np.arange(DAYS) % 7 >= 5, 0.45, 1.0)[None, :]
    likely = liking[:, None] * (0.25 + 0.75 * np.exp(-np.maximum(age, 0) / 18)) * weekday
    comes = (chance.random((PEOPLE, DAYS)) < likely) & (age > 0) | (age == 0)
    # A matrix of people by days: a loop over 11,200 people would take much longer than a start may.
    person, day = np.nonzero(comes)
    views = 1 + chance.poisson(np.where(signs_up[person], 2.4, 1.1))
    person, day = np.repeat(person, views), np.repeat(day, views)
    nth = np.arange(len(person)) - np.repeat(np.cumsum(views) - views, views)
    begins = np.repeat(_time_of_day(chance, len(views)), views)
    at = day + begins + nth * chance.uniform(20, 240, len(person)) / 86_400
    inside = signs_up[person] & (day > first[person])
    outer = chance.choice(4, len(person), p=(0.5, 0.22, 0.16, 0.12))
    inner = chance.choice((4, 5, 6, 7, 3), len(person), p=(0.34, 0.36, 0.14, 0.06, 0.10))
    page = np.where(inside, inner, np.where(nth == 0, 0, outer))
    pageviews = Log(person, at, np.full(len(person), PAGEVIEW), page, np.zeros(len(person)))
    some: npt.NDArray[np.bool_] = chance.random(len(person)) < 0.22
    paint = chance.lognormal(7.3 + 0.08 * (page[some] >= 4), 0.45)
    vitals = Log(
        person[some], at[some] + 2 / 86_400, np.full(int(some.sum()), VITALS), page[some], paint
    )
    return Log.joined([pageviews, vitals])


def _steps(chance: np.random.Generator, first: Ints, signs_up: npt.NDArray[np.bool_]) -> list[Log]:
    """From signing up to paying: each step takes some of those who took the one before."""
    who = np.nonzero(signs_up)[0]
    at: Floats = first[who] + _time_of_day(chance, len(who)) + chance.exponential(0.02, len(who))
    logs = [_log(who, at, SIGNED_UP, 2)]
    for event, share, days, page in (
        (CREATED, 0.66, 0.35, 5),
        (INVITED, 0.43, 2.2, 5),
        (UPGRADED, 0.46, 5.0, 7),
    ):
        goes_on: npt.NDArray[np.bool_] = chance.random(len(who)) < share
        who, at = who[goes_on], at[goes_on] + chance.exponential(days, int(goes_on.sum()))
        price = chance.choice((12.0, 29.0, 99.0), len(who), p=(0.55, 0.33, 0.12))
        logs.append(_log(who, at, event, page, price if event == UPGRADED else None))
        if event == CREATED:
            reports = chance.poisson(2.1, len(who))
            maker, made = np.repeat(who, reports), np.repeat(at, reports)
            logs.append(_log(maker, made + chance.exponential(11, len(maker)), EXPORTED, 6))
    return logs


def _log(who: Ints, at: Floats, event: int, page: int, value: Floats | None = None) -> Log:
    count = len(who)
    zeros = np.zeros(count) if value is None else value
    return Log(who, at, np.full(count, event), np.full(count, page), zeros)


def _time_of_day(chance: np.random.Generator, count: int) -> Floats:
    """Mostly office hours."""
    return np.clip(chance.normal(0.56, 0.15, count), 0.01, 0.98)


def _people() -> dict[str, npt.NDArray[np.int64]]:
    """Who they are, as codes."""
    # A generator of its own: a new property of people must not move a single event.
    chance = np.random.default_rng(SEED + 1)
    mobile = chance.random(PEOPLE) < 0.37
    return {
        "mobile": mobile.astype(np.int64),
        "browser": np.where(
            mobile,
            chance.choice((0, 1, 4), PEOPLE, p=(0.42, 0.46, 0.12)),
            chance.choice((0, 1, 2, 3), PEOPLE, p=(0.61, 0.14, 0.13, 0.12)),
        ),
        "system": np.where(
            mobile,
            chance.choice((2, 3), PEOPLE, p=(0.52, 0.48)),
            chance.choice((0, 1, 4), PEOPLE, p=(0.44, 0.46, 0.10)),
        ),
        "country": chance.choice(
            10, PEOPLE, p=(0.31, 0.15, 0.12, 0.08, 0.1, 0.06, 0.06, 0.05, 0.04, 0.03)
        ),
        "referrer": chance.choice(5, PEOPLE, p=(0.38, 0.3, 0.14, 0.11, 0.07)),
        "plan": chance.choice(3, PEOPLE, p=(0.82, 0.14, 0.04)),
    }


def _write(log: Log, start: date, path: Path) -> None:
    """Codes to words, in DuckDB, into one file."""
    codes = {
        "person": log.person,
        "micros": np.round(log.at * 86_400e6).astype(np.int64),
        "event": log.event,
        "page": log.page,
        "value": log.value,
        "session": log.person * 1_000 + np.floor(log.at).astype(np.int64),
    }
    who = _people()
    codes |= {name: code[log.person] for name, code in who.items()}
    with duckdb.connect(":memory:") as database:
        # Row numbers become UUIDs below; without the order they would differ from run to run.
        database.execute("SET preserve_insertion_order = true")
        database.register("codes", codes)

        def word(words: tuple[str, ...], code: str) -> str:
            return f"[{', '.join(repr(w) for w in words)}][{code} + 1]"

        # Every interpolated word is a constant of this module.
        database.execute(
            f"""
            COPY (
              SELECT
                CAST(md5('event ' || row_number() OVER ()) AS UUID)::VARCHAR AS uuid,
                {word(EVENTS, "event")} AS event,
                TIMESTAMP '{start.isoformat()} 00:00:00' + to_microseconds(micros) AS timestamp,
                'person-' || person AS distinct_id,
                CAST(md5('person ' || person) AS UUID)::VARCHAR AS person_id,
                CAST(md5('session ' || session) AS UUID)::VARCHAR AS "$session_id",
                {word(PAGES, "page")} AS "properties.$pathname",
                'https://larkspur.example' || {word(PAGES, "page")} AS "properties.$current_url",
                {word(BROWSERS, "browser")} AS "properties.$browser",
                {word(SYSTEMS, "system")} AS "properties.$os",
                CASE mobile WHEN 1 THEN 'Mobile' ELSE 'Desktop' END AS "properties.$device_type",
                CASE mobile WHEN 1 THEN 'mobile' ELSE 'web' END AS "properties.source",
                {word(COUNTRIES, "country")} AS "properties.$geoip_country_code",
                {word(REFERRERS, "referrer")} AS "properties.$referring_domain",
                {word(CHANNELS, "referrer")} AS "properties.channel",
                CASE WHEN event = {UPGRADED} THEN value END AS "properties.revenue",
                CASE WHEN event = {VITALS} THEN round(value, 1) END AS "properties.lcp_ms",
                'person-' || person || '@example.com' AS "person.properties.email",
                {word(PLANS, "plan")} AS "person.properties.plan",
                {word(COUNTRIES, "country")} AS "person.properties.country"
              FROM codes
            ) TO '{str(path).replace("'", "''")}' (FORMAT parquet, COMPRESSION zstd)
            """  # noqa: S608
        )
