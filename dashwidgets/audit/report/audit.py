"""An audit as data: what was found, what was accepted, what could not be seen."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd


@dataclass(frozen=True)
class Audit:
    """An audit of one moment.

    Attributes
    ----------
    findings : DataFrame
        One row per finding, the worst first; columns as `FINDINGS` has them.
    suppressed : DataFrame
        Findings that somebody accepted, with ``reason`` and ``until``.
    coverage : DataFrame
        What was evaluated, what was not and why.
    rules : tuple of str
        Rules that were evaluated.
    complete : bool
        Whether every listed dashboard and insight was seen.
    """

    findings: pd.DataFrame
    suppressed: pd.DataFrame
    coverage: pd.DataFrame
    rules: tuple[str, ...]
    unread: frozenset[int]
    dashboards: frozenset[int]
    complete: bool
    taken_at: str
    host: str
    project_id: str
    requests_spent: int
    seen: frozenset[str] = frozenset()

    @property
    def summary(self) -> pd.DataFrame:
        """One row per rule that found something: how many, on how many dashboards, what to do."""
        rows = [
            (name, group["severity"].iloc[0], len(group), group["dashboard_id"].nunique())
            for name, group in self.findings.groupby("rule", sort=False)
        ]
        frame = pd.DataFrame(rows, columns=["rule", "severity", "findings", "dashboards"])
        frame["suggestion"] = [
            self.findings.loc[self.findings["rule"] == name, "suggestion"].iloc[0]
            for name in frame["rule"]
        ]
        return frame

    @property
    def known(self) -> frozenset[str]:
        """Fingerprints of every finding that it or one before it had."""
        return self.seen | set(self.findings["fingerprint"]) | set(self.suppressed["fingerprint"])
