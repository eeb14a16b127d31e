"""One column compared to the values of a property filter (contract 7.3)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from dashwidgets.embedded.queries.problem import InvalidQuery, unsupported
from dashwidgets.embedded.queries.schema import number
from dashwidgets.embedded.queries.sql.dialect import literal

_SIGNS = {"gt": ">", "lt": "<", "gte": ">=", "lte": "<="}
_DATE_SIGNS = {"is_date_before": "<", "is_date_after": ">"}
_NEGATED = {
    "is_not": "exact",
    "not_icontains": "icontains",
    "not_regex": "regex",
    "not_in": "in",
    "not_between": "between",
}


def compare(column: str, operator: str, values: list[Any]) -> str:
    """The condition that a column stands in this relation to any of the values."""
    # Negated as a whole: "is not A or B" is true for neither, and for a missing value.
    if operator in _NEGATED:
        return f"NOT {compare(column, _NEGATED[operator], values)}"
    text = f"toString({column})"
    if operator == "is_set":
        return f"{column} IS NOT NULL"
    if operator == "is_not_set":
        return f"{column} IS NULL"
    if operator in ("exact", "in"):
        return _any(f"{text} = {literal(_text(value))}" for value in values)
    if operator == "icontains":
        return _any(
            f"positionCaseInsensitive({text}, {literal(_text(value))}) > 0" for value in values
        )
    if operator == "regex":
        return _any(f"match({text}, {literal(_text(value))})" for value in values)
    if operator == "between" and len(values) == 2:
        low, high = (literal(_number(value)) for value in values)
        return _any([f"{number(column)} >= {low} AND {number(column)} <= {high}"])
    if operator in _SIGNS:
        sign = _SIGNS[operator]
        return _any(f"{number(column)} {sign} {literal(_number(value))}" for value in values)
    if operator in _DATE_SIGNS:
        sign = _DATE_SIGNS[operator]
        return _any(
            f"toDateTime({column}) {sign} toDateTime({literal(_date(value))})" for value in values
        )
    raise unsupported(f"the property operator {operator}")


def _any(parts: Iterable[str]) -> str:
    """A null on the left is false, not unknown, so that its negation is true."""
    return "(" + (" OR ".join(f"coalesce({part}, false)" for part in parts) or "false") + ")"


def _text(value: Any) -> str:
    # JSON's true is stored as text, in lower case.
    return str(value).lower() if isinstance(value, bool) else str(value)


def _number(value: Any) -> float:
    try:
        return float(value)
    except (TypeError, ValueError):
        raise InvalidQuery(f"{value!r} is not a number.", "invalid_input") from None


def _date(value: Any) -> str:
    try:
        return str(datetime.fromisoformat(str(value)).replace(tzinfo=None))
    except ValueError:
        raise InvalidQuery(f"{value!r} is not a date.", "invalid_input") from None
