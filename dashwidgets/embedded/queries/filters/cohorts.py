"""Cohorts: groups of people, listed or described, as ClickHouse conditions."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any, cast

from dashwidgets.embedded.queries.dates import add_months, moment
from dashwidgets.embedded.queries.filters import actions
from dashwidgets.embedded.queries.filters.actions import Condition
from dashwidgets.embedded.queries.filters.comparisons import compare
from dashwidgets.embedded.queries.problem import InvalidQuery, unsupported
from dashwidgets.embedded.queries.schema import Schema
from dashwidgets.embedded.queries.sql.dialect import literal

EVERYBODY = "all"
"""The cohort of all users; funnels and retention call it 0."""

_DAYS = {"day": 1, "week": 7}
_MONTHS = {"month": 1, "year": 12}
_COUNTS = {"gte": ">=", "gt": ">", "lte": "<=", "lt": "<", "eq": "=", "exact": "=", None: "="}
_ALIASES = {"performed_event_multiple_times": "performed_event_multiple"}


def find(key: Any, schema: Schema) -> Mapping[str, Any]:
    """A cohort by id."""
    found = schema.definitions.cohorts.get(int(key)) if str(key).isdecimal() else None
    if found is None:
        raise InvalidQuery(f"There is no cohort {key}.", "does_not_exist")
    return found


def identify(key: Any, schema: Schema) -> Any:
    """The id of a cohort that SQL names by id or by name."""
    named = [at for at, one in schema.definitions.cohorts.items() if one.get("name") == key]
    return named[0] if named else key


def label(key: Any, schema: Schema) -> str:
    """The name of a cohort in results."""
    return "all users" if key in (EVERYBODY, 0, "0") else str(find(key, schema)["name"])


def contains(key: Any, schema: Schema, condition: Condition) -> str:
    """The condition that a person is in a cohort."""
    if key in (EVERYBODY, 0, "0"):
        return "true"
    cohort = find(key, schema)
    if cohort.get("is_static"):
        # Listed by distinct_id, counted by person: one person may have several.
        ids = literal(list(cast("list[str]", cohort.get("distinct_ids") or [])))
        return f"person_id IN (SELECT person_id FROM events WHERE distinct_id IN {ids})"
    filters = cast("dict[str, Any]", cohort.get("filters") or {})
    if not filters.get("properties"):
        raise unsupported(f"cohort {key}, which has no filters")
    return _group(filters["properties"], schema, condition)


def _group(given: Any, schema: Schema, condition: Condition) -> str:
    """A group of criteria, or one criterion."""
    if not isinstance(given, dict):
        raise InvalidQuery("A cohort's filters must be a group.", "invalid_input")
    one = cast("dict[str, Any]", given)
    if "values" in one:
        kind = str(one.get("type") or "AND").upper()
        if kind not in ("AND", "OR"):
            raise InvalidQuery(f"{kind!r} is not a kind of property group.", "invalid_input")
        inner = cast("list[Any]", one["values"])
        return f"({f' {kind} '.join(_group(part, schema, condition) for part in inner) or 'true'})"
    found = _criterion(one, schema, condition)
    return f"NOT ({found})" if one.get("negation") else found


def _criterion(one: dict[str, Any], schema: Schema, condition: Condition) -> str:
    kind = one.get("type")
    if kind == "cohort":
        return contains(one.get("value"), schema, condition)
    if kind == "person":
        # A person is as they are now, whatever their properties were when an event happened.
        value = one.get("value")
        values = cast("list[Any]", value) if isinstance(value, list) else [value]
        column = "id" if one.get("key") == "id" else schema.column(str(one.get("key")), "person")
        found = compare(column, str(one.get("operator") or "exact"), values)
        return f"person_id IN (SELECT id FROM persons WHERE {found})"
    if kind == "behavioral":
        return _behavior(one, schema, condition)
    raise unsupported(f"cohorts by {kind}")


def _behavior(one: dict[str, Any], schema: Schema, condition: Condition) -> str:
    """People who did something, so many times, within some time."""
    what = _ALIASES.get(str(one.get("value")), str(one.get("value")))
    if one.get("event_type") == "actions":
        which = actions.matches(one.get("key"), schema, condition)
    else:
        which = f"event = {literal(one.get('key'))}"
    which += f" AND {condition(one.get('event_filters'), schema)}"
    start, end = _window(one, schema)
    until = f"timestamp <= toDateTime({literal(str(end))})"
    inside = f"timestamp >= toDateTime({literal(str(start))}) AND {until}"
    people = "person_id IN (SELECT person_id FROM events WHERE"
    if what == "performed_event":
        return f"{people} {which} AND {inside})"
    if what == "performed_event_multiple":
        sign = _COUNTS.get(one.get("operator"))
        if sign is None:
            raise InvalidQuery(f"{one['operator']!r} does not compare counts.", "invalid_choice")
        least = f"count() {sign} {int(one.get('operator_value') or 0)}"
        return f"{people} {which} AND {inside} GROUP BY person_id HAVING {least})"
    if what == "performed_event_first_time":
        # The first ever, so the window is applied after grouping, not before.
        first = f"min(timestamp) >= toDateTime({literal(str(start))})"
        return f"{people} {which} AND {until} GROUP BY person_id HAVING {first})"
    raise unsupported(f"cohorts by {what}")


def _window(one: dict[str, Any], schema: Schema) -> tuple[datetime, datetime]:
    """Between which times something must have happened."""
    now = schema.now or schema.last
    until = one.get("explicit_datetime_to")
    end = moment(str(until), now, end=True) if until else now
    if one.get("explicit_datetime"):
        return moment(str(one["explicit_datetime"]), now, end=False), end
    count, unit = int(one.get("time_value") or 30), one.get("time_interval") or "day"
    if unit in _DAYS:
        return now - timedelta(days=count * _DAYS[unit]), end
    if unit in _MONTHS:
        return add_months(now, -count * _MONTHS[unit]), end
    if unit == "hour":
        return now - timedelta(hours=count), end
    raise InvalidQuery(f"{unit!r} is not a unit of time.", "invalid_choice")
