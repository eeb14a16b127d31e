"""The names that SQL uses."""
