"""``python -m dashwidgets`` is the ``dashwidgets`` command."""

from __future__ import annotations

from dashwidgets.cli import app

app(prog_name="dashwidgets")
