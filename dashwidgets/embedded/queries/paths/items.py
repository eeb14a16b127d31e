"""What a place on a path is called: a page, a screen or an event, cleaned and grouped."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, cast

from dashwidgets.embedded.queries.problem import InvalidQuery, unsupported
from dashwidgets.embedded.queries.schema import Schema
from dashwidgets.embedded.queries.sql.dialect import literal
from dashwidgets.embedded.queries.sql.hogql import expression

_KINDS = {
    "$pageview": "event = '$pageview'",
    "$screen": "event = '$screen'",
    "custom_event": "NOT startsWith(event, '$')",
}


def which_events(shown: dict[str, Any]) -> str:
    """The condition that an event is a place."""
    kinds = cast("list[str]", shown.get("includeEventTypes") or ["$pageview"])
    if "hogql" in kinds:
        # An expression names every event, whatever else is listed.
        return "true"
    unknown = [kind for kind in kinds if kind not in _KINDS]
    if unknown:
        raise unsupported(f"paths over {unknown[0]}")
    return " OR ".join(f"({_KINDS[kind]})" for kind in kinds)


def item(shown: dict[str, Any], schema: Schema) -> str:
    """The name of the place that an event is at."""
    found = _named(shown, schema)
    for rule in _cleaning(shown, schema):
        pattern, name = str(rule.get("regex")), str(rule.get("alias"))
        # One after the other: a rule sees what the rules before it made.
        found = f"replaceRegexpAll({found}, {literal(_checked(pattern))}, {literal(name)})"
    groupings = cast("list[str]", shown.get("pathGroupings") or [])
    if not groupings:
        return found
    # A star stands for anything; the first grouping that fits names the place.
    fits = ", ".join(
        f"match({found}, {literal(re.escape(one).replace(chr(92) + '*', '.*'))}), {literal(one)}"
        for one in groupings
    )
    return f"multiIf({fits}, {found})"


def _named(shown: dict[str, Any], schema: Schema) -> str:
    url = f"ifNull(toString({schema.column('$current_url', 'event')}), '')"
    # With and without a slash at the end is one page; the root keeps its only one.
    page = f"replaceRegexpAll({url}, '(.)/$', '\\\\1')"
    screen = f"ifNull(toString({schema.column('$screen_name', 'event')}), '')"
    kinds = cast("list[str]", shown.get("includeEventTypes") or ["$pageview"])
    if "hogql" not in kinds:
        return f"multiIf(event = '$pageview', {page}, event = '$screen', {screen}, event)"
    own = f"ifNull(toString({expression(shown.get('pathsHogQLExpression'), schema)}), '')"
    parts = {"$pageview": page, "$screen": screen}
    listed = "".join(f"event = '{kind}', {parts[kind]}, " for kind in parts if kind in kinds)
    return f"multiIf({listed}{own})" if listed else own


def _cleaning(shown: dict[str, Any], schema: Schema) -> list[Mapping[str, Any]]:
    """The project's rules when they are asked for, then the query's own."""
    rules = list(schema.definitions.path_cleaning) if shown.get("pathReplacements") else []
    return rules + cast("list[Mapping[str, Any]]", shown.get("localPathCleaningFilters") or [])


def _checked(pattern: str) -> str:
    try:
        re.compile(pattern)
    except re.error:
        raise InvalidQuery(f"{pattern!r} is not a regular expression.", "invalid_input") from None
    return pattern
