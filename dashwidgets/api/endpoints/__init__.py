"""One module per resource: pure functions that build a request and say how to read the answer."""
