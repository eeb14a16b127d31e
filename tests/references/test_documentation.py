"""The page names every column, kind and role."""

from __future__ import annotations

from pathlib import Path

from dashwidgets.references.frame import REFERENCES
from dashwidgets.references.reference import KINDS, ROLES


def test_the_page_is_complete() -> None:
    page = (Path(__file__).parents[2] / "docs" / "references.md").read_text(encoding="utf-8")
    for column in REFERENCES.columns:
        assert f"| `{column.name}` | {column.documented} | {column.meaning} |" in page
    tables = page.split("## Kinds and roles")[1].split("## SQL")[0]
    first = ", ".join(row.split("|")[1].strip() for row in tables.splitlines() if "|" in row)
    for word in (*KINDS, *ROLES):
        assert word in first.split(", "), word
