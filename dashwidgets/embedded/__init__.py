"""An embedded project that speaks PostHog's Dashboards API, for work without an account.

A server like any other: clients reach it only over HTTP. ``process.launch``
starts it beside a notebook, ``serve.serve`` in the foreground.
"""

from __future__ import annotations

SAMPLES = ("product", "hostile")
"""What can fill a new project: a product's dashboards, or these plus hostile ones."""

ENGINES = ("duckdb", "chdb")
"""What computes over the events: DuckDB, or ClickHouse itself, which needs the extra `exact`."""
