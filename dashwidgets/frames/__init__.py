"""JSON to tidy DataFrames. Each frame's columns are one table: source, name, dtype, meaning."""
