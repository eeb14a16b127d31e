"""Tiles as typed events, over Server-Sent Events or insight by insight."""
