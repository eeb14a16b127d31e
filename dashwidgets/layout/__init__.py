"""PostHog's grid without a browser, and drafts of rearranged dashboards."""
