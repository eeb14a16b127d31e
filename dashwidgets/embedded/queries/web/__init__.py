"""Web analytics."""
