"""SQL that users write, and its translation to DuckDB."""
