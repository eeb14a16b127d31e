"""Drafts of a dashboard: undo, merge, save."""
