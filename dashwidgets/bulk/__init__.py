"""Ask the same of many dashboards."""
