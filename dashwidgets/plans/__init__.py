"""Change many dashboards safely: preview, apply, revert."""
