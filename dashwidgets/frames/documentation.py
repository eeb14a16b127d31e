"""The column tables as a page: ``python -m dashwidgets.frames.documentation > docs/frames.md``."""

from __future__ import annotations

from dashwidgets.frames.by_sql import DELETED, EVENTS, HISTORY
from dashwidgets.frames.columns import Table
from dashwidgets.frames.dashboards import DASHBOARDS, TAGS
from dashwidgets.frames.insights import INSIGHTS
from dashwidgets.frames.people import COLLABORATORS, MEMBERS, SHARE_PASSWORDS, SHARING
from dashwidgets.frames.results import tables as result_tables
from dashwidgets.frames.tiles import TILES

PAGES: tuple[tuple[str, Table], ...] = (
    ("`ph.dashboards()`", DASHBOARDS),
    ("`ph.tags()`", TAGS),
    ("`ph.tiles()`, `board.tiles()`", TILES),
    ("`ph.insights()`", INSIGHTS),
    ("`ph.events()`", EVENTS),
    ("`ph.deleted()`", DELETED),
    ("`ph.history()`, `board.history()`", HISTORY),
    ("`ph.members()`", MEMBERS),
    ("`ph.collaborators()`, `board.collaborators()`", COLLABORATORS),
    ("`ph.sharing()`, `board.sharing()`", SHARING),
    ("`board.share_passwords()`", SHARE_PASSWORDS),
    *(
        (f"`board.results()`: {table.name}", table)
        for table in vars(result_tables).values()
        if isinstance(table, Table) and table.columns
    ),
)

HEAD = """# Frames

Every frame has these columns and dtypes, with 0 rows or with 5,000. `.attrs` says how it was
read: `complete` (or not), `expected`, `requests_spent`, `taken_at`, `host`, `project_id`; frames
over many dashboards also list in `unread` those that could not be read, with the reason.

Text has the dtype `str` of pandas 3. pandas 2 has no such dtype: there text columns are `object`,
with the same values and NaN where one is missing (`TEXT` in `dashwidgets/frames/arrays.py`).

This page is written by `python -m dashwidgets.frames.documentation`.
"""


def page() -> str:
    """The whole page, as Markdown."""
    return HEAD + "".join(_section(title, table) for title, table in PAGES)


def _section(title: str, table: Table) -> str:
    lines = [f"\n## {title}\n\n| Column | dtype | From | What |\n| --- | --- | --- | --- |\n"]
    for column in table.columns:
        source = column.source if isinstance(column.source, str) else "computed"
        lines.append(f"| `{column.name}` | {column.documented} | `{source}` | {column.meaning} |\n")
    return "".join(lines)


if __name__ == "__main__":
    print(page(), end="")  # noqa: T201 - what it is for
