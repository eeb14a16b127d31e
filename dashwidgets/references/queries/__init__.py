"""The names that query JSON uses."""
