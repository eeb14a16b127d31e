"""Options that several commands take."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

Ca = Annotated[
    Path | None,
    typer.Option(help="PEM file of certificates to trust besides the operating system's."),
]
