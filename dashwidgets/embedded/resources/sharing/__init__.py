"""Who else may see or edit a dashboard."""
