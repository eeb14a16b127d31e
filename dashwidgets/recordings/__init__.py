"""A round of results in a file: record, replay, compare, publish. Reading one needs no server."""
