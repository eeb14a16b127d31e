"""The columns of a result's frame, for each kind of insight (contract 13)."""

from __future__ import annotations

from dashwidgets.frames.columns import Column, Table

_SERIES = Column("series", "text", "series", "Name of the series.")
_BREAKDOWN = Column("breakdown", "text", "breakdown", "Breakdown value; missing without one.")
# PostHog marks "other" and "no value" by words that a breakdown could have itself: only the raw
# value tells them apart.
_RAW = Column("breakdown_raw", "object", "breakdown_raw", "The same as the server sent it.")
_COMPARED = Column(
    "compared", "text", "compared", "current or previous; missing when not compared."
)
# A float even for counts: gaps are null, and averages come in the same field.
_VALUE = Column("value", "number", "value", "The value; missing when the server sent null.")
_DAY = Column("day", "time", "day", "Start of the interval.")

TRENDS = Table("trends", (_SERIES, _BREAKDOWN, _RAW, _COMPARED, _DAY, _VALUE))
TOTALS = Table("totals", (_SERIES, _BREAKDOWN, _RAW, _COMPARED, _VALUE))
BOXES = Table(
    "box plot",
    (
        _SERIES,
        _DAY,
        Column("min", "number", "min", "Lowest value of the interval."),
        Column("p25", "number", "p25", "A quarter of the values are below."),
        Column("median", "number", "median", "Half of the values are below."),
        Column("p75", "number", "p75", "Three quarters of the values are below."),
        Column("max", "number", "max", "Highest value of the interval."),
        Column("mean", "number", "mean", "Average of the values."),
    ),
)
# Long, not a matrix: hours in which nothing happened are not sent.
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
        Column("optional", "boolean", "optional", "Whether the step is optional."),
        _BREAKDOWN,
        _RAW,
        _COMPARED,
        Column("count", "integer", "count", "People who reached the step."),
        Column("conversion", "number", "conversion", "Share of the first step, 0 to 1."),
        Column("from_previous", "number", "from_previous", "Share of the previous step, 0 to 1."),
        Column("dropped", "integer", "dropped", "People of the previous step who dropped off."),
        Column("average_time", "number", "average_conversion_time", "Seconds since that step."),
        Column("median_time", "number", "median_conversion_time", "Seconds since that step."),
    ),
)
TIME_TO_CONVERT = Table(
    "time to convert",
    (
        _COMPARED,
        Column("seconds", "number", "seconds", "Where the bin begins."),
        Column("count", "integer", "count", "People in the bin."),
    ),
)
RETENTION = Table(
    "retention",
    (
        Column("cohort", "time", "cohort", "When the cohort began."),
        _BREAKDOWN,
        _RAW,
        Column("period", "integer", "period", "Period, from 0."),
        Column("label", "text", "label", "The period's name, as in Day 1."),
        Column("count", "integer", "count", "People of the cohort who returned."),
        Column("share", "number", "share", "Their share of the cohort, 0 to 1."),
        Column("value", "number", "value", "Sum or average of a property, where one is set."),
    ),
)
PATHS = Table(
    "paths",
    (
        Column("step", "integer", "step", "Step the link starts from, from 1."),
        Column("source", "text", "source", "Page or event the link starts from."),
        Column("target", "text", "target", "Page or event the link leads to."),
        Column("value", "integer", "value", "Number of times."),
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
        _COMPARED,
        Column("status", "text", "status", "new, returning, resurrecting or dormant."),
        _DAY,
        # The sign is the server's: the sum over a day is then what the day gained.
        Column("value", "number", "value", "People; negative for dormant."),
    ),
)
OVERVIEW = Table(
    "web overview",
    (
        Column("figure", "text", "key", "Which figure, such as visitors."),
        Column("unit", "text", "kind", "unit, duration_s, percentage or currency."),
        Column("value", "number", "value", "The figure."),
        Column("previous", "number", "previous", "The figure of the previous period."),
        Column(
            "change",
            "number",
            "changeFromPreviousPct",
            "Change from the previous period, in percent.",
        ),
        Column("increase_is_bad", "boolean", "isIncreaseBad", "Whether a lower figure is better."),
    ),
)
NOTHING = Table("nothing", ())
