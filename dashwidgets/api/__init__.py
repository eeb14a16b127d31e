"""PostHog's Dashboards API: requests as values, one transport, typed errors and events."""
