"""Compare planned changes with what the server has now."""
