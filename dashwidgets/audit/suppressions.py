"""Findings that somebody has looked at and accepts, in a TOML file.

[[suppress]]
rule = "public"
dashboard = 12            # an id or a name; "*" for every dashboard
reason = "Shown on the screen in the lobby"
until = 2027-01-31        # optional: it comes back after that day
"""

from __future__ import annotations

import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any, cast

import pandas as pd

from dashwidgets.api.errors import ConfigurationError
from dashwidgets.audit.rule import RULES
from dashwidgets.frames.arrays import as_array

FIELDS = {"rule", "dashboard", "reason", "until"}


@dataclass(frozen=True)
class Suppression:
    """One accepted finding."""

    rule: str
    dashboard: int | str
    reason: str
    until: date | None = None

    def covers(self, rule: str, dashboard: Any, name: Any) -> bool:
        """Whether it matches a finding, apart from its date."""
        if self.rule not in ("*", rule):
            return False
        known: list[Any] = [] if pd.isna(dashboard) else [int(dashboard), name]
        return self.dashboard == "*" or self.dashboard in known


def read_suppressions(path: str | Path) -> list[Suppression]:
    """Read a file; raises `ConfigurationError` for the first invalid entry."""
    path = Path(path)
    try:
        read = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise ConfigurationError(f"{path} can't be read as TOML: {error}.") from error
    entries = read.get("suppress")
    if set(read) - {"suppress"} or not isinstance(entries, list | None):
        raise ConfigurationError(f"{path} may contain only [[suppress]] tables.")
    listed = cast("list[Any]", entries or [])
    return [_suppression(f"{path}, entry {at}", entry) for at, entry in enumerate(listed, 1)]


def _suppression(where: str, entry: Any) -> Suppression:
    if not isinstance(entry, dict):
        raise ConfigurationError(f"{where} is not a table: write [[suppress]].")
    fields = cast("dict[str, Any]", entry)
    if unknown := set(fields) - FIELDS:
        raise ConfigurationError(f"{where} has an unknown field {min(unknown)!r}.")
    reason, rule = fields.get("reason"), fields.get("rule")
    dashboard, until = fields.get("dashboard"), fields.get("until")
    # An entry without a reason can't be reviewed by anybody later.
    if not isinstance(reason, str) or not reason.strip():
        raise ConfigurationError(f"{where} has no reason: say why the finding is accepted.")
    if not isinstance(rule, str) or (rule != "*" and rule not in RULES):
        raise ConfigurationError(f"{where} names no rule: {rule!r} is not one.")
    if isinstance(dashboard, bool) or not isinstance(dashboard, int | str):
        raise ConfigurationError(f"{where} names no dashboard: give an id, a name or '*'.")
    # TOML has both; a datetime is also a date to Python, but compares with none.
    if isinstance(until, datetime):
        until = until.date()
    if until is not None and not isinstance(until, date):
        raise ConfigurationError(f"{where}: until must be a date, such as 2027-01-31.")
    return Suppression(rule, dashboard, reason.strip(), until)


def split(
    findings: pd.DataFrame, suppressions: Sequence[Suppression], today: date
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Findings that count, and accepted ones with their ``reason`` and ``until``."""
    valid = [one for one in suppressions if one.until is None or one.until >= today]
    columns = (findings["rule"], findings["dashboard_id"], findings["dashboard"])
    matches = [
        next((one for one in valid if one.covers(rule, key, name)), None)
        for rule, key, name in zip(*columns, strict=True)
    ]
    accepted = pd.Series([one is not None for one in matches], index=findings.index, dtype=bool)
    suppressed = findings[accepted].copy()
    suppressed["reason"] = as_array([one.reason for one in matches if one], "text")
    until = [None if one.until is None else one.until.isoformat() for one in matches if one]
    suppressed["until"] = as_array(until, "text")
    return findings[~accepted].reset_index(drop=True), suppressed.reset_index(drop=True)


def expired(suppressions: Sequence[Suppression], today: date) -> list[Suppression]:
    """Expired suppressions, which somebody should review."""
    return [one for one in suppressions if one.until is not None and one.until < today]
