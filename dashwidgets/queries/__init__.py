"""Run queries and read their answers into frames."""
