"""Sessions, as web analytics counts them."""

from __future__ import annotations

from typing import Any

from dashwidgets.embedded.queries.dates import DateRange, compared, date_range
from dashwidgets.embedded.queries.filters.events import within
from dashwidgets.embedded.queries.filters.properties import condition
from dashwidgets.embedded.queries.outcome import Database
from dashwidgets.embedded.queries.sql.dialect import literal
from dashwidgets.embedded.queries.sql.sessions import BOUNCE, VIEW


def periods(source: dict[str, Any], database: Database) -> list[DateRange]:
    """The range of a query, and the one it is compared to."""
    dates = date_range(source.get("dateRange") or {}, database.now(), database.schema.first)
    return [span for _, span in compared(source.get("compareFilter"), dates)]


def sessions(span: DateRange, *extra: str) -> str:
    """ClickHouse SQL: a row a session that began in a range, whatever its views are filtered by."""
    more = "".join(f", {one}" for one in extra)
    length = "dateDiff('second', min(timestamp), max(timestamp))"
    views = f"sum(if({VIEW}, 1, 0))"
    clicks = "sum(if(event = '$autocapture', 1, 0))"
    stayed = f"{views} > 1 OR {clicks} > 0 OR {length} >= {BOUNCE}"
    start, end = literal(str(span.start)), literal(str(span.end))
    return (
        "SELECT `$session_id` AS session, min(timestamp) AS began, "
        f"{length} AS seconds, if({views} = 0, NULL, if({stayed}, 0, 1)) AS bounced{more} "
        "FROM events WHERE `$session_id` IS NOT NULL AND `$session_id` != '' "
        # By its beginning, after grouping: a session over midnight belongs to one day, with all its
        # events.
        f"GROUP BY session HAVING began >= toDateTime({start}) AND began <= toDateTime({end})"
    )


def views(source: dict[str, Any], span: DateRange, database: Database) -> str:
    """The condition that an event is a view that a query counts."""
    filters = condition(source.get("properties"), database.schema)
    return f"{VIEW} AND {within(span)} AND {filters}"
