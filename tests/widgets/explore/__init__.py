"""The explorer, from the side of Python."""
