"""Date ranges as PostHog reads them, and the intervals inside (contract 7.3)."""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Literal, cast

from dashwidgets.embedded.queries.problem import InvalidQuery

Interval = Literal["minute", "hour", "day", "week", "month"]
INTERVALS = ("minute", "hour", "day", "week", "month")

_RELATIVE = re.compile(r"-?(?P<number>\d*)(?P<unit>[hdwmqyHDWMQY])(?P<position>Start|End)?")
_MONTHS = {"m": 1, "q": 3, "y": 12}
# A day ends with its last microsecond, as the server writes it: 23:59:59.999999.
_END_OF_DAY = timedelta(days=1, microseconds=-1)


@dataclass(frozen=True)
class DateRange:
    """From ``start`` to ``end``, both included; UTC without a zone."""

    start: datetime
    end: datetime

    def previous(self) -> DateRange:
        """The range of the same length just before."""
        length = self.end - self.start + timedelta(microseconds=1)
        return DateRange(self.start - length, self.end - length)

    def shifted(self, back: str) -> DateRange:
        """The same range some time earlier: ``-1m``."""
        match = _RELATIVE.fullmatch(back)
        if match is None or match["position"] or not match["number"]:
            raise InvalidQuery(f"{back!r} is not a length of time.", "invalid_date")
        number, unit = int(match["number"]), match["unit"].lower()
        if unit in _MONTHS:
            months = -number * _MONTHS[unit]
            return DateRange(add_months(self.start, months), add_months(self.end, months))
        length = timedelta(hours=number * {"h": 1, "d": 24, "w": 168}[unit])
        return DateRange(self.start - length, self.end - length)

    def resolved(self) -> dict[str, str]:
        """As the API shows it."""
        return {"date_from": f"{self.start.isoformat()}Z", "date_to": f"{self.end.isoformat()}Z"}


def date_range(given: dict[str, Any], now: datetime, first: datetime) -> DateRange:
    """Resolve a query's ``dateRange``.

    Parameters
    ----------
    given : dict
        ``date_from`` and ``date_to``: ``-7d``, ``mStart``, ``all``, ISO; seven days by default.
    now : datetime
        The present.
    first : datetime
        The first event's time, which ``all`` begins with.
    """
    since, until = given.get("date_from") or "-7d", given.get("date_to")
    start = floor(first, "day") if since == "all" else moment(str(since), now, end=False)
    end = moment(str(until), now, end=True) if until else floor(now, "day") + _END_OF_DAY
    # A range of hours ends now; all others take in the whole of today.
    if until is None and str(since).lower().endswith("h"):
        end = now
    return DateRange(start, max(start, end))


def compared(given: dict[str, Any] | None, dates: DateRange) -> list[tuple[str, DateRange]]:
    """The ranges that a query shows: the current, and the one it is compared to."""
    comparing = given or {}
    if not comparing.get("compare"):
        return [("current", dates)]
    back = comparing.get("compare_to")
    return [("current", dates), ("previous", dates.shifted(back) if back else dates.previous())]


def moment(text: str, now: datetime, *, end: bool) -> datetime:
    """One side of a range; a day without a time means all of it."""
    relative = _RELATIVE.fullmatch(text)
    if relative:
        return _relative(relative, now, end=end)
    try:
        found = datetime.fromisoformat(text)
    except ValueError:
        raise InvalidQuery(f"{text!r} is not a date.", "invalid_date") from None
    if found.tzinfo is not None:
        found = (found - cast("timedelta", found.utcoffset())).replace(tzinfo=None)
    return found + _END_OF_DAY if end and len(text) == len("2026-01-01") else found


def _relative(match: re.Match[str], now: datetime, *, end: bool) -> datetime:
    unit, position = match["unit"].lower(), match["position"]
    number = int(match["number"]) if match["number"] else 0
    # Whole hours back from the current one, which is the last interval.
    if unit == "h":
        return floor(now, "hour") - timedelta(hours=number)
    day = floor(now, "day")
    if unit in "dw":
        found = day - timedelta(days=number * (7 if unit == "w" else 1))
        begin = floor(found, "week") if unit == "w" and position else found
        finish = begin + timedelta(days=7 if unit == "w" and position else 1)
    else:
        months = number * _MONTHS[unit]
        found = add_months(day, -months)
        begin = _first_of(found, unit) if position else found
        length = _MONTHS[unit]
        finish = add_months(begin, length) if position else begin + timedelta(days=1)
    if position == "Start":
        return begin
    if position == "End" or end:
        return finish - timedelta(microseconds=1)
    return begin


def _first_of(day: datetime, unit: str) -> datetime:
    month = {"m": day.month, "q": day.month - (day.month - 1) % 3, "y": 1}[unit]
    return day.replace(month=month, day=1)


def add_months(day: datetime, months: int) -> datetime:
    """The same day some months on, or the month's last."""
    index = day.year * 12 + day.month - 1 + months
    year, month = index // 12, index % 12 + 1
    return day.replace(
        year=year, month=month, day=min(day.day, calendar.monthrange(year, month)[1])
    )


def floor(when: datetime, interval: Interval) -> datetime:
    """The start of the interval a time is in; weeks begin on Sunday."""
    if interval == "minute":
        return when.replace(second=0, microsecond=0)
    if interval == "hour":
        return when.replace(minute=0, second=0, microsecond=0)
    day = when.replace(hour=0, minute=0, second=0, microsecond=0)
    if interval == "week":
        return day - timedelta(days=(day.weekday() + 1) % 7)
    return day.replace(day=1) if interval == "month" else day


def intervals(dates: DateRange, interval: Interval) -> list[datetime]:
    """The start of every interval that a range touches."""
    found: list[datetime] = []
    at = floor(dates.start, interval)
    while at <= dates.end:
        found.append(at)
        at = add_months(at, 1) if interval == "month" else at + _LENGTH[interval]
        # Two weeks of minutes; more would be a chart of nothing but a long wait.
        if len(found) > 20_000:
            raise InvalidQuery("The date range has too many intervals.", "too_many_intervals")
    return found


_LENGTH: dict[str, timedelta] = {
    "minute": timedelta(minutes=1),
    "hour": timedelta(hours=1),
    "day": timedelta(days=1),
    "week": timedelta(days=7),
}

BUCKET: dict[str, str] = {
    "minute": "toStartOfMinute({})",
    "hour": "toStartOfHour({})",
    "day": "toStartOfDay({})",
    "week": "toDateTime(toStartOfWeek({}, 0))",
    "month": "toDateTime(toStartOfMonth({}))",
}
"""The same intervals in ClickHouse."""


def checked_interval(value: Any) -> Interval:
    """A query's interval; days by default."""
    if value in (None, ""):
        return "day"
    if value not in INTERVALS:
        raise InvalidQuery(f"{value!r} is not an interval.", "invalid_interval")
    return value


def day_text(at: datetime, interval: Interval) -> str:
    """An entry of ``days`` (13.1)."""
    return at.strftime("%Y-%m-%d %H:%M:%S" if interval in ("hour", "minute") else "%Y-%m-%d")


def label_text(at: datetime, interval: Interval) -> str:
    """An entry of ``labels`` (13.1)."""
    day = f"{at.day}-{at.strftime('%b-%Y')}"
    return f"{day} {at.strftime('%H:%M')}" if interval in ("hour", "minute") else day
