"""What is not computed, as a page.

``python -m dashwidgets.embedded.queries.documentation > docs/engine.md``
"""

from __future__ import annotations

from dashwidgets.embedded.queries.not_computed import OTHER_LIMITS, TABLE

HEAD = """# The embedded engine

The embedded project computes trends, funnels, retention, lifecycle, stickiness, paths, web overview
and web statistics, tables of events, and SQL from its events. Each query is written once, as
ClickHouse SQL, and translated to DuckDB. A query that needs something below fails with an error
that names the option: a number that ignored it would be wrong.

SQL that you write is read by PostHog's own parser where it installs (Python 3.12 and later, Linux
and macOS), elsewhere by sqlglot, which reads less of HogQL; errors say so. DuckDB lacks some of
ClickHouse's functions; `dw.local(engine="chdb")` and `dashwidgets serve --engine chdb` compute with
ClickHouse itself, which `pip install "dashwidgets[exact]"` brings (some 180 MB, Linux and macOS).

This page is written by `python -m dashwidgets.embedded.queries.documentation`.

## Options that are not computed

| Query | Option | When | Why |
| --- | --- | --- | --- |
"""

LIMITS = """
## Other limits

| What | Which |
| --- | --- |
"""


def page() -> str:
    """The whole page, as Markdown."""
    options = "".join(
        f"| {entry.kind} | `{entry.option}` | {entry.when} | {entry.why} |\n" for entry in TABLE
    )
    return (
        HEAD + options + LIMITS + "".join(f"| {what} | {which} |\n" for what, which in OTHER_LIMITS)
    )


if __name__ == "__main__":
    print(page(), end="")  # noqa: T201 - the page is the output
