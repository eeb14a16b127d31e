"""Columns of PostHog's events that ours lack, or make of others."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import cast

from sqlglot import exp

from dashwidgets.embedded.queries.sql.dialect import literal, name, parse
from dashwidgets.embedded.queries.sql.sessions import COLUMNS

JOINED: dict[str, tuple[str, ...]] = {"session": COLUMNS, "person": ("created_at",)}
"""What of a session and a person an event can be asked for."""

_CHAIN = "ifNull(toString({chain}), '')"
_MADE = {
    "elements_chain": _CHAIN,
    "elements_chain_href": f'extract({_CHAIN}, \'(?::|")href="(.*?)"\')',
    "elements_chain_texts": f'arrayDistinct(extractAll({_CHAIN}, \'(?::|")text="(.*?)"\'))',
    "elements_chain_ids": f'arrayDistinct(extractAll({_CHAIN}, \'(?::|")attr_id="(.*?)"\'))',
    "elements_chain_elements": (
        f"arrayDistinct(extractAll({_CHAIN}, "
        "'(?:^|;)(a|button|form|input|select|textarea|label)(?:\\\\.|$|:)'))"
    ),
    "issue_id": "{issue}",
    "$window_id": "{window}",
    **{f"$group_{number}": f"{{group_{number}}}" for number in range(5)},
}
_FROM = {
    "chain": ("elements_chain", "properties.$elements_chain"),
    "issue": ("properties.$exception_issue_id",),
    "window": ("$window_id", "properties.$window_id"),
    **{f"group_{number}": (f"$group_{number}",) for number in range(5)},
}


def column(names: Sequence[str], columns: frozenset[str]) -> exp.Expr | None:
    """A column of PostHog's that our events lack, made of those they have."""
    made = _MADE.get(names[-1])
    if made is None or names[-1] in columns or len(names) > 2:
        return None
    table = f"{name(names[0])}." if len(names) > 1 else ""
    sources: dict[str, str] = {}
    for key, candidates in _FROM.items():
        found = next((one for one in candidates if one in columns), None)
        sources[key] = f"{table}{name(found)}" if found else "NULL"
    return of(made.format(**sources))


def all_properties(prefix: str, table: str | None, columns: frozenset[str]) -> exp.Expr:
    """All properties of an event or a person as a JSON text, without those that are missing."""
    before = f"{name(table)}." if table else ""
    pairs = ", ".join(
        f"{literal(one.removeprefix(prefix))}, toString({before}{name(one)})"
        for one in sorted(columns)
        if one.startswith(prefix)
    )
    return of(f"toJSONString(mapFilter((k, v) -> v IS NOT NULL, map({pairs})))")


def inside(found: exp.Expr, keys: list[str]) -> exp.Expr:
    """A value inside of a property that is JSON."""
    path = ", ".join(literal(key) for key in keys)
    return of(f"nullIf(JSONExtractString(toString({found.sql('clickhouse')}), {path}), '')")


def join(tree: exp.Query, used: Mapping[str, Iterable[str]]) -> None:
    """Give every ``events`` of a statement the columns of its person and session that it uses."""
    picked = [
        f"{name(f'of_{table}')}.{name(one)} AS {name(f'{table}.{one}')}"
        for table, some in used.items()
        for one in sorted(some)
    ]
    joined = f"SELECT `of_events`.*, {', '.join(picked)} FROM events AS `of_events`"
    if "session" in used:
        joined += (
            " LEFT JOIN sessions AS `of_session` "
            "ON `of_events`.`$session_id` = `of_session`.`session_id`"
        )
    if "person" in used:
        joined += " LEFT JOIN persons AS `of_person` ON `of_events`.person_id = `of_person`.id"
    for table in list(tree.find_all(exp.Table)):
        if table.name.lower() == "events":
            alias = exp.to_identifier(table.alias or table.name, quoted=True)
            # Under the table's own name, so that nothing else of the statement changes.
            made = exp.Subquery(this=parse(joined), alias=exp.TableAlias(this=alias))
            made.set("joins", table.args.get("joins"))
            table.replace(made)


def of(expression: str) -> exp.Expr:
    """One expression of ours."""
    return cast("exp.Select", parse(f"SELECT {expression}")).selects[0]


def shown_name(chain: list[str]) -> str:
    """What PostHog calls a column that is selected without an alias."""
    if "properties" in chain[:-1]:
        return "__".join(chain[chain.index("properties") + 1 :])
    return chain[-1]
