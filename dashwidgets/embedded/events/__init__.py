"""The events behind the tiles, in DuckDB or ClickHouse."""
