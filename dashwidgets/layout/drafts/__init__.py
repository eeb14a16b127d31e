"""A board as somebody wants it: undo, merge, save."""
