"""Queries of every kind, written once as ClickHouse SQL; ``dialect`` turns it into DuckDB's."""
