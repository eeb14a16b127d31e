"""Actions and cohorts, which queries refer to by id."""
