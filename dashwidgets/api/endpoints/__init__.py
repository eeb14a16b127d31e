"""One module a resource: pure functions that build a request and say how its answer is read."""
