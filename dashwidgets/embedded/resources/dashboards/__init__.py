"""Dashboards: list, read, create, update."""
