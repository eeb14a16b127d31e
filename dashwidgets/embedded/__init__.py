"""An embedded project that speaks PostHog's Dashboards API, for work without an account.

A server like any other: it shares nothing with its clients but the wire. ``process.launch``
starts it beside a notebook, ``serve.serve`` in the foreground.
"""
