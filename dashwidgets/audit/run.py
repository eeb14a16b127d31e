"""Run an audit: decide what to read, say what it costs, read it, evaluate the rules."""

from __future__ import annotations

import warnings
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, fields, replace
from pathlib import Path
from typing import Any, Literal

import pandas as pd

from dashwidgets.api.client import Client
from dashwidgets.api.endpoints import dashboards
from dashwidgets.api.errors import ConfigurationError, DashwidgetsError, DashwidgetsWarning
from dashwidgets.audit import rules as registered  # noqa: F401 # pyright: ignore[reportUnusedImport]
from dashwidgets.audit.evidence.definitions import Definitions
from dashwidgets.audit.evidence.gather import Gathered, Kept, first_list, gather, opens, wanted_ids
from dashwidgets.audit.evidence.leftovers import can_place
from dashwidgets.audit.report.findings import COVERAGE, findings_frame
from dashwidgets.audit.report.report import Report
from dashwidgets.audit.rule import COSTS, REQUESTS, RULES, Finding, Need, Rule, Settings
from dashwidgets.audit.suppressions import expired, read_suppressions, split
from dashwidgets.bulk.progress import price

Which = Sequence[str | Rule] | Literal["cheap", "unopened", "all"]
# An interrupted audit that is older is begun anew: its dates of opening would be wrong.
FRESH = pd.Timedelta("1h")
CHOICES: dict[str, Callable[[Rule], bool]] = {
    "cheap": lambda rule: rule.is_cheap,
    "unopened": lambda rule: not opens(rule.needs),
    "all": lambda rule: True,
}
DURATIONS = {field.name for field in fields(Settings) if field.type == "pd.Timedelta"}


@dataclass(frozen=True)
class Price:
    """What an audit would cost; nothing but the list has been read.

    Attributes
    ----------
    requests : int
    opened : int
        Dashboards whose ``last_accessed_at`` would become now.
    words : str
    """

    requests: int
    opened: int
    words: str

    def __repr__(self) -> str:
        opening = f"; {self.opened} dashboards will count as opened" if self.opened else ""
        return self.words + opening


def audit(
    client: Client,
    rules: Which,
    kept: Kept,
    *,
    suppressions: str | Path | None = None,
    dry_run: bool = False,
    definitions: Definitions | None = None,
    **thresholds: Any,
) -> Report | Price:
    """Evaluate a project's dashboards; see ``ph.audit``."""
    chosen = choose(rules)
    settings = settings_of(thresholds)
    accepted = read_suppressions(suppressions) if suppressions is not None else []
    needs: set[Need] = {"dashboards"}
    needs.update(need for rule in chosen for need in rule.needs)
    spent = client.requests_spent
    may_open = rules != "unopened" and "layouts" in needs and "details" not in needs
    if may_open and not can_place(client):
        needs.add("details")  # an older server: the only way to see where tiles are
    # Before anything else that may change last_accessed_at.
    boards = first_list(client, kept)
    cost = _price(client, boards, needs, kept)
    if dry_run:
        return cost
    if cost.opened:
        warnings.warn(f"This audit takes {cost!r}.", DashwidgetsWarning, stacklevel=3)
    try:
        gathered = gather(client, needs, kept, definitions)
        unlisted = _unlisted(client)
    finally:
        # In finally: an interrupted audit continues, and its requests were spent all the same.
        kept.requests += client.requests_spent - spent
    evaluated = [rule for rule in chosen if not set(rule.needs) & set(gathered.refused)]
    found = list(_judge(evaluated, gathered, settings))
    findings = findings_frame(found, gathered.evidence)
    today = gathered.evidence.now.date()
    counting, suppressed = split(findings, accepted, today)
    coverage = list(_coverage(chosen, gathered, unlisted))
    for one in expired(accepted, today):
        reason = f"accepted until {one.until}: review it, then renew or remove it"
        coverage.append(
            _row(f"suppression of {one.rule} on {one.dashboard}", "expired", None, reason)
        )
    return Report(
        findings=counting,
        suppressed=suppressed,
        coverage=COVERAGE.to_frame(coverage),
        rules=tuple(rule.name for rule in evaluated),
        unread=frozenset(key for ids in gathered.unread.values() for key in ids),
        dashboards=frozenset(gathered.evidence.dashboards["id"].tolist()),
        complete=gathered.complete,
        taken_at=gathered.evidence.now.isoformat(timespec="seconds"),
        host=client.host,
        project_id=str(client.project_id),
        requests_spent=kept.requests,
        client=client,
    )


def still_good(kept: Kept | None) -> Kept:
    """What an interrupted audit had read, if recent enough."""
    if kept is None or kept.taken_at is None:
        return Kept()
    return kept if pd.Timestamp.now("UTC") - kept.taken_at < FRESH else Kept()


def choose(rules: Which) -> list[Rule]:
    """Rules by name. An unknown name is an error, never an empty audit."""
    if isinstance(rules, str):
        if rules not in CHOICES:
            raise ConfigurationError(
                f'rules must be a list of names, "cheap", "unopened" or "all", not {rules!r}.'
            )
        return list(filter(CHOICES[rules], RULES.values()))
    chosen: list[Rule] = []
    for wanted in rules:
        name = wanted.name if isinstance(wanted, Rule) else wanted
        if name not in RULES:
            raise ConfigurationError(f"No rule is called {name!r}: there are {', '.join(RULES)}.")
        chosen.append(RULES[name])
    if not chosen:
        raise ConfigurationError('No rule was chosen: name some, or leave rules="cheap".')
    # Each once: a rule named twice would report everything twice.
    return list({rule.name: rule for rule in chosen}.values())


def settings_of(thresholds: dict[str, Any]) -> Settings:
    """Thresholds by name; durations as pandas reads them."""
    names = {field.name for field in fields(Settings)}
    values: dict[str, Any] = {}
    for name, value in thresholds.items():
        if name not in names:
            raise ConfigurationError(f"{name!r} is not a threshold: there are {', '.join(names)}.")
        try:
            read: Any = pd.Timedelta(value) if name in DURATIONS else value
        except ValueError:
            read = None
        if isinstance(read, bool) or not isinstance(read, int | float | pd.Timedelta):
            raise ConfigurationError(f"{name} can't be {value!r}: give 90D, 15s or a number.")
        if not read > (pd.Timedelta(0) if name in DURATIONS else 0):  # pyright: ignore[reportOperatorIssue]
            raise ConfigurationError(f"{name} must be positive, not {value!r}.")
        values[name] = read
    return replace(Settings(), **values)


def _price(client: Client, boards: pd.DataFrame, needs: Collection[Need], kept: Kept) -> Price:
    requests = sum(REQUESTS.get(need, 0) for need in needs) + 1  # how many are unlisted
    if "leftovers" in needs or ("layouts" in needs and "details" not in needs):
        requests += 2
    opened: set[int] = set()
    for need in ("sharing", "collaborators", "details", "stream"):
        if need in needs:
            left = [key for key in wanted_ids(boards, need) if key not in kept.of(need)]
            requests += len(left)
            if opens([need]):
                opened.update(left)
    return Price(requests, len(opened), price(client, requests))


def _judge(
    rules: Iterable[Rule], gathered: Gathered, settings: Settings
) -> Iterator[tuple[Rule, Finding]]:
    for rule in rules:
        try:
            for finding in rule.check(gathered.evidence, settings):
                yield rule, finding
        # Ours say what to do already; anything else is a fault of the rule.
        except DashwidgetsError:
            raise
        except Exception as error:
            raise ConfigurationError(
                f"The rule {rule.name!r} failed ({type(error).__name__}: {error}): fix it or "
                "leave it out."
            ) from error


def _row(what: str, state: str, dashboards: int | None, reason: str) -> dict[str, Any]:
    return {"what": what, "state": state, "dashboards": dashboards, "reason": reason}


def _coverage(
    chosen: Sequence[Rule], gathered: Gathered, unlisted: dict[str, Any]
) -> Iterator[dict[str, Any]]:
    """What was and what was not evaluated, so that nothing unknown looks fine."""
    boards = len(gathered.evidence.dashboards)
    state = "evaluated" if gathered.complete else "partly evaluated"
    short = "" if gathered.complete else "the server sent fewer rows than it counts: run it again"
    yield _row("listed dashboards", state, boards, short)
    yield unlisted
    yield _row(
        "dashboards this key may not see", "unknown", None, "PostHog leaves them out of every list"
    )
    for need, reason in gathered.refused.items():
        yield _row(need, "not evaluated", boards, reason)
    for need, ids in gathered.unread.items():
        for key, reason in ids.items():
            yield _row(f"{need} of dashboard {key}", "not evaluated", 1, reason)
    names = {rule.name for rule in chosen}
    for rule in RULES.values():
        missing = set(rule.needs) & set(gathered.refused)
        if rule.name in names and missing:
            reason = f"{', '.join(sorted(missing))} could not be read"
            yield _row(f"rule {rule.name}", "not evaluated", boards, reason)
        elif rule.name not in names:
            dearest = max(rule.needs, key=list(COSTS).index)
            yield _row(
                f"rule {rule.name}", "not evaluated", boards, f"not requested: {COSTS[dearest]}"
            )


def _unlisted(client: Client) -> dict[str, Any]:
    """How many dashboards the list hides; one small request."""
    try:
        # One row is enough: the envelope counts them all.
        count = client.send(dashboards.page(1, creation_mode="unlisted")).count
    except DashwidgetsError as error:
        return _row("unlisted dashboards", "unknown", None, str(error))
    state = "not evaluated" if count else "evaluated"
    reason = 'see ph.dashboards(creation_mode="unlisted")' if count else "there are none"
    return _row("unlisted dashboards", state, count, reason)
