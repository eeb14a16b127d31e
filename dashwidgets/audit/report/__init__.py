"""The report of an audit, and its formats."""
