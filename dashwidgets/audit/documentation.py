"""The rules as a page: ``python -m dashwidgets.audit.documentation > docs/audit.md``."""

from __future__ import annotations

from dashwidgets.audit import rules as registered
from dashwidgets.audit.rule import RULES, SEVERITIES, Rule

HEAD = """# The audit

```python
report = ph.audit()                          # lists only: a few requests, nothing is opened
report.findings                              # a DataFrame, the worst first
report.coverage                              # what was not evaluated, and why

report = ph.audit("unopened")                # every rule that opens no dashboard
ph.audit("all", dry_run=True)                # what every rule would cost
report = ph.audit(["broken-tile", "slow-tile"], slow_after="5s")
report.save("audit.json"); report.since("last-week.json")   # new, fixed, back, still, unknown
report.to_html("audit.html")                 # also to_csv, to_parquet
```

The list is read before anything is opened, and staleness is evaluated from it alone. Rules that
open dashboards warn first, because PostHog then records each as opened. An interrupted audit
continues with what it had read.

## Rules

| Rule | Severity | What it proves | What it leaves alone | What it costs | Who else has it |
| --- | --- | --- | --- | --- | --- |
"""

TAIL = """
## Accepted findings

A TOML file, `ph.audit(suppressions="accepted.toml")`. An entry without a reason is an error; one
whose day has passed counts again and is named in the coverage.

```toml
[[suppress]]
rule = "public"
dashboard = 12            # an id or a name; "*" for every dashboard
reason = "Shown on the screen in the lobby"
until = 2027-01-31        # optional
```

## A rule of your own

```python
from dashwidgets.audit.rule import Finding, rule

@rule("no-team-tag", severity="low", needs=("dashboards",), proves="No tag names a team.",
      spares="Pinned dashboards.", suggestion="Tag it with the team that owns it.")
def no_team_tag(evidence, settings):
    for board in evidence.dashboards[~evidence.dashboards["pinned"]].itertuples():
        if not any(tag.startswith("team-") for tag in board.tags):
            yield Finding(board.id, f"tags: {', '.join(board.tags) or 'none'}")

ph.audit(["no-team-tag", "stale"])
```

`needs` says what is read for it: `dashboards`, `insights`, `members`, `sharing`, `collaborators`,
`events`, `carried`, `objects`, `details`, `stream`. The evidence has a frame of each.

## In a CI job

```
dashwidgets audit --fail-on high --format sarif --output audit.sarif
```

exits with 1 when a finding is as bad as that, with 2 when the audit could not be done.

This page is written by `python -m dashwidgets.audit.documentation`.
"""


def page() -> str:
    """The whole page, as Markdown."""
    assert registered
    rules = sorted(RULES.values(), key=lambda rule: -SEVERITIES.index(rule.severity))
    return HEAD + "".join(map(_line, rules)) + TAIL


def _line(rule: Rule) -> str:
    cells = (rule.proves, rule.spares, rule.cost, rule.peers)
    return f"| `{rule.name}` | {rule.severity} | {' | '.join(cells)} |\n"


if __name__ == "__main__":
    print(page(), end="")  # noqa: T201 - what it is for
