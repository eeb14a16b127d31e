"""Retention (contract 13.4)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pandas as pd

from dashwidgets.frames.results.reading import Reading, Row, broken_down, list_of, listed


def cohorts(reading: Reading, result: Any) -> Iterator[Row]:
    """A row per cohort and period. Periods may be of any length: their label says which."""
    for cohort in listed(result):
        values = list_of(cohort, "values")
        # Period 0 is the cohort itself. Some versions send trailing periods, others leave them out.
        size = values[0]["count"] if values else None
        for period, value in enumerate(values):
            count = value["count"]
            yield {
                "cohort": cohort["date"],
                **broken_down(cohort.get("breakdown_value")),
                "period": period,
                "label": value.get("label"),
                "count": count,
                "share": count / size if size and count is not None else None,
                "value": value.get("aggregation_value"),
            }


def retention_matrix(frame: pd.DataFrame, value: str = "share") -> pd.DataFrame:
    """A retention frame as the triangle people know: a row per cohort, a column per period.

    Parameters
    ----------
    frame : DataFrame
        Of a retention insight.
    value : str
        Column in the cells: ``share``, ``count``, or ``value`` where a property is aggregated.

    Returns
    -------
    DataFrame
        Index ``cohort``, or ``breakdown`` and ``cohort`` where the result has a breakdown.
    """
    index = ["breakdown", "cohort"] if frame["breakdown"].notna().any() else "cohort"
    return frame.pivot_table(index=index, columns="period", values=value, observed=True)
