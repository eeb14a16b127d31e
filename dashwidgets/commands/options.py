"""Options that several commands take."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Annotated, Any

import typer

Ca = Annotated[
    Path | None,
    typer.Option(help="PEM file of certificates to trust besides the operating system's."),
]

Json = Annotated[bool, typer.Option("--json", help="Print JSON, for programs.")]


def as_json(rows: Iterable[Mapping[Any, Any]]) -> str:
    """Rows as JSON: one list of objects."""
    return json.dumps(list(rows), indent=2, ensure_ascii=False, default=str)
