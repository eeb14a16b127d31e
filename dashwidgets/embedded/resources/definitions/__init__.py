"""What queries refer to by id: actions and cohorts."""
