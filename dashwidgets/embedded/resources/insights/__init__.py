"""Insights, and their results."""
