"""What a project can do, by subject; `Project` inherits all of it."""
