"""Property filters, groups of them, and breakdowns: what they name."""

from __future__ import annotations

from typing import Any, cast

from dashwidgets.references.reference import (
    BREAKDOWN,
    COHORT,
    ELEMENT,
    EVENT,
    EVENT_PROPERTY,
    FLAG,
    GROUP_PROPERTY,
    PERSON_PROPERTY,
    SESSION_PROPERTY,
    TABLE,
    Found,
    Reference,
    word,
)
from dashwidgets.references.sql import expressions

OF_TYPE: dict[str, str] = {
    "event": EVENT_PROPERTY,
    "feature": EVENT_PROPERTY,
    "person": PERSON_PROPERTY,
    "group": GROUP_PROPERTY,
    "session": SESSION_PROPERTY,
    "element": ELEMENT,
    "flag": FLAG,
    "data_warehouse": TABLE,
    "data_warehouse_person_property": TABLE,
}
# Fields of other products; they name nothing that can be renamed.
NAMELESS = frozenset(
    (
        "empty", "event_metadata", "recording", "log", "log_entry", "log_attribute",
        "log_resource_attribute", "span", "span_attribute", "span_resource_attribute",
        "error_tracking_issue", "revenue_analytics", "workflow_variable", "account",
    )
)  # fmt: skip
FLAG_PREFIX = "$feature/"
FLAG_KEYS = ("$feature_flag", "$active_feature_flags")
EXACT = ("exact", "is_not", "in", "not_in")


def properties(value: Any, pointer: str, role: str, found: Found) -> None:
    """Filters: a list, one filter, nested groups, or the old mapping of names to values."""
    if not value:
        return
    if isinstance(value, list):
        for at, one in enumerate(cast("list[Any]", value)):
            properties(one, f"{pointer}/{at}", role, found)
    elif isinstance(value, dict):
        filter_ = cast("dict[str, Any]", value)
        values = filter_.get("values")
        if isinstance(values, list) and "key" not in filter_:
            properties(values, f"{pointer}/values", role, found)
        elif "key" in filter_ or filter_.get("type") in ("cohort", "precalculated-cohort"):
            _filter(filter_, pointer, role, found)
        elif "type" not in filter_:
            _old_mapping(filter_, pointer, role, found)
        else:
            found.miss(pointer, "not a property filter")
    else:
        found.miss(pointer, "not a property filter")


def _filter(one: dict[str, Any], pointer: str, role: str, found: Found) -> None:
    kind = word(one.get("type") or "event")
    key, value = one.get("key"), one.get("value")
    if kind in ("cohort", "precalculated-cohort", "static-cohort", "dynamic-cohort"):
        cohorts(value, f"{pointer}/value", role, found)
    elif kind == "hogql":
        expressions.expression(key, f"{pointer}/key", role, found)
    elif kind == "event_metadata" and key == "event":
        names(value, f"{pointer}/value", role, found, EVENT, one.get("operator"))
    elif kind in NAMELESS:
        return
    elif isinstance(key, str) and kind in OF_TYPE:
        named(OF_TYPE[kind], key, f"{pointer}/key", role, found)
        if key in FLAG_KEYS and kind == "event":
            names(value, f"{pointer}/value", role, found, FLAG, one.get("operator"))
    # A flag's number; search is by its key, so this can only be a maybe.
    elif isinstance(key, int) and kind == "flag":
        found.add(Reference(FLAG, str(key), role, f"{pointer}/key", certain=False))
    else:
        found.miss(pointer, f"a property filter of type {str(kind)[:40]!r}")


def _old_mapping(mapping: dict[str, Any], pointer: str, role: str, found: Found) -> None:
    """``{"$browser__icontains": "Chrome"}``: only very old insights have it."""
    for key in mapping:
        name, _, _ = key.partition("__")
        at = f"{pointer}/{escaped(key)}"
        found.add(Reference(EVENT_PROPERTY, name, role, at, certain=False))


def named(kind: str, name: str, pointer: str, role: str, found: Found) -> None:
    """A property by its name; one of a feature flag names the flag too."""
    if kind is TABLE:
        # Such a key is "table.column" or "join: column"; which part is the table, it does not say.
        found.add(Reference(TABLE, name, role, pointer, certain=False))
        return
    found.add(Reference(kind, name, role, pointer))
    if name.startswith(FLAG_PREFIX) and kind is EVENT_PROPERTY:
        found.add(Reference(FLAG, name[len(FLAG_PREFIX) :], role, pointer))


def names(
    value: Any, pointer: str, role: str, found: Found, kind: str, operator: Any = "exact"
) -> None:
    """Values that are names; certain only where the comparison is an exact one."""
    certain = operator is None or operator in EXACT
    if isinstance(value, str):
        found.add(Reference(kind, value, role, pointer, certain))
    elif isinstance(value, list):
        for at, one in enumerate(cast("list[Any]", value)):
            if isinstance(one, str):
                found.add(Reference(kind, one, role, f"{pointer}/{at}", certain))


def cohorts(value: Any, pointer: str, role: str, found: Found) -> None:
    """A cohort's number, or several; ``all`` names none."""
    # A bool is an int in Python, and no cohort's number.
    if isinstance(value, bool) or value is None or value == "all":
        return
    if isinstance(value, int) or (isinstance(value, str) and value.isdecimal()):
        found.add(Reference(COHORT, str(int(value)), role, pointer))
    elif isinstance(value, list):
        for at, one in enumerate(cast("list[Any]", value)):
            cohorts(one, f"{pointer}/{at}", role, found)
    else:
        found.miss(pointer, "not a cohort's number")


def breakdown(value: Any, pointer: str, found: Found) -> None:
    """``breakdownFilter``, ``breakdown_filter``, or the same fields of an old insight."""
    if not isinstance(value, dict):
        return
    fields = cast("dict[str, Any]", value)
    several = fields.get("breakdowns")
    if isinstance(several, list):
        for at, one in enumerate(cast("list[Any]", several)):
            at_one = f"{pointer}/breakdowns/{at}"
            if isinstance(one, dict):
                each = cast("dict[str, Any]", one)
                key = "property" if "property" in each else "value"
                _breakdown(each.get(key), each.get("type"), f"{at_one}/{key}", found)
            else:
                _breakdown(one, fields.get("breakdown_type"), at_one, found)
    if fields.get("breakdown") is not None:
        kind = fields.get("breakdown_type")
        _breakdown(fields["breakdown"], kind, f"{pointer}/breakdown", found)


def _breakdown(value: Any, type_: Any, pointer: str, found: Found) -> None:
    kind = None if type_ is None else word(type_)
    if isinstance(value, list):
        for at, one in enumerate(cast("list[Any]", value)):
            _breakdown(one, kind, f"{pointer}/{at}", found)
    # A number without a type can only be a cohort's.
    elif kind == "cohort" or (kind is None and isinstance(value, int)):
        cohorts(value, pointer, BREAKDOWN, found)
    elif kind == "hogql":
        expressions.expression(value, pointer, BREAKDOWN, found)
    elif kind in NAMELESS:
        return
    elif isinstance(value, str) and (kind or "event") in OF_TYPE:
        named(OF_TYPE[kind or "event"], value, pointer, BREAKDOWN, found)
    else:
        found.miss(pointer, f"a breakdown of type {str(kind)[:40]!r}")


def escaped(key: str) -> str:
    """A key as a part of a JSON pointer."""
    return key.replace("~", "~0").replace("/", "~1")
