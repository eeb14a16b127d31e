"""Change many dashboards safely: look, apply, undo."""
