"""Trends, in each of their displays."""
