"""Do the same with many dashboards."""
