"""Change many dashboards safely: plan, apply, undo; back up, restore, copy, compare."""
