"""Tiles: read, stream, move, copy, patch."""
