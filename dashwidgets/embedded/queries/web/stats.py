"""Web analytics by page, source, device or place: ``WebStatsTableQuery``."""

from __future__ import annotations

from typing import Any, cast

from dashwidgets.embedded.queries.breakdowns import JOINT
from dashwidgets.embedded.queries.dates import DateRange
from dashwidgets.embedded.queries.outcome import Database, Outcome
from dashwidgets.embedded.queries.problem import InvalidQuery, unsupported
from dashwidgets.embedded.queries.schema import Schema
from dashwidgets.embedded.queries.sql.dialect import literal
from dashwidgets.embedded.queries.sql.sql import plain
from dashwidgets.embedded.queries.web.sessions import VIEW, periods, sessions, views

DEFAULT_LIMIT = 100
_FILL = "ui_fill_fraction"

_OF_EVENT = {
    "Page": "$pathname",
    "ScreenName": "$screen_name",
    "Browser": "$browser",
    "OS": "$os",
    "DeviceType": "$device_type",
    "Viewport": "$viewport",
    "Country": "$geoip_country_code",
    "Timezone": "$timezone",
    "Language": "$browser_language",
}
_OF_SESSION = {
    "InitialPage": "$pathname",
    "InitialReferringDomain": "$referring_domain",
    "InitialUTMSource": "utm_source",
    "InitialUTMCampaign": "utm_campaign",
    "InitialUTMMedium": "utm_medium",
    "InitialUTMTerm": "utm_term",
    "InitialUTMContent": "utm_content",
}
_PLACES = {
    "Region": ("$geoip_country_code", "$geoip_subdivision_1_code", "$geoip_subdivision_1_name"),
    "City": ("$geoip_country_code", "$geoip_city_name"),
}


_ORDERS = {"Visitors": "visitors", "Views": "views", "BounceRate": "bounce_rate"}

Cell = list[float | None]
"""A number, and the one of the period before."""


def compute(source: dict[str, Any], database: Database) -> Outcome:
    """Compute a table with the visitors, views and bounces of each value."""
    limit, offset = source.get("limit") or DEFAULT_LIMIT, source.get("offset") or 0
    if not isinstance(limit, int) or not 0 < limit <= 1000 or not isinstance(offset, int):
        raise InvalidQuery("limit must be between 1 and 1000.", "invalid_input")
    by = str(source.get("breakdownBy"))
    spans = periods(source, database)
    statements = [_statement(source, by, span, database) for span in spans]
    found = [{row[0]: row[1:] for row in database.rows(sql)} for sql in statements]
    measured = ["visitors", "views"] + (["bounce_rate"] if source.get("includeBounceRate") else [])
    rows = {
        value: {name: _cell(found, value, at) for at, name in enumerate(measured)}
        for value in dict.fromkeys(value for one in found for value in one)
        if _is_shown(value, by)
    }
    filled, order = _order(source, measured, rows)
    shares = _shares(filled, [rows[value] for value in order])
    table = [
        [_spoken(value), *rows[value].values(), share]
        for value, share in zip(order, shares, strict=True)
    ]
    columns = [f"context.columns.{name}" for name in ("breakdown_value", *measured, _FILL)]
    kinds = ["Nullable(String)", *["Tuple"] * len(measured), "Float64"]
    return Outcome(
        result=plain(table[offset : offset + limit]),
        hogql=statements[0],
        columns=columns,
        types=[list(pair) for pair in zip(columns, kinds, strict=True)],
        # Cut here and not in SQL: shares are of all rows.
        has_more=len(table) > offset + limit,
        resolved_date_range=spans[0].resolved(),
    )


def _statement(source: dict[str, Any], by: str, span: DateRange, database: Database) -> str:
    schema = database.schema
    entry = _column(_OF_SESSION.get(by, "$pathname"), schema)
    entered = f"argMinIf({entry}, timestamp, {VIEW}) AS entry"
    value = "''" if by in _OF_SESSION else _of_event(by, schema)
    counted = (
        f"SELECT `$session_id` AS session, {value} AS value, any(person_id) AS person, "
        f"count() AS views FROM events WHERE {views(source, span, database)} "
        "GROUP BY session, value"
    )
    told = "sessions.entry" if by in _OF_SESSION else "counted.value"
    main = (
        f"SELECT {told} AS value, uniqExact(person) AS visitors, sum(views) AS views, "
        f"avg(bounced) AS bounce_rate FROM ({counted}) AS counted "
        f"JOIN ({sessions(span, entered)}) AS sessions ON counted.session = sessions.session "
        f"GROUP BY {told}"
    )
    if by != "Page":
        return main
    # Only where a session began is it the page that was left at once.
    bounced = (
        "SELECT entry, avg(bounced) AS bounce_rate "
        f"FROM ({sessions(span, entered)}) AS sessions GROUP BY entry"
    )
    return (
        "SELECT counts.value AS value, visitors, views, bounces.bounce_rate AS bounce_rate "
        f"FROM ({main}) AS counts LEFT JOIN ({bounced}) AS bounces ON counts.value = bounces.entry"
    )


def _of_event(by: str, schema: Schema) -> str:
    if by in _OF_EVENT:
        return _column(_OF_EVENT[by], schema)
    if by in _PLACES:
        parts = [f"ifNull({_column(key, schema)}, '')" for key in _PLACES[by]]
        return f"concat({f', {literal(JOINT)}, '.join(parts)})"
    raise unsupported(f"a WebStatsTableQuery with breakdownBy {by}")


def _column(key: str, schema: Schema) -> str:
    return f"toString({schema.column(key, 'event')})"


def _is_shown(value: str | None, by: str) -> bool:
    """Whether a value has a row: campaigns have one for visits without any."""
    if by in _PLACES:
        return bool(str(value).split(JOINT)[1])
    return value is not None or by.startswith("InitialUTM")


def _cell(found: list[dict[Any, Any]], value: Any, at: int) -> Cell:
    numbers = [one[value][at] if value in one else None for one in found]
    cell = [None if n is None or n != n else float(n) for n in numbers]
    return cell if len(cell) > 1 else [*cell, None]


def _order(
    source: dict[str, Any], measured: list[str], rows: dict[Any, dict[str, Cell]]
) -> tuple[str, list[Any]]:
    """The column that rows are sorted by, and their values in that order."""
    given = cast("list[Any]", source.get("orderBy") or ["Visitors", "DESC"])
    first = _ORDERS.get(str(given[0]), "visitors")
    first = first if first in measured else "visitors"
    sign = 1 if str(given[-1]).upper() == "ASC" else -1
    columns = [first, *(name for name in ("visitors", "views") if name != first)]

    def position(value: Any) -> tuple[Any, ...]:
        return (*(sign * (rows[value][name][0] or 0) for name in columns), str(value))

    return first, sorted(rows, key=position)


def _shares(column: str, rows: list[dict[str, Cell]]) -> list[float]:
    """How far each row is filled: its part of all, or the rate itself."""
    values = [row[column][0] or 0.0 for row in rows]
    total = 1.0 if column == "bounce_rate" else sum(values)
    return [value / total if total else 0.0 for value in values]


def _spoken(value: str | None) -> str | list[str] | None:
    return value.split(JOINT) if value and JOINT in value else value
