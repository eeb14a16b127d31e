"""The columns of a result's frame, for each kind of insight (contract 13)."""

from __future__ import annotations

from dashwidgets.frames.columns import Column, Table

_SERIES = Column("series", "text", "series", "Name of the series.")
_BREAKDOWN = Column("breakdown", "text", "breakdown", "Breakdown value; missing without one.")
_COMPARED = Column("compared", "text", "compared", "current or previous; missing alone.")
_VALUE = Column("value", "number", "value", "The value; missing when the server sent null.")
_DAY = Column("day", "time", "day", "Start of the interval.")

TRENDS = Table("trends", (_SERIES, _BREAKDOWN, _COMPARED, _DAY, _VALUE))
TOTALS = Table("totals", (_SERIES, _BREAKDOWN, _COMPARED, _VALUE))
HEATMAP = Table(
    "calendar heatmap",
    (
        _SERIES,
        Column("weekday", "integer", "row", "Day of the week, from Monday, 1."),
        Column("hour", "integer", "column", "Hour of the day, from 0."),
        Column("value", "number", "value", "The value; hours without one are not listed."),
    ),
)
FUNNEL = Table(
    "funnel",
    (
        Column("step", "integer", "order", "Step, from 0."),
        Column("name", "text", "name", "Name of the step."),
        _BREAKDOWN,
        Column("count", "integer", "count", "People who reached the step."),
        Column("conversion", "number", "conversion", "Share of the first step, 0 to 1."),
        Column("from_previous", "number", "from_previous", "Share of the step before, 0 to 1."),
        Column("dropped", "integer", "dropped", "People of the step before who did not come."),
        Column("average_time", "number", "average_conversion_time", "Seconds since that step."),
        Column("median_time", "number", "median_conversion_time", "Seconds since that step."),
    ),
)
TIME_TO_CONVERT = Table(
    "time to convert",
    (
        Column("seconds", "number", "seconds", "Where the bin begins."),
        Column("count", "integer", "count", "People in the bin."),
    ),
)
RETENTION = Table(
    "retention",
    (
        Column("cohort", "time", "cohort", "When the cohort began."),
        _BREAKDOWN,
        Column("period", "integer", "period", "Intervals since, from 0."),
        Column("count", "integer", "count", "People of the cohort who were there."),
        Column("share", "number", "share", "Their share of the cohort, 0 to 1."),
    ),
)
PATHS = Table(
    "paths",
    (
        Column("step", "integer", "step", "Step the link starts from, from 1."),
        Column("source", "text", "source", "Where from, without its step."),
        Column("target", "text", "target", "Where to, without its step."),
        Column("value", "integer", "value", "How often."),
        Column("average_time", "number", "average_time", "Seconds between the two."),
    ),
)
STICKINESS = Table(
    "stickiness",
    (
        _SERIES,
        _COMPARED,
        Column("intervals", "integer", "intervals", "Number of intervals active."),
        Column("value", "number", "value", "People active in as many; or more, if cumulative."),
    ),
)
LIFECYCLE = Table(
    "lifecycle",
    (
        _SERIES,
        Column("status", "text", "status", "new, returning, resurrecting or dormant."),
        _DAY,
        Column("value", "number", "value", "People; the dormant below zero."),
    ),
)
NOTHING = Table("nothing", ())
