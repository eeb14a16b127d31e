"""An embedded project that speaks PostHog's Dashboards API, for work without an account.

A server like any other: it shares nothing with its clients but the wire. ``process.launch``
starts it beside a notebook, ``serve.serve`` in the foreground.
"""

from __future__ import annotations

SAMPLES = ("product", "hostile")
"""What a new project can be filled with: the product's dashboards, or these and hostile ones."""
