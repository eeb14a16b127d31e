"""PostHog's ``sessions``: a row a session, made of its events."""

from __future__ import annotations

from collections.abc import Iterable

from dashwidgets.embedded.queries.sql.dialect import name

BOUNCE = 10
"""Seconds from which a session with a single view is no bounce."""

VIEW = "event IN ('$pageview', '$screen')"

_EVENT = "properties."
_FIRST = {
    "$entry_current_url": "$current_url",
    "$entry_pathname": "$pathname",
    "$entry_hostname": "$host",
    "$entry_referring_domain": "$referring_domain",
    "$entry_utm_source": "utm_source",
    "$entry_utm_medium": "utm_medium",
    "$entry_utm_campaign": "utm_campaign",
    "$entry_utm_term": "utm_term",
    "$entry_utm_content": "utm_content",
    "$entry_gclid": "gclid",
    "$channel_type": "$channel_type",
}
_LAST = {
    "$end_current_url": "$current_url",
    "$end_pathname": "$pathname",
    "$end_hostname": "$host",
    "$exit_current_url": "$current_url",
    "$exit_pathname": "$pathname",
}

_LENGTH = "dateDiff('second', min(timestamp), max(timestamp))"
_VIEWS = f"sum(if({VIEW}, 1, 0))"
_COLUMNS = {
    "session_id": "`$session_id`",
    "id": "`$session_id`",
    "distinct_id": "any(distinct_id)",
    "person_id": "any(person_id)",
    "$start_timestamp": "min(timestamp)",
    "$end_timestamp": "max(timestamp)",
    "$session_duration": _LENGTH,
    "duration": _LENGTH,
    "$pageview_count": "sum(if(event = '$pageview', 1, 0))",
    "$screen_count": "sum(if(event = '$screen', 1, 0))",
    "$autocapture_count": "sum(if(event = '$autocapture', 1, 0))",
    "$is_bounce": (
        f"if({_VIEWS} = 0, NULL, if({_VIEWS} > 1 OR sum(if(event = '$autocapture', 1, 0)) > 0 "
        f"OR {_LENGTH} >= {BOUNCE}, 0, 1))"
    ),
}

COLUMNS = (*_COLUMNS, *_FIRST, *_LAST)
"""The names of the columns."""


def sessions(columns: Iterable[str]) -> str:
    """The table as ClickHouse SQL over events that have these columns."""
    known = frozenset(columns)
    found = dict(_COLUMNS)
    for ends, function in ((_FIRST, "argMinIf"), (_LAST, "argMaxIf")):
        for column, key in ends.items():
            of = name(_EVENT + key)
            found[column] = (
                # The first event that has a value: many events carry no address at all.
                f"{function}({of}, timestamp, {of} IS NOT NULL)"
                if _EVENT + key in known
                else "NULL"
            )
    selected = ", ".join(f"{made} AS {name(column)}" for column, made in found.items())
    return (
        f"SELECT {selected} FROM events WHERE `$session_id` IS NOT NULL AND `$session_id` != '' "
        "GROUP BY `$session_id`"
    )
