"""What the embedded project needs beyond its clients: the extra ``local``."""

from __future__ import annotations

from importlib.util import find_spec

PACKAGES = ("duckdb", "jsonschema", "starlette", "uvicorn")


def check() -> None:
    """Raise `RuntimeError`, which names the extra, where a package is missing."""
    missing = [name for name in PACKAGES if find_spec(name) is None]
    if missing:
        raise RuntimeError(
            f"The embedded project needs {', '.join(missing)}: "
            'pip install "dashwidgets[local]". dw.connect() needs none of them.'
        )
