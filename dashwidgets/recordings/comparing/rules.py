"""What raises an alert: ready rules, or a function of your own."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pandas as pd

from dashwidgets.api.errors import ConfigurationError

Rule = Callable[[pd.DataFrame], Any]
"""Gets rows with ``before``, ``after``, ``change``, ``share``; says of each whether it alerts."""


def rule_of(rule: str | Rule) -> Rule:
    """A rule by what a user writes: ``"20%"``, ``"zero"``, or a function.

    >>> import pandas as pd
    >>> rows = pd.DataFrame({"before": [10.0, 10.0], "after": [13.0, 11.0], "share": [0.3, 0.1]})
    >>> rule_of("20%")(rows).tolist()
    [True, False]
    """
    if callable(rule):
        return rule
    if rule == "zero":
        return went_to_zero
    match = re.fullmatch(r"\s*(\d+(?:\.\d+)?)\s*%\s*", str(rule))
    if match is None:
        raise ConfigurationError(
            f'A rule is "20%", "zero" or a function of the rows, not {rule!r}.'
        )
    return moved_more_than(float(match.group(1)) / 100)


def moved_more_than(share: float) -> Rule:
    """Moved by more than this share, up or down; from nothing to something too."""

    def moved(rows: pd.DataFrame) -> pd.Series[bool]:
        # A share of zero is missing, and would never pass any threshold.
        from_nothing = (rows["before"] == 0) & (rows["after"].fillna(0) != 0)
        return (rows["share"].abs() > share) | from_nothing

    return moved


def went_to_zero(rows: pd.DataFrame) -> pd.Series[bool]:
    """Is zero now, and was not."""
    return (rows["after"] == 0) & (rows["before"].fillna(0) != 0)
