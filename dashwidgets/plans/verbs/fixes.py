"""Findings of an audit as a plan, for rules whose remedy needs no decision."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import pandas as pd

from dashwidgets.api.client import Client
from dashwidgets.api.errors import ConfigurationError
from dashwidgets.plans.plan import Plan
from dashwidgets.plans.verbs.dashboards import ids_of

GRACE = "14D"

Fix = Callable[[Plan, list[int]], Plan]
FIXES: Mapping[str, Fix] = {
    "public": lambda plan, ids: plan.unshare(ids),
    "public-and-stale": lambda plan, ids: plan.unshare(ids),
    "public-without-password": lambda plan, ids: plan.unshare(ids),
    "old-link": lambda plan, ids: plan.rotate_links(ids),
    "nobody-can-edit": lambda plan, ids: plan.restrict(ids, False),
    "stale": lambda plan, ids: plan.delete(ids, grace=GRACE),
    "never-opened": lambda plan, ids: plan.delete(ids, grace=GRACE),
    "empty": lambda plan, ids: plan.delete(ids, grace=GRACE),
}
"""Deleting starts with a grace period here, because a rule may be wrong."""


def plan_for(client: Client, findings: pd.DataFrame, rule: str) -> Plan:
    """A plan that fixes what a rule found. One list; nothing is sent.

    Raises `ConfigurationError` for a rule whose fix somebody has to choose.
    """
    mine = findings[findings["rule"] == rule]
    if rule not in FIXES:
        advice = f" Its advice: {mine['suggestion'].iloc[0]}" if len(mine) else ""
        raise ConfigurationError(
            f"Somebody has to decide how to fix {rule!r}; there are fixes for "
            f"{', '.join(sorted(FIXES))}.{advice}"
        )
    ids = ids_of(mine)
    plan = Plan(client)
    return FIXES[rule](plan, ids) if ids else plan
