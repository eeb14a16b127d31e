"""Filters of every type as ClickHouse conditions."""
