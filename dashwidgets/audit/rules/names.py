"""Rules about names: can people find it and tell what it is for?"""

from __future__ import annotations

import re
from collections.abc import Iterator

import pandas as pd

from dashwidgets.audit.report.words import each, some
from dashwidgets.audit.rule import Evidence, Finding, Settings, rule

# What the web app and people's habits make; "Kopie" is German for a copy.
DEFAULT = re.compile(
    r"untitled\b.*|((new|my) )?dashboard( \d+)?|copy of .*|.*\((copy|kopie)\)|test( \d+)?"
)


def plain(name: object) -> str:
    """A name as people compare it: lower case, single spaces."""
    return "" if pd.isna(name) else " ".join(str(name).casefold().split())  # pyright: ignore[reportArgumentType, reportCallIssue]


@rule(
    "same-name",
    severity="low",
    needs=("dashboards",),
    proves="Several dashboards have the same name, apart from capitals and spaces.",
    spares="Dashboards without a name.",
    suggestion="Rename them, or keep one.",
    peers="Metabase",
)
def same_name(evidence: Evidence, _settings: Settings) -> Iterator[Finding]:
    names = evidence.dashboards["name"].map(plain)
    for name, boards in evidence.dashboards.groupby(names):
        if name and len(boards) > 1:
            for board in each(boards):
                others = boards.loc[boards["id"] != board.id, "id"]
                yield Finding(board.id, f"same name as {some(others)}")


@rule(
    "default-name",
    severity="low",
    needs=("dashboards",),
    proves="It has no name, a default name, or the name of a copy.",
    spares="Names that only contain such a word.",
    suggestion="Name it after the question it answers.",
)
def default_name(evidence: Evidence, _settings: Settings) -> Iterator[Finding]:
    for board in each(evidence.dashboards):
        name = plain(board.name)
        if not name:
            yield Finding(board.id, "it has no name")
        elif DEFAULT.fullmatch(name):
            yield Finding(board.id, f"called {board.name!r}")


@rule(
    "undescribed",
    severity="info",
    needs=("dashboards",),
    proves="It has no description.",
    spares="Nothing.",
    suggestion="Say who it is for and what to look at.",
    peers="Grafana's dashboard-linter, for panels",
)
def undescribed(evidence: Evidence, _settings: Settings) -> Iterator[Finding]:
    boards = evidence.dashboards
    for board in each(boards[boards["description"].fillna("").str.strip() == ""]):
        yield Finding(board.id, "the description is empty")


@rule(
    "untagged",
    severity="info",
    needs=("dashboards",),
    proves="It has no tag.",
    spares="Nothing.",
    suggestion="Tag it with its team or topic.",
)
def untagged(evidence: Evidence, _settings: Settings) -> Iterator[Finding]:
    boards = evidence.dashboards
    for board in each(boards[boards["tags"].map(len) == 0]):
        yield Finding(board.id, "it has no tags")
