"""Funnels: steps, times, comparisons."""
