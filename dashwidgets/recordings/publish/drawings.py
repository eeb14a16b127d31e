"""How each shape of result is drawn with Altair: a function each, of Altair, frame and drawing.

Each gives a chart, or a sentence that says why there is none.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import pandas as pd

from dashwidgets.frames.results.kinds import Shape

MOST_BARS = 30
"""Bars of a table or of paths; a figure with more can't be read."""

WIDTH = 300
"""Pixels that a figure is wide unless it is restyled: Vega-Lite's own default."""

Draw = Callable[[Any, pd.DataFrame, str], Any]


def over_time(alt: Any, data: pd.DataFrame, drawing: str) -> Any:
    """Lines or columns by day; the compared period dashed or faint."""
    chart, count = alt.Chart(data), max(1, data["day"].nunique())
    is_columns = drawing == "columns"
    # Over a continuous axis columns would be 5 pixels wide, however many there are.
    wide = max(1, round(0.7 * WIDTH / count)) if is_columns else 0
    chart = chart.mark_bar(size=wide) if is_columns else chart.mark_line(point=count == 1)
    compared = _compared(alt, data, dashed=not is_columns)
    # Days are UTC: without saying so they move by the zone of whoever draws them.
    day = alt.X("day:T", title=None, scale=alt.Scale(type="utc", padding=wide / 2))
    told = [alt.Tooltip("day:T", format="%Y-%m-%d %H:%M"), "label:N", "value:Q"]
    return chart.encode(x=day, y="value:Q", tooltip=told, **_colored(alt, data), **compared)


def bars(alt: Any, data: pd.DataFrame, drawing: str) -> Any:
    """Totals, the largest first; one alone is a number, and a pie stays one."""
    current = data[data["compared"] != "previous"]
    if drawing == "number" and len(current) == 1:
        number = alt.Text("value:Q", format=",")
        return alt.Chart(current).mark_text(size=48).encode(text=number)
    if drawing == "pie":
        arc = alt.Chart(current).mark_arc()
        return arc.encode(theta="value:Q", tooltip=["label:N", "value:Q"], color=_color(alt))
    compared = _compared(alt, data, dashed=False)
    if compared:
        compared["yOffset"] = "compared:N"
    label = alt.Y("label:N", title=None, sort="-x")
    chart = alt.Chart(data).mark_bar()
    return chart.encode(x="value:Q", y=label, tooltip=["label:N", "value:Q"], **compared)


def boxes(alt: Any, data: pd.DataFrame, _drawing: str) -> Any:
    """From the lowest to the highest, the middle half as a box, and the median in it."""
    # The numbers are those of the server: Vega's own box plot would need every value.
    day = alt.X("day:T", title=None, scale=alt.Scale(type="utc"))
    told = [name for name in data.columns if data[name].dtype.kind in "if"]
    chart = alt.Chart(data).encode(x=day, tooltip=told, **_colored(alt, data))
    whiskers = chart.mark_rule().encode(y=alt.Y("min:Q", title="value"), y2="max:Q")
    middle = chart.mark_bar(size=8).encode(y="p25:Q", y2="p75:Q")
    median = chart.mark_tick(color="white", size=8).encode(y="median:Q", color=alt.value("white"))
    return alt.layer(whiskers, middle, median, data=data)


def heat(alt: Any, data: pd.DataFrame, _drawing: str) -> Any:
    """Hours across, weekdays down."""
    days = alt.Y("weekday:O", title="weekday, from Monday")
    told = ["weekday:O", "hour:O", "value:Q"]
    chart = alt.Chart(data).mark_rect()
    return chart.encode(x="hour:O", y=days, color="value:Q", tooltip=told)


def steps(alt: Any, data: pd.DataFrame, _drawing: str) -> Any:
    """A group of columns for each step of a funnel."""
    data = data.assign(name=data["name"].fillna("Unnamed"))
    names = data.drop_duplicates("step").sort_values("step")["name"].tolist()
    x = alt.X("name:N", title=None, sort=names, axis=alt.Axis(labelAngle=0))
    told = ["name:N", "label:N", "count:Q", alt.Tooltip("conversion:Q", format=".1%")]
    chart = alt.Chart(data).mark_bar()
    return chart.encode(x=x, y="count:Q", tooltip=told, **_side_by_side(alt, data))


def times(alt: Any, data: pd.DataFrame, _drawing: str) -> Any:
    """A histogram of seconds, as the server binned them."""
    x = alt.X("seconds:O", title="seconds, from", axis=alt.Axis(format=","))
    beside = _side_by_side(alt, data)
    chart = alt.Chart(data).mark_bar()
    return chart.encode(x=x, y="count:Q", tooltip=["seconds:Q", "count:Q"], **beside)


def retention(alt: Any, data: pd.DataFrame, _drawing: str) -> Any:
    """The share of each cohort that came back, a cell for each period."""
    data = data.assign(cohort=data["cohort"].dt.strftime("%Y-%m-%d"))
    measure = "share" if data["share"].notna().any() else "value"
    written = ".0%" if measure == "share" else ","
    told = ["cohort:N", "label:N", "count:Q", alt.Tooltip(f"{measure}:Q", format=written)]
    color = alt.Color(f"{measure}:Q", title=measure, legend=alt.Legend(format=written))
    chart = (
        alt.Chart(data).mark_rect().encode(x="period:O", y="cohort:O", color=color, tooltip=told)
    )
    if data["breakdown"].notna().any():
        chart = chart.encode(row=alt.Row("breakdown:N", title=None))
    return chart


def paths(alt: Any, data: pd.DataFrame, _drawing: str) -> Any:
    """The most frequent links: Vega-Lite draws no flows, so each is a bar."""
    step, source, target = (data[name].astype("object") for name in ("step", "source", "target"))
    links = step.astype("str") + " · " + source.astype("str") + " → " + target.astype("str")
    return _ranked(alt, data.assign(label=links), "value", "label")


def stickiness(alt: Any, data: pd.DataFrame, _drawing: str) -> Any:
    """People by the number of intervals in which they were active."""
    told = ["intervals:O", "label:N", "value:Q"]
    chart = alt.Chart(data).mark_bar()
    beside = _side_by_side(alt, data)
    return chart.encode(x="intervals:O", y="value:Q", tooltip=told, **beside)


def lifecycle(alt: Any, data: pd.DataFrame, _drawing: str) -> Any:
    """New, returning, resurrecting and dormant people, on top of each other."""
    return over_time(alt, data.assign(label=data["status"]), "columns")


def overview(alt: Any, data: pd.DataFrame, _drawing: str) -> Any:
    """How each figure changed: the figures themselves have units that no axis has in common."""
    if data["change"].isna().all():
        return "its figures have different units and no earlier period; its frame has them"
    known = data[data["change"].notna()]
    y = alt.Y("figure:N", title=None, sort=data["figure"].tolist())
    x = alt.X("change:Q", title="change from the previous period, in percent")
    told = ["figure:N", "value:Q", "previous:Q", "change:Q"]
    return alt.Chart(known).mark_bar().encode(x=x, y=y, tooltip=told)


def columns(alt: Any, data: pd.DataFrame, _drawing: str) -> Any:
    """A table: lines where it has times, else the first column of numbers by the first of text."""
    if not data.columns.is_unique:
        return "two of its columns have the same name; its frame has them"
    data = data.infer_objects()  # columns that came without types hold numbers too
    numbers = [name for name in data.columns if data[name].dtype.kind in "iuf"]
    moments = [name for name in data.columns if data[name].dtype.kind == "M"]
    if not numbers:
        return "none of its columns holds numbers; its frame has the rows"
    if moments:
        long = data.melt(moments[0], numbers, "label", "value")
        return over_time(alt, long.rename(columns={moments[0]: "day"}), "line")
    words = [name for name in data.columns if name not in numbers]
    if words:
        return _ranked(alt, data, numbers[0], words[0], sort=None)
    if len(numbers) == 1:
        return bars(alt, _as_totals(data, numbers[0]), "number")
    named = data.rename(columns={numbers[0]: "x", numbers[1]: "y"})
    x, y = alt.X("x:Q", title=numbers[0]), alt.Y("y:Q", title=numbers[1])
    return alt.Chart(named).mark_point().encode(x=x, y=y)


def _as_totals(data: pd.DataFrame, name: str) -> pd.DataFrame:
    rows = [str(at) for at in range(1, len(data) + 1)]
    return pd.DataFrame({"label": rows, "value": data[name].tolist(), "compared": None})


def _ranked(alt: Any, data: pd.DataFrame, number: str, name: str, sort: str | None = "-x") -> Any:
    """Bars, the first or the largest; a title says how many there are."""
    kept = data.nlargest(MOST_BARS, number) if sort else data.head(MOST_BARS)
    shown = pd.DataFrame({"label": kept[name].map(str), "value": kept[number].tolist()})
    title = number if len(kept) == len(data) else f"{number}: {len(kept)} of {len(data)} rows"
    x, y = alt.X("value:Q", title=title), alt.Y("label:N", title=None, sort=sort)
    return alt.Chart(shown).mark_bar().encode(x=x, y=y, tooltip=["label:N", "value:Q"])


def _side_by_side(alt: Any, data: pd.DataFrame) -> dict[str, Any]:
    """Columns of one place: a color for each label, the compared period faint beside it."""
    made = _colored(alt, data) | _compared(alt, data, dashed=False)
    return made | ({"xOffset": alt.XOffset("beside:N", sort=None)} if made else {})


def _colored(alt: Any, data: pd.DataFrame) -> dict[str, Any]:
    return {"color": _color(alt)} if data["label"].nunique() > 1 else {}


def _color(alt: Any) -> Any:
    return alt.Color("label:N", title=None)


def _compared(alt: Any, data: pd.DataFrame, *, dashed: bool) -> dict[str, Any]:
    """What tells the two periods apart, where there are two."""
    if "compared" not in data or data["compared"].nunique() < 2:
        return {}
    if dashed:
        return {"strokeDash": alt.StrokeDash("compared:N", title=None)}
    return {"opacity": alt.Opacity("compared:N", title=None, sort=["previous", "current"])}


OF_SHAPE: Mapping[Shape, Draw] = {
    "series": over_time,
    "totals": bars,
    "boxes": boxes,
    "calendar": heat,
    "hours": heat,
    "steps": steps,
    "times": times,
    "retention": retention,
    "paths": paths,
    "stickiness": stickiness,
    "lifecycle": lifecycle,
    "overview": overview,
    "columns": columns,
}
