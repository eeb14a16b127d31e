"""What depends on what: the names that a query uses, and where in it."""
